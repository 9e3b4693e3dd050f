"""The insights of many accounts at once, on Spark: the same views, statements and finishers, as one job.

`with fleet.sail() as session: fleet.statistics(plays=…, titles=…, names=["totals"], session=session)`. Needs the extra
`spark`; nothing of it is imported before something is asked. Never fetches rows to the driver, keeps nothing, and asks
nothing that one account could not be asked.
"""

from __future__ import annotations

from watchprint.insights.fleet.job import rows, statistics, tables
from watchprint.insights.fleet.sessions import connected, sail

__all__ = ["connected", "rows", "sail", "statistics", "tables"]

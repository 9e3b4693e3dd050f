"""The copy of an account, kept exactly at the price of its changes: Trakt's rows in, the store's rows out.

copy = Copy(store, trakt, account_id)
report = await copy.sync()
"""

from __future__ import annotations

from watchprint.sync.beginning import begin_anew
from watchprint.sync.cadence import cadence, retry
from watchprint.sync.closing import LastRead, last_read
from watchprint.sync.copy import Copy
from watchprint.sync.copying import lease_of
from watchprint.sync.errors import NotLinked, SyncError
from watchprint.sync.looking import looked
from watchprint.sync.report import Counts, Outcome, Progress, SyncReport

__all__ = [
    "Copy",
    "Counts",
    "LastRead",
    "NotLinked",
    "Outcome",
    "Progress",
    "SyncError",
    "SyncReport",
    "begin_anew",
    "cadence",
    "last_read",
    "lease_of",
    "looked",
    "retry",
]

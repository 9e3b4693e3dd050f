"""The columns that a job adds to those of an insight's statement. Words only: the workers read them too."""

from __future__ import annotations

from watchprint.insights.insight import WHY

NTH = "nth_of_account"
"""The place of a row in the order of its statement, from 1 for each account."""
FIGURES = ("plays", "dated", "timed", "named", "dated_and_timed", "duplicates", "bulk")
"""What `views/summary.sql` counts of each reason for leaving out."""
REASONS: tuple[str | None, ...] = (None, *WHY)


def figure(reason: str | None, name: str) -> str:
    """The column that holds a figure of the summary."""
    return f"account_{reason or 'counted'}_{name}"

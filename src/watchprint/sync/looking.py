"""Somebody looks at an account: while they do, its copy is read more often."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from watchprint.store import Work
from watchprint.sync.cadence import BUSY_S
from watchprint.sync.cursor import Cursor

LOOKED: Final = "looked"


def looked(work: Work, account_id: int) -> None:
    """Note that somebody looks at the account. Its next sync is brought forward, unless the last ones have failed."""
    work.cursors.put(account_id, LOOKED, work.now.isoformat())
    cursor, account = Cursor.of(work, account_id), work.accounts.get(account_id)
    if account.sync_due_at is not None and cursor.ended_at is not None and not cursor.failures:
        soon_at = max(work.now, cursor.ended_at + timedelta(seconds=BUSY_S))
        work.accounts.due_at(account_id, soon_at, only_sooner=True)


def looked_at(work: Work, account_id: int) -> datetime | None:
    """When somebody last looked at the account."""
    value = work.cursors.get(account_id, LOOKED)
    return None if value is None else datetime.fromisoformat(value)

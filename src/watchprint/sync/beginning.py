"""An account that is linked anew is read as if it never had been: what it had as a local one need not be Trakt's."""

from __future__ import annotations

from watchprint.store import Work
from watchprint.sync.copying import lease_of
from watchprint.sync.cursor import SYNC, WalkCursor
from watchprint.sync.states import PARTS


def begin_anew(work: Work, account_id: int) -> None:
    """Let nothing of Trakt be taken in any more: the next sync reads all, and one that runs stores nothing more."""
    work.leases.drop(lease_of(account_id))
    if (walk := WalkCursor.of(work, account_id)) is not None:
        walk.forget(work, account_id)
    for name in (SYNC, *(name for part in PARTS for name in part.cursors)):
        work.cursors.put(account_id, name, None)

"""The pacing of an account's own client: counted in the store, and it notices writes.

A write through any face makes the account's sync due at once: when it leaves, since its answer may be lost, and again
when Trakt has answered, since a sync may have run between.
"""

from __future__ import annotations

from collections.abc import Mapping

from watchprint.store.running.pacing import StorePacing
from watchprint.store.store import Store
from watchprint.trakt.wire import Bucket


class NoticingPacing(StorePacing):
    """Who may send when, for people; see `StorePacing`."""

    def __init__(self, store: Store, account_id: int) -> None:
        super().__init__(store, account_id)
        self._kept, self._whom = store, account_id

    def admit(self, user: str, bucket: Bucket) -> float:
        """Take the next place: seconds to wait before sending (0 = now)."""
        wait_s = super().admit(user, bucket)
        if bucket == "write":
            self._due()
        return wait_s

    def observe(self, user: str, bucket: Bucket, status: int, headers: Mapping[str, str]) -> None:
        """Learn from an answer."""
        super().observe(user, bucket, status, headers)
        if bucket == "write":
            self._due()

    def _due(self) -> None:
        self._kept.write(lambda work: work.accounts.due_at(self._whom, work.now, only_sooner=True))

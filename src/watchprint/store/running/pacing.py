"""The pacing of a client that shares its budgets with every other process: the client's port, over the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from watchprint.store.running.budgets import TRAKTS, Budgets, Limits, Share
from watchprint.trakt.clock import Clock
from watchprint.trakt.pacing import BARE_PAUSE_S, retry_after_s
from watchprint.trakt.wire import Bucket

T = TypeVar("T")


class HasBudgets(Protocol):
    """Work that reaches the budgets."""

    budgets: Budgets


class Writes(Protocol):
    """Whatever does work in a transaction."""

    clock: Clock

    def write(self, work: Callable[[HasBudgets], T]) -> T: ...


class StorePacing:
    """Who may send when, counted in the store. Blocks for as long as a commit takes.

    Args:
        store: Where it is counted.
        account_id: The account that a client acts for, whatever its token is now; None: budgets go by the name that
            the client has for its user.
        share: "copy" for a client that copies: it takes at most half of the window for reads.
    """

    blocks = True

    def __init__(
        self, store: Writes, account_id: int | None = None, *, share: Share = "people", limits: Limits = TRAKTS
    ) -> None:
        self._store, self._account_id, self._share, self._limits = store, account_id, share, limits

    def admit(self, user: str, bucket: Bucket) -> float:
        """Take the next place: seconds to wait before sending (0 = now)."""
        if bucket == "auth":
            return 0.0
        clock, limits, share = self._store.clock, self._limits, self._share
        whose = self._whose(user)
        return self._store.write(
            lambda work: work.budgets.take(whose, bucket, share=share, now=clock.now(), limits=limits).wait_s
        )

    def observe(self, user: str, bucket: Bucket, status: int, headers: Mapping[str, str]) -> None:
        """Learn from an answer: after a 429 nobody sends for as long as Trakt asks."""
        if status != 429 or bucket == "auth":
            return
        asked_s = retry_after_s(headers)
        for_s = BARE_PAUSE_S if asked_s is None else asked_s
        clock, whose = self._store.clock, self._whose(user)
        self._store.write(lambda work: work.budgets.rest(whose, bucket, for_s, now=clock.now()))

    def _whose(self, user: str) -> int | str:
        return user if self._account_id is None else self._account_id

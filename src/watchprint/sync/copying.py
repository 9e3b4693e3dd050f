"""One synchronisation under way: its lease, what it tells while it works, and how it waits and stores.

Two processes never copy one account at once: the lease is claimed at the start, renewed by a task beside the work and
in every transaction, and a transaction without it stores nothing. A dead worker's lease runs out by itself; who brings
a back-up back, signs out or links the account anew ends it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import uuid
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final, TypeVar

from watchprint.store import Store, Work
from watchprint.store.plays.values import Arrived
from watchprint.store.running.budgets import TRAKTS, Limits
from watchprint.sync.errors import TakenOver
from watchprint.sync.pace import seconds_left
from watchprint.sync.report import Counts, Progress
from watchprint.sync.translate.plays import Told, arrivals
from watchprint.sync.translate.titles import SOURCE
from watchprint.trakt import AsyncTrakt
from watchprint.trakt.errors import Throttled

T = TypeVar("T")

LEASE_S: Final = 90.0
RENEWED_EVERY_S: Final = 20.0
"""How often the lease is renewed, by the machine's own clock: a worker that is alive beats in real time."""
SLICE_S: Final = 20.0
LONGEST_PATIENCE_S: Final = 900.0
"""Whoever is asked to wait longer than this gives up for now."""
MOST_PATIENCE_S: Final = 6 * 3600.0
"""And whoever has waited for so long in all."""


@dataclass(slots=True)
class Copying:
    """What the steps of one synchronisation share."""

    store: Store
    trakt: AsyncTrakt
    account_id: int
    on_progress: Callable[[Progress], None] | None = None
    limits: Limits = TRAKTS
    holder: str = field(default_factory=lambda: f"{os.getpid()}-{uuid.uuid4().hex[:12]}")
    plays: Counts = field(default_factory=Counts)
    states: dict[str, Counts] = field(default_factory=dict)
    whole: bool = False
    idle_s: float = 0.0
    """How long nothing was asked, because Trakt or our share of its limits said so [s]."""
    _burst_at_s: float = 0.0
    _idle_since_s: float = 0.0
    _waiting: int = 0
    _over: bool = False
    _let_go: bool = False

    @property
    def lease(self) -> str:
        """What is held while an account is copied."""
        return lease_of(self.account_id)

    @asynccontextmanager
    async def leased(self, begin: Callable[[Work], None]) -> AsyncGenerator[bool]:
        """Hold the lease within the block; False: another process has it.

        Args:
            begin: Done in the transaction that claims it.
        """
        if not await self.store.awrite(lambda work: self._begun(work, begin)):
            yield False
            return
        beating = asyncio.ensure_future(self._beat())
        self._burst_at_s = self._now_s()
        try:
            yield True
        finally:
            beating.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await beating
            if not self._let_go:
                await self.store.awrite(lambda work: work.leases.release(self.lease, self.holder))

    async def write(self, deed: Callable[[Work], T]) -> T:
        """What a transaction gives; with it the lease is renewed.

        Raises:
            TakenOver: The account is another process's now; nothing was stored.
        """

        def leased(work: Work) -> T:
            if not work.leases.renew(self.lease, self.holder, LEASE_S):
                raise TakenOver("This account is not copied here any more.")
            return deed(work)

        return await self.store.awrite(leased)

    async def close(self, deed: Callable[[Work], T]) -> T:
        """What the last transaction gives; the lease is let go with it."""

        def closing(work: Work) -> T:
            result = deed(work)
            work.leases.release(self.lease, self.holder)
            return result

        self._over = True
        result = await self.write(closing)
        self._let_go = True
        return result

    async def read(self, deed: Callable[[Work], T]) -> T:
        """What one snapshot gives."""
        return await self.store.aread(deed)

    def tell(self, what: str, done: int = 0, total: int | None = None, left_s: float | None = None) -> None:
        """Say how far it is."""
        if self.on_progress is not None:
            self.on_progress(Progress(what, done, total, left_s))

    async def wait(self, seconds: float) -> None:
        """Let the time pass after which Trakt, or our own share of its limits, lets us go on.

        Raises:
            Throttled: That is longer than anybody waits here.
        """
        if seconds > LONGEST_PATIENCE_S or self.idle_s + seconds > MOST_PATIENCE_S:
            raise Throttled(f"Trakt asks to wait for {seconds / 60:.0f} min", retry_after_s=seconds)
        left_s, until_s = seconds, self._now_s() + seconds
        with self._idle():
            while left_s > 0:
                await self.store.clock.asleep(min(left_s, SLICE_S))
                left_s = min(left_s - SLICE_S, until_s - self._now_s())
                await self.write(lambda work: None)
        self._burst_at_s = self._now_s()

    @contextlib.contextmanager
    def _idle(self) -> Generator[None]:
        """Time that passes without a request; those who wait together wait once."""
        if not self._waiting:
            self._idle_since_s = self._now_s()
        self._waiting += 1
        try:
            yield
        finally:
            self._waiting -= 1
            if not self._waiting:
                self.idle_s += self._now_s() - self._idle_since_s

    async def time_left_s(self, pages: int, page_s: float) -> float:
        """How long so many more pages take: an honest guess [s].

        Args:
            page_s: How long a page has taken on average, waits for the limits not counted [s].
        """
        left = await self.read(lambda work: work.budgets.left(self.account_id, limits=self.limits))
        return seconds_left(
            pages,
            page_s=page_s,
            free=left.reads_for_copy,
            per_window=self.limits.copy_limit,
            window_s=self.limits.get_window_s,
            into_window_s=min(self._now_s() - self._burst_at_s, self.limits.get_window_s),
        )

    def _begun(self, work: Work, begin: Callable[[Work], None]) -> bool:
        claimed = work.leases.claim(self.lease, self.holder, LEASE_S)
        if claimed:
            begin(work)
        return claimed

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(RENEWED_EVERY_S)
            await self.store.awrite(self._renewed)

    def _renewed(self, work: Work) -> bool:
        """The lease goes on, unless its end is on its way."""
        return not self._over and work.leases.renew(self.lease, self.holder, LEASE_S)

    def _now_s(self) -> float:
        return self.store.clock.now().timestamp()


def lease_of(account_id: int) -> str:
    """The name of the lease under which an account is copied."""
    return f"sync {account_id}"


def arrive(work: Work, account_id: int, rows: Sequence[Told]) -> Counts:
    """Store rows of the history, titles and all; what became of them."""
    named = [n for n, row in enumerate(rows) if row.title is not None]
    found = work.titles.resolve_all([title for row in rows if (title := row.title) is not None], SOURCE)
    title_ids: list[int | None] = [None] * len(rows)
    for n, title_id in zip(named, found, strict=True):
        title_ids[n] = title_id
    return _counted(work.plays.arrive(account_id, arrivals(rows, title_ids)))


def _counted(arrived: Sequence[Arrived]) -> Counts:
    outcomes = [each.outcome for each in arrived]
    return Counts(
        added=outcomes.count("added"),
        changed=outcomes.count("changed") + outcomes.count("attached"),
        revived=outcomes.count("revived"),
    )

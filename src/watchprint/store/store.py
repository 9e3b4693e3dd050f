"""The store: opened by address or home, asked and changed by pieces of work, from any thread, task or process.

    store = Store.open(home=home)
    ann = store.write(lambda work: work.accounts.create("ann", zone="Europe/Berlin"))
    everybody = await store.aread(lambda work: work.accounts.all())

Work that writes is one transaction, durable when its result is there; with an error nothing of it is kept. Work may
be run more than once, so that it changes nothing outside the store. No object of the database leaves it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from watchprint.store.engine.database import Database
from watchprint.store.engine.opening import database
from watchprint.store.migrations import migrating
from watchprint.store.work import Work, done
from watchprint.trakt.clock import Clock, SystemClock

T = TypeVar("T")


class Store:
    """Everything that is kept, on SQLite or PostgreSQL. Made by `open`."""

    def __init__(self, database: Database, home: Path, clock: Clock) -> None:
        self._database, self.home, self.clock = database, home, clock

    @classmethod
    def open(cls, *, home: Path, url: str | None = None, clock: Clock | None = None) -> Self:
        """The store, brought to this program's revision; other processes may have it open.

        Args:
            home: WATCHPRINT_HOME: where the keys are, and the file of a store on SQLite.
            url: WATCHPRINT_DATABASE_URL; None: a file in the home.
            clock: Tells the time; a sandbox brings its own.

        Raises:
            StoreTooNew: A newer program has changed it.
            StoreUnwritable, StoreUnreachable, StoreDamaged, StoreBusy: It cannot be used now.
        """
        opened = database(url, home)
        try:
            migrating.ready(opened)
        except BaseException:
            opened.close()
            raise
        return cls(opened, home, clock or SystemClock())

    @property
    def where(self) -> str:
        """The file or the address, without secrets."""
        return self._database.where

    @property
    def kind(self) -> str:
        """sqlite or postgresql."""
        return self._database.kind

    def read(self, work: Callable[[Work], T]) -> T:
        """The result of reading one snapshot."""
        return self._database.read(done(work, self.clock.now()))

    def write(self, work: Callable[[Work], T]) -> T:
        """The result of one transaction, once it is durable.

        Raises:
            StoreError: It could not be; nothing of it was kept.
        """
        return self._database.write(done(work, self.clock.now()))

    async def aread(self, work: Callable[[Work], T]) -> T:
        """`read`, without blocking the event loop."""
        return await self._database.aread(done(work, self.clock.now()))

    async def awrite(self, work: Callable[[Work], T]) -> T:
        """`write`, without blocking the event loop. Once begun it is finished, though nobody may wait any more."""
        return await self._database.awrite(done(work, self.clock.now()))

    def close(self) -> None:
        """Finish what was handed in, and let go of the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

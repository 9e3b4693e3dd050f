"""The seam between what is kept and where: work goes in, and is durable when its result comes out.

Work is a function of a connection. It reads and writes through it alone, keeps nothing outside, and may be run more
than once: after a clash with another transaction it is done again from the start.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import TypeVar

from sqlalchemy import Connection

from watchprint.store.engine.room import Room

T = TypeVar("T")
Work = Callable[[Connection], T]


class Database(ABC):
    """A database that holds a store."""

    kind: str
    """sqlite or postgresql."""
    where: str
    """What people know it by, without secrets."""

    @abstractmethod
    def read(self, work: Work[T]) -> T:
        """The result of reading: one snapshot, however many statements."""

    @abstractmethod
    def write(self, work: Work[T]) -> T:
        """The result of one transaction, once it is durable; with an error nothing of it is kept."""

    @abstractmethod
    def submit_read(self, work: Work[T]) -> Future[T]:
        """The same as `read`, later."""

    @abstractmethod
    def submit_write(self, work: Work[T]) -> Future[T]:
        """The same as `write`, later."""

    @abstractmethod
    def migrating(self) -> AbstractContextManager[Connection]:
        """A transaction that excludes every other migration, in this process and others."""

    @abstractmethod
    def holding(self, name: str) -> AbstractContextManager[object]:
        """A lock by name, across all processes, that may be held while a request is out; free when its holder dies.

        It keeps nobody from reading or writing.
        """

    @abstractmethod
    def room(self, name: str) -> Room | None:
        """Space to take before something is spent that is written down afterwards; None: it is the server's care."""

    @abstractmethod
    def close(self) -> None:
        """Finish what was handed in, and let go of all connections."""

    async def aread(self, work: Work[T]) -> T:
        """`read`, without blocking the event loop."""
        return await asyncio.wrap_future(self.submit_read(work))

    async def awrite(self, work: Work[T]) -> T:
        """`write`, without blocking the event loop. Once begun it is finished, though nobody may wait any more."""
        return await asyncio.shield(asyncio.wrap_future(self.submit_write(work)))

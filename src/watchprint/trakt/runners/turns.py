"""Taking turns: of flows that look before they write, one at a time for a user, whichever client runs them.

Two that look at the same moment would both find nothing and both write. It holds within a process: threads take turns
with threads, and the tasks of an event loop with each other.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Generator, Hashable
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from typing import Generic, TypeVar

Lock = TypeVar("Lock", threading.Lock, asyncio.Lock)


class _Locks(Generic[Lock]):
    """Locks by key; one that nobody holds or waits for is forgotten."""

    def __init__(self, kind: type[Lock]) -> None:
        self._kind: type[Lock] = kind
        self._guard = threading.Lock()
        self._locks: dict[Hashable, tuple[Lock, int]] = {}

    @contextmanager
    def shared(self, key: Hashable) -> Generator[Lock]:
        """The key's lock, while it is of use to somebody."""
        with self._guard:
            lock, users = self._locks.get(key) or (self._kind(), 0)
            self._locks[key] = lock, users + 1
        try:
            yield lock
        finally:
            with self._guard:
                lock, users = self._locks.pop(key)
                if users > 1:
                    self._locks[key] = lock, users - 1


class Turns:
    """Whose turn it is, by key."""

    def __init__(self) -> None:
        self._threads = _Locks(threading.Lock)
        self._tasks = _Locks(asyncio.Lock)

    @contextmanager
    def blocking(self, key: Hashable) -> Generator[None]:
        """Wait for the turn in this thread, and have it within the block."""
        with self._threads.shared(key) as lock, lock:
            yield

    @asynccontextmanager
    async def awaiting(self, key: Hashable) -> AsyncGenerator[None]:
        """Wait for the turn in this task, and have it within the block."""
        with self._tasks.shared((id(asyncio.get_running_loop()), key)) as lock:
            async with lock:
                yield


@cache
def of_this_process() -> Turns:
    """The turns that all clients of a process take together."""
    return Turns()

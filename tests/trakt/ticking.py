"""A clock that the test sets; sleeping moves it and takes no time."""

from __future__ import annotations

import asyncio
import threading
from datetime import datetime, timedelta


class SetClock:
    """Tells what it was set to.

    Attributes:
        at: The instant.
        slept_s: How long each sleeper slept [s].
    """

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.slept_s: list[float] = []
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept_s.append(seconds)
            self.at += timedelta(seconds=seconds)

    async def asleep(self, seconds: float) -> None:
        self.sleep(seconds)
        await asyncio.sleep(0)

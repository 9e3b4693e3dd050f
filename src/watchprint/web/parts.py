"""What every handler may use: the installation, who asks, and work that must be finished. Made once, at the start."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from watchprint.app.core import AsyncWatchprint
from watchprint.web.asking import Asking
from watchprint.web.callers import Callers

T = TypeVar("T")


@dataclass(slots=True)
class Parts:
    """The parts.

    Attributes:
        app: The installation.
        callers: Who asks.
        at_work: Writes under way.
    """

    app: AsyncWatchprint
    callers: Callers
    at_work: set[asyncio.Task[Any]] = field(default_factory=set)

    async def finished(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of work that goes on to its end, though whoever asked may be gone."""
        task = asyncio.ensure_future(work)
        self.at_work.add(task)
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self.at_work.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, also where nobody waits any more

    async def settle(self) -> None:
        """Wait for the writes under way."""
        while self.at_work:
            await asyncio.wait(set(self.at_work))


def parts_of(request: Asking) -> Parts:
    """The parts of the server that answers this request."""
    return cast(Parts, request.app.state.parts)

"""What players of an account report, as it comes, to whoever looks on (a second screen). Kept in memory only."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from mediaapp.titles import Playing

MOST_WAITING: Final = 100
"""Who looks on and does not read loses the oldest."""


class Live:
    """Everybody who looks on, by account."""

    def __init__(self) -> None:
        self._lookers: defaultdict[int, set[asyncio.Queue[Playing]]] = defaultdict(set)

    def tell(self, account_id: int, playing: Playing) -> None:
        """Tell all who look on."""
        for queue in self._lookers.get(account_id, ()):
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(playing)

    @contextmanager
    def looking_on(self, account_id: int) -> Generator[asyncio.Queue[Playing]]:
        """What is told from now on, within the block."""
        queue: asyncio.Queue[Playing] = asyncio.Queue(MOST_WAITING)
        self._lookers[account_id].add(queue)
        try:
            yield queue
        finally:
            self._lookers[account_id].discard(queue)
            if not self._lookers[account_id]:
                del self._lookers[account_id]

"""A clock that follows a sandbox's clock from another process, so that both live in one time.

Moves are pushed: a thread holds a request that the sandbox answers when its clock is moved. Standard library only;
whoever follows needs no web server.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

HELD_S: Final = 20.0
_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


class NotASandbox(Exception):
    """Nobody answers there as a sandbox."""


class FollowedClock:
    """The sandbox's time in this process.

    Args:
        base_url: Where the sandbox answers.
        lead: A wait moves the sandbox's clock on instead of passing it (for demonstrations).

    Raises:
        NotASandbox: No sandbox answers there.
    """

    def __init__(self, base_url: str, *, lead: bool = False) -> None:
        self._base_url, self._lead = base_url, lead
        self._ahead = timedelta()
        self._moves = 0
        self._moved = threading.Condition()
        self._closed = False
        self._take(self._ask("clock"))
        threading.Thread(target=self._follow, name="sandbox-clock", daemon=True).start()

    def now(self) -> datetime:
        """What the sandbox's clock shows (UTC)."""
        return datetime.now(UTC) + self._ahead

    def monotonic(self) -> float:
        """The same as seconds, for counting."""
        return self.now().timestamp()

    def sleep(self, seconds: float) -> None:
        """Return when that much of the sandbox's time has passed, however it passed."""
        if self._lead:
            self._take(self._ask("clock", {"advance_s": seconds}))
            return
        until = self.now() + timedelta(seconds=seconds)
        with self._moved:
            while not self._closed and (left := (until - self.now()).total_seconds()) > 0:
                self._moved.wait(left)

    async def asleep(self, seconds: float) -> None:
        """The same without blocking the event loop."""
        await asyncio.to_thread(self.sleep, seconds)

    def close(self) -> None:
        """Follow no more; waits end."""
        with self._moved:
            self._closed = True
            self._moved.notify_all()

    def _follow(self) -> None:
        while not self._closed:
            try:
                self._take(self._ask(f"clock?after={self._moves}"))
            except NotASandbox:
                time.sleep(0.5)

    def _take(self, shown: dict[str, Any]) -> None:
        with self._moved:
            self._ahead = datetime.fromisoformat(shown["now"]) - datetime.now(UTC)
            self._moves = shown["moves"]
            self._moved.notify_all()

    def _ask(self, call: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self._base_url}/__sandbox__/{call}", data=data)
        request.add_header("Content-Type", "application/json")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=HELD_S * 3) as answer:
                shown: dict[str, Any] = json.load(answer)
        except (OSError, ValueError) as error:
            raise NotASandbox(f"no sandbox answers at {self._base_url}: {error}") from error
        if "now" not in shown or "moves" not in shown:
            raise NotASandbox(f"what answers at {self._base_url} is no sandbox")
        return shown


def clock_of(api_url: str) -> FollowedClock | None:
    """The clock of the sandbox behind a Trakt address; None where it is not a sandbox on this machine."""
    if (urlsplit(api_url).hostname or "") not in _LOOPBACK:
        return None
    try:
        return FollowedClock(api_url)
    except NotASandbox:
        return None

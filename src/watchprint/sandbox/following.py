"""A clock that follows a sandbox's clock from another process, so that both live in one time.

Moves are pushed: a thread holds a request that the sandbox answers when its clock is moved. Standard library only;
whoever follows needs no web server. Never moves the sandbox's clock, unless it was asked to lead.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from typing import Any, Final
from urllib.parse import urlsplit

TOLD_S: Final = 0.001
"""How exactly the sandbox tells its time: a move by so much more is never shown as less than was asked."""
HELD_S: Final = 5
"""How long the sandbox holds a question that no move answers [s]."""
ASK_S: Final = 5.0
"""How long an answer may take that nothing holds [s]."""
AGAIN_S: Final = 0.5
"""Until a sandbox that does not answer is asked again [s]."""


class NotASandbox(Exception):
    """Nobody answers there as a sandbox."""


class FollowedClock:
    """The sandbox's time in this process.

    While the sandbox's clock stands still, so does `now`; waits then take as long as they would on the machine's
    clock, so that nobody waits for ever.

    Args:
        base_url: Where the sandbox answers.
        lead: A wait moves the sandbox's clock on instead of passing it (for demonstrations).

    Raises:
        NotASandbox: No sandbox answers there.
    """

    def __init__(self, base_url: str, *, lead: bool = False) -> None:
        self._base_url, self._lead = base_url, lead
        self._ahead = timedelta()
        self._frozen_at: datetime | None = None
        self._skipped_s = 0.0
        self._moves = 0
        self._moved = threading.Condition()
        self._closed = False
        self._held = _connection(base_url)
        try:
            self._show(_answer(self._held, base_url, "clock"))
        except NotASandbox:
            self._held.close()
            raise
        self._thread = threading.Thread(target=self._follow, name="sandbox-clock", daemon=True)
        self._thread.start()

    def now(self) -> datetime:
        """What the sandbox's clock shows (UTC)."""
        return self._frozen_at or datetime.now(UTC) + self._ahead

    def monotonic(self) -> float:
        """Seconds for counting: they run on with the machine, skip what moves forward skip, and never go back."""
        return time.monotonic() + self._skipped_s

    def sleep(self, seconds: float) -> None:
        """Return when that much time has passed, by the machine or by moves forward."""
        if self._lead:
            self._take(self._advance(seconds + TOLD_S))
            return
        until_s = self.monotonic() + seconds
        with self._moved:
            while not self._closed and (left_s := until_s - self.monotonic()) > 0:
                self._moved.wait(left_s)

    async def asleep(self, seconds: float) -> None:
        """The same without blocking the event loop."""
        await asyncio.to_thread(self.sleep, seconds)

    def close(self) -> None:
        """Follow no more; waits end."""
        with self._moved:
            self._closed = True
            self._moved.notify_all()
            _break(self._held)
        self._thread.join(ASK_S)

    def _follow(self) -> None:
        while not self._closed:
            try:
                self._hold()
            except NotASandbox:
                self._begin_again()
        self._held.close()

    def _hold(self) -> None:
        """Ask again and again, on one connection, until it breaks or nobody follows any more."""
        while not self._closed:
            call = f"clock?after={self._moves}&timeout_s={HELD_S}"
            self._take(_answer(self._held, self._base_url, call, timeout_s=HELD_S + ASK_S))

    def _begin_again(self) -> None:
        """A new connection, after a while, for one that broke."""
        self._held.close()
        with self._moved:
            self._moved.wait(0 if self._closed else AGAIN_S)
            if self._closed:
                return
        with contextlib.suppress(NotASandbox):
            held = _connection(self._base_url)
            with self._moved:
                self._held = held
                if self._closed:
                    _break(held)

    def _advance(self, seconds: float) -> dict[str, Any]:
        connection = _connection(self._base_url)
        try:
            return _answer(connection, self._base_url, "clock", {"advance_s": seconds})
        finally:
            connection.close()

    def _take(self, shown: dict[str, Any]) -> None:
        """What the sandbox shows now; what it skipped is time that has passed."""
        with self._moved:
            before = self.now()
            moved = shown["moves"] != self._moves
            self._show(shown)
            if moved:
                self._skipped_s += max(0.0, (self.now() - before).total_seconds())
            self._moved.notify_all()

    def _show(self, shown: dict[str, Any]) -> None:
        self._ahead = shown["now"] - datetime.now(UTC)
        self._frozen_at = shown["now"] if shown["frozen"] else None
        self._moves = shown["moves"]


def clock_of(api_url: str) -> FollowedClock | None:
    """The clock of the sandbox behind a Trakt address; None where no sandbox answers there.

    The real Trakt is never asked: a sandbox speaks plain HTTP, and is nobody's trakt.tv.
    """
    parts = urlsplit(api_url)
    host = parts.hostname or ""
    if parts.scheme != "http" or host == "trakt.tv" or host.endswith(".trakt.tv"):
        return None
    try:
        return FollowedClock(api_url)
    except NotASandbox:
        return None


def _connection(base_url: str) -> HTTPConnection:
    """An open connection to the sandbox.

    Raises:
        NotASandbox: Nobody listens there.
    """
    try:
        parts = urlsplit(base_url)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=ASK_S)
        connection.connect()
    except (OSError, ValueError, HTTPException) as error:
        raise _no_answer(base_url, error) from error
    return connection


def _answer(
    connection: HTTPConnection,
    base_url: str,
    call: str,
    body: dict[str, Any] | None = None,
    *,
    timeout_s: float = ASK_S,
) -> dict[str, Any]:
    """What the clock shows, after this call: `now` (aware), `moves`, `frozen`.

    Raises:
        NotASandbox: No answer, or one that no sandbox gives.
    """
    path = f"{urlsplit(base_url).path.rstrip('/')}/__sandbox__/{call}"
    try:
        connection.sock.settimeout(timeout_s)
        data = None if body is None else json.dumps(body)
        connection.request("GET" if body is None else "POST", path, data, {"Content-Type": "application/json"})
        shown = json.load(connection.getresponse())
    except (OSError, ValueError, HTTPException, AttributeError) as error:
        raise _no_answer(base_url, error) from error
    try:
        now_at, moves, frozen = datetime.fromisoformat(shown["now"]), int(shown["moves"]), bool(shown["frozen"])
    except (KeyError, TypeError, ValueError):
        raise NotASandbox(f"what answers at {base_url} is no sandbox") from None
    return {"now": now_at.astimezone(UTC), "moves": moves, "frozen": frozen}


def _break(connection: HTTPConnection) -> None:
    """End a request that is held; whoever waits for its answer is told at once."""
    with contextlib.suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _no_answer(base_url: str, error: Exception) -> NotASandbox:
    return NotASandbox(f"no sandbox answers at {base_url}: {error}")

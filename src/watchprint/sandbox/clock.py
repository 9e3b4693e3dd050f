"""The sandbox's one clock: the machine's, moved by whatever tests ask for. Never sleeps, never reads anything else.

It runs at the machine's pace, unless it is frozen; every move is counted, and whoever waits for the next move
is woken. Used on the server's loop thread only.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)


class ClockRefused(ValueError):
    """The clock cannot be set to that; the text says why."""


def machine_now() -> datetime:
    """The machine's time (UTC)."""
    return datetime.now(UTC)


class Clock:
    """A movable clock.

    Args:
        start_at: What it shows first; None: the machine's time.
        machine: What it runs with.
    """

    def __init__(self, start_at: datetime | None = None, *, machine: Callable[[], datetime] = machine_now) -> None:
        self._machine = machine
        self._start_at = start_at
        self._ahead = timedelta() if start_at is None else start_at - machine()
        self._frozen_at: datetime | None = None
        self._moved = asyncio.Event()
        self.moves = 0

    def now(self) -> datetime:
        """The instant it shows (UTC)."""
        return self._frozen_at or self._machine() + self._ahead

    @property
    def ahead_s(self) -> float:
        """How far it is ahead of the machine's time [s]."""
        return (self.now() - self._machine()).total_seconds()

    @property
    def frozen(self) -> bool:
        """Whether it stands still between moves."""
        return self._frozen_at is not None

    def move_to(self, at: datetime) -> None:
        """Show that instant from now on.

        Raises:
            ClockRefused: The instant is before 1990 or after 2199.
        """
        if not EARLIEST <= at < LATEST:
            raise ClockRefused("The clock can be set to the years 1990 to 2199.")
        self._ahead = at - self._machine()
        self._frozen_at = at if self.frozen else None
        self._tell()

    def advance(self, seconds: float) -> None:
        """Go forward by that much [s].

        Raises:
            ClockRefused: A negative or absurd number of seconds.
        """
        if not 0 <= seconds <= 7e9:
            raise ClockRefused("advance_s must be 0 or more seconds; to go back in time, set now.")
        self.move_to(self.now() + timedelta(seconds=seconds))

    def freeze(self, *, frozen: bool) -> None:
        """Stand still at the present instant, or run on from it."""
        now = self.now()
        self._ahead = now - self._machine()
        self._frozen_at = now if frozen else None
        self._tell()

    def rewind(self) -> None:
        """Back to what it showed first, running."""
        start_at = self._start_at
        self._frozen_at = None
        self._ahead = timedelta() if start_at is None else start_at - self._machine()
        self._tell()

    def resume(self, ahead_s: float, frozen_at: datetime | None) -> None:
        """Go on as an earlier run left off: so far ahead of the machine [s], or standing still."""
        self._ahead = timedelta(seconds=ahead_s)
        self._frozen_at = frozen_at

    async def next_move(self, timeout_s: float) -> None:
        """Return at the next move, or when the time is up."""
        moved = self._moved
        try:
            await asyncio.wait_for(moved.wait(), timeout_s)
        except TimeoutError:
            return

    def release(self) -> None:
        """Wake all who wait, without a move (the server closes)."""
        self._moved.set()

    def _tell(self) -> None:
        self.moves += 1
        self._moved.set()
        self._moved = asyncio.Event()


def stamp(at: datetime) -> str:
    """The instant as Trakt writes it, with the milliseconds that it has: 2026-01-31T20:15:00.000Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def instant(text: str) -> datetime:
    """The instant that an ISO text with a zone says.

    Raises:
        ClockRefused: No instant, or no zone in it.
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise ClockRefused(f"{text!r} is no instant; write it as in 2026-01-31T20:15:00Z.") from error
    if at.tzinfo is None:
        raise ClockRefused(f"{text!r} has no zone; end it with Z for UTC.")
    return at.astimezone(UTC)

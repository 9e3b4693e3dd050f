"""Reads that do not see a write yet: what a user looked like before, and until when that is shown.

Answers of reads come from the old rows while it lasts; writes always work on the true ones.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from watchprint.sandbox.faults.armed import Fault
from watchprint.sandbox.state import State, User

DEFAULT_LAG_S = 1.5


@dataclass(slots=True)
class _Behind:
    """One user's old rows. `until_at` None: counted in reads, `gets`."""

    user: User
    until_at: datetime | None
    gets: int


def copy_of(user: User) -> User:
    """The user's rows, apart from the live ones."""
    return msgspec.msgpack.decode(msgspec.msgpack.encode(user), type=User)


class Lag:
    """All users whose last writes are not visible yet."""

    def __init__(self) -> None:
        self._behind: dict[str, _Behind] = {}

    def begin(self, before: User, fault: Fault, now: datetime) -> None:
        """Show these rows for a while; a user who already lags keeps the older rows, for longer."""
        gets = fault.gets or 0
        lag_s = fault.lag_s if fault.lag_s is not None or fault.gets is not None else DEFAULT_LAG_S
        until_at = None if lag_s is None else now + timedelta(seconds=lag_s)
        old = self._behind.get(before.slug)
        self._behind[before.slug] = _Behind(old.user if old else before, until_at, gets)

    def clear(self) -> None:
        """Every write is visible."""
        self._behind.clear()

    @contextmanager
    def reading(self, state: State, slug: str | None, now: datetime) -> Generator[None]:
        """Within it, the state shows old rows where writes are not visible yet.

        Args:
            state: The live state; it is put back as it was at the end.
            slug: The user who reads; it is their reads that `gets` counts.
            now: The sandbox's time.
        """
        for name in [n for n, b in self._behind.items() if _over(b, now)]:
            del self._behind[name]
        live = {name: state.users[name] for name in self._behind if name in state.users}
        for name in live:
            state.users[name] = self._behind[name].user
        try:
            yield
        finally:
            state.users.update(live)
            if slug in self._behind:
                self._behind[slug].gets -= 1

    def __bool__(self) -> bool:
        return bool(self._behind)


def _over(behind: _Behind, now: datetime) -> bool:
    return behind.gets <= 0 if behind.until_at is None else now >= behind.until_at

"""What each account has used of Trakt's limits, in the store, so that every process counts the same.

At most one write in 1.1 s, at most 500 reads in any 5 minutes, of which a copy takes at most half: people and look-ups
of deliveries find the other half free. Nothing here waits.
"""

from __future__ import annotations

import struct
from bisect import insort
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import bindparam, delete, select, update

from watchprint.store.running.places import earliest, earliest_of_both, since
from watchprint.store.schema import budgets
from watchprint.store.schema.columns import instant, us
from watchprint.store.unit import Unit
from watchprint.trakt.pacing import GET_LIMIT, GET_WINDOW_S, LONGEST_ASKED_S, LONGEST_WAIT_S, WRITE_GAP_S

Share = Literal["people", "copy"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much there is.

    Args:
        write_gap_s: Least time between two writes [s].
        get_limit: Most reads in a window.
        get_window_s: The window's length [s].
        longest_wait_s: A place further ahead than this is not taken [s].
    """

    write_gap_s: float = WRITE_GAP_S
    get_limit: int = GET_LIMIT
    get_window_s: float = GET_WINDOW_S
    longest_wait_s: float = LONGEST_WAIT_S

    @property
    def copy_limit(self) -> int:
        """Most reads of a copy in a window."""
        return max(1, self.get_limit // 2)


TRAKTS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Taken:
    """A place: when the request may leave; `taken` is False where that is too far ahead, and nobody holds it."""

    at: datetime
    wait_s: float
    taken: bool


@dataclass(frozen=True, slots=True)
class Left:
    """What is left now: reads in the window for people and for a copy, and when the next write may leave."""

    reads: int
    reads_for_copy: int
    next_write_at: datetime
    rests_until: datetime | None


@dataclass(slots=True)
class _Row:
    next_at: int | None
    rest_until: int | None
    taken: list[int]
    by_copy: list[int]


class Budgets:
    """The budgets, within one transaction.

    An account's budget is named by its number; that of a user whose data is not kept here by a name of its own.
    """

    def __init__(self, unit: Unit) -> None:
        self._unit, self._connection = unit, unit.connection

    def take(
        self, account: int | str, bucket: Literal["get", "write"], *, share: Share = "people",
        now: datetime | None = None, limits: Limits = TRAKTS,
    ) -> Taken:  # fmt: skip
        """Take the next place in a bucket.

        Args:
            share: A copy takes at most half of the window; people go first.
            now: The instant by the clock that all processes share; None: the transaction's.
        """
        now_us = us(now or self._unit.now)
        row = self._row(account, bucket)
        ahead_us, rest_us = round(limits.longest_wait_s * 1e6), round(LONGEST_ASKED_S * 1e6)
        from_us = max(now_us, _sane(row.rest_until, now_us + rest_us))
        if bucket == "write":
            at = max(from_us, _sane(row.next_at, now_us + ahead_us + round(limits.write_gap_s * 1e6)))
        else:
            at = _read_at(row, share, limits, now_us, from_us)
        if at - now_us > ahead_us:
            return Taken(instant(at), (at - now_us) / 1e6, False)
        if bucket == "write":
            row.next_at = at + round(limits.write_gap_s * 1e6)
        else:
            insort(row.taken, at)
            if share == "copy":
                insort(row.by_copy, at)
        self._keep(account, bucket, row)
        return Taken(instant(at), (at - now_us) / 1e6, True)

    def rest(
        self, account: int | str, bucket: Literal["get", "write"], for_s: float, *, now: datetime | None = None
    ) -> None:
        """Let nobody send for so long: Trakt has asked for it."""
        row = self._row(account, bucket)
        until = us(now or self._unit.now) + round(min(for_s, LONGEST_ASKED_S) * 1e6)
        row.rest_until = max(row.rest_until or 0, until)
        self._keep(account, bucket, row)

    def left(self, account: int | str, *, now: datetime | None = None, limits: Limits = TRAKTS) -> Left:
        """What is left, to be shown."""
        now_us = us(now or self._unit.now)
        read, write = self._row(account, "get", held=False), self._row(account, "write", held=False)
        began = now_us - round(limits.get_window_s * 1e6)
        rests = max(read.rest_until or 0, write.rest_until or 0)
        return Left(
            reads=max(0, limits.get_limit - len(since(read.taken, began))),
            reads_for_copy=max(0, limits.copy_limit - len(since(read.by_copy, began))),
            next_write_at=instant(max(now_us, write.next_at or 0)),
            rests_until=instant(rests) if rests > now_us else None,
        )

    def sweep(self, before: datetime) -> None:
        """Forget the budgets of users that are not accounts here and have asked for nothing since."""
        quiet = budgets.c.account.like("user %") & (budgets.c.used_at < before)
        self._connection.execute(delete(budgets).where(quiet))

    def _row(self, account: int | str, bucket: str, *, held: bool = True) -> _Row:
        """The row; held against other transactions until this one ends."""
        mine = {"b_account": _name(account), "b_bucket": bucket}
        found = self._connection.execute(_HELD if held else _SEEN, mine).first()
        if found is None:
            return _Row(None, None, [], [])
        at, rest = (None if each is None else us(each) for each in (found.next_at, found.rest_until))
        return _Row(at, rest, _list(found.taken), _list(found.taken_by_copy))

    def _keep(self, account: int | str, bucket: str, row: _Row) -> None:
        values = {
            "next_at": None if row.next_at is None else instant(row.next_at),
            "rest_until": None if row.rest_until is None else instant(row.rest_until),
            "taken": _bytes(row.taken),
            "taken_by_copy": _bytes(row.by_copy),
            "used_at": self._unit.now,
        }
        mine = {"b_account": _name(account), "b_bucket": bucket}
        changed = {f"b_{name}": value for name, value in values.items()}
        if self._connection.execute(_CHANGED, mine | changed).rowcount == 0:
            self._connection.execute(budgets.insert().values(account=_name(account), bucket=bucket, **values))


# Made once: a budget is asked for before every request.
_MINE = (budgets.c.account == bindparam("b_account")) & (budgets.c.bucket == bindparam("b_bucket"))
_SEEN: Final = select(budgets).where(_MINE)
_HELD: Final = _SEEN.with_for_update()
_VALUES = ("next_at", "rest_until", "taken", "taken_by_copy", "used_at")
_CHANGED: Final = update(budgets).where(_MINE).values({name: bindparam(f"b_{name}") for name in _VALUES})


def _read_at(row: _Row, share: Share, limits: Limits, now_us: int, from_us: int) -> int:
    window_us = round(limits.get_window_s * 1e6)
    row.taken, row.by_copy = since(row.taken, now_us - window_us), since(row.by_copy, now_us - window_us)
    if share == "copy":
        return earliest_of_both(row.taken, row.by_copy, limits.get_limit, limits.copy_limit, window_us, from_us)
    return earliest(row.taken, limits.get_limit, window_us, from_us)


def _sane(at_us: int | None, latest_us: int) -> int:
    """The instant; one that nobody can have set means that the clock was put back, and counts for nothing."""
    return at_us if at_us is not None and at_us <= latest_us else 0


def _name(account: int | str) -> str:
    return f"account {account}" if isinstance(account, int) else f"user {account}"


def _list(data: bytes | None) -> list[int]:
    return [] if not data else list(struct.unpack(f"<{len(data) // 8}q", data))


def _bytes(places: list[int]) -> bytes:
    return struct.pack(f"<{len(places)}q", *places)

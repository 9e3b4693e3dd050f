"""Saved positions, and what is on now. Only the present is kept."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select

from watchprint.store.schema import playback, watching
from watchprint.store.shelves.values import Difference, OnNow, Position
from watchprint.store.unit import Unit


class Positions:
    """Positions and what is on now, within one transaction."""

    def __init__(self, unit: Unit) -> None:
        self._unit, self._connection = unit, unit.connection

    def put(self, account_id: int, seen: Iterable[Position], *, complete: bool = False) -> Difference:
        """Let these be the saved positions.

        Args:
            complete: Positions that are not told are gone.

        Returns:
            The titles whose positions are new, other, gone.
        """
        self._unit.lock(account_id)
        before = {each.title_id: each for each in self.all(account_id)}
        told = {each.title_id: each for each in seen}
        added = tuple(title for title in told if title not in before)
        changed = tuple(title for title, each in told.items() if title in before and before[title] != each)
        gone = tuple(title for title in before if title not in told) if complete else ()
        self._remove(account_id, (*changed, *gone))
        rows = [told[title] for title in (*added, *changed)]
        if added or changed or gone:
            self._unit.changing(account_id)
        self._unit.insert(playback, [{"account_id": account_id, **_columns(each)} for each in rows])
        return Difference(added, changed, gone)

    def drop(self, account_id: int, title_ids: Iterable[int]) -> Difference:
        """Note that these titles have no saved position any more."""
        self._unit.lock(account_id)
        there = {each.title_id for each in self.all(account_id)}
        gone = tuple(title for title in title_ids if title in there)
        if gone:
            self._unit.changing(account_id)
            self._remove(account_id, gone)
        return Difference(gone=gone)

    def all(self, account_id: int) -> list[Position]:
        """The saved positions, the latest first."""
        mine = select(playback).where(playback.c.account_id == account_id)
        rows = self._connection.execute(mine.order_by(playback.c.paused_at.desc(), playback.c.title_id))
        return [Position(**{name: row._mapping[name] for name in Position.__slots__}) for row in rows]

    def set_now(self, account_id: int, now: OnNow | None) -> bool:
        """Note what is on now (None: nothing); True where that is news."""
        self._unit.lock(account_id)
        if self.now(account_id) == now:
            return False
        self._unit.changing(account_id)
        self._connection.execute(delete(watching).where(watching.c.account_id == account_id))
        if now is not None:
            values = {name: getattr(now, name) for name in OnNow.__slots__}
            self._connection.execute(watching.insert().values(account_id=account_id, **values))
        return True

    def now(self, account_id: int) -> OnNow | None:
        """What is on now, as it was last told; its `expires_at` may be over."""
        row = self._connection.execute(select(watching).where(watching.c.account_id == account_id)).first()
        return None if row is None else OnNow(**{name: row._mapping[name] for name in OnNow.__slots__})

    def _remove(self, account_id: int, title_ids: Iterable[int]) -> None:
        mine = (playback.c.account_id == account_id) & playback.c.title_id.in_(list(title_ids))
        self._connection.execute(delete(playback).where(mine))


def _columns(position: Position) -> dict[str, object]:
    return {name: getattr(position, name) for name in Position.__slots__}

"""Plays, within one transaction: arriving, their state with Trakt, removing, and reading them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from watchprint.domain.play import MOVES, TRAKT, Arrival, Place, PlayKind, PlayState, Source
from watchprint.store.errors import UnknownRow, WrongState
from watchprint.store.plays.arriving import arrive
from watchprint.store.plays.desk import Desk
from watchprint.store.plays.folding import fold_reports, renewed, settle
from watchprint.store.plays.values import Arrived, AtTrakt, KeptPlay, Settled, There, kept
from watchprint.store.schema import play_sources, plays, title_ids
from watchprint.store.schema.columns import MINUTE_US, instant, us
from watchprint.store.unit import Unit, chunks


class Plays:
    """The plays, within one transaction."""

    def __init__(self, unit: Unit) -> None:
        self._unit, self._connection = unit, unit.connection

    def arrive(self, account_id: int, arrivals: Sequence[Arrival], *, only_add: bool = False) -> list[Arrived]:
        """Take in plays as one door reports them.

        Each is found by one of its sources; else it is another report of a play that is there (same title, times
        within the runtime, no source of that kind yet, nearest first); else it is new. A row of Trakt's history
        (`trakt_id`) makes its play `there` and brings its title, minute and action up to date.

        Args:
            only_add: Leave plays that are known as they are, and removed ones removed (an export of a linked
                account only adds what Trakt no longer offers).

        Returns:
            What became of each, in their order.

        Raises:
            NoSuchAccount: There is no such account.
        """
        return arrive(Desk(self._unit, account_id), arrivals, only_add=only_add)

    def settle(
        self, account_id: int, play_id: str, trakt_id: int, *, watched_at: datetime | None = None,
        action: str | None = None,
    ) -> Settled:  # fmt: skip
        """Note that Trakt has a play, under this history id; a row that the copy made of it is folded into the play.

        Args:
            watched_at: As Trakt has it, where its answer says so.

        Raises:
            WrongState: The play is gone, or has another history id.
        """
        return settle(Desk(self._unit, account_id), play_id, trakt_id, watched_at, action)

    def move(self, account_id: int, play_id: str, to: PlayState, *, out_of: Collection[PlayState]) -> bool:
        """Let a play go from one state with Trakt to another; False where it is in none of those named.

        Raises:
            UnknownRow: There is no such play.
            WrongState: Trakt's rules know no such step (see `domain.play.MOVES`).
        """
        if impossible := [state for state in out_of if to not in MOVES[state]]:
            raise WrongState(f"A play does not go from {impossible[0]} to {to}.")
        desk = self._desk(account_id, [play_id])
        sheet = desk.sheets[play_id]
        if sheet.values["state"] not in out_of:
            return False
        if to == "there" or sheet.values["state"] == "there":
            raise WrongState("A play becomes `there` by `settle`, and leaves it by `remove`.")
        sheet.change(state=to)
        desk.keep()
        return True

    def move_all(
        self, account_id: int, play_ids: Iterable[str], to: PlayState, *, out_of: Collection[PlayState]
    ) -> list[str]:
        """The same for many plays: those that have gone; unknown ones, and those in other states, stay as they are.

        Raises:
            WrongState: Trakt's rules know no such step, or it is one to or from `there`.
        """
        if impossible := [state for state in out_of if to not in MOVES[state] or "there" in (state, to)]:
            raise WrongState(f"Plays do not go from {impossible[0]} to {to}.")
        desk = Desk(self._unit, account_id)
        desk.by_ids(play_ids)
        going = [sheet for sheet in desk.sheets.values() if sheet.values["state"] in out_of]
        for sheet in going:
            sheet.change(state=to)
        desk.keep()
        return sorted(sheet.id for sheet in going)

    def remove(self, account_id: int, play_ids: Iterable[str]) -> list[str]:
        """Note that Trakt has these plays no more; only plays that were `there` can become removed.

        Returns:
            Those that are removed now and were not before.
        """
        desk = Desk(self._unit, account_id)
        desk.by_ids(play_ids)
        gone = [sheet for sheet in desk.sheets.values() if sheet.values["state"] == "there"]
        for sheet in gone:
            sheet.change(state="removed", removed_at=self._unit.now)
        desk.keep()
        return [sheet.id for sheet in gone]

    def renew_trakt_id(self, account_id: int, old: int, new: int) -> bool:
        """Trakt has replaced a row by another of the same title and minute: the play has that id now.

        A play that has come of nothing but the new row is folded into it.

        Returns:
            False where no play has the old id, or one that has come through other doors too has the new one.
        """
        return renewed(Desk(self._unit, account_id), old, new)

    def set_place(self, account_id: int, play_id: str, place: Place | None) -> None:
        """Note where it was watched."""
        desk = self._desk(account_id, [play_id])
        desk.sheets[play_id].change(place=None if place is None else asdict(place))
        desk.keep()

    def fold_reports(self, account_id: int, title_id: int) -> list[str]:
        """Let plays of a title that are reports of one viewing be one; the ids of those that are gone."""
        return fold_reports(Desk(self._unit, account_id), title_id)

    def get(self, account_id: int, play_id: str) -> KeptPlay:
        """One play, removed or not.

        Raises:
            UnknownRow: The account has no such play.
        """
        found = self._kept(account_id, plays.c.id == play_id)
        if not found:
            raise UnknownRow(f"There is no play {play_id}.")
        return found[0]

    def get_all(self, account_id: int, play_ids: Iterable[str]) -> dict[str, KeptPlay]:
        """Plays by id; unknown ones are left out."""
        found = [
            play for some in chunks(play_ids) for play in self._kept(account_id, self._unit.among(plays.c.id, some))
        ]
        return {play.id: play for play in found}

    def of_trakt_ids(self, account_id: int, trakt_ids: Iterable[int]) -> dict[int, KeptPlay]:
        """Plays by history id, removed ones too; unknown ones are left out."""
        rows = [
            play
            for some in chunks(trakt_ids)
            for play in self._kept(account_id, self._unit.among(plays.c.trakt_id, some))
        ]
        return {play.trakt_id: play for play in rows if play.trakt_id is not None}

    def of_title(self, account_id: int, title_id: int, *, removed: bool = False) -> list[KeptPlay]:
        """The plays of a title, the latest first, undated ones last."""
        where = plays.c.title_id == title_id
        return self._kept(account_id, where if removed else where & plays.c.removed_at.is_(None))

    def in_state(self, account_id: int, states: Collection[PlayState], *, limit: int = 1000) -> list[KeptPlay]:
        """Plays in one of these states, the oldest first."""
        rows = plays.c.state.in_(states) & plays.c.removed_at.is_(None)
        return self._kept(account_id, rows, order=(plays.c.id,), limit=limit)

    def page(
        self, account_id: int, *, since: datetime | None = None, until: datetime | None = None, limit: int = 100,
        after: KeptPlay | None = None,
    ) -> list[KeptPlay]:  # fmt: skip
        """Some plays, the latest first; undated ones come after all others, unless a time bounds the question.

        Args:
            since, until: From this instant on, and before this one.
            after: Go on after this play.
        """
        where: ColumnElement[bool] = plays.c.removed_at.is_(None)
        if since is not None:
            where &= plays.c.watched_at >= us(since)
        if until is not None:
            where &= plays.c.watched_at < us(until)
        if after is not None:
            where &= _following(after)
        return self._kept(account_id, where, limit=limit)

    def walk(
        self, account_id: int, *, since: datetime | None = None, until: datetime | None = None, size: int = 1000
    ) -> Iterator[list[KeptPlay]]:
        """All plays in the order of `page`, some at a time, as they are asked for; good within the transaction.

        Args:
            since, until: From this instant on, and before this one; then undated plays are left out.
            size: Most plays at a time.
        """
        where: ColumnElement[bool] = plays.c.removed_at.is_(None) & plays.c.watched_at.is_not(None)
        if since is not None:
            where &= plays.c.watched_at >= us(since)
        if until is not None:
            where &= plays.c.watched_at < us(until)
        yield from self._walked(account_id, where, (plays.c.watched_at.desc(), plays.c.id.desc()), size)
        if since is None and until is None:
            undated = plays.c.removed_at.is_(None) & plays.c.watched_at.is_(None)
            yield from self._walked(account_id, undated, (plays.c.id.desc(),), size)

    def title_ids(self, account_id: int) -> list[int]:
        """The titles that were played, in order; removed plays left out."""
        mine = (plays.c.account_id == account_id) & plays.c.removed_at.is_(None) & plays.c.title_id.is_not(None)
        return list(
            self._connection.execute(
                select(plays.c.title_id).where(mine).distinct().order_by(plays.c.title_id)
            ).scalars()
        )

    def of_import(self, account_id: int, import_id: int, states: Collection[PlayState]) -> list[KeptPlay]:
        """The plays that an import has reported and that are in one of these states, the oldest viewing first."""
        reported = select(play_sources.c.play_id).where(play_sources.c.import_id == import_id).scalar_subquery()
        where = plays.c.id.in_(reported) & plays.c.state.in_(states) & plays.c.removed_at.is_(None)
        return self._kept(account_id, where, order=(plays.c.watched_at.is_(None), plays.c.watched_at, plays.c.id))

    def there(
        self, account_id: int, *, kind: PlayKind | None = None, title_ids: Iterable[int] | None = None
    ) -> list[There]:
        """The plays that Trakt has, with their history ids.

        Args:
            kind: movie or episode only.
            title_ids: Of these titles only.
        """
        columns = (plays.c.id, plays.c.title_id, plays.c.watched_at, plays.c.trakt_id)
        asked = select(*columns).where(plays.c.account_id == account_id, plays.c.state == "there")
        if kind is not None:
            asked = asked.where(plays.c.kind == kind)
        parts = (
            [asked]
            if title_ids is None
            else [asked.where(self._unit.among(plays.c.title_id, s)) for s in chunks(title_ids)]
        )
        rows = [row for part in parts for row in self._connection.execute(part)]
        return [
            There(r.id, r.title_id, None if r.watched_at is None else instant(r.watched_at), r.trakt_id) for r in rows
        ]

    def at_trakt(self, account_id: int, kind: PlayKind) -> list[AtTrakt]:
        """The plays of a kind that Trakt has, by Trakt's own numbers: what its maps are compared with."""
        named = (title_ids.c.title_id == plays.c.title_id) & (title_ids.c.kind == kind) & (title_ids.c.scheme == TRAKT)
        columns = (plays.c.id, title_ids.c.value, plays.c.watched_at, plays.c.trakt_id)
        asked = select(*columns).select_from(plays.outerjoin(title_ids, named))
        asked = asked.where(plays.c.account_id == account_id, plays.c.state == "there", plays.c.kind == kind)
        return [
            AtTrakt(play_id, None if title is None else int(title), None if at is None else at // MINUTE_US, trakt_id)
            for play_id, title, at, trakt_id in self._connection.execute(asked)
        ]

    def count(
        self, account_id: int, *, kind: PlayKind | None = None, states: Collection[PlayState] | None = None
    ) -> int:
        """How many plays there are, removed ones left out."""
        asked = select(func.count()).select_from(plays)
        asked = asked.where(plays.c.account_id == account_id, plays.c.removed_at.is_(None))
        if kind is not None:
            asked = asked.where(plays.c.kind == kind)
        if states is not None:
            asked = asked.where(plays.c.state.in_(states))
        return int(self._connection.execute(asked).scalar_one())

    def _desk(self, account_id: int, play_ids: Sequence[str]) -> Desk:
        desk = Desk(self._unit, account_id)
        desk.by_ids(play_ids)
        if missing := [play_id for play_id in play_ids if play_id not in desk.sheets]:
            raise UnknownRow(f"There is no play {missing[0]}.")
        return desk

    def _kept(
        self, account_id: int, where: ColumnElement[bool], *, order: Sequence[Any] | None = None,
        limit: int | None = None,
    ) -> list[KeptPlay]:  # fmt: skip
        latest = (plays.c.watched_at.is_(None), plays.c.watched_at.desc(), plays.c.id.desc())
        asked = select(plays).where(plays.c.account_id == account_id, where).order_by(*(order or latest)).limit(limit)
        return self._with_doors(self._connection.execute(asked).all())

    def _walked(
        self, account_id: int, where: ColumnElement[bool], order: Sequence[Any], size: int
    ) -> Iterator[list[KeptPlay]]:
        asked = select(plays).where(plays.c.account_id == account_id, where).order_by(*order)
        result = self._connection.execution_options(yield_per=size).execute(asked)
        try:
            for some in result.partitions(size):
                yield self._with_doors(some)
        finally:
            result.close()

    def _with_doors(self, rows: Sequence[Row[Any]]) -> list[KeptPlay]:
        doors: dict[str, list[Source]] = {row.id: [] for row in rows}
        for some in chunks(doors):
            for row in self._connection.execute(
                select(play_sources).where(self._unit.among(play_sources.c.play_id, some))
            ):
                doors[row.play_id].append(Source(row.kind, row.key))
        return [kept(row, doors[row.id]) for row in rows]


def _at(at_us: int | None) -> datetime | None:
    return None if at_us is None else instant(at_us)


def _following(after: KeptPlay) -> ColumnElement[bool]:
    """Rows that come after this one in the order of `page`."""
    if after.watched_at is None:
        return plays.c.watched_at.is_(None) & (plays.c.id < after.id)
    at = us(after.watched_at)
    same = (plays.c.watched_at == at) & (plays.c.id < after.id)
    return plays.c.watched_at.is_(None) | (plays.c.watched_at < at) | same

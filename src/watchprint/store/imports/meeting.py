"""What a file that is taken in meets in the store: titles by their names, plays by title and minute. Only reads."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple, TypeAlias

from sqlalchemy import literal, select

from watchprint.domain.play import Source
from watchprint.domain.title import Kind
from watchprint.store.imports.log import RowKind
from watchprint.store.schema import lists, play_sources, plays, ratings, shelf_entries, titles
from watchprint.store.schema.columns import MINUTE_US
from watchprint.store.unit import Unit, chunks


class NamedTitle(NamedTuple):
    """A title by its name."""

    id: int
    kind: Kind
    name: str
    year: int | None


class GoneRow(NamedTuple):
    """A row that is gone: of which title, and where it stood."""

    key: str
    title_id: int | None
    shelf: str | None
    list_id: int | None


Spot: TypeAlias = tuple[int, int | None]
"""A title and a minute since 1970; None: undated."""


class Meeting:
    """Questions of those who take files in, within one transaction."""

    def __init__(self, unit: Unit) -> None:
        self._unit, self._connection = unit, unit.connection

    def named(self) -> list[NamedTitle]:
        """Every movie and show whose name is known, by number."""
        columns = (titles.c.id, titles.c.kind, titles.c.name, titles.c.year)
        asked = select(*columns).where(titles.c.kind.in_(("movie", "show")), titles.c.name.is_not(None))
        return [NamedTitle(*row) for row in self._connection.execute(asked.order_by(titles.c.id))]

    def doors(self, account_id: int, spots: Collection[Spot]) -> dict[Spot, list[list[Source]]]:
        """The account's plays of these titles in these minutes that are not removed, each by its doors.

        Returns:
            By spot, the oldest play first.
        """
        minutes = [minute for _, minute in spots if minute is not None]
        from_us, until_us = min(minutes, default=0) * MINUTE_US, (max(minutes, default=-1) + 1) * MINUTE_US
        within = plays.c.watched_at.is_(None) | (plays.c.watched_at >= from_us) & (plays.c.watched_at < until_us)
        mine = (plays.c.account_id == account_id) & plays.c.removed_at.is_(None) & within
        found: dict[Spot, list[list[Source]]] = {}
        by_play: dict[str, list[Source]] = {}
        for some in chunks(sorted({title_id for title_id, _ in spots})):
            rows = select(plays.c.id, plays.c.title_id, plays.c.watched_at)
            rows = rows.where(mine, self._unit.among(plays.c.title_id, some)).order_by(plays.c.id)
            for row in self._connection.execute(rows):
                spot = (row.title_id, None if row.watched_at is None else row.watched_at // MINUTE_US)
                if spot in spots:
                    by_play[row.id] = []
                    found.setdefault(spot, []).append(by_play[row.id])
        for few in chunks(by_play):
            having = select(play_sources.c.play_id, play_sources.c.kind, play_sources.c.key)
            for door in self._connection.execute(having.where(self._unit.among(play_sources.c.play_id, few))):
                by_play[door.play_id].append(Source(door.kind, door.key))
        return found

    def known(self, account_id: int, title_ids: Collection[int], doors: Collection[Source]) -> set[Source]:
        """Those of the doors that lead to a play of one of these titles that is not removed."""
        titled, found = frozenset(title_ids), set[Source]()
        for kind in sorted({door.kind for door in doors}):
            for some in chunks(sorted({door.key for door in doors if door.kind == kind})):
                here = (play_sources.c.account_id == account_id) & (play_sources.c.kind == kind)
                asked = select(play_sources.c.key, plays.c.title_id).join(plays, plays.c.id == play_sources.c.play_id)
                asked = asked.where(here, self._unit.among(play_sources.c.key, some), plays.c.removed_at.is_(None))
                rows = self._connection.execute(asked)
                found.update(Source(kind, row.key) for row in rows if row.title_id in titled)
        return found

    def gone(self, account_id: int, told: Collection[int]) -> list[str]:
        """The plays that Trakt had and that are not among these history ids."""
        asked = select(plays.c.id, plays.c.trakt_id).where(plays.c.account_id == account_id, plays.c.state == "there")
        return [row.id for row in self._connection.execute(asked) if row.trakt_id not in told]

    def gone_rows(self, account_id: int, kind: RowKind, keys: Collection[str]) -> list[GoneRow]:
        """Which of these rows are gone."""
        table = {"play": plays, "rating": ratings, "entry": shelf_entries, "list": lists}[kind]
        ended = table.c.removed_at if kind == "play" else table.c.disappeared_at
        columns = [table.c.get(name, literal(None)).label(name) for name in ("title_id", "shelf", "list_id")]
        found: list[GoneRow] = []
        for some in chunks(sorted(keys)):
            ids = [int(key) for key in some] if kind == "list" else some
            mine = (table.c.account_id == account_id) & ended.is_not(None) & self._unit.among(table.c.id, ids)
            for row in self._connection.execute(select(table.c.id, *columns).where(mine)):
                found.append(GoneRow(str(row.id), row.title_id, row.shelf, row.list_id))
        return found

    def new_titles(self) -> frozenset[int]:
        """The titles that this transaction has made so far."""
        return frozenset(self._unit.made_titles)

    def changed_titles(self) -> frozenset[int]:
        """The titles of which this transaction has learned something so far, new ones among them."""
        return frozenset(self._unit.changed_titles)

    def merges(self) -> int:
        """How many titles this transaction has merged into others so far."""
        return len(self._unit.merged)

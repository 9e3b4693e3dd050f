"""Which titles lack something that a source could say, and how many plays stand on what is known. Reads only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, cast

import msgspec
from sqlalchemy import ColumnElement, Select, Text, and_, func, or_, select, type_coerce, union

from watchprint.domain.title import Kind
from watchprint.store.schema import playback, plays, ratings, shelf_entries, title_facts, title_ids, titles, watching
from watchprint.store.unit import Unit, chunks

_NUMBERS = frozenset({"year", "runtime_min"})
"""Facts of which 0 says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a title.

    Attributes:
        facts: Each fact that is known, and whose word it is.
        asked: The sources that were asked of it, whether they knew it or not.
    """

    facts: Mapping[str, str]
    asked: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """The plays of titles of which the same is known, and of whose shows the same is known.

    Attributes:
        kind: movie or episode; None: nobody has said.
        ids: The schemes in which such a title has an id; show_ids: its show.
    """

    kind: str | None
    plays: int
    title: Known
    show: Known
    ids: frozenset[str]
    show_ids: frozenset[str]


def lacking(
    unit: Unit, source: str, fields: Mapping[Kind, Collection[str]], *, account_id: int | None, asked_before: datetime
) -> list[int]:
    """The titles that lack one of the facts; see `Titles.lacking`."""
    heard = select(title_facts.c.title_id).where(
        title_facts.c.source == source, title_facts.c.learned_at > asked_before
    )
    wants = [
        and_(titles.c.kind == kind, or_(*(_unknown(name) for name in names))) for kind, names in fields.items() if names
    ]
    referred = _referred(account_id)
    shows = select(titles.c.show_id).where(titles.c.id.in_(referred), titles.c.show_id.is_not(None))
    where = and_(or_(*wants), titles.c.id.not_in(heard), or_(titles.c.id.in_(referred), titles.c.id.in_(shows)))
    found = unit.connection.execute(select(titles.c.id, titles.c.show_id).where(where)).all()
    counts = _watched(unit, account_id)
    return [
        row.id
        for row in sorted(found, key=lambda row: (-counts.get(row.show_id or row.id, 0), row.show_id or row.id, row.id))
    ]


def played(unit: Unit, account_id: int) -> list[Played]:
    """The plays of an account, one row for all titles of which the same is known; removed plays are not counted."""
    own = (plays.c.account_id == account_id) & plays.c.removed_at.is_(None)
    counted = select(plays.c.title_id, plays.c.kind, func.count()).where(own)
    rows = unit.connection.execute(counted.group_by(plays.c.title_id, plays.c.kind)).all()
    sheets = _sheets(unit, {number for number, _, _ in rows if number is not None})
    sheets |= _sheets(unit, {each.show_id for each in sheets.values() if each.show_id is not None} - sheets.keys())
    counts: dict[tuple[str | None, _Sheet, _Sheet], int] = {}
    for number, kind, count in rows:
        title = sheets.get(number, _NO_SHEET)
        show = sheets.get(title.show_id, _NO_SHEET) if title.show_id is not None else _NO_SHEET
        key = (kind or title.kind, title.alike(), show.alike())
        counts[key] = counts.get(key, 0) + count
    return [
        Played(kind=kind, plays=count, title=title.known(), show=show.known(), ids=title.schemes, show_ids=show.schemes)
        for (kind, title, show), count in counts.items()
    ]


class _Sheet(NamedTuple):
    """What coverage needs of a title, quick to compare.

    Attributes:
        sources: Whose word each fact is, as JSON.
        empty: The facts that are 0, which says nothing.
    """

    kind: str | None
    show_id: int | None
    sources: str | None
    empty: tuple[str, ...]
    asked: frozenset[str]
    schemes: frozenset[str]

    def alike(self) -> _Sheet:
        """The same for all titles of which the same is known."""
        return self._replace(kind=None, show_id=None)

    def known(self) -> Known:
        said: dict[str, str] = msgspec.json.decode(self.sources or "{}")
        return Known(facts={name: source for name, source in said.items() if name not in self.empty}, asked=self.asked)


_NO_SHEET = _Sheet(None, None, None, (), frozenset(), frozenset())


def _sheets(unit: Unit, numbers: Collection[int]) -> dict[int, _Sheet]:
    asked = _gathered(unit, numbers, title_facts.c.title_id, title_facts.c.source)
    schemes = _gathered(unit, numbers, title_ids.c.title_id, title_ids.c.scheme)
    none: frozenset[str] = frozenset()
    found: dict[int, _Sheet] = {}
    columns = (titles.c.id, titles.c.kind, titles.c.show_id, type_coerce(titles.c.sources, Text))
    numbers_ = (titles.c.year, titles.c.runtime_min)
    for some in chunks(sorted(numbers)):
        where = unit.among(titles.c.id, some)
        rows: Iterable[Any] = unit.connection.execute(select(*columns, *numbers_).where(where))
        for row in rows:
            number: int = row[0]
            empty = tuple(name for name, value in zip(("year", "runtime_min"), row[4:], strict=True) if value == 0)
            found[number] = _Sheet(
                row[1], row[2], cast("str | None", row[3]), empty, asked.get(number, none), schemes.get(number, none)
            )
    return found


def _gathered(
    unit: Unit, numbers: Collection[int], of: ColumnElement[int], what: ColumnElement[str]
) -> dict[int, frozenset[str]]:
    """The texts of each title; titles with the same ones share a set."""
    texts: dict[int, tuple[str, ...]] = {}
    for some in chunks(sorted(numbers)):
        for number, text in unit.connection.execute(select(of, what).where(unit.among(of, some)).order_by(of, what)):
            texts[number] = (*texts.get(number, ()), text)
    sets = {each: frozenset(each) for each in set(texts.values())}
    return {number: sets[each] for number, each in texts.items()}


def _unknown(name: str) -> ColumnElement[bool]:
    """Nobody says it. The day of release is known where the instant is."""
    if name == "released_on":
        return titles.c.released_on.is_(None) & titles.c.first_aired_at.is_(None)
    column = titles.c[name]
    return column.is_(None) | (column == 0) if name in _NUMBERS else column.is_(None)


def _referred(account_id: int | None) -> Select[tuple[int]]:
    """The titles that accounts (None: any) refer to."""
    found = []
    for table in (plays, ratings, shelf_entries, playback, watching):
        asked = select(table.c.title_id).where(table.c.title_id.is_not(None))
        if table is plays:
            asked = asked.where(plays.c.removed_at.is_(None))
        found.append(asked if account_id is None else asked.where(table.c.account_id == account_id))
    every = union(*found).subquery()
    return select(every.c.title_id)


def _watched(unit: Unit, account_id: int | None) -> dict[int, int]:
    """How often each movie and show was watched."""
    of = func.coalesce(titles.c.show_id, titles.c.id)
    counted = select(of.label("title"), func.count().label("n")).join(plays, plays.c.title_id == titles.c.id)
    if account_id is not None:
        counted = counted.where(plays.c.account_id == account_id)
    return {row.title: row.n for row in unit.connection.execute(counted.group_by(of))}

"""Which titles lack something that a source could say, and how many plays stand on what is known. Reads only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, union

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


NOTHING = Known(facts={}, asked=frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """The plays of one title, and what is known of it and of its show.

    Attributes:
        kind: movie or episode; None: nobody has said.
        ids: The schemes in which the title has an id; show_ids: its show.
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
    """The plays of an account, one row a title and kind; those that are removed are not counted."""
    own = (plays.c.account_id == account_id) & plays.c.removed_at.is_(None)
    counted = select(plays.c.title_id, plays.c.kind, func.count().label("n")).where(own)
    rows = unit.connection.execute(counted.group_by(plays.c.title_id, plays.c.kind)).all()
    there = _titles(unit, {row.title_id for row in rows if row.title_id is not None})
    shows = {row["show_id"] for row in there.values() if row["show_id"] is not None}
    there |= _titles(unit, shows - there.keys())
    asked = _asked(unit, there)
    schemes = _schemes(unit, there)

    def told(number: int | None) -> Known:
        if number is None or number not in there:
            return NOTHING
        return Known(facts=_said(there[number]), asked=frozenset(asked.get(number, ())))

    found = []
    for row in rows:
        title = there.get(row.title_id)
        show_id = None if title is None else title["show_id"]
        kind = row.kind or (None if title is None else title["kind"])
        named = frozenset(schemes.get(row.title_id, ())), frozenset(schemes.get(show_id, ()))
        known = told(row.title_id), told(show_id)
        found.append(Played(kind=kind, plays=row.n, title=known[0], show=known[1], ids=named[0], show_ids=named[1]))
    return found


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


def _titles(unit: Unit, numbers: Collection[int]) -> dict[int, Mapping[Any, Any]]:
    found: dict[int, Mapping[Any, Any]] = {}
    for some in chunks(sorted(numbers)):
        for row in unit.connection.execute(select(titles).where(unit.among(titles.c.id, some))):
            found[row.id] = row._mapping
    return found


def _said(row: Mapping[Any, Any]) -> dict[str, str]:
    sources: Mapping[str, str] = row["sources"] or {}
    return {name: source for name, source in sources.items() if name not in _NUMBERS or row[name]}


def _asked(unit: Unit, numbers: Iterable[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for some in chunks(sorted(numbers)):
        asked = select(title_facts.c.title_id, title_facts.c.source)
        for row in unit.connection.execute(asked.where(unit.among(title_facts.c.title_id, some))):
            found.setdefault(row.title_id, set()).add(row.source)
    return found


def _schemes(unit: Unit, numbers: Iterable[int]) -> dict[int | None, set[str]]:
    found: dict[int | None, set[str]] = {}
    for some in chunks(sorted(numbers)):
        asked = select(title_ids.c.title_id, title_ids.c.scheme)
        for row in unit.connection.execute(asked.where(unit.among(title_ids.c.title_id, some))):
            found.setdefault(row.title_id, set()).add(row.scheme)
    return found

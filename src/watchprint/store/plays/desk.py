"""The plays that a piece of work is about, in memory: taken out once, changed there, written back once.

It notes what an import changes. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, select, update

from watchprint.domain.play import PlayState, Source, window_min
from watchprint.store.imports import log
from watchprint.store.plays.ids import new_ids
from watchprint.store.schema import play_sources, plays, titles
from watchprint.store.schema.columns import MINUTE_US
from watchprint.store.unit import Unit, chunks

COLUMNS: Final = (
    "kind", "title_id", "watched_at", "finished_at", "action", "state", "trakt_id", "place", "removed_at",
    "folded_into",
)  # fmt: skip
"""What may change of a play."""


class Sheet:
    """One play on the desk. `values` are its columns; `doors` its sources, by kind and key."""

    __slots__ = ("before", "doors", "id", "led", "values")

    def __init__(self, play_id: str, values: dict[str, Any], before: dict[str, Any] | None) -> None:
        self.id, self.values, self.before = play_id, values, before
        self.doors: set[Source] = set()
        self.led = False

    @property
    def touched(self) -> bool:
        """Something of it is other than in the database: a column, or a door that leads to it."""
        return self.led or self.values != self.before

    @property
    def kinds(self) -> set[str]:
        """The doors it has come through."""
        return {door.kind for door in self.doors}

    @property
    def minute(self) -> int | None:
        """When it was watched, in minutes since 1970."""
        at: int | None = self.values["watched_at"]
        return None if at is None else at // MINUTE_US

    def change(self, **values: Any) -> bool:
        """Change columns; True where that changed anything."""
        new = {name: value for name, value in values.items() if self.values[name] != value}
        self.values.update(new)
        return bool(new)


class Desk:
    """The plays of one account that are being worked on."""

    def __init__(self, unit: Unit, account_id: int) -> None:
        unit.lock(account_id)
        self._unit, self._connection, self.account_id = unit, unit.connection, account_id
        self._ids = new_ids(unit.now)
        self.sheets: dict[str, Sheet] = {}
        self.owners: dict[Source, str] = {}
        self._moved: dict[Source, str] = {}
        self._new: dict[Source, str] = {}
        self._imported: set[Source] = set()
        self._said: dict[str, None] = {}

    def by_sources(self, doors: Iterable[Source]) -> None:
        """Take out the plays that these sources are of."""
        by_kind: dict[str, set[str]] = {}
        for door in doors:
            by_kind.setdefault(door.kind, set()).add(door.key)
        for kind, keys in by_kind.items():
            for some in chunks(sorted(keys)):
                where = (play_sources.c.account_id == self.account_id) & (play_sources.c.kind == kind)
                ids = select(play_sources.c.play_id).where(where, self._unit.among(play_sources.c.key, some))
                self.by_ids(self._connection.execute(ids).scalars())

    def by_titles(self, title_ids: Iterable[int], states: Collection[PlayState] | None = None) -> None:
        """Take out the plays of these titles that are not removed.

        Args:
            states: Only those in one of these states.
        """
        where: ColumnElement[bool] = plays.c.removed_at.is_(None)
        if states is not None:
            where &= plays.c.state.in_(sorted(states))
        for some in chunks(sorted(set(title_ids))):
            self._take(self._unit.among(plays.c.title_id, some) & where)

    def by_ids(self, play_ids: Iterable[str]) -> None:
        """Take out these plays."""
        for some in chunks(sorted(set(play_ids))):
            self._take(self._unit.among(plays.c.id, some))

    def by_trakt_ids(self, trakt_ids: Iterable[int]) -> None:
        """Take out the plays that have these history ids."""
        for some in chunks(sorted(set(trakt_ids))):
            self._take(self._unit.among(plays.c.trakt_id, some))

    def windows_min(self, title_ids: Iterable[int]) -> dict[int, int]:
        """How far apart two reports of one viewing of each title may be [min]."""
        show = titles.alias()
        found: dict[int, int] = {}
        for some in chunks(sorted(set(title_ids))):
            both = select(titles.c.id, titles.c.runtime_min, show.c.runtime_min.label("usual_min"))
            both = both.select_from(titles.outerjoin(show, titles.c.show_id == show.c.id)).where(
                self._unit.among(titles.c.id, some)
            )
            for row in self._connection.execute(both):
                found[row.id] = window_min(row.runtime_min, row.usual_min)
        return found

    def add(self, **values: Any) -> Sheet:
        """A new play."""
        sheet = Sheet(next(self._ids), dict.fromkeys(COLUMNS) | values, None)
        self.sheets[sheet.id] = sheet
        return sheet

    def attach(self, sheet: Sheet, door: Source) -> None:
        """Let the play have come through this door too; a door that led to another play leads to this one now."""
        owner = self.owners.get(door)
        if owner == sheet.id:
            return
        if owner is None:
            self._new[door] = sheet.id
        else:
            self.sheets[owner].doors.discard(door)
            self.sheets[owner].led = True
            (self._new if door in self._new else self._moved)[door] = sheet.id
        self.owners[door] = sheet.id
        sheet.doors.add(door)
        sheet.led = True

    def confirm(self, door: Source) -> None:
        """A source that came by an import has come by itself too, so that undoing the import does not take it."""
        if self._unit.import_id is None and door in self._imported:
            where = (play_sources.c.account_id == self.account_id) & (play_sources.c.kind == door.kind)
            own = update(play_sources).where(where, play_sources.c.key == door.key).values(import_id=None)
            self._connection.execute(own)
            self._imported.discard(door)

    def say(self, sheet: Sheet) -> None:
        """What arrives is this play, as it stands: an import that says so holds it when another one is undone."""
        self._said[sheet.id] = None

    def detach(self, door: Source) -> None:
        """Forget a source."""
        self.sheets[self.owners.pop(door)].doors.discard(door)
        if self._new.pop(door, None) is None:
            self._moved.pop(door, None)
            where = (play_sources.c.account_id == self.account_id) & (play_sources.c.kind == door.kind)
            self._connection.execute(delete(play_sources).where(where, play_sources.c.key == door.key))

    @property
    def now(self) -> datetime:
        """The instant of the transaction."""
        return self._unit.now

    def keep(self) -> None:
        """Write down what has changed; the account's revision moves only if something has."""
        self._name_kinds([s for s in self.sheets.values() if s.touched and s.values["kind"] is None])
        sheets = [sheet for sheet in self.sheets.values() if sheet.touched]
        noted = {sheet.id for sheet in sheets if _changes(sheet) != ({}, {})}
        log.hold(self._unit, self.account_id, "play", [each for each in self._said if each not in noted])
        self._said = {}
        if not sheets:
            return
        revision = self._unit.changing(self.account_id)
        self._keep_plays(sheets, revision)
        self._keep_sources()
        for sheet in sheets:
            sheet.before, sheet.led = dict(sheet.values), False
        self._new, self._moved = {}, {}

    def _name_kinds(self, sheets: list[Sheet]) -> None:
        """Plays that do not say whether they are of a movie or an episode are what their titles are."""
        wanted = {sheet.values["title_id"] for sheet in sheets} - {None}
        kinds: dict[int, str] = {}
        for some in chunks(sorted(wanted)):
            rows = self._connection.execute(
                select(titles.c.id, titles.c.kind).where(self._unit.among(titles.c.id, some))
            )
            kinds.update((row.id, row.kind) for row in rows)
        for sheet in sheets:
            sheet.change(kind=kinds.get(sheet.values["title_id"]))

    def _keep_plays(self, sheets: list[Sheet], revision: int) -> None:
        mine = {"account_id": self.account_id, "revision": revision}
        new = [s for s in sheets if s.before is None]
        old = [s for s in sheets if s.before is not None]
        losing = [s.id for s in old if s.before and s.before["trakt_id"] not in (None, s.values["trakt_id"])]
        for some in chunks(losing):  # first, so that another play can have the id
            self._connection.execute(update(plays).where(self._unit.among(plays.c.id, some)).values(trakt_id=None))
        if old:
            self._unit.change(plays, [{"id": s.id, **s.values, "revision": revision} for s in old])
        made = {"created_at": self._unit.now, **mine}
        self._unit.insert(plays, [{"id": s.id, **made, **s.values} for s in new])
        log.note(self._unit, "play", [(s.id, *_changes(s)) for s in sheets if _changes(s) != ({}, {})])

    def _keep_sources(self) -> None:
        arrived = {"import_id": self._unit.import_id, "arrived_at": self._unit.now, "account_id": self.account_id}
        rows = [{"kind": d.kind, "key": d.key, "play_id": play, **arrived} for d, play in self._new.items()]
        self._unit.insert(play_sources, rows)
        for door, play_id in self._moved.items():
            where = (play_sources.c.account_id == self.account_id) & (play_sources.c.kind == door.kind)
            goes = update(play_sources).where(where, play_sources.c.key == door.key).values(play_id=play_id)
            self._connection.execute(goes)

    def _take(self, where: ColumnElement[bool]) -> None:
        found: dict[str, Sheet] = {}
        rows = self._connection.execute(select(plays).where(plays.c.account_id == self.account_id, where))
        for row in rows:
            if row.id not in self.sheets:
                values = {name: row._mapping[name] for name in COLUMNS}
                found[row.id] = Sheet(row.id, values, dict(values))
        for some in chunks(sorted(found)):
            for row in self._connection.execute(
                select(play_sources).where(self._unit.among(play_sources.c.play_id, some))
            ):
                door = Source(row.kind, row.key)
                found[row.play_id].doors.add(door)
                self.owners[door] = row.play_id
                if row.import_id is not None:
                    self._imported.add(door)
        self.sheets.update(found)


def _changes(sheet: Sheet) -> tuple[Mapping[str, Any] | None, Mapping[str, Any]]:
    before = sheet.before
    if before is None:
        return None, {}
    names = [name for name in COLUMNS if before[name] != sheet.values[name]]
    return {name: before[name] for name in names}, {name: sheet.values[name] for name in names}

"""Imports: begun, finished, undone. What an import has changed is given back as it was, as far as it still stands.

Undoing takes nothing that came by another door too, and leaves alone what was changed again since.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Column, Row, Table, delete, func, select, update

from watchprint.domain.play import TRAKT
from watchprint.store.errors import UnknownRow
from watchprint.store.schema import import_changes, imports, lists, play_sources, plays, ratings, shelf_entries
from watchprint.store.schema.columns import Day, Instant
from watchprint.store.titles.titles import Titles
from watchprint.store.unit import Unit

_TABLES: Mapping[str, Table] = {"play": plays, "rating": ratings, "entry": shelf_entries, "list": lists}


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """An import, with what it reported of itself."""

    id: int
    account_id: int
    kind: str
    file_name: str | None
    file_hash: str | None
    began_at: datetime
    finished_at: datetime | None
    undone_at: datetime | None
    report: Any


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing has given back: rows that are gone again, rows that are as before, rows changed since and kept."""

    gone: int
    restored: int
    kept: int


class Imports:
    """The imports, within one transaction."""

    def __init__(self, unit: Unit) -> None:
        self._unit, self._connection = unit, unit.connection

    def begin(self, account_id: int, kind: str, *, file_name: str | None = None, file_hash: str | None = None) -> int:
        """The number of a new import."""
        self._unit.lock(account_id)
        row = {"account_id": account_id, "kind": kind, "file_name": file_name, "file_hash": file_hash}
        insert = imports.insert().values(**row, began_at=self._unit.now).returning(imports.c.id)
        number: int = self._connection.execute(insert).scalar_one()
        return number

    @contextmanager
    def under(self, import_id: int) -> Generator[None]:
        """What is changed inside is noted as this import's."""
        self.get(import_id)
        before, self._unit.import_id = self._unit.import_id, import_id
        try:
            yield
        finally:
            self._unit.import_id = before

    def finish(self, import_id: int, report: Any) -> None:
        """Keep what the import reports of itself."""
        done = update(imports).where(imports.c.id == import_id).values(finished_at=self._unit.now, report=report)
        self._connection.execute(done)

    def get(self, import_id: int) -> Import:
        """One import.

        Raises:
            UnknownRow: There is none of that number.
        """
        row = self._connection.execute(select(imports).where(imports.c.id == import_id)).first()
        if row is None:
            raise UnknownRow(f"There is no import number {import_id}.")
        return Import(**row._mapping)

    def all(self, account_id: int) -> list[Import]:
        """The account's imports, the latest first."""
        mine = select(imports).where(imports.c.account_id == account_id).order_by(imports.c.id.desc())
        return [Import(**row._mapping) for row in self._connection.execute(mine)]

    def undo(self, import_id: int) -> Undone:
        """Give back what an import has changed; a second time there is nothing to give.

        Raises:
            UnknownRow: There is none of that number.
        """
        what = self.get(import_id)
        if what.undone_at is not None:
            return Undone(0, 0, 0)
        revision = self._unit.changing(what.account_id)
        self._let_go(import_id)
        mine = select(import_changes).where(import_changes.c.import_id == import_id)
        counts = {"gone": 0, "restored": 0, "kept": 0}
        for change in self._connection.execute(mine.order_by(import_changes.c.place.desc())).all():
            counts[self._given_back(change, revision)] += 1
        self._connection.execute(update(imports).where(imports.c.id == import_id).values(undone_at=self._unit.now))
        self._connection.execute(delete(import_changes).where(import_changes.c.import_id == import_id))
        return Undone(**counts)

    def _let_go(self, import_id: int) -> None:
        """Forget the import's sources; Trakt's id of a play that came by another door too stays with it."""
        other = play_sources.alias()
        shared = select(func.count()).where(
            other.c.play_id == play_sources.c.play_id, other.c.import_id.is_distinct_from(import_id)
        )
        from_here = play_sources.c.import_id == import_id
        stays = from_here & (play_sources.c.kind == TRAKT) & (shared.scalar_subquery() > 0) & self._was_made(import_id)
        self._connection.execute(update(play_sources).where(stays).values(import_id=None))
        self._connection.execute(delete(play_sources).where(from_here))

    def _was_made(self, import_id: int) -> Any:
        """The play is one that the import made: one that it only found gets back what it was."""
        made = (import_changes.c.import_id == import_id) & (import_changes.c.row_kind == "play")
        rows = select(import_changes.c.row_key).where(made, import_changes.c.before.is_(None))
        return play_sources.c.play_id.in_(rows.scalar_subquery())

    def _given_back(self, change: Row[Any], revision: int) -> str:
        table = _TABLES[change.row_kind]
        key = int(change.row_key) if change.row_kind == "list" else change.row_key
        row = self._connection.execute(select(table).where(table.c.id == key)).first()
        if row is None:
            return "kept"
        if change.before is None:
            return self._taken_back(table, row, revision)
        try:
            before, after = self._read(table, change.before), self._read(table, change.after)
        except UnknownRow:  # the title has been forgotten since
            return "kept"
        values = {name: value for name, value in before.items() if row._mapping[name] == after[name]}
        if table is plays and values:
            values["revision"] = revision
        if "disappeared_at" in values and self._stands_again(table, row):
            return "kept"
        if values:
            self._connection.execute(update(table).where(table.c.id == key).values(values))
        return "restored" if values else "kept"

    def _stands_again(self, table: Table, row: Row[Any]) -> bool:
        """The same title has come back by itself since the import took it away."""
        if table is lists:
            return False
        there = (table.c.account_id == row.account_id) & (table.c.title_id == row.title_id)
        if table is shelf_entries:
            there &= (table.c.shelf == row.shelf) & table.c.list_id.is_not_distinct_from(row.list_id)
        asked = select(table.c.id).where(there, table.c.disappeared_at.is_(None))
        return self._connection.execute(asked).first() is not None

    def _taken_back(self, table: Table, row: Row[Any], revision: int) -> str:
        """A row that the import made goes, unless something else holds it."""
        if table is not plays:
            if row.disappeared_at is None:
                gone = update(table).where(table.c.id == row.id).values(disappeared_at=self._unit.now)
                self._connection.execute(gone)
                return "gone"
            return "kept"
        held = select(func.count()).select_from(play_sources).where(play_sources.c.play_id == row.id)
        if self._connection.execute(held).scalar_one() or row.removed_at is not None:
            return "kept"
        values = {"state": "removed", "removed_at": self._unit.now, "trakt_id": None, "revision": revision}
        self._connection.execute(update(plays).where(plays.c.id == row.id).values(values))
        return "gone"

    def _read(self, table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
        """Noted values as their columns hold them; a title that was merged since is what it has become."""
        read = {name: _value(table.c[name], value) for name, value in values.items()}
        if read.get("title_id") is not None:
            read["title_id"] = Titles(self._unit).current(read["title_id"])
        return read


def _value(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Instant):
        return msgspec.convert(value, datetime)
    return msgspec.convert(value, date) if isinstance(column.type, Day) else value

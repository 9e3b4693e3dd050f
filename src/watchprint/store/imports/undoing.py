"""An import is taken back: its rows go, its changes are given back, as far as nobody else says or has changed them.

What a later import says too becomes that import's own; what came by another door, or was changed since, stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Column, Row, Table, delete, func, select, update

from watchprint.domain.play import TRAKT
from watchprint.store.errors import UnknownRow
from watchprint.store.imports.heirs import Heirs, Note
from watchprint.store.schema import import_changes, imports, lists, play_sources, plays, ratings, shelf_entries
from watchprint.store.schema.columns import Day, Instant
from watchprint.store.titles.titles import Titles
from watchprint.store.unit import Unit, chunks

_TABLES: Final[Mapping[str, Table]] = {"play": plays, "rating": ratings, "entry": shelf_entries, "list": lists}


class Undoing:
    """Takes one import back, within one transaction."""

    def __init__(self, unit: Unit, account_id: int, import_id: int) -> None:
        self._unit, self._connection, self._import_id = unit, unit.connection, import_id
        self._account_id, self._revision = account_id, unit.changing(account_id)

    def done(self) -> dict[str, int]:
        """How many rows are gone, restored, kept."""
        mine = import_changes.c.import_id == self._import_id
        notes = [_note(row) for row in self._connection.execute(select(import_changes).where(mine))]
        heirs = self._heirs({(note.kind, note.key) for note in notes})
        self._pass_doors_on(notes, heirs)
        self._let_go()
        counts = {"gone": 0, "restored": 0, "kept": 0}
        made: list[str] = []
        for note in sorted(notes, key=lambda each: each.place, reverse=True):
            if note.before is not None:
                if note.after:
                    counts[self._given_back(note, heirs)] += 1
            elif heirs.made_by_another(note):
                counts["kept"] += 1
            elif note.kind == "play":
                made.append(note.key)
            else:
                counts[self._ended(note)] += 1
        gone = self._taken_back(made)
        counts["gone"] += gone
        counts["kept"] += len(made) - gone
        self._keep(heirs)
        self._connection.execute(delete(import_changes).where(mine))
        return counts

    def _heirs(self, rows: set[tuple[str, str]]) -> Heirs:
        """What later imports say of the same rows; those that were undone have no notes."""
        later = select(imports.c.id).where(imports.c.account_id == self._account_id, imports.c.id > self._import_id)
        theirs = select(import_changes).where(import_changes.c.import_id.in_(later))
        found = Heirs()
        for row in self._connection.execute(theirs.order_by(import_changes.c.import_id, import_changes.c.place)):
            if (row.row_kind, row.row_key) in rows:
                found.add(_note(row))
        return found

    def _pass_doors_on(self, notes: Sequence[Note], heirs: Heirs) -> None:
        """Trakt's row of a play that a later import reports too is that import's; the rows of the file itself go."""
        to: dict[int, list[str]] = {}
        for note in notes:
            says = next((heir for heir in heirs.of(note) if not heir.ends), None) if note.kind == "play" else None
            if says is not None:
                to.setdefault(says.import_id, []).append(note.key)
        for import_id, keys in to.items():
            for some in chunks(keys):
                theirs = (play_sources.c.import_id == self._import_id) & (play_sources.c.kind == TRAKT)
                theirs &= self._unit.among(play_sources.c.play_id, some)
                self._connection.execute(update(play_sources).where(theirs).values(import_id=import_id))

    def _let_go(self) -> None:
        """Forget the import's sources; Trakt's id of a play that came by another door too stays with it."""
        other = play_sources.alias()
        shared = select(func.count()).where(
            other.c.play_id == play_sources.c.play_id, other.c.import_id.is_distinct_from(self._import_id)
        )
        from_here = play_sources.c.import_id == self._import_id
        stays = from_here & (play_sources.c.kind == TRAKT) & (shared.scalar_subquery() > 0) & self._was_made()
        self._connection.execute(update(play_sources).where(stays).values(import_id=None))
        self._connection.execute(delete(play_sources).where(from_here))

    def _was_made(self) -> Any:
        """The play is one that the import made: one that it only found gets back what it was."""
        made = (import_changes.c.import_id == self._import_id) & (import_changes.c.row_kind == "play")
        rows = select(import_changes.c.row_key).where(made, import_changes.c.before.is_(None))
        return play_sources.c.play_id.in_(rows.scalar_subquery())

    def _given_back(self, note: Note, heirs: Heirs) -> str:
        """A row that the import changed."""
        table = _TABLES[note.kind]
        row = self._row(note)
        if row is None or note.before is None:
            return "kept"
        try:
            before, after = self._read(table, note.before), self._read(table, note.after)
        except UnknownRow:  # the title has been forgotten since
            return "kept"
        left = heirs.unclaimed(note, note.before, note.after)
        stands = row._mapping
        values = {n: before[n] for n in left if stands[n] == after[n] and stands[n] != before[n]}
        if table is plays and values:
            values["revision"] = self._revision
        if values.get("disappeared_at", ...) is None and self._stands_again(table, row):
            return "kept"
        if values:
            self._connection.execute(update(table).where(table.c.id == row.id).values(values))
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

    def _ended(self, note: Note) -> str:
        """A rating, an entry or a list that the import made."""
        table, row = _TABLES[note.kind], self._row(note)
        if row is None or row.disappeared_at is not None:
            return "kept"
        gone = update(table).where(table.c.id == row.id).values(disappeared_at=self._unit.now)
        self._connection.execute(gone)
        return "gone"

    def _taken_back(self, play_ids: Sequence[str]) -> int:
        """Plays that the import made go, unless another door holds them; how many went."""
        values = {"state": "removed", "removed_at": self._unit.now, "trakt_id": None, "revision": self._revision}
        count = 0
        for some in chunks(play_ids):
            holding = select(play_sources.c.play_id).where(self._unit.among(play_sources.c.play_id, some))
            held = set(self._connection.execute(holding).scalars())
            free = [each for each in some if each not in held]
            if free:
                these = self._unit.among(plays.c.id, free) & plays.c.removed_at.is_(None)
                count += self._connection.execute(update(plays).where(these).values(values)).rowcount
        return count

    def _keep(self, heirs: Heirs) -> None:
        """Write down what the notes of later imports have become."""
        for note in (each for notes in heirs.notes.values() for each in notes):
            this = (import_changes.c.import_id == note.import_id) & (import_changes.c.place == note.place)
            if note.dropped:
                self._connection.execute(delete(import_changes).where(this))
            elif note.changed:
                now = {"before": note.before, "after": note.after}
                self._connection.execute(update(import_changes).where(this).values(now))

    def _row(self, note: Note) -> Row[Any] | None:
        table = _TABLES[note.kind]
        key = int(note.key) if note.kind == "list" else note.key
        return self._connection.execute(select(table).where(table.c.id == key)).first()

    def _read(self, table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
        """Noted values as their columns hold them; a title that was merged since is what it has become."""
        read = {name: _value(table.c[name], value) for name, value in values.items()}
        if read.get("title_id") is not None:
            read["title_id"] = Titles(self._unit).current(read["title_id"])
        return read


def _note(row: Row[Any]) -> Note:
    before = None if row.before is None else dict(row.before)
    return Note(row.import_id, row.place, row.row_kind, row.row_key, before, dict(row.after or {}))


def _value(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Instant):
        return msgspec.convert(value, datetime)
    return msgspec.convert(value, date) if isinstance(column.type, Day) else value

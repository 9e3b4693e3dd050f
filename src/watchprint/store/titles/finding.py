"""The titles near a batch of rows, out of the database into a book; and what changed in the book back into it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update

from watchprint.domain.title import Title
from watchprint.store.schema import counters, title_ids, titles
from watchprint.store.titles.book import Book, Entry, Key, spot
from watchprint.store.titles.merging import merged
from watchprint.store.unit import Unit, chunks

_COUNTER = "titles"
_ROW = (titles.c.id, titles.c.kind, titles.c.show_id, titles.c.season, titles.c.number)


class Shelf:
    """A book over the database, for one transaction."""

    def __init__(self, unit: Unit) -> None:
        self._unit, self._connection = unit, unit.connection
        self._numbers: list[int] = []
        self._wanted = 1
        self._whole_shows: set[int] = set()
        self.book = Book(self._new_id, self._load_children)
        self._places: dict[int, tuple[int | None, int | None, int | None]] = {}
        self._owners: dict[Key, int] = {}

    def resolved(self, rows: Sequence[Title]) -> list[int | None]:
        """The title of each row, new where there is none; in the database when this returns."""
        self._wanted = max(1, len(rows))
        shows = [row.show for row in rows if row.show is not None]
        self._load_named([*shows, *rows])
        show_ids = [self.book.show(show) for show in shows]
        self._load_places(rows, iter(show_ids))
        found = [self.book.resolve(row) for row in rows]
        self.keep()
        return [None if each is None else self.book.current(each) for each in found]

    def merge(self, one: int, other: int) -> int:
        """The title that two have become."""
        self._load(titles.c.id.in_([one, other]))
        return one if one == other else self.book.merge(one, other).id

    def keep(self) -> None:
        """Write down what has changed in the book, and go on from there."""
        book, before = self.book, self._places
        lost = [id_ for id_ in before if id_ not in book.entries]
        made = [entry for id_, entry in book.entries.items() if id_ not in before]
        self._unit.made_titles.update(entry.id for entry in made)
        self._unit.unheard.update(entry.id for entry in made)
        moved = [entry for id_, entry in book.entries.items() if id_ in before and _place(entry) != before[id_]]
        self._unplace([entry.id for entry in moved] + lost)
        for entries in ([e for e in made if e.show_id is None], [e for e in made if e.show_id is not None]):
            self._unit.insert(titles, [_row(entry) for entry in entries])
        self._place(moved)
        self._keep_ids()
        for loser in sorted(lost, reverse=True):
            merged(self._unit, loser, book.current(loser))
        self._unit.title_changed(entry.id for entry in moved)
        self._places = {id_: _place(entry) for id_, entry in book.entries.items()}
        self._owners = dict(book.owners)

    def _keep_ids(self) -> None:
        before, after = self._owners, self.book.owners
        gone = [key for key, owner in before.items() if after.get(key) != owner]
        new = [(key, owner) for key, owner in after.items() if before.get(key) != owner]
        columns = [title_ids.c.kind, title_ids.c.scheme, title_ids.c.value]
        for some in chunks(gone):
            self._connection.execute(delete(title_ids).where(self._unit.among_rows(columns, some)))
        rows = [{"kind": k, "scheme": s, "value": v, "title_id": owner} for (k, s, v), owner in new]
        self._unit.insert(title_ids, rows)

    def _unplace(self, ids: Sequence[int]) -> None:
        for some in chunks(ids):
            nowhere = update(titles).where(self._unit.among(titles.c.id, some)).values(season=None, number=None)
            self._connection.execute(nowhere)

    def _place(self, moved: Sequence[Entry]) -> None:
        self._unit.change(titles, [{n: v for n, v in _row(entry).items() if n != "kind"} for entry in moved])

    def _load_named(self, rows: Iterable[Title]) -> None:
        wanted: dict[tuple[str, str], set[str]] = {}
        for row in rows:
            for scheme, value in row.named().items():
                if (row.kind, scheme, value) not in self.book.owners:
                    wanted.setdefault((row.kind, scheme), set()).add(value)
        found: set[int] = set()
        for (kind, scheme), values in wanted.items():  # one at a time: SQLite looks up pairs by scanning
            those = (title_ids.c.kind == kind) & (title_ids.c.scheme == scheme)
            for some in chunks(sorted(values)):
                asked = select(title_ids.c.title_id).where(those, self._unit.among(title_ids.c.value, some))
                found.update(self._connection.execute(asked).scalars())
        for ids in chunks(sorted(found - self._places.keys())):
            self._load(self._unit.among(titles.c.id, ids))

    def _load_places(self, rows: Iterable[Title], show_ids: Iterable[int | None]) -> None:
        shows = iter(show_ids)
        whose = [(row, next(shows)) for row in rows if row.show is not None]
        known = [(self.book.current(id_), row) for row, id_ in whose if id_ is not None]
        spots = [(row.kind, place) for id_, row in known if (place := spot(row.kind, id_, row.season, row.number))]
        episodes = {place for kind, place in spots if kind == "episode"}
        seasons = {place[:2] for kind, place in spots if kind == "season"}
        for some in chunks(sorted(episodes)):
            where = self._unit.among_rows([titles.c.show_id, titles.c.season, titles.c.number], some)
            self._load(where & (titles.c.kind == "episode"))
        for few in chunks(sorted(seasons)):
            where = self._unit.among_rows([titles.c.show_id, titles.c.season], few)
            self._load(where & (titles.c.kind == "season"))

    def _load_children(self, show_id: int) -> None:
        if show_id not in self._whole_shows:
            self._whole_shows.add(show_id)
            self._load(titles.c.show_id == show_id)

    def _load(self, where: ColumnElement[bool]) -> None:
        """Put the titles into the book that are not there yet, with all their ids."""
        seen = self._places.keys()
        rows = self._connection.execute(select(*_ROW).where(where)).all()
        entries = {row.id: Entry(*row[:2], {}, *row[2:]) for row in rows if row.id not in seen}
        for some in chunks(sorted(entries)):
            for row in self._connection.execute(select(title_ids).where(self._unit.among(title_ids.c.title_id, some))):
                entries[row.title_id].ids.setdefault(row.scheme, set()).add(row.value)
                self._owners[row.kind, row.scheme, row.value] = row.title_id
        for entry in entries.values():
            self._places[entry.id] = _place(entry)
            self.book.put(entry)

    def _new_id(self) -> int:
        """A number that no title has had; several are set aside at a time."""
        if not self._numbers:
            first = numbers(self._unit, self._wanted)
            self._numbers = list(range(first + self._wanted - 1, first - 1, -1))
        return self._numbers.pop()


def numbers(unit: Unit, count: int) -> int:
    """The first of so many new numbers of titles; a number is never given twice."""
    start = unit.upsert(counters).values(name=_COUNTER, next_id=count + 1)
    ahead = start.on_conflict_do_update(
        index_elements=[counters.c.name], set_={"next_id": counters.c.next_id + count}
    ).returning(counters.c.next_id)
    next_id: int = unit.connection.execute(ahead).scalar_one()
    return next_id - count


def _place(entry: Entry) -> tuple[int | None, int | None, int | None]:
    return entry.show_id, entry.season, entry.number


def _row(entry: Entry) -> dict[str, Any]:
    places = {"show_id": entry.show_id, "season": entry.season, "number": entry.number}
    return {"id": entry.id, "kind": entry.kind, **places}

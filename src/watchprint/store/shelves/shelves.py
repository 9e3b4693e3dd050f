"""Watchlist, collection, favourites and personal lists: what stands there, and when each came and went."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select, true, update

from watchprint.store.errors import UnknownRow
from watchprint.store.imports import log
from watchprint.store.plays.ids import new_ids
from watchprint.store.schema import lists, shelf_entries
from watchprint.store.shelves.telling import end, tell
from watchprint.store.shelves.values import Difference, EntrySeen, KeptEntry, KeptList, ListSeen, Shelf
from watchprint.store.unit import Unit, chunks

_ENTRY = ("title_id", "listed_at", "rank", "notes", "trakt_id")
_LIST = ("name", "trakt_id", "slug", "description", "privacy", "rank")


class Shelves:
    """The shelves, within one transaction."""

    def __init__(self, unit: Unit) -> None:
        self._unit, self._connection = unit, unit.connection

    def put(
        self, account_id: int, shelf: Shelf, seen: Iterable[EntrySeen], *, list_id: int | None = None,
        complete: bool = False,
    ) -> Difference:  # fmt: skip
        """Let these stand on a shelf.

        Args:
            list_id: Which personal list; our number.
            complete: What is not told stands there no more.

        Returns:
            The titles that are new there, told differently, gone.
        """
        ids = new_ids(self._unit.now)
        rows: dict[Any, dict[str, Any]] = {}
        for each in seen:
            row = {name: getattr(each, name) for name in _ENTRY} | {"details": dict(each.details) or None}
            here = {"id": next(ids), "shelf": shelf, "list_id": list_id}
            rows[each.title_id] = row | here | {"appeared_at": each.listed_at or self._unit.now}
        where = self._on(account_id, shelf, list_id)
        found = tell(self._unit, account_id, shelf_entries, "entry", where, rows, complete=complete)
        return Difference(found.added, found.changed, found.gone)

    def drop(
        self, account_id: int, shelf: Shelf, title_ids: Iterable[int], *, list_id: int | None = None,
        at: datetime | None = None,
    ) -> Difference:  # fmt: skip
        """Note that these titles stand on a shelf no more.

        Args:
            list_id: Which personal list; our number.
            at: Since when; None: since now.
        """
        gone: list[tuple[int, str]] = []
        where = self._on(account_id, shelf, list_id) & (shelf_entries.c.account_id == account_id)
        self._unit.lock(account_id)
        for some in chunks(sorted(set(title_ids))):
            mine = where & shelf_entries.c.disappeared_at.is_(None) & shelf_entries.c.title_id.in_(some)
            gone += [(row.title_id, row.id) for row in self._connection.execute(select(shelf_entries).where(mine))]
        if gone:
            self._unit.changing(account_id)
            end(self._unit, shelf_entries, "entry", [row_id for _, row_id in gone], at)
        return Difference(gone=tuple(title for title, _ in gone))

    def all(self, account_id: int, shelf: Shelf, *, list_id: int | None = None, gone: bool = False) -> list[KeptEntry]:
        """What stands on a shelf, by rank; with what stood there if asked for.

        Args:
            list_id: Which personal list; None on the shelf "list": all of them.
        """
        where = (shelf_entries.c.account_id == account_id) & (shelf_entries.c.shelf == shelf)
        if list_id is not None:
            where &= shelf_entries.c.list_id == list_id
        if not gone:
            where &= shelf_entries.c.disappeared_at.is_(None)
        order = (shelf_entries.c.list_id, shelf_entries.c.rank, shelf_entries.c.appeared_at, shelf_entries.c.title_id)
        return [_entry(row) for row in self._connection.execute(select(shelf_entries).where(where).order_by(*order))]

    def put_lists(self, account_id: int, seen: Iterable[ListSeen], *, complete: bool = False) -> Difference:
        """Let these be the account's personal lists; one is known again by Trakt's id, else by its name.

        Args:
            complete: Lists that are not told are gone, and what stood on them.

        Returns:
            Our numbers of the lists that are new, told differently (renamed, moved), gone.
        """
        self._unit.lock(account_id)
        before = self.lists(account_id)
        by_trakt = {each.trakt_id: each for each in before if each.trakt_id is not None}
        by_name = {each.name: each for each in before if each.trakt_id is None}
        added, changed, met = list[int](), list[int](), set[int]()
        for each in seen:
            known = by_trakt.get(each.trakt_id or 0) or by_name.get(each.name)
            values = {name: getattr(each, name) for name in _LIST}
            if known is None and (ended := self._ended_by_import(account_id, each)) is not None:
                added.append(ended.id)
                self._changed_list(account_id, ended, values | {"disappeared_at": None})
            elif known is None:
                added.append(self._new_list(account_id, values))
            else:
                met.add(known.id)
                if self._changed_list(account_id, known, values):
                    changed.append(known.id)
        gone = [each.id for each in before if each.id not in met] if complete else []
        for list_id in gone:
            self._end_list(account_id, list_id)
        return Difference(tuple(added), tuple(changed), tuple(gone))

    def lists(self, account_id: int, *, gone: bool = False) -> list[KeptList]:
        """The account's personal lists, by rank; with those that are gone if asked for."""
        where = lists.c.account_id == account_id
        if not gone:
            where &= lists.c.disappeared_at.is_(None)
        return [
            _list(row)
            for row in self._connection.execute(select(lists).where(where).order_by(lists.c.rank, lists.c.id))
        ]

    def _on(self, account_id: int, shelf: Shelf, list_id: int | None) -> ColumnElement[bool]:
        if (shelf == "list") != (list_id is not None):
            raise ValueError("a personal list, and nothing else, is named by its number")
        if list_id is not None and all(each.id != list_id for each in self.lists(account_id)):
            raise UnknownRow(f"The account has no list number {list_id}.")
        mine = shelf_entries.c.list_id == list_id if list_id is not None else true()
        return (shelf_entries.c.shelf == shelf) & mine

    def _ended_by_import(self, account_id: int, seen: ListSeen) -> KeptList | None:
        """Under an import: the list that an earlier one took away, which is told again."""
        if self._unit.import_id is None:
            return None
        before = log.touched(self._unit, account_id, "list")
        ended = [each for each in self.lists(account_id, gone=True) if each.disappeared_at and str(each.id) in before]
        same = [e for e in ended if (e.trakt_id, e.trakt_id or e.name) == (seen.trakt_id, seen.trakt_id or seen.name)]
        return max(same, key=lambda each: each.id, default=None)

    def _new_list(self, account_id: int, values: dict[str, Any]) -> int:
        self._unit.changing(account_id)
        row = lists.insert().values(account_id=account_id, appeared_at=self._unit.now, **values)
        list_id: int = self._connection.execute(row.returning(lists.c.id)).scalar_one()
        log.note(self._unit, "list", [(str(list_id), None, {})])
        return list_id

    def _changed_list(self, account_id: int, known: KeptList, values: dict[str, Any]) -> bool:
        change = {name: value for name, value in values.items() if getattr(known, name) != value}
        if change:
            self._unit.changing(account_id)
            self._connection.execute(update(lists).where(lists.c.id == known.id).values(change))
            log.note(self._unit, "list", [(str(known.id), {name: getattr(known, name) for name in change}, change)])
        else:
            log.hold(self._unit, account_id, "list", [str(known.id)])
        return bool(change)

    def _end_list(self, account_id: int, list_id: int) -> None:
        self.put(account_id, "list", [], list_id=list_id, complete=True)
        self._unit.changing(account_id)
        end(self._unit, lists, "list", [list_id])


def _entry(row: Row[Any]) -> KeptEntry:
    names = (*_ENTRY, "shelf", "list_id", "appeared_at", "disappeared_at")
    return KeptEntry(**{name: row._mapping[name] for name in names}, details=row.details or {})


def _list(row: Row[Any]) -> KeptList:
    return KeptList(**{name: row._mapping[name] for name in (*_LIST, "id", "appeared_at", "disappeared_at")})

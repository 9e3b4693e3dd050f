"""Imports: begun, finished, undone (see `undoing`)."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from watchprint.store.errors import UnknownRow
from watchprint.store.imports import log
from watchprint.store.imports.log import RowKind
from watchprint.store.imports.undoing import Undoing
from watchprint.store.schema import imports
from watchprint.store.unit import Unit


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
        counts = Undoing(self._unit, what.account_id, import_id).done()
        self._connection.execute(update(imports).where(imports.c.id == import_id).values(undone_at=self._unit.now))
        return Undone(**counts)

    def hold_gone(self, import_id: int, kind: RowKind, gone: Iterable[str]) -> None:
        """Note that an import, too, says that these rows are gone, where another import took them away."""
        account_id = self.get(import_id).account_id
        with self.under(import_id):
            log.hold(self._unit, account_id, kind, gone)

    def touched(self, account_id: int, kind: RowKind) -> frozenset[str]:
        """The rows that other imports of the account have noted, as far as they stand."""
        return frozenset(log.touched(self._unit, account_id, kind))

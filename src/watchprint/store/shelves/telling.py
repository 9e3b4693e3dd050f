"""What is present and what is told, compared and written down: the same for ratings, entries and lists.

Rows have `appeared_at` and `disappeared_at`; one that is gone and comes back is a new row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, select, update

from watchprint.store.imports import log
from watchprint.store.unit import Unit, chunks


@dataclass(frozen=True, slots=True)
class Told:
    """What came of it: keys of rows that are new, other, gone."""

    added: tuple[Any, ...]
    changed: tuple[Any, ...]
    gone: tuple[Any, ...]


def tell(
    unit: Unit, account_id: int, table: Table, kind: log.RowKind, where: ColumnElement[bool],
    rows: Mapping[int, Mapping[str, Any]], *, complete: bool,
) -> Told:  # fmt: skip
    """Let the present rows of the table be these.

    Args:
        where: Which rows of the table are meant.
        rows: By title: the columns of each, `disappeared_at` aside.
        complete: What is not told is gone; else it stays.
    """
    unit.lock(account_id)
    present = select(table).where(table.c.account_id == account_id, where, table.c.disappeared_at.is_(None))
    before = {row.title_id: row for row in unit.connection.execute(present)}
    again = _ended_by_imports(unit, account_id, table, kind, where, [each for each in rows if each not in before])
    _stand_again(unit, table, kind, again, rows)
    new = [each for each in rows if each not in before and each not in again]
    other = {each: change for each, row in before.items() if each in rows and (change := _changes(row, rows[each]))}
    gone = [each for each in before if each not in rows] if complete else []
    if new or other or gone or again:
        unit.changing(account_id)
        unit.insert(table, [{"account_id": account_id, "disappeared_at": None, **rows[each]} for each in new])
        for each, change in other.items():
            unit.connection.execute(update(table).where(table.c.id == before[each].id).values(change))
        log.note(unit, kind, _changed(before, other))
        end(unit, table, kind, [before[each].id for each in gone])
        log.note(unit, kind, [(str(rows[each]["id"]), None, {}) for each in new])
    same = [str(row.id) for each, row in before.items() if each in rows and each not in other]
    log.hold(unit, account_id, kind, same)
    return Told((*new, *again), tuple(other), tuple(gone))


def _ended_by_imports(
    unit: Unit, account_id: int, table: Table, kind: log.RowKind, where: ColumnElement[bool], titles: Sequence[int]
) -> dict[int, Row[Any]]:
    """Under an import: the rows that an earlier one took away, and that are told again. They are the same rows still,
    so that undoing either leaves what the other says."""
    if unit.import_id is None or not titles:
        return {}
    before = log.touched(unit, account_id, kind)
    found: dict[int, Row[Any]] = {}
    for some in chunks(sorted(titles)):
        gone = (table.c.account_id == account_id) & table.c.disappeared_at.is_not(None)
        rows = select(table).where(gone, where, unit.among(table.c.title_id, some)).order_by(table.c.disappeared_at)
        found |= {row.title_id: row for row in unit.connection.execute(rows) if row.id in before}
    return found


def _stand_again(
    unit: Unit, table: Table, kind: log.RowKind, again: Mapping[int, Row[Any]], rows: Mapping[int, Mapping[str, Any]]
) -> None:
    changes = {each: {**_changes(row, rows[each]), "disappeared_at": None} for each, row in again.items()}
    for each, change in changes.items():
        unit.connection.execute(update(table).where(table.c.id == again[each].id).values(change))
    log.note(unit, kind, _changed(again, changes))


def end(unit: Unit, table: Table, kind: log.RowKind, ids: Sequence[Any], at: datetime | None = None) -> None:
    """Let present rows have disappeared at that instant (None: now)."""
    ended = {"disappeared_at": at or unit.now}
    for some in chunks(ids):
        unit.connection.execute(update(table).where(table.c.id.in_(some)).values(ended))
    log.note(unit, kind, [(str(each), {"disappeared_at": None}, ended) for each in ids])


def _changes(row: Row[Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that are other now; `id` and `appeared_at` stay."""
    fixed = {"id", "appeared_at"}
    return {name: value for name, value in told.items() if name not in fixed and row._mapping[name] != value}


def _changed(
    before: Mapping[int, Row[Any]], other: Mapping[int, dict[str, Any]]
) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    return [
        (str(before[each].id), {name: before[each]._mapping[name] for name in change}, change)
        for each, change in other.items()
    ]

"""What an import changes, noted in the transaction that changes it. Does nothing where no import is under way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec
from sqlalchemy import func, select

from watchprint.store.schema import import_changes, imports
from watchprint.store.unit import Unit

RowKind = Literal["play", "rating", "entry", "list"]


def note(unit: Unit, kind: RowKind, changes: Sequence[tuple[str, Mapping[str, Any] | None, Mapping[str, Any]]]) -> None:
    """Note rows that an import has added (`before` is None) or changed.

    Args:
        kind: What they are.
        changes: Key of the row, the changed columns as they were, the same as they are.
    """
    if unit.import_id is None or not changes:
        return
    last = select(func.max(import_changes.c.place)).where(import_changes.c.import_id == unit.import_id)
    first = (unit.connection.execute(last).scalar() or 0) + 1
    rows = [
        {"place": first + n, "row_key": key, "before": _plain(before), "after": _plain(after)}
        for n, (key, before, after) in enumerate(changes)
    ]
    unit.insert(import_changes, [{"import_id": unit.import_id, "row_kind": kind, **row} for row in rows])


def hold(unit: Unit, account_id: int, kind: RowKind, keys: Iterable[str]) -> None:
    """Note that an import says of these rows what stands there already, where another import has noted them too."""
    if unit.import_id is None:
        return
    before = touched(unit, account_id, kind)
    note(unit, kind, [(key, {}, {}) for key in keys if key in before])


def touched(unit: Unit, account_id: int, kind: RowKind) -> set[str]:
    """The rows that other imports of the account have noted; looked up once a transaction."""
    known = unit.touched.get((account_id, kind))
    if known is None:
        others = select(imports.c.id).where(imports.c.account_id == account_id, imports.c.id != unit.import_id)
        theirs = (import_changes.c.row_kind == kind) & import_changes.c.import_id.in_(others)
        known = set(unit.connection.execute(select(import_changes.c.row_key).where(theirs)).scalars())
        unit.touched[account_id, kind] = known
    return known


def _plain(values: Mapping[str, Any] | None) -> Any:
    return None if values is None else msgspec.to_builtins(dict(values))

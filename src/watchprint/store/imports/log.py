"""What an import changes, noted in the transaction that changes it. Does nothing where no import is under way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec
from sqlalchemy import func, select

from watchprint.store.schema import import_changes
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


def _plain(values: Mapping[str, Any] | None) -> Any:
    return None if values is None else msgspec.to_builtins(dict(values))

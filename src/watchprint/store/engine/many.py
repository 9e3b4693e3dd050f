"""Many rows in one statement, past the layers that would look at each row again.

SQLite runs a small statement over all rows; PostgreSQL is given a column at a time, as arrays. Values are brought into
the form that their columns keep.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table


@dataclass(frozen=True, slots=True)
class Many:
    """A statement over many rows: the columns it wants, in their order."""

    text: str
    names: tuple[str, ...]


@cache
def inserting(kind: str, table: Table, names: tuple[str, ...]) -> Many:
    """The statement that adds rows of these columns."""
    listed = ", ".join(_quoted(name) for name in names)
    if kind == "sqlite":
        return Many(f"INSERT INTO {table.name} ({listed}) VALUES ({', '.join('?' * len(names))})", names)
    return Many(f"INSERT INTO {table.name} ({listed}) SELECT * FROM unnest({_arrays(table, names)})", names)


@cache
def changing(kind: str, table: Table, names: tuple[str, ...]) -> Many:
    """The statement that changes these columns in the rows whose `id`, the last of the names, is given."""
    if kind == "sqlite":
        values = ", ".join(f"{_quoted(name)} = ?" for name in names[:-1])
        return Many(f"UPDATE {table.name} SET {values} WHERE id = ?", names)
    values = ", ".join(f"{_quoted(name)} = given.{_quoted(name)}" for name in names[:-1])
    given = f"unnest({_arrays(table, names)}) AS given({', '.join(_quoted(name) for name in names)})"
    return Many(f"UPDATE {table.name} SET {values} FROM {given} WHERE {table.name}.id = given.id", names)


def write_many(connection: Connection, many: Many, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Run the statement over the rows."""
    dialect = connection.dialect
    columns = []
    for name in many.names:
        bind = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
        values = [row[name] for row in rows]
        columns.append(values if bind is None else [bind(value) for value in values])
    if dialect.name == "sqlite":
        connection.exec_driver_sql(many.text, list(zip(*columns, strict=True)))
    else:
        connection.exec_driver_sql(many.text, tuple(columns))


def _arrays(table: Table, names: tuple[str, ...]) -> str:
    from sqlalchemy.dialects import postgresql

    dialect: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    return ", ".join(f"%s::{table.c[name].type.compile(dialect)}[]" for name in names)


def _quoted(name: str) -> str:
    return f'"{name}"'

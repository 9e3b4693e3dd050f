"""What a table is: named columns, each of a type and with a meaning. Values only.

Values in rows are those of Python: text, int, float, bool, aware datetimes in UTC (instant), naive ones (wall_clock),
dates, lists of text; None is unknown, in every column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias

ColumnType = Literal["text", "integer", "real", "flag", "instant", "wall_clock", "day", "texts"]
Row: TypeAlias = Sequence[Any]
"""One value a column, in the order of the columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; its meaning names the unit where there is one."""

    name: str
    type: ColumnType
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its meaning says what one row is, and in which order they come."""

    name: str
    meaning: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        return tuple(column.name for column in self.columns)


class TableWriter(Protocol):
    """Takes rows, some at a time."""

    def write(self, rows: Sequence[Row]) -> None:
        """Add rows."""
        ...

    def end(self) -> None:
        """Write what stands at the end; the file itself stays open."""
        ...

    def drop(self) -> None:
        """Give the table up: what was written so far is of no use."""
        ...

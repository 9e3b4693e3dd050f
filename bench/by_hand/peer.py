"""What a person would write for the same rows: a DuckDB query and a Polars one each, and whether their rows agree.

The hand-written ones read the very views that ours reads, in the same DuckDB; they give no coverage, exclusions or ids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import polars as pl

from bench.history import ZONE
from watchprint.insights.catalogue import found
from watchprint.insights.holding.marked import Marked
from watchprint.insights.loading.tables import Tables
from watchprint.insights.question import question

Rows = list[tuple[Any, ...]]
VIEWS = {
    "w": "SELECT * FROM v4 WHERE NOT is_duplicate",
    "c": "SELECT * FROM v4 WHERE NOT is_duplicate AND local_day IS NOT NULL",
    "u": "SELECT * FROM v4 WHERE NOT is_duplicate AND local_day IS NOT NULL AND NOT is_bulk",
}
"""As watched; with a date; and without bulk marks. None of them is kept: each query filters anew."""


class Prepared:
    """The prepared views: `v4` (days from 04:00), `v0` (from midnight), `vr` (ratings), and those of `VIEWS`."""

    def __init__(self, tables: Tables) -> None:
        held = Marked(tables)
        self.connection: duckdb.DuckDBPyConnection = held.connection
        self.last_on: date = date.min
        for name, insight in (("v4", "by-year"), ("v0", "totals"), ("vr", "ratings")):
            what = question(insight, found(insight), {"zone": ZONE}, account_id=0, last_at=held.last_at[0])
            self.connection.execute(f"CREATE VIEW {name} AS SELECT * FROM {held.view(what)}")
        self.last_on = what.last_on or self.last_on
        for name, text in VIEWS.items():
            self.connection.execute(f"CREATE VIEW {name} AS {text}")

    def rows(self, text: str) -> Rows:
        """The rows of a query; `$today` in it is the last day."""
        return self.connection.cursor().execute(text.replace("$today", f"DATE '{self.last_on}'")).fetchall()


class Frames:
    """The same views as lazy frames of Polars."""

    def __init__(self, prepared: Prepared) -> None:
        self._connection = prepared.connection
        self.v4, self.v0, self.vr, self.titles = (self._frame(name) for name in ("v4", "v0", "vr", "titles"))
        self.last_on = prepared.last_on
        self.w = self.v4.filter(~pl.col("is_duplicate"))
        self.c = self.w.filter(pl.col("local_day").is_not_null())
        self.u = self.c.filter(~pl.col("is_bulk"))

    def _frame(self, name: str) -> pl.LazyFrame:
        table = self._connection.cursor().sql(f"SELECT * FROM {name}").to_arrow_table()
        return pl.DataFrame(table).lazy()


@dataclass(frozen=True, slots=True)
class Peer:
    """An insight and its hand-written peers.

    Args:
        name: what is asked of ours.
        ours: the rows of an answer, as the peers give them.
        duck: a query, or what makes the rows with some.
        polars: makes the rows out of the frames.
    """

    name: str
    ours: Callable[[Any], Rows]
    duck: str | Callable[[Prepared], Rows]
    polars: Callable[[Frames], Rows]

    def by_duck(self, prepared: Prepared) -> Rows:
        """The rows by DuckDB."""
        return prepared.rows(self.duck) if isinstance(self.duck, str) else self.duck(prepared)


def of(columns: str, *, without: str | None = None) -> Callable[[Any], Rows]:
    """Reads these columns of an answer's rows; rows in which the column `without` is 0 are left out."""
    names = columns.split()

    def read(answer: Any) -> Rows:
        rows = answer.rows if without is None else [row for row in answer.rows if getattr(row, without)]
        return [tuple(getattr(row, name) for name in names) for row in rows]

    return read


def agree(one: Iterable[Any], other: Iterable[Any]) -> bool:
    """Whether both hold the same rows, in whatever order, floats to nine digits."""
    first, second = (sorted((tuple(map(_plain, row)) for row in rows), key=repr) for rows in (one, other))
    return first == second


def _plain(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    return f"{value:.8g}" if isinstance(value, float | int) else str(value)

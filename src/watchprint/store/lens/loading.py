"""An account's plays and ratings as Arrow tables in the columns of `insights.PlayRow` and `insights.RatingRow`.

One snapshot. Plays that are removed are not in it. What an episode does not have (genres, country, …) is its show's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from watchprint.store.lens.columns import Form

INSTANT: Final = pa.timestamp("us", tz="UTC")
Ask = Callable[[Mapping[str, Form], str], pa.Table]
"""Columns and the rest of a statement in, a table out; `:account` in the statement is the account."""

_PLAYS: Final[dict[str, Form]] = {
    "plays.id": "id", "plays.watched_at": "number", "plays.kind": "text", "plays.action": "text",
    "plays.title_id": "number",
}  # fmt: skip
_RATINGS: Final[dict[str, Form]] = {
    "ratings.title_id": "number", "ratings.rating": "number", "ratings.rated_at": "number",
}  # fmt: skip
_TITLES: Final[dict[str, Form]] = {
    "titles.id": "number", "titles.kind": "text", "titles.show_id": "number", "titles.season": "number",
    "titles.number": "number", "titles.name": "text", "titles.year": "number", "titles.runtime_min": "number",
    "titles.genres": "json", "titles.country": "text", "titles.language": "text", "titles.network": "text",
    "titles.released_on": "text", "titles.first_aired_at": "number",
}  # fmt: skip
_OF_ACCOUNT: Final = "FROM plays WHERE account_id = :account AND removed_at IS NULL"
_RATED: Final = "FROM ratings WHERE account_id = :account AND disappeared_at IS NULL"
_REFERRED: Final = """FROM titles WHERE id IN (
    SELECT title_id FROM plays WHERE account_id = :account AND removed_at IS NULL
    UNION SELECT title_id FROM ratings WHERE account_id = :account AND disappeared_at IS NULL)"""
_WHOLE: Final = {"season": pa.int32(), "number": pa.int32(), "year": pa.int32(), "runtime_min": pa.int32()}


@dataclass(frozen=True, slots=True)
class AccountRows:
    """What insights are computed from: `insights.load(plays=rows.plays, ratings=rows.ratings)`.

    Attributes:
        revision: The account's, of which the rows are.
        plays: One row a play, in the columns of `insights.PlayRow`.
        ratings: One row a rating, in the columns of `insights.RatingRow`.
    """

    revision: int
    plays: pa.Table
    ratings: pa.Table


def rows(ask: Ask, account_id: int, revision: int) -> AccountRows:
    """The account's rows, asked for within one snapshot."""
    plays, ratings = ask(_PLAYS, _OF_ACCOUNT), ask(_RATINGS, _RATED)
    titles = _titles(ask(_TITLES, _REFERRED))
    theirs = ", ".join(str(int(show)) for show in _column(titles, "show_id").unique().to_pylist() if show is not None)
    shows = _titles(ask(_TITLES, f"FROM titles WHERE id IN ({theirs or 'NULL'})"))
    book = _flat(titles, shows)
    return AccountRows(revision, _played(plays, book, account_id), _rated(ratings, book, account_id))


def _titles(table: pa.Table) -> pa.Table:
    for name, kind in _WHOLE.items():
        table = _set(table, name, _column(table, name).cast(kind))
    for name in ("id", "show_id"):
        table = _set(table, name, _column(table, name).cast(pa.int64()))
    aired_on = _column(table, "first_aired_at").cast(pa.int64()).cast(INSTANT).cast(pa.date32(), safe=False)
    on = pc.coalesce(_column(table, "released_on").cast(pa.string()).cast(pa.date32()), aired_on)
    return _set(table, "released_on", on).drop_columns(["first_aired_at"])


def _flat(titles: pa.Table, shows: pa.Table) -> pa.Table:
    """One row a title, with what it takes from its show."""
    where = pc.index_in(_column(titles, "show_id"), _column(shows, "id"))
    flat = titles.rename_columns({"id": "title", "show_id": "show"})
    for name in ("genres", "country", "language", "network", "year"):
        flat = _set(flat, name, pc.coalesce(_column(shows, name).take(where), _column(titles, name)))
    flat = flat.append_column("show_name", _column(shows, "name").take(where))
    return flat.append_column("show_runtime_min", _column(shows, "runtime_min").take(where))


def _played(plays: pa.Table, book: pa.Table, account_id: int) -> pa.Table:
    at = _column(plays, "watched_at").cast(pa.int64()).cast(INSTANT)
    own = {"id": _column(plays, "id"), "watched_at": at, "action": _column(plays, "action").cast(pa.string())}
    table = _joined(plays, book, own, account_id)
    return _set(table, "kind", pc.coalesce(_column(plays, "kind").cast(pa.string()), _column(table, "kind")))


def _rated(ratings: pa.Table, book: pa.Table, account_id: int) -> pa.Table:
    at = _column(ratings, "rated_at").cast(pa.int64()).cast(INSTANT)
    own = {"rated_at": at, "rating": _column(ratings, "rating").cast(pa.int32())}
    return _joined(ratings, book, own, account_id)


def _joined(rows_: pa.Table, book: pa.Table, own: Mapping[str, Any], account_id: int) -> pa.Table:
    where = pc.index_in(_column(rows_, "title_id").cast(pa.int64()), _column(book, "title"))
    told = {name: _column(book, name).take(where) for name in book.column_names}
    whose = pa.repeat(pa.scalar(account_id, pa.int64()), len(rows_))
    return pa.table({**own, **told, "account_id": whose})


def _column(table: pa.Table, name: str) -> pa.Array:
    column = table.column(name)
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _set(table: pa.Table, name: str, column: Any) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, column)

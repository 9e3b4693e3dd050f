"""Flat rows and Arrow tables: the columns of `rows.PlayRow`, `rows.RatingRow` and `rows.TitleRow`.

Splits them into plays (or ratings) and the titles they point to. Never changes what they say, except that the day
1970-01-01 is an unknown date and a length of 0 is unknown.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from watchprint.insights.errors import BadRows
from watchprint.insights.loading.tables import INSTANT, LOADED_RATINGS, PLAYS, RATINGS, SAID, loaded_plays, seconds
from watchprint.insights.loading.titlebook import TitleBook
from watchprint.insights.rows import field

_SHOW_FACTS = ("genres", "country", "language", "network", "year")
_DATES = ("released_on", "first_aired_at")
_OWN_FACTS = ("released_on", "first_aired_at", "aired_episodes", "community_rating", "community_votes", "status")
_DAY_US = 86_400_000_000


def is_arrow(rows: Any) -> bool:
    """True for anything that hands itself out as an Arrow stream: Arrow, Polars and DuckDB tables."""
    return hasattr(rows, "__arrow_c_stream__")


def is_nested(table: pa.Table) -> bool:
    """True where titles stand in columns of their own with fields inside, as in Trakt's rows."""
    types = [of.type for of in table.schema if of.name in ("movie", "show", "season", "episode")]
    return "kind" not in table.column_names and any(pa.types.is_struct(of) or pa.types.is_null(of) for of in types)


def noted(row: Any, kind: str, book: TitleBook) -> tuple[int | None, int | None]:
    """The numbers of the title and of the show that a flat row points to."""
    facts = {name: field(row, name) for name in _SHOW_FACTS}
    show_key = field(row, "show")
    show_id = None
    if show_key is not None:
        show = {**facts, "name": field(row, "show_name")}
        show_id = book.noted("show", {**show, "runtime": field(row, "show_runtime_min")}, key=show_key)
    if kind == "show":
        return show_id, show_id
    own = {name: field(row, name) for name in ("name", "season", "number", "runtime_min", *_DATES)}
    return book.noted(kind, {**facts, **own}, show_id=show_id, key=field(row, "title")), show_id


def note_said(row: Any, book: TitleBook) -> None:
    """Takes over what a row of titles says (`rows.TitleRow`), of a show as of any other."""
    kind = str(field(row, "kind"))
    own = {name: field(row, name) for name in ("name", "season", "number", "runtime_min", *_SHOW_FACTS, *_OWN_FACTS)}
    if kind == "show":
        key = field(row, "title") if field(row, "show") is None else field(row, "show")
        name = own["name"] or field(row, "show_name")
        runtime_min = own["runtime_min"] or field(row, "show_runtime_min")
        book.noted("show", {**own, "name": name, "runtime_min": runtime_min}, key=key)
        return
    title_id, show_id = noted(row, kind, book)
    if title_id is not None:
        book.noted(kind, own, show_id=show_id, key=field(row, "title"))


def titles(rows: Any, book: TitleBook) -> None:
    """Takes over what an Arrow table of `tables.SAID` says of titles."""
    for row in _checked(rows, SAID, ("kind", "title")).to_pylist():
        note_said(row, book)


def plays(rows: Any, book: TitleBook) -> pa.Table:
    """The table of plays out of an Arrow table of `tables.PLAYS`."""
    table = _checked(rows, PLAYS, ("id", "watched_at", "kind"))
    ids = table["id"].combine_chunks()
    ids = ids.cast(pa.int64() if pa.types.is_integer(ids.type) else pa.string())
    of, shows = _pointers(table, book)
    at = _dated(table["watched_at"])
    columns = [table["account_id"], ids, at, seconds(at), table["action"], table["kind"]]
    placed = [table["place"], table["place_kind"]]
    return pa.Table.from_arrays([*columns, of, shows, *placed], schema=loaded_plays(ids.type))


def ratings(rows: Any, book: TitleBook) -> pa.Table:
    """The table of ratings out of an Arrow table of `tables.RATINGS`."""
    table = _checked(rows, RATINGS, ("rated_at", "rating", "kind"))
    if pc.any(pc.or_(pc.less(table["rating"], 1), pc.greater(table["rating"], 10))).as_py():
        raise BadRows("A rating is not a whole number from 1 to 10.")
    of, shows = _pointers(table, book)
    columns = [table["account_id"], _dated(table["rated_at"]), table["rating"], table["kind"]]
    judged = [table[name] for name in ("community_rating", "community_votes", "at_rating_time")]
    return pa.Table.from_arrays([*columns, of, shows, *judged], schema=LOADED_RATINGS)


def _checked(rows: Any, schema: dict[str, pa.DataType | None], needed: tuple[str, ...]) -> pa.Table:
    table = pa.table(rows)
    if missing := [name for name in needed if name not in table.column_names]:
        raise BadRows(f"The Arrow table lacks the column {', '.join(missing)}. It has {table.column_names}.")
    for name in (name for name in ("watched_at", "rated_at", "first_aired_at") if name in table.column_names):
        of = table.schema.field(name).type
        if not (pa.types.is_timestamp(of) and of.tz) and not pa.types.is_null(of):
            raise BadRows(f"The column {name} is {of}, without a time zone. Make it a timestamp in UTC.")
    try:
        columns = {name: _column(table, name, kind) for name, kind in schema.items()}
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise BadRows(f"A column of the Arrow table is of an unexpected kind: {error}") from error
    return pa.table(columns)


def _column(table: pa.Table, name: str, kind: pa.DataType | None) -> pa.ChunkedArray:
    if name not in table.column_names:
        column = pa.chunked_array([pa.nulls(len(table), kind or pa.string())])
    else:
        column = table[name] if kind is None else table[name].cast(kind)
    if name in {"title", "show"}:
        column = column.cast(pa.string())
    return column.fill_null(0) if name == "account_id" else column


def _dated(at: pa.ChunkedArray) -> pa.ChunkedArray:
    micros = at.cast(pa.int64())
    unknown = pc.and_(pc.greater_equal(micros, 0), pc.less(micros, _DAY_US))
    return pc.if_else(unknown, pa.scalar(None, INSTANT), at)


def _pointers(table: pa.Table, book: TitleBook) -> tuple[pa.Array, pa.Array]:
    """Notes each distinct title once and returns, row by row, the numbers of title and show."""
    place = pc.binary_join_element_wise(
        *(table[name].cast(pa.string()) for name in ("kind", "title", "show", "season", "number")),
        "\x1f",
        null_handling="replace",
        null_replacement="\x1e",
    )
    codes = place.combine_chunks().dictionary_encode()
    numbered = pa.table({"code": codes.indices, "row": pa.array(range(len(table)), pa.int64())})
    firsts = numbered.group_by("code").aggregate([("row", "min")]).sort_by("code")["row_min"]
    found = [noted(row, row["kind"], book) for row in table.take(firsts).to_pylist()]
    titles = pa.array([title for title, _ in found], pa.int64()).take(codes.indices)
    return titles, pa.array([show for _, show in found], pa.int64()).take(codes.indices)

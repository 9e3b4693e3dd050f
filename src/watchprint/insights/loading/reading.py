"""Turns rows in hand into the tables that insights are computed from.

Takes what the client hands out and what an export holds (objects or mappings in Trakt's own shape), flat rows
(`rows.PlayRow`, or mappings with its names), and Arrow. Drops no row: one that does not say what was watched keeps
its id and time. Never reads a file and never asks Trakt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from watchprint.insights.errors import BadRows
from watchprint.insights.loading import flat
from watchprint.insights.loading.tables import INSTANT, LOADED_RATINGS, Tables, loaded_plays, seconds
from watchprint.insights.loading.titlebook import TitleBook
from watchprint.insights.rows import Fields, field

_PLAY = Fields("id", "watched_at", "action")
_JUDGED = Fields("community_rating", "community_votes", "at_rating_time")
_PLACED = Fields("place", "place_kind")
_OF = Fields("type", "movie", "show")
_UNKNOWN_ON = date(1970, 1, 1)


def tables(plays: Iterable[Any], titles: Iterable[Any] | None = None, ratings: Iterable[Any] | None = None) -> Tables:
    """The three tables, from rows of any shape this package reads.

    Args:
        plays: history rows in Trakt's shape, flat rows, or an Arrow table of `tables.PLAYS` or in Trakt's shape.
        titles: rows that say more about the titles: Trakt's watched rows, `{"type": "movie", "movie": …}`, flat rows
            (`rows.TitleRow`), or an Arrow table of `tables.SAID`.
        ratings: the same: rows in Trakt's shape, flat rows, or an Arrow table of `tables.RATINGS`.

    Raises:
        BadRows: a row has none of these shapes, or a time without a zone.
    """
    book = TitleBook()
    play_table = _plays(plays, book)
    rating_table = _ratings(() if ratings is None else ratings, book)
    _titles(() if titles is None else titles, book)
    return Tables(play_table, book.table(), rating_table)


def _titles(rows: Iterable[Any], book: TitleBook) -> None:
    if flat.is_arrow(rows):
        if not flat.is_nested(table := pa.table(rows)):
            flat.titles(table, book)
            return
        rows = table.to_pylist()
    for row in rows:
        _note_title(row, book)


def _plays(rows: Iterable[Any], book: TitleBook) -> pa.Table:
    if flat.is_arrow(rows):
        if not flat.is_nested(table := pa.table(rows)):
            return flat.plays(table, book)
        rows = table.to_pylist()
    columns = _Pointers(book)
    ids: list[Any] = []
    at: list[datetime | None] = []
    actions: list[str | None] = []
    places: list[str | None] = []
    place_kinds: list[str | None] = []
    for row in rows:
        play_id, watched_at, action = _PLAY(row)
        ids.append(play_id)
        at.append(watched_at if watched_at is None else instant(watched_at))
        actions.append(action or None)
        name, kind = _place(row)
        places.append(name)
        place_kinds.append(kind)
        columns.add(row)
    id_type = pa.int64() if all(type(value) is int for value in ids) else pa.string()
    if id_type == pa.string():
        ids = [None if value is None else str(value) for value in ids]
    schema = loaded_plays(id_type)
    given = _table([columns.accounts, ids, at, actions, *columns.pointers, places, place_kinds], schema.remove(3))
    return given.add_column(3, schema.field(3), seconds(given["watched_at"]))


def _ratings(rows: Iterable[Any], book: TitleBook) -> pa.Table:
    if flat.is_arrow(rows):
        if not flat.is_nested(table := pa.table(rows)):
            return flat.ratings(table, book)
        rows = table.to_pylist()
    columns = _Pointers(book)
    at: list[datetime | None] = []
    given: list[Any] = []
    judged: tuple[list[Any], list[Any], list[Any]] = ([], [], [])
    for row in rows:
        rated_at = field(row, "rated_at")
        at.append(rated_at if rated_at is None else instant(rated_at))
        given.append(field(row, "rating"))
        for column, value in zip(judged, _JUDGED(row), strict=True):
            column.append(value)
        columns.add(row)
    if any(not isinstance(value, int) or not 1 <= value <= 10 for value in given):
        raise BadRows("A rating is not a whole number from 1 to 10. Pass the rows as Trakt gives them.")
    return _table([columns.accounts, at, given, *columns.pointers, *judged], LOADED_RATINGS)


def _table(columns: list[list[Any]], schema: pa.Schema) -> pa.Table:
    try:
        arrays = [pa.array(values, type=of.type) for values, of in zip(columns, schema, strict=True)]
        return pa.Table.from_arrays(arrays, schema=schema)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
        raise BadRows(f"A row has a field of an unexpected kind: {error}") from error


class _Pointers:
    """Whose a row is and which title it points to, column by column."""

    def __init__(self, book: TitleBook) -> None:
        self._book = book
        self._seen: dict[str, dict[Any, int | None]] = defaultdict(dict)
        self.accounts: list[int] = []
        self.pointers: tuple[list[str], list[int | None], list[int | None]] = ([], [], [])

    def add(self, row: Any) -> None:
        kind, movie, show = _OF(row)
        if kind is None and (inner := field(row, "row")) is not None:
            row = inner  # an answer of the service carries what Trakt sent as its `row`
            kind, movie, show = _OF(row)
        kinds, titles, shows = self.pointers
        self.accounts.append(field(row, "account_id") or 0)
        if kind is None and (flat_kind := field(row, "kind")) is not None:
            kind = str(flat_kind)
            title_id, show_id = flat.noted(row, kind, self._book)
        else:
            if type(kind) is not str:
                kind = str(getattr(kind, "value", kind)) if kind else _kind_of(row)
            show_id = self._number("show", show, None) if kind != "movie" else None
            title = movie if kind == "movie" else None if kind == "show" else field(row, kind)
            title_id = show_id if kind == "show" else self._number(kind, title, show_id)
        kinds.append(kind)
        titles.append(title_id)
        shows.append(show_id)

    def _number(self, kind: str, title: Any, show_id: int | None) -> int | None:
        if not title:
            return None
        trakt = field(field(title, "ids"), "trakt")
        seen = self._seen[kind]
        known = seen.get(trakt) if trakt else None
        if known is None or (known in self._book.wanting and field(title, "runtime")):
            known = self._book.noted(kind, title, show_id=show_id)
            if trakt:
                seen[trakt] = known
        return known


def _kind_of(row: Any) -> str:
    found = next((kind for kind in ("movie", "episode", "season", "show") if field(row, kind)), None)
    if found is None:
        raise BadRows(
            "A row names neither its type nor a movie, show or episode. Pass rows as Trakt gives them, "
            "rows like insights.rows.PlayRow, or an Arrow table."
        )
    return found


def _place(row: Any) -> tuple[str | None, str | None]:
    """What the place is called and which kind it is; a place may stand in one field, as the service gives it."""
    place, kind = _PLACED(row)
    if place is None or isinstance(place, str):
        return place or None, kind or None
    return field(place, "name"), field(place, "kind")


def _note_title(row: Any, book: TitleBook) -> None:
    if field(row, "kind") is not None and field(row, "ids") is None:
        flat.note_said(row, book)
        return
    show = field(row, "show")
    show_id = book.noted("show", show) if show else None
    for kind in ("movie", "episode"):
        if title := field(row, kind):
            book.noted(kind, title, show_id=show_id)
            return
    if not show:
        kind = str(field(row, "type") or field(row, "kind") or "")
        if kind not in {"movie", "show"}:
            raise BadRows("A row of titles names neither a movie nor a show. Pass Trakt's watched rows.")
        book.noted(kind, row)


def instant(value: Any) -> datetime | None:
    """The instant a row names, aware; None when it is Trakt's way to say that the date is unknown."""
    at = value
    if isinstance(value, str):
        try:
            at = datetime.fromisoformat(value)
        except ValueError as error:
            raise BadRows(f"{value!r} is no point in time. Write it like 2024-05-01T20:15:00Z.") from error
    if not isinstance(at, datetime):
        raise BadRows(f"{value!r} is no point in time. Pass an aware datetime or ISO text.")
    if at.tzinfo is None:
        raise BadRows(f"{value!r} has no time zone. Pass it in UTC, for example 2024-05-01T20:15:00Z.")
    if at.year in (1969, 1970) and at.astimezone(UTC).date() == _UNKNOWN_ON:
        return None
    return at


__all__ = ["INSTANT", "instant", "tables"]

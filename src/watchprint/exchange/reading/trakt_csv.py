"""A CSV as Trakt takes and gives it, or much like it: one row a thing that was watched, rated, listed or collected.

Headers are read liberally (`columns`); which were understood and which were not is said. Never writes.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from typing import Final

from watchprint.domain.zones import Zones
from watchprint.exchange.errors import ExportUnreadable
from watchprint.exchange.reading.columns import BadField, Columns, fields_of, known_name
from watchprint.exchange.reading.texts import encoding_of, lines
from watchprint.exchange.reading.told import Reader, Told

_DELIMITERS: Final = ",;\t|"
_WANTED: Final = frozenset({"watched_at", "rating", "watchlisted_at", "collected_at", "favorited_at"})
_NAMING: Final = frozenset({"id", "title", "show_title"})


class TraktCsv(Reader):
    """A CSV, open.

    Args:
        corrects: It completes rows of another file; `row` says which. In any other file that column says nothing.

    Raises:
        ExportUnreadable: It cannot be read, or no row of it could say anything.
    """

    kind = "trakt-csv"

    def __init__(self, path: str | os.PathLike[str], zones: Zones, *, corrects: bool = False) -> None:
        super().__init__()
        self._corrects = corrects
        self._path, self._shown, self._columns = path, os.fspath(path), Columns(zones)
        self._encoding = encoding_of(path)
        if self._encoding == "cp1252":
            self.notes.append("The file is not UTF-8; it was read as Windows-1252. Check letters with accents.")
        head = next(lines(path, self._encoding), "")
        self._delimiter = max(_DELIMITERS, key=lambda each: _understood(head, each))
        headers = next(csv.reader([head], delimiter=self._delimiter), [])
        self.names = [known_name(header) for header in headers]
        self._check(headers)

    def _check(self, headers: list[str]) -> None:
        names = {name for name in self.names if name is not None}
        naming = any(name in _NAMING or name.endswith(("_id", "slug")) for name in names)
        if not names & _WANTED or not naming:
            raise ExportUnreadable(
                f"{self._shown} has no headers that say what was watched and when. The first line names the columns, "
                "for example: imdb_id,type,watched_at,watchlisted_at,rating,rated_at."
            )
        if self._corrects:  # its columns are ours
            return
        unknown = [header.strip()[:40] for header, name in zip(headers, self.names, strict=True) if name is None]
        self.notes.append(f"Columns that were understood: {', '.join(sorted(names))}.")
        if unknown:
            self.notes.append(f"Columns that were passed over: {', '.join(unknown[:30])}.")

    def close(self) -> None:
        """Nothing is held."""

    def rows(self) -> Iterator[Told]:
        read = csv.reader(lines(self._path, self._encoding), delimiter=self._delimiter, strict=True)
        number = 0
        try:
            next(read)
            for values in read:
                if not any(value.strip() for value in values):
                    continue
                number += 1
                yield from self._row(values, number)
        except csv.Error as error:
            raise ExportUnreadable(
                f"{self._shown} is no CSV from line {read.line_num:,} on: {error}. Save it again as CSV."
            ) from error

    def _row(self, values: list[str], number: int) -> list[Told]:
        try:
            fields = fields_of(self.names, values)
        except BadField as error:
            return [Told(part="other", place=f"row {number}", wrong=str(error))]
        named = fields.pop("row", None)
        place = named if self._corrects and named else f"row {number}"
        if len(values) > len(self.names):
            wrong = f"the row has {len(values)} fields, the first line names {len(self.names)}"
            return [Told(part="other", place=place, wrong=wrong, raw=fields)]
        return self._columns.told(fields, place)


def _understood(head: str, delimiter: str) -> int:
    try:
        return sum(known_name(each) is not None for each in next(csv.reader([head], delimiter=delimiter), []))
    except csv.Error:
        return 0

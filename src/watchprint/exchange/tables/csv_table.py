"""A table as CSV (RFC 4180, UTF-8) that no spreadsheet runs, and that reads back equal.

A spreadsheet takes a text that begins with =, +, -, @ or a tab for a formula, whoever wrote it (a title may come from
anywhere). Such a text is written behind an apostrophe, and so is one that begins with an apostrophe itself, or is
empty (an empty cell is an unknown value): who reads takes one apostrophe off the front of a text, wherever one is.

Source: https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO, Final

import msgspec

from watchprint.exchange.tables.columns import ColumnType, Row, Table

GUARD: Final = "'"
_FORMULAS: Final = frozenset("=+-@\t\r\n＝＋－＠")
_ENCODER: Final = msgspec.json.Encoder()
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
"""Without it a spreadsheet takes UTF-8 for the machine's own code page."""


def guarded(text: str) -> str:
    """The text as it stands in a cell: no spreadsheet takes it for a formula."""
    if not text or text[0] == GUARD or text.lstrip()[:1] in _FORMULAS or text[0] in _FORMULAS:
        return GUARD + text
    return text


def unguarded(cell: str) -> str:
    """The text of a cell that is not empty."""
    return cell.removeprefix(GUARD)


def instant_text(at: datetime) -> str:
    """An instant as it is written: 2024-05-01T21:30:00Z."""
    return at.isoformat().replace("+00:00", "Z")


_WRITTEN: Final[Mapping[ColumnType, Callable[[Any], str]]] = {
    "text": guarded,
    "integer": str,
    "real": repr,
    "flag": lambda value: "true" if value else "false",
    "instant": instant_text,
    "wall_clock": datetime.isoformat,
    "day": date.isoformat,
    "texts": lambda value: _ENCODER.encode(list(value)).decode(),
}
_READ: Final[Mapping[ColumnType, Callable[[str], Any]]] = {
    "text": unguarded,
    "integer": int,
    "real": float,
    "flag": lambda cell: cell == "true",
    "instant": datetime.fromisoformat,
    "wall_clock": datetime.fromisoformat,
    "day": date.fromisoformat,
    "texts": lambda cell: msgspec.json.decode(cell, type=list[str]),
}


class CsvTable:
    """Writes a table.

    Args:
        stream: Where to; it stays open.
        table: Its columns.
        mark: Begin with the mark by which a spreadsheet knows UTF-8; not for pipes.
    """

    def __init__(self, stream: BinaryIO, table: Table, *, mark: bool = True) -> None:
        self._stream, self._text = stream, io.StringIO(newline="")
        self._csv = csv.writer(self._text)
        self._forms = [_WRITTEN[column.type] for column in table.columns]
        if mark:
            stream.write(BYTE_ORDER_MARK)
        self._csv.writerow(table.names)
        self._hand_on()

    def write(self, rows: Sequence[Row]) -> None:
        columns = [
            ["" if value is None else form(value) for value in column]
            for form, column in zip(self._forms, zip(*rows, strict=True), strict=False)
        ]
        self._csv.writerows(zip(*columns, strict=True))
        self._hand_on()

    def end(self) -> None:
        """Nothing stands at the end."""

    def drop(self) -> None:
        """Nothing is held."""

    def _hand_on(self) -> None:
        self._stream.write(self._text.getvalue().encode())
        self._text.seek(0)
        self._text.truncate()


def read_back(stream: BinaryIO, table: Table) -> Iterator[tuple[Any, ...]]:
    """The rows of a table that was written here.

    Raises:
        ValueError: Its columns are others.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    rows = csv.reader(text)
    if tuple(next(rows, ())) != table.names:
        raise ValueError(f"this is not the table {table.name!r}: its columns are others")
    forms = [_READ[column.type] for column in table.columns]
    for row in rows:
        yield tuple(form(cell) if cell else None for form, cell in zip(forms, row, strict=True))
    text.detach()

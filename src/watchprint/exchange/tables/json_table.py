"""Tables as JSON: one document with a list a table, or one line a row (NDJSON). Every row names all its columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO, Final

import msgspec

from watchprint.exchange.tables.columns import Row, Table

_ENCODER: Final = msgspec.json.Encoder()


class LinesTable:
    """Writes a table as one JSON object a line.

    Args:
        stream: Where to; it stays open.
        table: Its columns.
    """

    def __init__(self, stream: BinaryIO, table: Table) -> None:
        self._stream, self._names = stream, table.names

    def write(self, rows: Sequence[Row]) -> None:
        self._stream.write(_ENCODER.encode_lines(_objects(self._names, rows)))

    def end(self) -> None:
        """Nothing stands at the end."""

    def drop(self) -> None:
        """Nothing is held."""


class JsonDocument:
    """Writes tables into one JSON object, one after the other: {"plays": [...], "ratings": [...]}.

    Args:
        stream: Where to; it stays open.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._tables = stream, 0

    def table(self, table: Table) -> JsonTable:
        """The next table; the one before is ended."""
        self._stream.write((b",\n" if self._tables else b"{\n") + _ENCODER.encode(table.name) + b": [")
        self._tables += 1
        return JsonTable(self._stream, table)

    def end(self) -> None:
        """Write what stands at the end."""
        self._stream.write(b"\n}\n" if self._tables else b"{}\n")


class JsonTable:
    """Writes the rows of one list, a line each."""

    def __init__(self, stream: BinaryIO, table: Table) -> None:
        self._stream, self._names, self._rows = stream, table.names, 0

    def write(self, rows: Sequence[Row]) -> None:
        if rows:
            lines = _ENCODER.encode_lines(_objects(self._names, rows)).removesuffix(b"\n")
            self._stream.write((b",\n" if self._rows else b"\n") + lines.replace(b"\n", b",\n"))
            self._rows += len(rows)

    def end(self) -> None:
        self._stream.write(b"\n]" if self._rows else b"]")

    def drop(self) -> None:
        """Nothing is held."""


def _objects(names: Sequence[str], rows: Sequence[Row]) -> list[dict[str, Any]]:
    return [dict(zip(names, row, strict=True)) for row in rows]

"""A table as Parquet: proper types, row groups as they fill, each column with its meaning in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from watchprint.exchange.tables.columns import ColumnType, Row, Table

ROW_GROUP: Final = 20_000
"""Rows in memory at a time; a reader may skip a group whole."""
_TYPES: Final[Mapping[ColumnType, Any]] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "real": pa.float64(),
    "flag": pa.bool_(),
    "instant": pa.timestamp("us", tz="UTC"),
    "wall_clock": pa.timestamp("us"),
    "day": pa.date32(),
    "texts": pa.list_(pa.string()),
}


def schema_of(table: Table) -> pa.Schema:
    """The columns as Arrow has them."""
    fields = [pa.field(c.name, _TYPES[c.type], metadata={"meaning": c.meaning}) for c in table.columns]
    return pa.schema(fields, metadata={"table": table.name, "meaning": table.meaning})


class ParquetTable:
    """Writes a table.

    Args:
        stream: Where to; it stays open.
        table: Its columns.
        row_group: Rows a group.
    """

    def __init__(self, stream: BinaryIO, table: Table, *, row_group: int = ROW_GROUP) -> None:
        self._schema, self._row_group = schema_of(table), row_group
        self._writer = pq.ParquetWriter(stream, self._schema, compression="zstd")
        self._waiting: list[pa.RecordBatch] = []
        self._rows = 0

    def write(self, rows: Sequence[Row]) -> None:
        if not rows:
            return
        columns = [
            pa.array(values, field.type) for field, values in zip(self._schema, zip(*rows, strict=True), strict=True)
        ]
        self._waiting.append(pa.RecordBatch.from_arrays(columns, schema=self._schema))
        self._rows += len(rows)
        if self._rows >= self._row_group:
            self._flush()

    def end(self) -> None:
        self._flush()
        self._writer.close()

    def drop(self) -> None:
        self._waiting = []
        with suppress(OSError, ValueError, pa.ArrowException):
            self._writer.close()
        self._writer.is_open = False  # what it could not write now it does not try again when it is collected

    def _flush(self) -> None:
        if self._waiting:
            self._writer.write_table(pa.Table.from_batches(self._waiting, self._schema), row_group_size=self._row_group)
            self._waiting, self._rows = [], 0

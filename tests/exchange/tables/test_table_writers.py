"""Whatever stands in a table stands in each of its files, equal: any text, any time, unknown apart from empty."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchprint.exchange.tables import Column, Row, Table, TableWriter
from watchprint.exchange.tables.csv_table import CsvTable, guarded, read_back, unguarded
from watchprint.exchange.tables.json_table import JsonDocument, LinesTable
from watchprint.exchange.tables.parquet_table import ParquetTable, schema_of

THINGS = Table(
    "things",
    "one row a thing",
    (
        Column("name", "text", "its name"),
        Column("count", "integer", "how many"),
        Column("share", "real", "of all, from 0 to 1"),
        Column("known", "flag", "somebody knows it"),
        Column("seen_at", "instant", "when (UTC)"),
        Column("seen_local", "wall_clock", "what a clock on the wall showed"),
        Column("made_on", "day", "which day"),
        Column("words", "texts", "what is said of it"),
    ),
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["", "'", "''x", "=1+1", "+1", "-1", "@x", "\t=1", " =1", "\r\n", 'a,"b"\n', "＝1", "Amélie 🎬", "\x00x", "﻿x"]
)
WALL = st.datetimes(datetime(1, 1, 1), datetime(9999, 1, 1))
ROW = st.tuples(
    st.none() | TEXT,
    st.none() | st.integers(-(2**63), 2**63 - 1),
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
    st.none() | st.booleans(),
    st.none() | WALL.map(lambda at: at.replace(tzinfo=UTC)),
    st.none() | WALL,
    st.none() | st.dates(date(1, 1, 1)),
    st.none() | st.lists(TEXT, max_size=3),
)
BATCHES = st.lists(st.lists(ROW, max_size=4), max_size=4)


def written(make: Callable[[io.BytesIO, Table], TableWriter], batches: Sequence[Sequence[Row]]) -> io.BytesIO:
    stream = io.BytesIO()
    writer = make(stream, THINGS)
    for rows in batches:
        writer.write(rows)
    writer.end()
    stream.seek(0)
    return stream


def rows_of(batches: Sequence[Sequence[Row]]) -> list[tuple[Any, ...]]:
    return [tuple(row) for rows in batches for row in rows]


@given(BATCHES, st.booleans())
def test_csv_reads_back_equal(batches: list[list[Row]], mark: bool) -> None:
    stream = written(lambda stream, table: CsvTable(stream, table, mark=mark), batches)
    assert list(read_back(stream, THINGS)) == rows_of(batches)


@given(TEXT)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    cell = guarded(text)
    assert cell.lstrip()[:1] not in set("=+-@＝＋－＠")
    assert cell[0] not in "\t\r\n"
    assert unguarded(cell) == text


def test_csv_is_what_any_reader_reads() -> None:
    row = (
        "=cmd()|calc",
        7,
        0.5,
        True,
        datetime(2024, 5, 1, 21, 30, tzinfo=UTC),
        datetime(2024, 5, 1, 23, 30),
        None,
        ["a"],
    )
    text = written(CsvTable, [[row]]).read().decode("utf-8-sig")
    head, said = csv.reader(io.StringIO(text))
    assert head == list(THINGS.names)
    assert said == ["'=cmd()|calc", "7", "0.5", "true", "2024-05-01T21:30:00Z", "2024-05-01T23:30:00", "", '["a"]']


def test_a_table_with_other_columns_is_not_read() -> None:
    with pytest.raises(ValueError, match="its columns are others"):
        list(read_back(io.BytesIO(b"name\r\nx\r\n"), THINGS))


def as_json(row: Row) -> dict[str, Any]:
    said = dict(zip(THINGS.names, row, strict=True))
    for name, value in said.items():
        if isinstance(value, date):
            said[name] = value.isoformat().replace("+00:00", "Z")
    return said


@given(BATCHES)
def test_lines_say_every_column_of_every_row(batches: list[list[Row]]) -> None:
    lines = written(LinesTable, batches).read().decode().split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == [as_json(row) for row in rows_of(batches)]


@given(st.lists(BATCHES, max_size=3))
def test_a_document_holds_its_tables(tables: list[list[list[Row]]]) -> None:
    stream = io.BytesIO()
    document = JsonDocument(stream)
    for n, batches in enumerate(tables):
        writer = document.table(Table(f"t{n}", "", THINGS.columns))
        for rows in batches:
            writer.write(rows)
        writer.end()
    document.end()
    expected = {f"t{n}": [as_json(row) for row in rows_of(batches)] for n, batches in enumerate(tables)}
    assert json.loads(stream.getvalue()) == expected


@given(BATCHES, st.integers(1, 5))
def test_parquet_has_proper_types_and_equal_rows(batches: list[list[Row]], row_group: int) -> None:
    table = pq.read_table(written(lambda s, t: ParquetTable(s, t, row_group=row_group), batches))
    assert table.schema.field("seen_at").type == pa.timestamp("us", tz="UTC")
    assert table.schema.field("words").type == pa.list_(pa.string())
    assert table.schema.equals(schema_of(THINGS))
    columns = [column.to_pylist() for column in table.columns]
    assert list(zip(*columns, strict=True)) == rows_of(batches)


def test_parquet_groups_rows_as_they_fill_and_says_what_columns_mean() -> None:
    row: Row = ("x", 1, 0.5, True, None, None, None, [])
    stream = written(lambda s, t: ParquetTable(s, t, row_group=10), [[row] * 4] * 6)
    file = pq.ParquetFile(stream)
    assert [file.metadata.row_group(n).num_rows for n in range(file.metadata.num_row_groups)] == [10, 2, 10, 2]
    assert file.schema_arrow.field("count").metadata[b"meaning"] == b"how many"
    assert file.schema_arrow.metadata[b"table"] == b"things"

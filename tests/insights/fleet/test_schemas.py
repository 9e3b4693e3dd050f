"""Row types as Arrow types."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import msgspec
import pyarrow as pa
import pytest

from watchprint.insights.catalogue import INSIGHTS
from watchprint.insights.fleet.schemas import answer_schema, row_type
from watchprint.insights.insight import Insight


class Inner(msgspec.Struct):
    on: date


class Every(msgspec.Struct):
    rank: int
    share: float
    either: int | float
    name: str | None
    which: Literal["first", "last"]
    open: bool
    play_id: int | str
    local_at: datetime
    ended_local_at: datetime | None
    first_at: datetime
    names: list[str]
    days: tuple[Inner, ...]


class Odd(msgspec.Struct):
    of: dict[str, int]


def test_every_kind_of_field() -> None:
    named = {field.name: field.type for field in row_type(Every, pa.string())}
    utc, wall = pa.timestamp("us", tz="UTC"), pa.timestamp("us")
    assert named == {
        "rank": pa.int64(), "share": pa.float64(), "either": pa.float64(), "name": pa.string(), "which": pa.string(),
        "open": pa.bool_(), "play_id": pa.string(), "local_at": wall, "ended_local_at": wall, "first_at": utc,
        "names": pa.list_(pa.string()), "days": pa.list_(pa.struct([("on", pa.date32())])),
    }  # fmt: skip
    assert row_type(Every, pa.int64())[6].type == pa.int64()


def test_what_has_no_place_in_a_table_is_said() -> None:
    with pytest.raises(TypeError, match="The field of"):
        row_type(Odd, pa.int64())


@pytest.mark.parametrize("insight", INSIGHTS, ids=lambda insight: insight.name)
def test_every_insight_has_a_schema(insight: Insight) -> None:
    row = insight.row
    rows = answer_schema(row, pa.int64()).field("rows").type.value_type
    assert [rows[at].name for at in range(rows.num_fields)] == list(row.__struct_fields__)

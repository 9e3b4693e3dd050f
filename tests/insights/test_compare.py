"""An answer beside the one for the period before, and what is known of titles that nobody has watched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from watchprint import insights
from watchprint.insights import BadQuestion, BadRows, PlayRow, TitleRow

MARCH = datetime(2024, 3, 10, 20, tzinfo=UTC)


def play(number: int, at: datetime, **facts: Any) -> PlayRow:
    row: dict[str, Any] = {"id": number, "watched_at": at, "kind": "movie", "title": number, "runtime_min": 90, **facts}
    return PlayRow(**row)


PLAYS = [play(1, MARCH), play(2, MARCH + timedelta(days=2)), play(3, MARCH - timedelta(days=30))]


def test_the_whole_and_each_number_stand_beside_the_month_before() -> None:
    answer = insights.compute("totals", plays=PLAYS, period="2024-03", compare=True)
    before = answer.before
    assert before is not None
    assert (answer.n, before.n, before.period) == (2, 1, "2024-02")
    whole = before.changes[0]
    assert (whole.of, whole.column, whole.now, whole.before) == ({}, "n", 2, 1)
    assert before.changes[0].difference == 1
    assert before.changes[0].ratio == 2
    assert answer.to_json_dict()["before"]["changes"][0]["difference"] == 1


def test_while_the_period_goes_on_as_much_of_the_one_before_is_compared() -> None:
    now = datetime(2024, 3, 9, 12, tzinfo=UTC)  # February's play was on the 9th
    answer = insights.compute("totals", plays=PLAYS, period="2024-03", compare=True, now=now)
    assert answer.before is not None
    assert (answer.before.period, answer.before.n) == ("2024-02-01..2024-02-09", 1)
    earlier = insights.compute("totals", plays=PLAYS, period="2024-03", compare=True, now=now - timedelta(days=1))
    assert earlier.before is not None
    assert earlier.before.n == 0
    assert earlier.before.changes[0].ratio is None


def test_all_has_nothing_before_it() -> None:
    assert insights.compute("totals", plays=PLAYS, compare=True).before is None
    assert insights.compute("totals", plays=PLAYS, period="2024-03").before is None


def test_titles_may_be_told_flat_or_as_arrow() -> None:
    plays = [PlayRow(id=1, watched_at=MARCH, kind="episode", title="e1", show="s")]
    told = [
        TitleRow(kind="show", title="s", name="Show", runtime_min=45, aired_episodes=2),
        TitleRow(kind="episode", title="e2", show="s", season=1, number=2, first_aired_at=MARCH),
    ]
    table = pa.Table.from_pylist([{name: getattr(row, name) for name in row.__slots__} for row in told])
    for titles in (told, table):
        answer = insights.compute("top", plays=plays, titles=titles)
        [row] = answer.rows
        assert (row.name, row.minutes, row.titles) == ("Show", 45, 1)


def test_tables_that_lack_a_column_are_refused() -> None:
    nothing = pa.table({"play_id": pa.array([], pa.string())})
    with pytest.raises(BadRows, match="account_id"):
        insights.prepared(plays=nothing, titles=nothing, ratings=nothing)


def test_own_parameters_are_refused_elsewhere() -> None:
    with pytest.raises(BadQuestion, match="gap_min"):
        insights.compute("totals", plays=PLAYS, gap_min=45)

"""First and last plays, and this day in other years, equal slow references."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.insights.histories import histories, questions, trakt_rows
from tests.insights.reference import Frame, Seen, counted, minutes
from watchprint import insights
from watchprint.insights import BadQuestion

often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
Question = tuple[dict[str, Any], Frame]


def ends(rows: list[Seen], frame: Frame) -> list[tuple[Any, ...]]:
    kept = counted(rows, frame, axis=True, leaves=("duplicate",))
    found: list[tuple[Any, ...]] = []
    for kind in ("all", "movie", "episode"):
        own = sorted((row for row in kept if kind in ("all", row.kind)), key=lambda row: (row.at, row.id))
        for which, row in (("first", own[0]), ("last", own[-1])) if own else ():
            found.append((kind, which, frame.day(row.at), frame.wall(row.at), row.id))
    return found


@often
@given(histories(), questions())
def test_first_and_last(rows: list[Seen], question: Question) -> None:
    asked, frame = question
    answer = insights.compute("first-last", plays=trakt_rows(rows), **asked)
    assert [(row.kind, row.which, row.on, row.local_at, row.play_id) for row in answer.rows] == ends(rows, frame)
    assert all(answer.plays_behind(row) == [row.play_id] for row in answer.rows)
    if answer.rows:
        assert answer.facts["days_between"] == (answer.rows[1].on - answer.rows[0].on).days


def on_day(rows: list[Seen], frame: Frame, month: int, day: int) -> dict[tuple[Any, ...], tuple[int, int]]:
    kept = counted(rows, frame, axis=True, leaves=("duplicate",))
    own = [row for row in kept if (frame.day(row.at).month, frame.day(row.at).day) == (month, day)]
    keys = {(frame.day(row.at), row.title) for row in own}
    same = {key: [row for row in own if (frame.day(row.at), row.title) == key] for key in keys}
    return {key: (len(group), minutes(group)) for key, group in same.items()}


@often
@given(histories(), questions(), st.sampled_from([(10, 31), (2, 29), (12, 31), (1, 1)]))
def test_on_this_day(rows: list[Seen], question: Question, day: tuple[int, int]) -> None:
    asked, frame = question
    answer = insights.compute("on-this-day", plays=trakt_rows(rows), on=f"{day[0]:02d}-{day[1]:02d}", **asked)
    ours = {(row.on, row.key and row.key.removeprefix("slug:")): (row.plays, row.minutes) for row in answer.rows}
    assert ours == on_day(rows, frame, *day)
    assert len(ours) == len(answer.rows)
    assert [row.on for row in answer.rows] == sorted((row.on for row in answer.rows), reverse=True)
    assert answer.facts["years"] == len({on.year for on, _ in ours})
    assert [len(answer.plays_behind(row)) for row in answer.rows] == [row.plays for row in answer.rows]


def test_without_a_day_it_is_today() -> None:
    play = {
        "id": 1,
        "watched_at": "2022-05-24T20:00:00Z",
        "type": "movie",
        "movie": {"title": "Heat", "ids": {"trakt": 1}},
    }
    now = datetime.fromisoformat("2024-05-24T12:00:00Z")
    answer = insights.compute("on-this-day", plays=[play], now=now)
    assert [(row.name, row.years_ago) for row in answer.rows] == [("Heat", 2)]
    assert insights.compute("on-this-day", plays=[play], now=now.replace(day=23)).rows == ()
    assert [row.name for row in insights.compute("on-this-day", plays=[play]).rows] == ["Heat"]
    assert insights.compute("on-this-day", plays=[]).rows == ()


@pytest.mark.parametrize("on", ["02-30", "5-24", "2024-05-24", "'; --", 524])
def test_what_is_no_day_is_refused(on: Any) -> None:
    with pytest.raises(BadQuestion, match="day of the year"):
        insights.compute("on-this-day", plays=[], on=on)

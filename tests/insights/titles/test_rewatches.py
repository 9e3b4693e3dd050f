"""Rewatches equal a slow count: twice within its runtime is once, later the same day is a rewatch."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.insights.histories import histories, questions, trakt_rows
from tests.insights.reference import Frame, Seen, counted, minutes
from watchprint import insights

often = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@often
@given(histories(), questions(), st.integers(1, 3))
def test_rewatches(rows: list[Seen], question: tuple[dict[str, Any], Frame], limit: int) -> None:
    asked, frame = question
    answer = insights.compute("rewatches", plays=trakt_rows(rows), limit=limit, **asked)
    kept = [row for row in counted(rows, frame, axis=False, leaves=("duplicate",)) if row.title is not None]
    expected = []
    for named in {row.show or row.title for row in kept}:
        own = [row for row in kept if (row.show or row.title) == named]
        titles = {row.title for row in own}
        if len(own) > len(titles):
            each = [sum(row.title == title for row in own) for title in titles]
            name = own[0].name.split("|")[0]
            facts = (len(own), len(titles), sum(n > 1 for n in each), max(each), minutes(own))
            expected.append((-(len(own) - len(titles)), -len(own), name, named, facts))
    expected.sort()
    ours = [
        (row.key.removeprefix("slug:"), (row.plays, row.titles, row.repeated, row.most, row.minutes))
        for row in answer.rows
    ]
    assert ours == [(named, facts) for *_, named, facts in expected[:limit]]
    assert [row.repeats for row in answer.rows] == [row.plays - row.titles for row in answer.rows]
    assert [len(answer.plays_behind(row)) for row in answer.rows] == [row.plays for row in answer.rows]
    if kept:
        assert answer.facts["repeats"] == len(kept) - len({row.title for row in kept})


def test_within_its_runtime_is_once_and_later_the_same_day_is_twice() -> None:
    at = datetime(2024, 5, 1, 18, tzinfo=UTC)

    def film(number: int, hours: float) -> dict[str, Any]:
        of = {"title": "Heat", "ids": {"trakt": 1}, "runtime": 170}
        return {"id": number, "watched_at": at + timedelta(hours=hours), "type": "movie", "movie": of}

    assert insights.compute("rewatches", plays=[film(1, 0), film(2, 2)]).rows == ()
    [row] = insights.compute("rewatches", plays=[film(1, 0), film(2, 4)]).rows
    assert (row.name, row.plays, row.repeats) == ("Heat", 2, 1)

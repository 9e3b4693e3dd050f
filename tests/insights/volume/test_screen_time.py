"""Screen time equals a slow sum, and stands beside the period before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.insights.histories import histories, questions, trakt_rows
from tests.insights.reference import Frame, Seen, counted, coverage, minutes, window
from watchprint import insights

often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@often
@given(histories(), questions())
def test_screen_time(rows: list[Seen], question: tuple[dict[str, Any], Frame]) -> None:
    asked, frame = question
    answer = insights.compute("screen-time", plays=trakt_rows(rows), **asked)
    kept = counted(rows, frame, axis=True, leaves=("duplicate",))
    expected: list[tuple[Any, ...]] = []
    if kept:
        first, until = window(kept, frame)
        days = (until - first).days
        for kind in ("all", "movie", "episode"):
            if own := [row for row in kept if kind in ("all", row.kind)]:
                active = len({frame.day(row.at) for row in own})
                whole = minutes(own)
                expected.append((kind, whole, whole / days, whole / active, len(own), coverage(own), active))
    ours = [
        (r.kind, r.minutes, r.minutes_per_day, r.minutes_per_active_day, r.plays, r.coverage, r.active_days)
        for r in answer.rows
    ]
    assert ours == expected
    assert [len(answer.plays_behind(row)) for row in answer.rows] == [row.plays for row in answer.rows]


def test_the_last_thirty_days_beside_those_before() -> None:
    now = datetime(2024, 5, 31, 20, tzinfo=UTC)

    def film(number: int, days: int) -> dict[str, Any]:
        of = {"title": f"F{number}", "ids": {"trakt": number}, "runtime": 60}
        return {"id": number, "watched_at": now - timedelta(days=days), "type": "movie", "movie": of}

    answer = insights.compute("screen-time", plays=[film(1, 0), film(2, 29), film(3, 30)], now=now)
    assert answer.before is not None
    assert (answer.rows[0].minutes, answer.facts["window_days"]) == (120, 30)
    change = next(each for each in answer.before.changes if (each.of, each.column) == ({"kind": "all"}, "minutes"))
    assert (change.now, change.before, change.ratio) == (120, 60, 2)
    assert answer.rows[0].minutes_per_day == pytest.approx(4)
    alone = insights.compute("screen-time", plays=[film(1, 0)], now=now, compare=False)
    assert alone.before is None

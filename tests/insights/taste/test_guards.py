"""What is below its guard shows no row, says why, and still accounts for every play, whatever the history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.insights.histories import histories, questions, trakt_rows
from tests.insights.reference import Frame, Seen, counted
from watchprint import insights
from watchprint.insights import PlayRow, RatingRow

often = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
BEGAN = datetime(2022, 1, 1, 12, tzinfo=UTC)


@often
@given(histories(), questions())
def test_short_histories(rows: list[Seen], question: tuple[dict[str, Any], Frame]) -> None:
    asked, frame = question
    for name, axis, leaves in (("eras", True, ("duplicate", "bulk")), ("passport", False, ("duplicate",))):
        answer = insights.compute(name, plays=trakt_rows(rows), **asked)
        kept = counted(rows, frame, axis=axis, leaves=leaves)
        assert (answer.rows, answer.effects, answer.n) == ((), (), len(kept))
        assert "needed" in answer.notes[-1]
        left_out = [answer.plays_left_out(each.reason) for each in answer.left_out]
        assert [len(ids) for ids in left_out] == [each.plays for each in answer.left_out]


@pytest.mark.parametrize("name", ["critic", "hills"])
@pytest.mark.parametrize("count", [0, 1, 29])
def test_few_ratings(name: str, count: int) -> None:
    rows = [
        RatingRow(rated_at=BEGAN, rating=9, kind="movie", title=n, community_rating=7.0, community_votes=5)
        for n in range(count)
    ]
    answer = insights.compute(name, ratings=rows)
    assert answer.rows == ()
    assert answer.effects == ()
    assert f"{count} ratings" in answer.notes[-1]


def test_the_guards_are_met_exactly() -> None:
    own: dict[str, Any] = {"kind": "movie", "runtime_min": 90, "genres": ("drama",), "country": "us"}
    films = [PlayRow(id=n, watched_at=BEGAN + timedelta(days=n), title=n, **own) for n in range(20)]
    assert len(insights.compute("passport", plays=films).rows) == 2
    assert insights.compute("passport", plays=films[1:]).rows == ()
    rated = [RatingRow(rated_at=BEGAN, rating=9, kind="movie", title=n, community_rating=7.0) for n in range(30)]
    assert insights.compute("critic", ratings=rated).facts["bias"] == 2.0
    months = [PlayRow(id=n, watched_at=BEGAN + timedelta(days=3.5 * n), title=n, **own) for n in range(150)]
    answer = insights.compute("eras", plays=months)
    assert (answer.facts["active_months"], len(answer.rows)) == (18, 1)
    assert insights.compute("eras", plays=months[1:]).rows == ()


def test_the_period_before_stands_beside() -> None:
    own: dict[str, Any] = {"kind": "movie", "runtime_min": 90}
    plays = [
        PlayRow(id=n, watched_at=BEGAN + timedelta(days=12 * n), title=n, country="us" if n < 30 else "kr", **own)
        for n in range(60)
    ]
    answer = insights.compute("passport", plays=plays, period="2023", compare=True)
    assert answer.before is not None
    [change] = [each for each in answer.before.changes if each.of == {"period": "all"} and each.column == "titles"]
    assert (change.now, change.before) == (29, 31)

"""Each insight equals its slow reference on random histories."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.insights import reference
from tests.insights.histories import histories, judgements, questions, trakt_rows
from tests.insights.reference import Frame, Seen
from watchprint import insights

often = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
Question = tuple[dict[str, Any], Frame]


@often
@given(histories(), questions())
def test_totals(rows: list[Seen], question: Question) -> None:
    asked, frame = question
    answer = insights.compute("totals", plays=trakt_rows(rows), **asked)
    ours = [(row.kind, row.plays, row.watched, row.minutes, row.coverage) for row in answer.rows]
    assert ours == reference.totals(rows, frame)
    assert answer.n == len(reference.counted(rows, frame, axis=False, leaves=("duplicate",)))


@pytest.mark.parametrize("unit", ["year", "month", "week"])
@often
@given(histories(), questions())
def test_by(unit: str, rows: list[Seen], question: Question) -> None:
    asked, frame = question
    answer = insights.compute(f"by-{unit}", plays=trakt_rows(rows), **asked)
    ours = [(row.from_on, row.plays, row.titles, row.minutes, row.coverage, row.bulk) for row in answer.rows]
    assert ours == reference.by(rows, frame, unit)


@often
@given(histories(), questions())
def test_calendar(rows: list[Seen], question: Question) -> None:
    asked, frame = question
    answer = insights.compute("calendar", plays=trakt_rows(rows), **asked)
    ours = [(row.day, row.plays, row.minutes, row.bulk) for row in answer.rows]
    assert ours == reference.calendar(rows, frame)


@often
@given(histories(), questions())
def test_punch_card(rows: list[Seen], question: Question) -> None:
    asked, frame = question
    answer = insights.compute("punch-card", plays=trakt_rows(rows), **asked)
    ours = [(row.weekday, row.hour, row.plays, row.minutes) for row in answer.rows]
    assert ours == reference.punch_card(rows, frame)


@often
@given(histories(), questions(), st.integers(1, 4))
def test_streaks(rows: list[Seen], question: Question, limit: int) -> None:
    asked, frame = question
    answer = insights.compute("streaks", plays=trakt_rows(rows), limit=limit, **asked)
    ours = [(row.kind, row.from_on, row.to_on, row.days, row.plays, row.minutes, row.is_current) for row in answer.rows]
    assert ours == reference.streaks(rows, frame, limit)


@often
@given(
    histories(),
    questions(),
    st.sampled_from(["show", "movie", "genre", "genre", "country", "language", "network", "decade"]),
    st.sampled_from(["plays", "time", "titles"]),
    st.sampled_from(["mixed", "whole", "fractional"]),
    st.integers(1, 4),
)
def test_top(rows: list[Seen], question: Question, of: str, by: str, counting: str, limit: int) -> None:
    asked, frame = question
    plays = trakt_rows(rows)
    answer = insights.compute("top", plays=plays, of=of, by=by, counting=counting, limit=limit, **asked)
    ours = [
        (
            row.key.removeprefix("slug:"),
            row.name,
            row.plays,
            row.titles,
            row.minutes,
            row.coverage,
            row.first_on,
            row.last_on,
        )
        for row in answer.rows
    ]
    assert ours == reference.top(rows, frame, of, by, counting, limit)
    assert [row.rank for row in answer.rows] == list(range(1, len(ours) + 1))


@often
@given(judgements(), questions())
def test_ratings(rows: list[tuple[datetime | None, int, str]], question: Question) -> None:
    asked, frame = question
    given_rows = [{"rated_at": at, "rating": rating, "type": kind} for at, rating, kind in rows]
    answer = insights.compute("ratings", ratings=given_rows, **asked)
    ours = [(row.rating, row.ratings, row.movies, row.shows, row.seasons, row.episodes) for row in answer.rows]
    assert ours == reference.ratings(rows, frame)
    assert answer.n == sum(ratings for _, ratings, *_ in ours)


@often
@given(histories(), questions(), st.sampled_from(["totals", "by-month", "calendar", "punch-card", "top", "streaks"]))
def test_each_row_names_the_plays_behind_it(rows: list[Seen], question: Question, name: str) -> None:
    asked, _ = question
    answer = insights.compute(name, plays=trakt_rows(rows), **asked)
    for row in answer.rows:
        behind = answer.plays_behind(row)
        assert len(behind) == len(set(behind))
        if row.__struct_fields__[0] != "kind" or row.plays is not None:
            assert len(behind) == row.plays
    left_out = [answer.plays_left_out(each.reason) for each in answer.left_out]
    assert [len(ids) for ids in left_out] == [each.plays for each in answer.left_out]


@often
@given(histories(), questions(), st.sampled_from(["totals", "punch-card"]), st.sampled_from(["plays", "time"]))
def test_what_is_said_of_all(rows: list[Seen], question: Question, name: str, by: str) -> None:
    """How many plays stand behind an answer, what is known of them, and what is odd about them."""
    asked, frame = question
    axis = name == "punch-card"
    answer = insights.compute(name, plays=trakt_rows(rows), by=by, **asked)
    leaves = ("duplicate", "bulk") if axis else ("duplicate",)
    kept = reference.counted(rows, frame, axis=axis, leaves=leaves)
    assert answer.n == len(kept)
    undated = [row for row in rows if not row.dated]
    whole = kept + undated if axis or frame.bounded else kept
    known = {"watched_at": "dated", "runtime": "length", "title": "title"}
    assert answer.known == {
        name: sum(getattr(row, of) not in (None, False) for row in whole) / len(whole) if whole else None
        for name, of in known.items()
    }
    has = [row for row in whole if (row.length is not None if by == "time" else True)]
    has = [row for row in has if row.dated or not (axis or frame.bounded)]
    if by == "plays" and not (axis or frame.bounded):
        has = [row for row in has if row.title is not None]
    assert answer.coverage == (len(has) / len(whole) if whole else None)
    inside = {row.id for row in reference.counted(rows, frame, axis=False, leaves=())} | {row.id for row in undated}
    marked = {"duplicate": reference.duplicates(rows), "bulk": reference.bulk(rows, frame)}
    found = {"undated": len(undated), **{name: len(ids & inside) for name, ids in marked.items()}}
    assert answer.marked == found

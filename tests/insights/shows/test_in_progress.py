"""Shows in progress equal a slow count of what is watched, has aired, and is left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watchprint import insights
from watchprint.insights import PlayRow, TitleRow

often = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
EPISODE = st.tuples(
    st.sampled_from([0, 1, 1, 2]), st.integers(1, 3), st.none() | st.integers(-3, 3), st.none() | st.just(30)
)
SHOW = st.tuples(
    st.dictionaries(st.tuples(st.integers(0, 2), st.integers(1, 3)), EPISODE, max_size=6),
    st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3), st.none() | st.integers(1, 50)), max_size=6),
    st.none() | st.integers(0, 9), st.none() | st.just(45),
)  # fmt: skip


def key(show: int, season: int, number: int) -> str:
    return f"s{show}-{season}-{number}"


def rows(shows: list[Any]) -> tuple[list[PlayRow], list[TitleRow]]:
    plays: list[PlayRow] = []
    titles: list[TitleRow] = []
    for show, (listed, watched, aired, usual) in enumerate(shows):
        titles.append(TitleRow(kind="show", title=f"s{show}", name=f"S{show}", aired_episodes=aired, runtime_min=usual))
        for (season, number), (_, _, days, length) in listed.items():
            at = None if days is None else NOW + timedelta(days=days)
            place: dict[str, Any] = {"season": season, "number": number, "runtime_min": length}
            titles.append(
                TitleRow(kind="episode", title=key(show, season, number), show=f"s{show}", first_aired_at=at, **place)
            )
        for season, number, days in watched:
            at = None if days is None else NOW - timedelta(days=days)
            where: dict[str, Any] = {"season": season, "number": number, "title": key(show, season, number)}
            plays.append(PlayRow(id=len(plays), watched_at=at, kind="episode", show=f"s{show}", **where))
    return plays, titles


def slow(shows: list[Any]) -> dict[str, tuple[Any, ...]]:
    found = {}
    for show, (listed, watched, aired, usual) in enumerate(shows):
        seen = {(season, number) for season, number, _ in watched if season > 0}
        if not seen:
            continue
        out = {
            place: each[3]
            for place, each in listed.items()
            if place[0] > 0 and each[2] is not None and each[2] <= 0 and place not in seen
        }
        whole = max(aired or 0, len(out) + len(seen))
        left = whole - len(seen)
        if left <= 0:
            continue
        lengths = [length for length in out.values() if length is not None]
        mean = usual or (sum(lengths) / len(lengths) if lengths else None)
        unknown = left - len(lengths)
        minutes = round(sum(lengths) + unknown * mean) if mean else None if unknown else sum(lengths)
        later = sorted(place for place in out if place > max(seen)) or sorted(out)
        days = [days for season, _, days in watched if days is not None and season > 0]
        last = NOW - timedelta(days=min(days)) if days else None
        found[f"s{show}"] = (len(seen), whole, left, minutes, later[0] if later else None, last and last.date())
    return found


@often
@given(st.lists(SHOW, max_size=3))
def test_in_progress(shows: list[Any]) -> None:
    plays, titles = rows(shows)
    answer = insights.compute("in-progress", plays=plays, titles=titles, now=NOW)
    ours = {
        row.key: (
            row.watched, row.aired, row.left, row.minutes_left,
            None if row.next_season is None else (row.next_season, row.next_number), row.last_on,
        )
        for row in answer.rows
    }  # fmt: skip
    expected = slow(shows)
    assert ours == expected
    assert answer.facts["episodes_left"] == sum(each[2] for each in expected.values())
    assert answer.facts["minutes_left"] == sum(each[3] or 0 for each in expected.values())
    last = [row.last_on for row in answer.rows if row.last_on is not None]
    assert last == sorted(last, reverse=True)
    assert [len(answer.plays_behind(row)) for row in answer.rows] == [row.plays for row in answer.rows]
    by_time = insights.compute("time-left", plays=plays, titles=titles, now=NOW)
    times = [row.minutes_left for row in by_time.rows if row.minutes_left is not None]
    assert times == sorted(times)
    assert {row.key for row in by_time.rows} == set(expected)

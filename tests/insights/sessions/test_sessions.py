"""Sittings and grip equal slow references; the deep ones are told from the shallow."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.insights.histories import histories, questions, trakt_rows
from tests.insights.reference import Frame, Seen, counted, minutes
from watchprint import insights

often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
THOROUGH = int(os.environ.get("WATCHPRINT_EXAMPLES", "100")) >= 200
SEEDS = 200 if THOROUGH else 40
# Of 40 seeds the bounds are those that a true rate of 95 % (or 3 %) misses less than once in a thousand runs.
FOUND, FALSE = (180, 10) if THOROUGH else (33, 6)
Question = tuple[dict[str, Any], Frame]


def kept_in_order(rows: list[Seen], frame: Frame) -> list[Seen]:
    kept = counted(rows, frame, axis=True, leaves=("duplicate", "bulk"))
    return sorted(kept, key=lambda row: (row.at, row.id))


def began(row: Seen) -> datetime:
    at: datetime = row.at - timedelta(minutes=row.length or 0)
    return at


def sittings(rows: list[Seen], frame: Frame, gap_min: int) -> list[list[Seen]]:
    found: list[list[Seen]] = []
    for row in kept_in_order(rows, frame):
        if found and began(row) <= found[-1][-1].at + timedelta(minutes=gap_min):
            found[-1].append(row)
        else:
            found.append([row])
    return found


def episodes_of_one_show(sitting: list[Seen]) -> int:
    shows = {row.show for row in sitting if row.show is not None}
    return max((len({row.title for row in sitting if row.show == show}) for show in shows), default=0)


@often
@given(histories(), questions(), st.sampled_from([1, 45, 300]), st.sampled_from(["time", "plays"]), st.integers(1, 4))
def test_sessions(rows: list[Seen], question: Question, gap_min: int, by: str, limit: int) -> None:
    asked, frame = question
    answer = insights.compute("sessions", plays=trakt_rows(rows), gap_min=gap_min, by=by, limit=limit, **asked)
    found = sittings(rows, frame, gap_min)

    def order(sitting: list[Seen]) -> tuple[Any, ...]:
        first = -minutes(sitting) if by == "time" else -len(sitting)
        return (first, -minutes(sitting), -len(sitting), sitting[0].at)

    expected = [
        (
            [row.id for row in sitting],
            minutes(sitting),
            int((sitting[-1].at - min(began(row) for row in sitting)).total_seconds() // 60),
            frame.day(sitting[0].at),
            episodes_of_one_show(sitting),
        )
        for sitting in sorted(found, key=order)[:limit]
    ]
    ours = [(answer.plays_behind(row), row.minutes, row.span_min, row.on, row.episodes) for row in answer.rows]
    assert [each[:3] for each in ours] == [each[:3] for each in expected]
    assert [each[4] for each in ours] == [each[4] for each in expected]
    assert [row.plays for row in answer.rows] == [len(ids) for ids, *_ in expected]
    if not found:
        assert answer.rows == ()
        return
    assert answer.facts["sessions"] == len(found)
    assert answer.facts["binges"] == sum(episodes_of_one_show(sitting) >= 3 for sitting in found)
    assert answer.facts["median_plays"] == median(len(sitting) for sitting in found)
    counts = Counter(str(len(sitting)) for sitting in found)
    assert answer.facts["by_plays"] == counts


def band(frame: Frame, row: Seen) -> str:
    hour = frame.wall(row.at).hour
    return "night" if hour < 5 or hour >= 23 else "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"


@often
@given(histories(), questions(), st.integers(1, 4))
def test_grip(rows: list[Seen], question: Question, times: int) -> None:
    asked, frame = question
    many = [
        replace(row, id=row.id + 100 * n, at=row.at and row.at + timedelta(days=35 * n))
        for n in range(times)
        for row in rows
    ]
    answer = insights.compute("grip", plays=trakt_rows(many), **asked)
    kept = kept_in_order(many, frame)
    counts = {name: [0, 0] for name in ("morning", "afternoon", "evening", "night")}
    following: Seen | None
    for row, following in zip(kept, [*kept[1:], None], strict=False):
        if row.show is None or row.title is None:
            continue
        goes_on = (
            following is not None
            and following.show == row.show
            and following.title not in (None, row.title)
            and began(following) <= row.at + timedelta(minutes=30)
        )
        counts[band(frame, row)][0] += 1
        counts[band(frame, row)][1] += goes_on
    whole = sum(each[0] for each in counts.values())
    if whole < 20:
        assert answer.rows == ()
        assert "20 are needed" in answer.notes[-1]
        return
    assert [(row.band, row.episodes, row.continued) for row in answer.rows] == [(k, *v) for k, v in counts.items()]
    share = sum(each[1] for each in counts.values()) / whole
    for row in answer.rows:
        assert row.grip == pytest.approx((row.continued + 20 * share) / (row.episodes + 20))
        assert row.low <= row.grip <= row.high or share in (0, 1)
        assert len(answer.plays_behind(row)) == row.episodes


def bands(seed: int, at_night: float, else_: float) -> list[dict[str, Any]]:
    """A year's sittings, 500 episodes or a few more, each at a time of the day, of a length that is left to chance."""
    rng = np.random.default_rng([seed, 5])
    rows: list[dict[str, Any]] = []
    day = 0
    while len(rows) < 500:
        hour = int(rng.choice([8, 14, 19, 23], p=[0.15, 0.25, 0.38, 0.22]))
        at, day = datetime(2022, 1, 1, hour, 50, tzinfo=UTC) + timedelta(days=day), day + 1
        while True:
            number = len(rows) + 1
            episode = {"season": 1, "number": number, "ids": {"trakt": number}, "runtime": 22, "title": "x"}
            show = {"title": "Show", "ids": {"trakt": 9}}
            rows.append({"id": number, "watched_at": at, "type": "episode", "episode": episode, "show": show})
            if rng.random() >= (at_night if at.hour in {23, 0, 1, 2, 3, 4} else else_):
                break
            at += timedelta(minutes=22 + int(rng.integers(0, 25)))
    return rows


def test_a_part_of_the_day_with_more_grip_is_named_and_noise_names_none() -> None:
    told = [insights.compute("grip", plays=bands(seed, 0.6, 0.35)).facts["strongest"] for seed in range(SEEDS)]
    noise = [insights.compute("grip", plays=bands(seed, 0.40, 0.40)).facts["strongest"] for seed in range(SEEDS)]
    print("grip", told.count("night"), len(noise) - noise.count(None), SEEDS)
    assert told.count("night") >= FOUND, told
    assert len(noise) - noise.count(None) <= FALSE, noise


def evenings(days: int, at_once: int) -> list[dict[str, Any]]:
    """Evenings with so many episodes of one show, one after the other."""
    rows = []
    for day in range(days):
        for place in range(at_once):
            at = datetime(2023, 1, 1, 19, tzinfo=UTC) + timedelta(days=day, minutes=50 * place)
            number = day * at_once + place
            episode = {"season": 1, "number": number, "ids": {"trakt": number + 1}, "runtime": 45, "title": "x"}
            show = {"title": "Show", "ids": {"trakt": 9}}
            rows.append({"id": number, "watched_at": at, "type": "episode", "episode": episode, "show": show})
    return rows


def test_who_binges_is_told_from_who_does_not() -> None:
    deep, shallow = evenings(60, 7), evenings(200, 1)
    for name in ("sessions", "grip"):
        [effect] = insights.compute(name, plays=deep).effects
        assert effect.z > 3, effect
    assert insights.compute("sessions", plays=shallow).effects == ()
    [effect] = insights.compute("grip", plays=shallow).effects
    assert effect.z < -2
    assert insights.compute("sessions", plays=evenings(3, 5)).effects == ()

"""The lag from release to first viewing equals a slow count; a planted trend is found, noise is not taken for one."""

from __future__ import annotations

import math
import os
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.insights.reference import Frame, Seen, counted
from watchprint import insights
from watchprint.insights import PlayRow

often = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
BEGAN = datetime(2020, 1, 1, 12, tzinfo=UTC)
SEEDS = 200 if int(os.environ.get("WATCHPRINT_EXAMPLES", "100")) >= 200 else 60
PLAY = st.tuples(
    st.integers(0, 60),
    st.integers(0, 3000 * 24 * 60),
    st.sampled_from(["movie", "episode"]),
    st.none() | st.integers(-50, 5000),
    st.sampled_from([("drama",), ("crime", "drama"), ()]),
)


def lag_h(row: PlayRow, on: date) -> int | None:
    if row.kind == "episode":
        if row.first_aired_at is None or row.watched_at is None:
            return None
        return math.floor((row.watched_at - row.first_aired_at).total_seconds() / 3600)
    return None if row.released_on is None else (on - row.released_on).days * 24


@often
@given(st.lists(PLAY, min_size=30, max_size=80), st.sampled_from(["kind", "genre", "year"]))
def test_lags(given_plays: list[Any], of: str) -> None:
    plays = []
    known: dict[tuple[str, int], Any] = {}
    for number, (title, minutes, kind, *said) in enumerate(given_plays):
        aired, genres = known.setdefault((kind, title), said)
        out = None if aired is None else BEGAN + timedelta(hours=aired)
        facts: dict[str, Any] = {"first_aired_at": out} if kind == "episode" else {"released_on": out and out.date()}
        facts |= {"show": f"s{title}", "genres": genres} if kind == "episode" else {"genres": genres}
        at = BEGAN + timedelta(minutes=minutes)
        plays.append(PlayRow(id=number, watched_at=at, kind=kind, title=f"{kind}{title}", runtime_min=45, **facts))
    frame = Frame(((None, "UTC"),), 240)
    seen = [Seen(int(p.id), p.watched_at, p.kind, str(p.title), own_min=45) for p in plays]
    kept = {row.id for row in counted(seen, frame, axis=True, leaves=("duplicate", "bulk"))}
    firsts: dict[Any, PlayRow] = {}
    for play in sorted((p for p in plays if p.id in kept), key=lambda p: (p.watched_at, p.id)):
        firsts.setdefault(play.title, play)
    lags: dict[str, list[int]] = {}
    for play in firsts.values():
        assert play.watched_at is not None
        lag = lag_h(play, frame.day(play.watched_at))
        if lag is not None:
            values = {"kind": [play.kind], "genre": play.genres, "year": [f"{frame.day(play.watched_at).year}"]}[of]
            for value in (*values, "all"):
                lags.setdefault(value, []).append(lag)
    answer = insights.compute("premiere", plays=plays, of=of)
    if len(lags.get("all", ())) < 30:
        assert answer.rows == ()
        assert "too few" in answer.notes[-1]
        return
    expected = {}
    for value, found in lags.items():
        if len(found) >= 5 and value != "all":
            found.sort()
            quantiles = tuple(found[math.ceil(q * len(found) / 100) - 1] for q in (10, 25, 50, 75, 90))
            expected[value] = (len(found), sum(lag < 24 for lag in found), quantiles)
    ours = {
        row.value: (row.titles, row.within_a_day, (row.p10_h, row.p25_h, row.median_h, row.p75_h, row.p90_h))
        for row in answer.rows
    }
    assert ours == expected
    assert answer.facts["share"] == sum(lag < 24 for lag in lags["all"]) / len(lags["all"])
    assert [len(answer.plays_behind(row)) for row in answer.rows] == [row.titles for row in answer.rows]


def four_years(seed: int, first: float, last: float) -> list[PlayRow]:
    """Ten films a month, of which a share that changes evenly from first to last is watched on the day of release."""
    rng = np.random.default_rng(seed)
    plays = []
    for month in range(48):
        share = first + (last - first) * month / 47
        for place in range(10):
            at = BEGAN + timedelta(days=30 * month + 3 * place)
            at_once = rng.random() < share
            released = at - timedelta(days=0 if at_once else float(rng.exponential(400)) + 2)
            number = month * 10 + place
            plays.append(PlayRow(id=number, watched_at=at, kind="movie", title=number, released_on=released.date()))
    return plays


def test_a_trend_is_found_and_noise_is_none() -> None:
    told = [insights.compute("premiere", plays=four_years(seed, 0.1, 0.4)).facts["trend"] for seed in range(SEEDS)]
    noise = [insights.compute("premiere", plays=four_years(seed, 0.2, 0.2)).facts["trend"] for seed in range(SEEDS)]
    print("premiere", told.count("sooner"), SEEDS - noise.count("none"), SEEDS)
    assert sum(word == "sooner" for word in told) >= 0.9 * SEEDS, told
    assert sum(word != "none" for word in noise) <= 0.05 * SEEDS, noise


def test_who_chases_premieres_is_told() -> None:
    [effect] = insights.compute("premiere", plays=four_years(1, 0.7, 0.7)).effects
    assert effect.z > 3
    assert insights.compute("premiere", plays=four_years(1, 0.05, 0.05)).effects == ()

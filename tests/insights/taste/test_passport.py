"""The passport equals a slow count; figures at equal n equal the mean over every sample; a planted change is told."""

from __future__ import annotations

import math
import os
from collections import Counter
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.insights.reference import Frame, Seen, counted
from watchprint import insights
from watchprint.insights import PlayRow
from watchprint.insights.statistics.diversity import deviation, differ, rarefied

often = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
BEGAN = datetime(2020, 1, 1, 12, tzinfo=UTC)
THOROUGH = int(os.environ.get("WATCHPRINT_EXAMPLES", "100")) >= 200
SEEDS = 200 if THOROUGH else 30
FOUND, FALSE = (180, 10) if THOROUGH else (26, 4)
GENRES = [("drama",), ("crime", "drama"), ("comedy",), ()]
ZONES = ["UTC", "Australia/Lord_Howe", "America/Havana"]
NEW_YEAR = st.sampled_from([366, 731]).flatmap(lambda day: st.integers(day * 1440 - 2000, day * 1440 + 2000))
PLAY = st.tuples(
    st.integers(0, 45),
    st.none() | st.integers(0, 1000).map(lambda day: day * 1440) | NEW_YEAR,
    st.integers(0, 3),
    st.sampled_from([None, "us", "us", "gb", "kr"]),
)


def history(draws: list[Any]) -> list[PlayRow]:
    plays = []
    facts: dict[int, Any] = {}
    for number, (title, minutes, genres, country) in enumerate(draws):
        own: dict[str, Any] = facts.setdefault(title, {"genres": GENRES[genres], "country": country})
        at = None if minutes is None else BEGAN + timedelta(minutes=minutes)
        if title % 3 == 0:
            own = own | {"show": f"s{title}", "season": 1, "number": number}
        key = f"s{title}e{number}" if title % 3 == 0 else f"m{title}"
        kind = "episode" if title % 3 == 0 else "movie"
        plays.append(PlayRow(id=number, watched_at=at, kind=kind, title=key, runtime_min=45, **own))
    return plays


def values(play: PlayRow, of: str) -> tuple[str, ...]:
    return play.genres if of == "genre" else tuple(each for each in (play.country,) if each)


def hill(counts: list[int]) -> tuple[float, float]:
    shares = [count / sum(counts) for count in counts]
    return math.exp(-sum(share * math.log(share) for share in shares)), 1 / sum(share * share for share in shares)


@often
@given(st.lists(PLAY, min_size=30, max_size=90), st.sampled_from(["country", "genre"]), st.sampled_from(ZONES))
def test_years(draws: list[Any], of: str, zone: str) -> None:
    plays = history(draws)
    frame = Frame(((None, zone),), 240)
    seen = [Seen(int(p.id), p.watched_at, p.kind, str(p.title), own_min=45) for p in plays]
    kept = {row.id for row in counted(seen, frame, axis=False, leaves=("duplicate",))}
    plays = [play for play in plays if play.id in kept]
    bearing = [play for play in plays if values(play, of)]
    by_period: dict[str, list[PlayRow]] = {"all": bearing}
    for play in bearing:
        if play.watched_at is not None:
            by_period.setdefault(str(frame.day(play.watched_at).year), []).append(play)
    answer = insights.compute("passport", plays=history(draws), of=of, zone=zone)
    titles = {period: {unit(play): values(play, of) for play in own} for period, own in by_period.items()}
    assert answer.facts["titles"] == len(titles["all"])
    assert answer.facts["titles_without_value"] == len({unit(play) for play in plays} - set(titles["all"]))
    assert answer.coverage == len(bearing) / len(plays)
    if len(titles["all"]) < 20:
        assert answer.rows == ()
        assert "too few" in answer.notes[-1]
        return
    counts = {period: Counter(value for own in of_.values() for value in own) for period, of_ in titles.items()}
    years = sorted(set(titles) - {"all"})
    enough = [period for period in years if len(titles[period]) >= 10]
    equal = min((sum(counts[period].values()) for period in enough), default=None)
    assert answer.facts["rarefied_to"] == equal
    assert [row.period for row in answer.rows] == ["all", *years]
    for row in answer.rows:
        own = counts[row.period]
        before = {value for year in years if year < row.period != "all" for value in counts[year]}
        assert (row.titles, row.plays) == (len(titles[row.period]), len(by_period[row.period]))
        assert (row.values, row.new_values) == (len(own), len(set(own) - before))
        assert (row.hill1, row.hill2) == pytest.approx(hill([*own.values()]), abs=1e-9)
        assert (row.rarefied1 is None) == (equal is None or row.period not in {"all", *enough})
        if row.rarefied1 is not None and sum(own.values()) == equal:
            assert (row.rarefied1, row.rarefied2) == pytest.approx((row.hill1, row.hill2), abs=1e-9)
        assert {*answer.plays_behind(row)} == {play.id for play in by_period[row.period]}
    halves(answer.facts, by_period["all"], of)


def unit(play: PlayRow) -> Any:
    return play.show if play.show is not None else play.title


def halves(facts: dict[str, Any], bearing: list[PlayRow], of: str) -> None:
    """What is told of the halves is what is told of these counts."""
    firsts: dict[Any, PlayRow] = {}
    for play in sorted((each for each in bearing if each.watched_at), key=lambda each: (each.watched_at, each.id)):
        firsts.setdefault(unit(play), play)
    order = sorted(firsts.values(), key=lambda play: play.watched_at or BEGAN)
    half = len(order) // 2
    if half and half < len(order) and order[half - 1].watched_at == order[half].watched_at:
        return  # of two at one time it is the loaded order that decides
    early, late = (
        Counter(value for play in part for value in values(play, of)) for part in (order[:half], order[half:])
    )
    names = sorted({value for play in bearing for value in values(play, of)})
    p, _ = differ([early[name] for name in names], [late[name] for name in names])
    assert facts["lately_p"] == p


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=4).filter(lambda counts: sum(counts) <= 10), st.data())
def test_equal_n_is_the_mean_over_every_sample(counts: list[int], data: st.DataObject) -> None:
    members = [value for value, count in enumerate(counts) for _ in range(count)]
    n = data.draw(st.integers(1, len(members)))
    samples = [Counter(sample) for sample in combinations(members, n)]
    frequency = Counter(count for sample in samples for count in sample.values())
    expected = {times: Fraction(many, len(samples)) for times, many in frequency.items()}
    entropy = -sum(float(many) * times / n * math.log(times / n) for times, many in expected.items())
    crowding = sum(many * Fraction(times, n) ** 2 for times, many in expected.items())
    assert rarefied(counts, n) == pytest.approx((math.exp(entropy), float(1 / crowding)), abs=1e-9)


def test_the_deviation_is_that_of_many_samples() -> None:
    rng = np.random.default_rng(5)
    drawn = [hill([int(each) for each in rng.multinomial(400, [0.5, 0.3, 0.15, 0.05])])[0] for _ in range(600)]
    assert deviation([200, 120, 60, 20]) / math.sqrt(400) == pytest.approx(float(np.std(drawn)), rel=0.12)


def countries(seed: int, before: float, after: float) -> list[PlayRow]:
    """A hundred and sixty films, of which so large a share comes from one country in the earlier and the later half."""
    rng = np.random.default_rng(seed)
    plays = []
    for number in range(160):
        home = rng.random() < (before if number < 80 else after)
        country = "us" if home else str(rng.choice(["gb", "kr", "fr", "de", "jp"]))
        at = BEGAN + timedelta(days=8 * number)
        plays.append(PlayRow(id=number, watched_at=at, kind="movie", title=number, country=country, runtime_min=90))
    return plays


def test_a_change_is_told_and_noise_is_none() -> None:
    told = [insights.compute("passport", plays=countries(seed, 0.85, 0.5)).facts["lately"] for seed in range(SEEDS)]
    noise = [insights.compute("passport", plays=countries(seed, 0.7, 0.7)).facts["lately"] for seed in range(SEEDS)]
    print("passport", told.count("wider"), len(noise) - noise.count("none"), SEEDS)
    assert told.count("wider") >= FOUND, told
    assert sum(word != "none" for word in noise) <= FALSE, noise


def test_who_travels_far_is_told() -> None:
    rng = np.random.default_rng(3)
    plays = [
        PlayRow(id=n, watched_at=BEGAN + timedelta(days=n), kind="movie", title=n, country=f"c{rng.integers(12)}")
        for n in range(200)
    ]
    [effect] = insights.compute("passport", plays=plays).effects
    assert effect.z > 3
    assert "where 4 are usual" in effect.sentence
    assert insights.compute("passport", plays=countries(1, 0.95, 0.95)).effects == ()
    assert insights.compute("passport", plays=plays, of="genre").effects == ()

"""The critic's fingerprint and its hills equal a slow count; a planted liking is told, noise is not."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.special import stdtr

from watchprint import insights
from watchprint.insights import RatingRow, TitleRow
from watchprint.insights.statistics.offsets import offsets

often = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
BEGAN = datetime(2022, 1, 1, 12, tzinfo=UTC)
THOROUGH = int(os.environ.get("WATCHPRINT_EXAMPLES", "100")) >= 200
SEEDS = 200 if THOROUGH else 30
FOUND, FALSE = (180, 10) if THOROUGH else (26, 4)
GENRES = [("drama",), ("drama", "crime"), ("comedy",), ("crime",), ()]
GIVEN = st.tuples(
    st.integers(1, 10), st.sampled_from([None, 0.0, 5.5, 6.123, 7.0, 7.4567, 8.25]),
    st.sampled_from([0, 1, 20, 3000, None]), st.integers(0, 4), st.sampled_from([True, False, None]),
    st.sampled_from([None, 1987, 1994, 2003]),
)  # fmt: skip


def rows_of(given_: list[Any]) -> list[RatingRow]:
    rows = []
    for number, (own, community, votes, genres, then, year) in enumerate(given_):
        facts: dict[str, Any] = {"community_rating": community, "community_votes": votes, "at_rating_time": then}
        facts |= {"genres": GENRES[genres], "year": year, "name": f"N{number}"}
        at = BEGAN + timedelta(days=number)
        rows.append(RatingRow(rated_at=at, rating=own, kind="movie", title=f"t{number}", **facts))
    return rows


def known(row: RatingRow) -> bool:
    """Where nobody has voted Trakt says 0."""
    return bool(row.community_rating) and row.community_votes != 0


def hundredths(row: RatingRow) -> Fraction:
    return Fraction(math.floor((row.community_rating or 0) * 100 + 0.5), 100)


def values(row: RatingRow, of: str) -> tuple[str, ...]:
    if of == "genre":
        return row.genres
    return () if row.year is None else (str(row.year // 10 * 10),)


def total(numbers: Iterable[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0))


def mean(numbers: list[Fraction]) -> Fraction:
    return total(numbers) / len(numbers)


@often
@given(st.lists(GIVEN, min_size=25, max_size=60), st.sampled_from(["genre", "decade"]))
def test_offsets(given_: list[Any], of: str) -> None:
    rows = rows_of(given_)
    judged = [row for row in rows if known(row)]
    answer = insights.compute("critic", ratings=rows, of=of)
    today = sum(row.at_rating_time is not True for row in judged)
    assert answer.facts["ratings_without_community"] == len(rows) - len(judged)
    assert (answer.facts["ratings"], answer.facts["ratings_beside_today"]) == (len(judged), today)
    assert answer.coverage == len(judged) / len(rows)
    assert any("not known" in note and f"{today} of" in note for note in answer.notes) == (today > 0)
    if len(judged) < 30:
        assert answer.rows == ()
        assert "too few" in answer.notes[-1]
        return
    apart = {row.title: row.rating - hundredths(row) for row in judged}
    whole = mean(list(apart.values()))
    variance = total((each - whole) ** 2 for each in apart.values()) / (len(judged) - 1)
    assert answer.facts["bias"] == pytest.approx(float(whole), abs=1e-9)
    line(judged, answer.facts)
    met = {value for row in judged for value in values(row, of)}
    groups = {value: [row for row in judged if value in values(row, of)] for value in met}
    groups = {value: members for value, members in groups.items() if len(members) >= 5}
    raw = {value: mean([apart[row.title] for row in members]) - whole for value, members in groups.items()}
    noise = {value: variance / len(own) * (1 - Fraction(len(own), len(judged))) for value, own in groups.items()}
    counts = {value: each for value, each in noise.items() if each > 0}
    beyond = total(raw[value] ** 2 / each for value, each in counts.items()) - len(counts)
    between = max(Fraction(0), beyond / (total(1 / each for each in counts.values()) or 1))
    assert {row.value for row in answer.rows} == set(groups)
    for row in answer.rows:
        members, chance = groups[row.value], noise[row.value]
        kept = between / (between + chance) if chance else Fraction(0)
        own, community = mean([Fraction(each.rating) for each in members]), mean([*map(hundredths, members)])
        expected = (Fraction(len(members)), own, community)
        assert (row.ratings, row.own, row.community) == pytest.approx(tuple(map(float, expected)), abs=1e-9)
        expected = (raw[row.value], raw[row.value] * kept, chance)
        assert (row.offset, row.offset_shrunk, row.error**2) == pytest.approx(tuple(map(float, expected)), abs=1e-9)
        assert row.told == (bool(chance) and by_chance(raw[row.value], chance, len(judged)) * len(groups) < 0.04)
        assert len(answer.plays_behind(row)) == row.ratings
    assert [row.offset_shrunk for row in answer.rows] == sorted(
        (row.offset_shrunk for row in answer.rows), reverse=True
    )


def by_chance(offset: Fraction, variance: Fraction, n: int) -> float:
    return 2 * float(stdtr(n - 1, -abs(float(offset)) / math.sqrt(variance)))


def line(judged: list[RatingRow], facts: dict[str, Any]) -> None:
    """Least squares of own on community, by its sums."""
    xs, ys = [hundredths(row) for row in judged], [Fraction(row.rating) for row in judged]
    spread = sum((x - mean(xs)) ** 2 for x in xs)
    if not spread:
        assert facts["slope"] is None
        return
    slope = sum((x - mean(xs)) * (y - mean(ys)) for x, y in zip(xs, ys, strict=True)) / spread
    start = mean(ys) - slope * mean(xs)
    left = sum((y - start - slope * x) ** 2 for x, y in zip(xs, ys, strict=True)) / (len(judged) - 2)
    errors = math.sqrt(left / spread), math.sqrt(left * (Fraction(1, len(judged)) + mean(xs) ** 2 / spread))
    found = [facts[name] for name in ("slope", "intercept", "slope_error", "intercept_error")]
    assert found == pytest.approx([float(slope), float(start), *errors], abs=1e-9)


@often
@given(st.lists(GIVEN, min_size=28, max_size=60), st.integers(1, 4))
def test_hills(given_: list[Any], limit: int) -> None:
    rows = rows_of(given_)
    judged = [row for row in rows if known(row) and row.community_votes]
    answer = insights.compute("hills", ratings=rows, limit=limit)
    assert answer.facts["ratings_without_community"] == len(rows) - len(judged)
    assert answer.coverage == len(judged) / len(rows)
    if len(judged) < 30:
        assert answer.rows == ()
        assert "too few" in answer.notes[-1]
        return
    heights = {row.title: height(row) for row in judged}
    later = {row.title: row.rated_at or BEGAN for row in judged}
    over = sorted(heights, key=lambda key: (heights[key], later[key]), reverse=True)[:limit]
    under = sorted(heights, key=lambda key: (-heights[key], later[key]), reverse=True)[:limit]
    expected = [("over", place, key) for place, key in enumerate(over, 1) if heights[key] > 0]
    expected += [("under", place, key) for place, key in enumerate(under, 1) if heights[key] < 0]
    assert [(row.side, row.rank, row.key) for row in answer.rows] == expected
    for row in answer.rows:
        assert row.height == pytest.approx(heights[row.key], abs=1e-6)
        assert answer.plays_behind(row) == [f"movie {row.key}"]


def height(row: RatingRow) -> float:
    return (row.rating - (row.community_rating or 0)) * math.log(row.community_votes or 1)


def test_few_votes_make_no_hill() -> None:
    own = [(5, 6.0, 100, 0, True, 1990)] * 30
    rows = rows_of([*own, (10, 1.0, 1, 0, True, 1990), (10, 8.0, 100_000, 0, True, 1990)])
    answer = insights.compute("hills", ratings=rows, limit=3)
    assert [row.key for row in answer.rows if row.side == "over"] == ["t31"]
    assert not answer.notes


def test_of_equals_the_latest_stands_first() -> None:
    rows = rows_of([(own, 6.0, 100, 0, True, 1990) for own in (9, 3) for _ in range(15)])
    answer = insights.compute("hills", ratings=rows, limit=2)
    assert [(row.side, row.key) for row in answer.rows] == [
        ("over", "t14"),
        ("over", "t13"),
        ("under", "t29"),
        ("under", "t28"),
    ]


def test_ratings_of_shows_and_episodes_count_by_their_show() -> None:
    titles = [TitleRow(kind="show", title="s", show="s", name="S", genres=("crime",), community_rating=8.0)]
    rows = [RatingRow(rated_at=BEGAN, rating=9, kind="show", show="s", community_rating=8.0, genres=("crime",))]
    for number in range(30):
        at = BEGAN + timedelta(days=number)
        where: dict[str, Any] = {"season": 1, "number": number, "community_rating": 7.5}
        rows.append(RatingRow(rated_at=at, rating=7, kind="episode", title=f"e{number}", show="s", **where))
    [row] = insights.compute("critic", ratings=rows, titles=titles).rows
    assert (row.value, row.ratings, row.offset) == ("crime", 31, pytest.approx(0.0))


def critic(seed: int, liked: float, *, bias: float = 0.0, slope: float = 1.0) -> list[RatingRow]:
    """Two hundred ratings of five genres, forty each, of which horror is liked so many points better."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(200):
        genre = ["horror", "drama", "comedy", "crime", "western"][number % 5]
        community = float(np.clip(rng.normal(6.5, 0.8), 2, 9.5))
        own = 6.5 + slope * (community - 6.5) + bias + liked * (genre == "horror") + rng.normal(0, 1.3)
        facts: dict[str, Any] = {"community_rating": community, "community_votes": 900, "genres": (genre,)}
        at = BEGAN + timedelta(days=number)
        rated = int(np.clip(round(own), 1, 10))
        rows.append(RatingRow(rated_at=at, rating=rated, kind="movie", title=number, at_rating_time=True, **facts))
    return rows


def test_a_liking_is_told_and_noise_is_none() -> None:
    told = [insights.compute("critic", ratings=critic(seed, 1.2)).facts["liked_better"] for seed in range(SEEDS)]
    facts = [insights.compute("critic", ratings=critic(seed, 0)).facts for seed in range(SEEDS)]
    noise = sum(bool(each["liked_better"] or each["liked_less"]) for each in facts)
    found = sum("horror" in liked for liked in told)
    print("critic", found, noise, SEEDS)
    assert found >= FOUND
    assert noise <= FALSE


def test_shrunk_offsets_are_nearer_to_the_truth() -> None:
    rng = np.random.default_rng(7)
    raw_error = shrunk_error = 0.0
    for _ in range(20):
        truth = rng.normal(0, 0.4, 12)
        sizes = rng.integers(5, 40, 12)
        drawn = [rng.normal(value, 1.5, size) for value, size in zip(truth, sizes, strict=True)]
        flat = np.concatenate(drawn)
        groups = [(len(each), float(each.sum())) for each in drawn]
        found = offsets(groups, len(flat), float(flat.mean()), float(flat.var(ddof=1)))
        middle = float(np.average(truth, weights=sizes))
        raw_error += sum((each.raw - value + middle) ** 2 for each, value in zip(found, truth, strict=True))
        shrunk_error += sum((each.shrunk - value + middle) ** 2 for each, value in zip(found, truth, strict=True))
    assert shrunk_error < 0.8 * raw_error


def test_who_judges_unlike_others_is_told() -> None:
    z = {}
    people = {"harsh": {"bias": -3.2}, "contrarian": {"slope": -1.0}, "lover": {"liked": 2.2}, "usual": {}}
    for name, trait in people.items():
        answer = insights.compute("critic", ratings=critic(3, trait.pop("liked", 0.0), **trait))
        z[name] = {effect.trait: effect.z for effect in answer.effects}
        if name == "harsh":
            assert answer.effects[0].sentence.startswith("You rate harshly: 3.")
    assert z["harsh"]["generous"] < -3
    assert z["contrarian"]["contrarian"] < -3
    assert z["lover"]["crush"] > 3
    assert all(abs(each) < 2 for each in z["usual"].values())

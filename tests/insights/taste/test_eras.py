"""Eras of taste equal a slow count, and their cuts an exhaustive search; a planted era is found, noise is none."""

from __future__ import annotations

import math
import os
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.insights.reference import Frame, Seen, counted
from watchprint import insights
from watchprint.insights import PlayRow
from watchprint.insights.statistics.changes import changes, costs
from watchprint.insights.statistics.logodds import weighted_log_odds

often = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
BEGAN = datetime(2020, 1, 1, 12, tzinfo=UTC)
THOROUGH = int(os.environ.get("WATCHPRINT_EXAMPLES", "100")) >= 200
SEEDS = 200 if THOROUGH else 30
# Of 30 seeds the bounds are those that a true rate of 95 % (or 3 %) misses less than once in a thousand runs.
FOUND, FALSE = (180, 10) if THOROUGH else (25, 5)
ZONES = ["UTC", "Australia/Lord_Howe", "America/Havana"]
GENRES = [("drama",), ("crime", "drama"), ("comedy",), ("anime", "comedy"), ()]


def first_of(day: date) -> date:
    return day.replace(day=1)


def entropy(shares: Sequence[float]) -> float:
    return -sum(share * math.log(share) for share in shares if share > 0)


def cost(rows: Sequence[Sequence[float]]) -> float:
    """How far rows of shares lie from their mean: the sum of their Kullback-Leibler divergences."""
    mean = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    return sum(
        share * math.log(share / middle) for row in rows for share, middle in zip(row, mean, strict=True) if share > 0
    )


def history(draws: list[tuple[int, int, int, int]]) -> list[PlayRow]:
    """Plays as (title, minutes since the last, genres, length)."""
    plays, at = [], BEGAN
    facts: dict[int, Any] = {}
    for number, (title, gap, genres, length) in enumerate(draws):
        at += timedelta(minutes=gap)
        of, runtime = facts.setdefault(title, (GENRES[genres], length or None))
        known: dict[str, Any] = {"genres": of, "runtime_min": runtime, "country": "us" if title % 3 else None}
        if title % 2:
            known |= {"show": f"s{title}", "show_name": f"S{title}", "season": 1, "number": number + 1}
        key = f"t{title}e{number}" if title % 2 else f"t{title}"
        kind = "episode" if title % 2 else "movie"
        plays.append(PlayRow(id=number, watched_at=at, kind=kind, title=key, name=f"N{title}", **known))
    return plays


PLAY = st.tuples(
    st.integers(0, 15), st.sampled_from([0, 30, 1440, 4000, 9000, 9000, 12000, 40000]), st.integers(0, 4),
    st.sampled_from([0, 25, 45, 100]),
)  # fmt: skip


def unit(play: PlayRow) -> Any:
    return play.show if play.show is not None else play.title


def values(play: PlayRow, of: str) -> list[tuple[str, str]]:
    genres = [("genre", genre) for genre in play.genres] if of in {"all", "genre"} else []
    country = [("country", play.country)] if play.country and of in {"all", "country"} else []
    return genres + country


def spent_in(plays: Sequence[PlayRow], of: str) -> dict[tuple[str, str], Fraction]:
    """The minutes of plays by attribute and value, a title with several genres shared out."""
    found: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for play in plays:
        own = values(play, of)
        for attribute, value in own:
            of_attribute = sum(each == attribute for each, _ in own)
            found[attribute, value] += Fraction(play.runtime_min or 0, of_attribute)
    return found


@often
@given(
    st.lists(PLAY, min_size=150, max_size=170),
    st.sampled_from(["all", "genre", "country"]),
    st.integers(0, 2),
    st.sampled_from(ZONES),
)
def test_eras(draws: list[tuple[int, int, int, int]], of: str, turn: int, zone: str) -> None:
    half = len(draws) // 2
    moved = [(title + 16 * turn, gap, (genres + turn) % 5, length) for title, gap, genres, length in draws[half:]]
    plays = history(draws[:half] + moved)
    seen = [Seen(int(p.id), p.watched_at, p.kind, str(p.title), own_min=p.runtime_min) for p in plays]
    frame = Frame(((None, zone),), 240)
    kept = {row.id for row in counted(seen, frame, axis=True, leaves=("duplicate", "bulk"))}
    plays = [play for play in plays if play.id in kept]
    by_month: dict[date, list[PlayRow]] = {}
    for play in plays:
        by_month.setdefault(first_of(frame.day(play.watched_at or BEGAN)), []).append(play)
    answer = insights.compute("eras", plays=history(draws[:half] + moved), of=of, zone=zone)
    whole = spent_in(plays, of)
    assert (answer.facts["active_months"], answer.facts["dated_plays"]) == (len(by_month), len(plays))
    if len(by_month) < 18 or len(plays) < 150 or not sum(whole.values()):
        assert answer.rows == ()
        assert "needed" in answer.notes[-1]
        return
    months = sorted(by_month)
    eras = [[month for month in months if row.from_on <= month <= row.to_on] for row in answer.rows]
    assert [month for era in eras for month in era] == months
    assert all(len(era) >= 6 for era in eras)
    for row, era in zip(answer.rows, eras, strict=True):
        inside = [play for month in era for play in by_month[month]]
        outside = [play for month in months if month not in era for play in by_month[month]]
        length = sum(play.runtime_min or 0 for play in inside)
        assert (row.months, row.plays, row.minutes) == (len(era), len(inside), length)
        assert row.from_on == era[0]
        assert first_of(row.to_on) == era[-1]
        assert first_of(row.to_on + timedelta(days=1)) != era[-1]
        assert {int(number) for number in answer.plays_behind(row)} == {play.id for play in inside}
        if len(answer.rows) > 1:
            marked(row, spent_in(inside, of), spent_in(outside, of))
            assert row.opened_by_key == opening(row, inside, plays, frame)
    assert sum(row.plays for row in answer.rows) == len(plays) == answer.n


def marked(row: Any, inside: dict[Any, Fraction], outside: dict[Any, Fraction]) -> None:
    """The era's mark is the value with the highest log-odds in it, and its shares are right."""
    found = {}
    for column in {**inside, **outside}:
        here, there = (
            {value: float(spent) / 60 for (of, value), spent in part.items() if of == column[0]}
            for part in (inside, outside)
        )
        z = log_odds(here, there, column[1])
        if z is not None and z > 0:
            found[column] = z, share(here, column[1]), share(there, column[1])
    best = max(z for z, *_ in found.values())
    assert (row.log_odds_z, row.share, row.share_outside) == pytest.approx(found[row.of, row.value], abs=1e-5)
    assert row.log_odds_z == pytest.approx(best, abs=1e-5)


def share(part: dict[str, float], value: str) -> float:
    return part.get(value, 0.0) / sum(part.values()) if sum(part.values()) else 0.0


def log_odds(part: dict[str, float], rest: dict[str, float], value: str) -> float | None:
    """As Monroe, Colaresi and Quinn write it, with a prior of 20 hours shared out as in the whole."""
    y_i, y_j, n_i, n_j = part.get(value, 0.0), rest.get(value, 0.0), sum(part.values()), sum(rest.values())
    if not 0 < y_i + y_j < n_i + n_j:
        return None
    a = 20 * (y_i + y_j) / (n_i + n_j)
    delta = math.log((y_i + a) / (n_i + 20 - y_i - a)) - math.log((y_j + a) / (n_j + 20 - y_j - a))
    return delta / math.sqrt(1 / (y_i + a) + 1 / (y_j + a))


def opening(row: Any, inside: list[PlayRow], plays: list[PlayRow], frame: Frame) -> str:
    """The first title with the mark that was new in the month it came up; else the first with the mark."""
    bearing = [play for play in inside if (row.of, row.value) in values(play, "all")]
    bearing.sort(key=lambda play: (play.watched_at, play.id))
    earlier = {unit(play) for play in plays if play.watched_at and frame.day(play.watched_at) < row.from_on}
    new = [play for play in bearing if unit(play) not in earlier]
    return str(unit((new or bearing)[0]))


@often
@given(st.lists(st.lists(st.integers(1, 9), min_size=3, max_size=3), min_size=6, max_size=14), st.data())
def test_cuts_are_the_cheapest(counts: list[list[int]], data: st.DataObject) -> None:
    turn = data.draw(st.integers(0, len(counts)))
    counts = [row if place < turn else [row[2] * 9, row[1], 1] for place, row in enumerate(counts)]
    shares = [[count / sum(row) for count in row] for row in counts]
    found = changes(np.asarray(shares), fewest=2)
    table = costs(np.asarray(shares))
    n = len(shares)

    def total(ends: tuple[int, ...]) -> float:
        return sum(cost(shares[start:end]) for start, end in zip((0, *ends[:-1]), ends, strict=True))

    assert table[0, n] == pytest.approx(cost(shares), abs=1e-9)
    assert table[1, n - 1] == pytest.approx(cost(shares[1 : n - 1]), abs=1e-9)
    assert found.gain == pytest.approx(max(total((n,)) - total((cut, n)) for cut in range(2, n - 1)), abs=1e-9)
    every = [
        (*cuts, n)
        for many in range(n // 2)
        for cuts in combinations(range(2, n - 1), many)
        if all(b - a >= 2 for a, b in pairwise(cuts))
    ]
    cheapest = min(total(ends) + found.penalty * (len(ends) - 1) for ends in every)
    assert total(found.ends) + found.penalty * (len(found.ends) - 1) == pytest.approx(cheapest, abs=1e-9)


def test_log_odds_by_hand() -> None:
    found = weighted_log_odds({"a": 30.0, "b": 10.0}, {"a": 10.0, "b": 50.0})
    assert found["a"] == pytest.approx(log_odds({"a": 30.0, "b": 10.0}, {"a": 10.0, "b": 50.0}, "a"))
    assert found["a"] == pytest.approx(-found["b"], abs=2)
    assert found["a"] > 4 > 0 > found["b"]


def months_of_watching(seed: int, before: float, after: float) -> list[PlayRow]:
    """Forty months of fifteen plays: films, and shows of eight episodes, each with a genre and a country by chance."""
    rng = np.random.default_rng(seed)
    plays: list[PlayRow] = []
    title = 0
    while len(plays) < 600:
        liked = before if len(plays) < 300 else after
        genre = "crime" if rng.random() < liked else str(rng.choice(["drama", "comedy", "action", "documentary"]))
        facts: dict[str, Any] = {"genres": (genre,), "country": str(rng.choice(["us", "us", "gb", "kr"]))}
        facts |= {"year": int(rng.integers(1980, 2020)), "name": f"N{title}"}
        episodes = 8 if rng.random() < 0.3 else 1
        if episodes > 1:
            facts |= {"show": f"s{title}", "network": str(rng.choice(["HBO", "BBC", "tvN"]))}
        for episode in range(episodes):
            at = BEGAN + timedelta(days=len(plays) * 40 * 30.4 / 600)
            own: dict[str, Any] = {
                "kind": "movie" if episodes == 1 else "episode",
                "runtime_min": 100 if episodes == 1 else 45,
            }
            plays.append(PlayRow(id=len(plays), watched_at=at, title=f"t{title}e{episode}", **own, **facts))
        title += 1
    return plays


def test_an_era_is_found_and_noise_is_none() -> None:
    turned = BEGAN.date() + timedelta(days=round(20 * 30.4))
    found = strong = 0
    for seed in range(SEEDS):
        answer = insights.compute("eras", plays=months_of_watching(seed, 0.1, 0.7))
        rows = answer.rows
        near = any(abs((row.from_on - turned).days) <= 92 for row in rows[1:])
        found += near and (rows[-1].of, rows[-1].value) == ("genre", "crime")
        strong += bool(answer.effects) and answer.effects[0].z > 3
    noise = [insights.compute("eras", plays=months_of_watching(seed, 0.2, 0.2)).facts["eras"] for seed in range(SEEDS)]
    print("eras", found, strong, sum(eras > 1 for eras in noise), SEEDS)
    assert found >= FOUND
    assert strong >= FOUND
    assert sum(eras > 1 for eras in noise) <= FALSE, noise


def test_the_title_that_opened_an_era_was_new_then() -> None:
    """A show of the era before goes on into the next; what opens that is the first new title, not the first play."""
    plays: list[PlayRow] = []

    def watched(day: float, title: str, genre: str, *, show: str | None = None) -> None:
        at, kind = BEGAN + timedelta(days=day), "movie" if show is None else "episode"
        own: dict[str, Any] = {"name": title, "show": show, "show_name": show, "genres": (genre,), "runtime_min": 100}
        plays.append(PlayRow(id=len(plays), watched_at=at, kind=kind, title=title, **own))

    for number in range(120):
        watched(5 * number, f"drama {number}", "drama")
    watched(300, "old 1", "crime", show="Old")
    for number in range(120):
        watched(610 + 5 * number, f"crime {number + 2}", "crime")
    watched(609.6, "old 2", "crime", show="Old")
    watched(609.8, "crime 1", "crime")
    watched(609.9, "a crime", "crime")
    first, second = insights.compute("eras", plays=plays, of="genre").rows
    assert (first.value, first.opened_by) == ("drama", "drama 0")
    assert (second.value, second.opened_by, second.from_on) == ("crime", "crime 1", date(2021, 9, 1))


def test_an_answer_stays_the_same() -> None:
    plays = months_of_watching(1, 0.1, 0.7)
    assert insights.compute("eras", plays=plays).rows == insights.compute("eras", plays=plays).rows


def test_without_a_runtime_nothing_is_told() -> None:
    plays = [PlayRow(id=n, watched_at=BEGAN + timedelta(days=4 * n), kind="movie", title=n) for n in range(160)]
    answer = insights.compute("eras", plays=plays)
    assert answer.rows == ()
    assert "runtime" in answer.notes[-1]
    assert answer.coverage == 0

"""Effects by hand: errors hold people and chance, a scale on which people lie evenly, many looks, causes first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import asin, erfc, log, sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insights.findings.habits import TRAITS
from tests.insights.findings.test_people import told
from watchprint import insights
from watchprint.insights import Effect
from watchprint.insights.catalogue import INSIGHTS, found
from watchprint.insights.findings import LOOKS, STANDS_OUT_Z, Finding, findings, ranked
from watchprint.insights.statistics.effects import (
    Usual,
    Words,
    change_effect,
    length_effect,
    mean_effect,
    share_effect,
    strongest,
    threshold_z,
)

USUAL = Usual(0.2, 0.12, "a test")
WORDS = Words("trait", "more: {share} against {usual}", "less: {share} against {usual}")


def made(effect: Effect | None) -> Effect:
    assert effect is not None
    return effect


@given(st.integers(1, 5000), st.integers(20, 5000), st.floats(1, 30))
def test_a_share_is_compared_by_its_angle(hits: int, n: int, clumps: float) -> None:
    hits = min(hits, n)
    effect = made(share_effect(WORDS, hits, n, USUAL, clumps=clumps))
    spread = 0.12 / (2 * sqrt(0.2 * 0.8))
    by_hand = (asin(sqrt(hits / n)) - asin(sqrt(0.2))) / sqrt(spread**2 + clumps / (4 * n))
    assert effect.z == pytest.approx(by_hand, abs=1e-4)
    assert effect.z == pytest.approx((effect.estimate - effect.expected) / effect.error)
    assert effect.error > 0
    assert effect.sentence.startswith("more" if hits / n >= 0.2 else "less")


def test_few_say_nothing_and_more_say_more() -> None:
    assert share_effect(WORDS, 19, 19, USUAL) is None
    assert share_effect(Words("trait", "more"), 0, 100, USUAL) is None
    zs = [made(share_effect(WORDS, n * 0.8, n, USUAL, clumps=5)).z for n in (20, 100, 1000, 100_000)]
    assert zs == sorted(zs)
    assert zs[0] < 2.3 < 3.8 < zs[-1] < 4.4


def test_means_lengths_and_changes_by_hand() -> None:
    mean = made(mean_effect(Words("m", "{value}"), 9.0, 2.0, 100, Usual(7.0, 0.9, "a test")))
    assert mean.z == pytest.approx(2 / sqrt(0.81 + 0.04))
    assert mean.sentence == "9.0"
    length = made(length_effect(Words("l", "{value} {usual}"), 100.0, 0.3, 50, Usual(14.0, 1.0, "a test")))
    assert length.z == pytest.approx(log(100 / 14) / sqrt(1.09))
    assert length.sentence == "100 14"
    assert length_effect(Words("l", "x"), 0, 0.3, 50, Usual(14.0, 1.0, "a test")) is None
    turn = made(change_effect("turn", "a {curly} name", (0.7, 300), (0.1, 200), Usual(0.3, 0.1, "a test"), clumps=6))
    error = sqrt((0.1 / (2 * sqrt(0.21))) ** 2 + 6 / 1200 + 6 / 800)
    assert turn.z == pytest.approx((asin(sqrt(0.7)) - asin(sqrt(0.1))) / error, abs=1e-4)
    assert turn.sentence == "a {curly} name"


@given(st.floats(0.5, 60), st.integers(1, 60))
def test_the_strongest_of_many_is_held_to_its_rarity(z: float, looks: int) -> None:
    one = Effect(trait="t", sentence="s", estimate=1 + z, expected=1.0, error=1.0, n=50)
    weaker = Effect(trait="t", sentence="s", estimate=1 + z / 2, expected=1.0, error=1.0, n=50)
    kept = made(strongest([weaker, one], looks))
    assert kept.estimate == one.estimate
    assert 0 <= kept.z <= z + 1e-6
    if 1 <= z < 8:
        rare = 1 - (1 - erfc(z / sqrt(2))) ** looks
        assert erfc(kept.z / sqrt(2)) == pytest.approx(rare, rel=1e-3, abs=1e-13)
    assert strongest([], looks) is None


def test_the_threshold_is_where_all_looks_together_err_in_one_of_twenty() -> None:
    assert threshold_z(1) == pytest.approx(1.96, abs=0.001)
    assert 1 - (1 - erfc(STANDS_OUT_Z / sqrt(2))) ** LOOKS == pytest.approx(0.05)
    assert LOOKS == len({trait for insight in INSIGHTS for trait in insight.traits}) >= 25


@pytest.mark.parametrize("insight", INSIGHTS, ids=lambda each: each.name)
def test_each_says_what_can_stand_out_or_why_nothing_can(insight: Any) -> None:
    assert bool(insight.traits) is not bool(insight.no_traits)
    assert all(found(name) is insight for name in insight.looks)
    described = insight.described()
    assert (described["stands_out"], described["nothing_stands_out"]) == (dict(insight.traits), insight.no_traits)


def test_what_is_found_was_declared_and_nothing_else_is() -> None:
    met = {
        (found(each.insight).name, each.effect.trait)
        for seed, name in enumerate(("cinema-goer", "digs up old things", "turn", "horror lover", "premiere chaser"))
        for result in (told(seed, TRAITS[name]),)
        for each in (*result.standing_out, *result.others)
    }
    declared = {(insight.name, trait) for insight in INSIGHTS for trait in insight.traits}
    assert met <= declared
    assert len({trait for _, trait in met}) >= 22, sorted({trait for _, trait in declared - met})


def finding(trait: str, z: float) -> Finding:
    return Finding(insight="top", effect=Effect(trait=trait, sentence=trait, estimate=z, expected=0, error=1, n=99))


def test_the_most_surprising_is_first_and_a_cause_before_what_follows_from_it() -> None:
    out = ranked([finding("night-owl", -4.0), finding("daily", 3.5), finding("weekend", 1.0), finding("daily", 3.9)])
    assert [each.effect.trait for each in out.standing_out] == ["night-owl", "daily"]
    assert out.standing_out[1].effect.z == 3.9
    assert [each.effect.trait for each in out.others] == ["weekend"]
    caused = ranked([finding("genre", 6.0), finding("devoted", 4.0), finding("daily", 5.0)])
    assert [each.effect.trait for each in caused.standing_out] == ["daily", "devoted", "genre"]
    alone = ranked([finding("genre", 6.0), finding("devoted", 3.0)])
    assert alone.sentence == "genre"


def test_of_one_kind_or_part_nothing_is_said_that_follows_from_the_question() -> None:
    plays = [
        insights.PlayRow(id=n, watched_at=told_at(n), kind="movie", title=n, runtime_min=100, genres=("horror",))
        for n in range(300)
    ]
    lens = insights.load(plays=plays)
    assert {each.effect.trait for each in findings(lens).standing_out} >= {"genre", "films"}
    for part in (findings(lens, kind="movie"), findings(lens, genre="horror")):
        assert not {each.effect.trait for each in part.standing_out} & {"genre", "films", "devoted"}


def told_at(n: int) -> datetime:
    return datetime(2024, 1, 1, 20, tzinfo=UTC) + timedelta(days=n)


def test_a_short_history_stands_out_in_nothing() -> None:
    plays = [insights.PlayRow(id=n, watched_at=told_at(n), kind="movie", title=n, runtime_min=100) for n in range(19)]
    assert findings(insights.load(plays=plays)).standing_out == ()

"""Where shows are dropped equals a product-limit count by hand; a planted change is found, noise is not."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watchprint import insights
from watchprint.insights import PlayRow, TitleRow

often = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
SEEDS = 200 if int(os.environ.get("WATCHPRINT_EXAMPLES", "100")) >= 200 else 30
SHOW = st.tuples(st.integers(1, 8), st.integers(0, 8), st.integers(0, 400), st.sampled_from([10, 89, 90, 400]))


def history(shows: list[tuple[int, int, int, int]]) -> tuple[list[PlayRow], list[TitleRow]]:
    """Shows as (episodes watched, episodes more that aired, days since the last play, days since those aired)."""
    plays: list[PlayRow] = []
    titles = []
    for show, (watched, more, idle, waiting) in enumerate(shows):
        titles.append(TitleRow(kind="show", title=f"s{show}", name=f"S{show}"))
        for number in range(1, watched + more + 1):
            aired = NOW - timedelta(days=waiting if number > watched else 3000)
            titles.append(
                TitleRow(
                    kind="episode",
                    title=f"s{show}e{number}",
                    show=f"s{show}",
                    season=1,
                    number=number,
                    first_aired_at=aired,
                )
            )
        for number in range(1, watched + 1):
            at = NOW - timedelta(days=idle + 2 * (watched - number))
            where: dict[str, Any] = {"season": 1, "number": number, "title": f"s{show}e{number}", "runtime_min": 40}
            plays.append(PlayRow(id=len(plays), watched_at=at, kind="episode", show=f"s{show}", **where))
    return plays, titles


def state(watched: int, more: int, idle: int, waiting: int) -> str:
    if more == 0:
        return "caught_up"
    return "dropped" if idle >= 90 and waiting >= 90 else "in_progress"


def product_limit(shows: list[tuple[int, int, int, int]], at: int) -> float:
    """The share that goes on beyond an episode: at each one, of those who came so far, how many did not drop there."""
    share = 1.0
    for episode in range(1, at + 1):
        at_risk = [show for show in shows if show[0] >= episode]
        dropped = [show for show in at_risk if show[0] == episode and state(*show) == "dropped"]
        if at_risk:
            share *= 1 - len(dropped) / len(at_risk)
    return share


@often
@given(st.lists(SHOW, min_size=13, max_size=25))
def test_chances(shows: list[tuple[int, int, int, int]]) -> None:
    plays, titles = history(shows)
    answer = insights.compute("drop-off", plays=plays, titles=titles, now=NOW)
    counts = {name: sum(state(*show) == name for show in shows) for name in ("dropped", "in_progress", "caught_up")}
    assert {name: answer.facts[name] for name in counts} == counts
    if len(shows) < 15:
        assert answer.rows == ()
        assert "too few" in answer.notes[-1]
        return
    assert len(answer.rows) == counts["in_progress"]
    for row in answer.rows:
        watched, more, *_ = show = shows[int(row.key[1:])]
        assert state(*show) == "in_progress"
        as_far = [other for other in shows if other[0] >= watched]
        assert (row.watched, row.aired, row.left, row.shows) == (watched, watched + more, more, len(as_far))
        assert row.chance == pytest.approx(product_limit(as_far, watched + more - 1), abs=1e-9)
        if row.low is not None and row.high is not None:
            assert 0 <= row.low <= row.chance <= row.high <= 1
        assert len(answer.plays_behind(row)) == watched
    for at, share in answer.facts["still_watched_after"].items():
        assert share == pytest.approx(product_limit(shows, int(at)), abs=1e-9)


def test_a_show_that_only_counts_its_episodes_is_dropped_too() -> None:
    plays, _ = history([(3, 0, 200, 400)] * 15)
    titles = [TitleRow(kind="show", title=f"s{n}", name=f"S{n}", aired_episodes=10) for n in range(15)]
    assert insights.compute("drop-off", plays=plays, titles=titles, now=NOW).facts["dropped"] == 15


def lives(seed: int, earlier: float, later: float) -> tuple[list[PlayRow], list[TitleRow]]:
    """Eighty shows of thirty episodes, begun one after the other, dropped with so much a chance at each episode."""
    rng = np.random.default_rng(seed)
    shows = []
    for number in range(80):
        hazard = earlier if number < 40 else later
        watched = min(int(rng.geometric(hazard)), 30)
        idle = 100 + (80 - number) * 30
        shows.append((watched, 30 - watched, idle, 2000))
    plays, _ = history([(watched, 0, idle, 0) for watched, _, idle, _ in shows])
    titles = [TitleRow(kind="show", title=f"s{n}", name=f"S{n}", aired_episodes=30) for n in range(len(shows))]
    return plays, titles


def lately(seed: int, earlier: float, later: float) -> Any:
    plays, titles = lives(seed, earlier, later)
    return insights.compute("drop-off", plays=plays, titles=titles, now=NOW).facts["lately"]


def test_a_change_is_found_and_noise_is_none() -> None:
    told = [lately(seed, 0.03, 0.10) for seed in range(SEEDS)]
    noise = [lately(seed, 0.06, 0.06) for seed in range(SEEDS)]
    print("drop-off", told.count("sooner"), sum(word != "none" for word in noise), SEEDS)
    assert sum(word == "sooner" for word in told) >= 0.9 * SEEDS, told
    assert sum(word != "none" for word in noise) <= 0.05 * SEEDS, noise


def test_who_drops_early_is_told_from_who_stays() -> None:
    traits = {}
    for name, hazard in (("early", 0.4), ("stays", 0.002), ("usual", 0.07)):
        plays, titles = lives(3, hazard, hazard)
        [effect] = insights.compute("drop-off", plays=plays, titles=titles, now=NOW).effects
        traits[name] = effect.z
    assert traits["early"] < -3
    assert traits["stays"] > 2
    assert abs(traits["usual"]) < 1.5

"""Taste in the demo history: figures counted from the export's rows by hand."""

from __future__ import annotations

import math
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from watchprint import insights
from watchprint.exchange import trakt_zip

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def export(shared_dir: Path) -> trakt_zip.Export:
    return trakt_zip.read(shared_dir / "history" / "demo_trakt_export_full.zip")


@pytest.fixture(scope="module")
def ask(export: trakt_zip.Export) -> Any:
    lens = insights.load(**export.rows())
    return lambda name, **asked: lens.ask(name, zone="Europe/Berlin", **asked)


def test_the_demo_life_has_one_taste(ask: Any) -> None:
    """It was drawn from one list, best known first; only series went on for months, which is no era."""
    answer = ask("eras")
    [row] = answer.rows
    assert (row.plays, row.months, row.value) == (7003 - 4 - 1 - 6, 127, None)
    assert f"{row.from_on} {row.to_on}" == "2009-06-01 2026-06-30"
    assert {each.reason: each.plays for each in answer.left_out} == {"undated": 4, "duplicate": 1, "bulk": 6}
    assert "has not changed" in answer.notes[-1]


def test_the_critic_rates_at_random(ask: Any, export: trakt_zip.Export) -> None:
    """The demo's ratings are dice; those with a known community rating are few, and it is that of the export's day."""
    pairs = judged(export)
    answer = ask("critic")
    assert (len(pairs), answer.n) == (65, 571)
    slope, start = np.polyfit([community for _, community in pairs], [own for own, _ in pairs], 1)
    assert (answer.facts["slope"], answer.facts["intercept"]) == pytest.approx((slope, start), abs=1e-6)
    bias = sum(own - community for own, community in pairs) / 65
    assert answer.facts["bias"] == pytest.approx(bias, abs=1e-6)
    assert answer.facts["liked_better"] == answer.facts["liked_less"] == []
    assert "65 of 65 ratings" in answer.notes[0]


def judged(export: trakt_zip.Export) -> list[tuple[int, float]]:
    """Own and community rating of each rated movie and show, as the export's watched rows have the latter."""
    rows: Any = export.rows()
    community = {}
    for row in rows["titles"]:
        title = row.movie or row.show
        if title is not None and getattr(title, "rating", None):
            community[type(title).__name__, title.ids.trakt] = round(title.rating, 2)
    found = []
    for row in rows["ratings"]:
        title = None if row.episode is not None else row.movie or row.show
        if title is not None and (key := (type(title).__name__, title.ids.trakt)) in community:
            found.append((row.rating, community[key]))
    return found


def test_the_hills_of_the_demo(ask: Any) -> None:
    rows = ask("hills", limit=1).rows
    assert [(row.side, row.name, row.rating, row.community_votes) for row in rows] == [
        ("over", "HIS & HERS", 10, 5208),
        ("under", "The 100", 1, 9024),
    ]
    assert rows[1].height == pytest.approx((1 - 8.0) * math.log(9024), abs=1e-5)


def test_the_passport_of_a_year(ask: Any, export: trakt_zip.Export) -> None:
    """2016 begins at 04:00 of the first of January in Berlin."""
    titles: dict[Any, str] = {}
    plays = 0
    country = {}
    rows: Any = export.rows()
    for row in rows["titles"]:
        title = row.movie or row.show
        country[type(title).__name__, title.ids.trakt] = title.country
    for play in rows["plays"]:
        title = play.movie or play.show
        key = (type(title).__name__, title.ids.trakt)
        local = play.watched_at.astimezone(ZoneInfo("Europe/Berlin")) - timedelta(hours=4)
        if local.year == 2016 and country.get(key):
            titles[key] = country[key]
            plays += 1
    counts = Counter(titles.values())
    row = next(row for row in ask("passport").rows if row.period == "2016")
    assert (row.titles, row.plays, row.values) == (len(titles), plays, len(counts)) == (57, 616, 5)
    shares = [count / len(titles) for count in counts.values()]
    assert row.hill1 == pytest.approx(math.exp(-sum(share * math.log(share) for share in shares)))
    assert row.hill2 == pytest.approx(1 / sum(share**2 for share in shares))
    assert row.rarefied1 < row.hill1


def test_first_visits_add_up(ask: Any) -> None:
    whole, *years = ask("passport").rows
    assert (whole.values, sum(row.new_values for row in years)) == (21, 21)
    assert years[0].period == "2009"

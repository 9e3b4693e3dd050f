"""What may be asked: names, periods, zones, filters and parameters, and what is said of those that cannot be."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from watchprint import insights
from watchprint.domain.period import Period
from watchprint.insights import BadQuestion, PlayRow, UnknownInsight

AT = datetime(2024, 5, 1, 20, tzinfo=UTC)


def play(number: int, **facts: Any) -> PlayRow:
    row: dict[str, Any] = {"id": number, "watched_at": AT, "kind": "movie", "title": number, **facts}
    return PlayRow(**row)


PLAYS = [
    play(1, genres=("drama", "crime"), country="us", language="en", year=1995),
    play(2, genres=("comedy",), country="de", language="de", year=2004),
    play(3, kind="episode", show=10, show_name="Dark", network="Netflix", genres=("drama",), year=2017),
    play(4, kind="episode", show=11, show_name="Lost", network="ABC", year=2004),
    play(5),
]


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"kind": "movie"}, [1, 2, 5]),
        ({"kind": "episode"}, [3, 4]),
        ({"kind": "show"}, [3, 4]),
        ({"genre": "drama"}, [1, 3]),
        ({"genre": ["comedy", "crime"]}, [1, 2]),
        ({"genre": "dram"}, []),
        ({"genre": "it's"}, []),
        ({"country": "us"}, [1]),
        ({"language": ["de", "en"]}, [1, 2]),
        ({"network": "Netflix"}, [3]),
        ({"decade": 2000}, [2, 4]),
        ({"decade": "1990s"}, [1]),
        ({"show": "dark"}, [3]),
        ({"show": "11"}, [4]),
        ({"genre": "drama", "kind": "movie", "decade": [1990, 2010]}, [1]),
        ({"genre": []}, []),
    ],
)
def test_filters(asked: dict[str, Any], ids: list[int]) -> None:
    answer = insights.compute("totals", plays=PLAYS, **asked)
    assert answer.plays_behind(answer.rows[3]) == ids
    assert answer.n == len(ids)


def test_what_was_asked_is_in_the_answer() -> None:
    answer = insights.compute(
        "top-movies", plays=PLAYS, genre="drama", zone="Asia/Tokyo", day_start=time(5, 30), by="plays"
    )
    assert answer.asked == {"genre": ["drama"], "of": "movie", "counting": "mixed", "limit": 10}
    assert (answer.zone, answer.day_start, answer.measure, answer.unit) == ("Asia/Tokyo", "05:30", "plays", "plays")


def test_a_row_at_the_border_of_a_period_names_only_plays_inside() -> None:
    days = [PlayRow(id=day, watched_at=AT.replace(day=day), kind="movie", title=day) for day in (1, 2, 3)]
    month = insights.compute("by-month", plays=days, period="2024-05-02..2024-05-02")
    assert [month.plays_behind(row) for row in month.rows] == [[2]]
    streaks = insights.compute("streaks", plays=days, period="..2024-05-02")
    assert [streaks.plays_behind(row) for row in streaks.rows] == [[1, 2]]


@pytest.mark.parametrize("name", ["calendar", "by-year", "punch-card", "streaks", "totals", "top-shows"])
def test_a_filter_gives_what_the_filtered_plays_give(name: str) -> None:
    plays = [replace(row, watched_at=AT.replace(day=number)) for number, row in enumerate(PLAYS[:4], start=1)]
    drama = [row for row in plays if "drama" in row.genres]
    asked: dict[str, Any] = {"period": "2024-05", "now": AT.replace(day=9)}
    filtered = insights.compute(name, plays=plays, genre="drama", **asked)
    assert filtered.rows == insights.compute(name, plays=drama, **asked).rows
    assert filtered.n == (1 if name == "top-shows" else 2)


def test_an_answer_is_plain_data_and_arrow() -> None:
    answer = insights.compute("by-year", plays=PLAYS, zone="Europe/Berlin", period="2024")
    plain = json.loads(json.dumps(answer.to_json_dict(plays_behind=True)))
    assert plain["rows"] == [
        {"period": "2024", "from_on": "2024-01-01", "plays": 5, "titles": 5, "minutes": 0, "coverage": 0.0,
         "bulk": 5, "play_ids": [1, 2, 3, 4, 5]}
    ]  # fmt: skip
    assert (plain["n"], plain["from_at"], plain["formula"]) == (5, "2024-01-01T03:00:00Z", answer.formula)
    assert answer.to_arrow().column("plays").to_pylist() == [5]


@pytest.mark.parametrize("name", insights.NAMES)
def test_every_name_answers_over_many_plays_one_and_none(name: str) -> None:
    ratings = [{"rated_at": AT, "rating": 8, "type": "movie"}]
    for plays, rated in ((PLAYS, ratings), (PLAYS[:1], ratings), ([], [])):
        answer = insights.compute(name, plays=plays, ratings=rated, zone="Europe/Berlin")
        assert answer.name == name
        assert answer.to_arrow().num_rows == len(answer.rows)
        assert (answer.coverage is None) == (answer.n == 0)


def test_the_catalogue_describes_each_insight() -> None:
    described = [insight.described() for insight in insights.catalogue()]
    assert [each["name"] for each in described] == [
        "totals", "screen-time", "by", "calendar", "punch-card", "top", "top-rated", "ratings", "first-last",
        "on-this-day", "streaks", "records", "milestones", "sessions", "grip", "rewatches", "in-progress", "drop-off",
        "premiere", "eras", "critic", "hills", "passport", "places", "trust",
    ]  # fmt: skip
    for each in described:
        assert all(each[key] for key in ("question", "unit", "shape", "formula", "guard", "columns", "source"))
    assert sorted(name for each in described for name in each["names"]) == sorted(insights.NAMES)
    json.dumps(described)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("by year", "by-year"),
        ("by_year", "by-year"),
        ("Punch Card", "punch-card"),
        (" rating_distribution ", "rating-distribution"),
        ("top titles", "top-titles"),
        ("streaks and gaps", "streaks-and-gaps"),
    ],
)
def test_a_name_may_be_written_as_people_write_it(written: str, name: str) -> None:
    answer = insights.compute(written, plays=PLAYS)
    assert (answer.name, answer.rows) == (name, insights.compute(name, plays=PLAYS).rows)


@pytest.mark.parametrize(("name", "near"), [("total", "totals"), ("punchcard", "punch-card"), ("by-yaer", "by-year")])
def test_an_unknown_name_is_told_its_neighbours(name: str, near: str) -> None:
    with pytest.raises(UnknownInsight, match=f"Did you mean .*{near}") as caught:
        insights.compute(name, plays=PLAYS)
    assert near in caught.value.near


def test_a_name_like_no_other_is_told_all() -> None:
    with pytest.raises(UnknownInsight, match="There are: totals, screen-time, by"):
        insights.compute("xyzzy", plays=PLAYS)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"period": "next year"}, "'next year' is not understood. Say all, 2024"),
        ({"period": 2024}, "is not understood"),
        ({"zone": "Europe/Berlinn"}, "time zone 'Europe/Berlinn' is not known"),
        ({"zone": []}, "is empty"),
        ({"day_start": "25:00", "as_trakt_counts": False}, "not a time"),
        ({"now": datetime(2024, 1, 1)}, "no time zone"),
        ({"kind": "book"}, "must be one of movie, episode, show"),
        ({"decade": "1995"}, "Write it like 1990"),
        ({"by": "titles"}, "must be one of time, plays"),
        ({"limit": 3}, "totals has no parameter 'limit'"),
        ({"weather": "fine"}, "no parameter 'weather'"),
    ],
)
def test_questions_that_cannot_be_answered(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(BadQuestion, match=said):
        insights.compute("totals", plays=PLAYS, **asked)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"limit": 0}, "at least 1"),
        ({"limit": True}, "at least 1"),
        ({"of": "actor"}, "must be one of show, movie"),
        ({"of": "show", "kind": "movie"}, "holds no movies"),
    ],
)
def test_rankings_that_cannot_be_made(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(BadQuestion, match=said):
        insights.compute("top", plays=PLAYS, **asked)


def test_the_last_days_end_with_the_present_or_the_last_play() -> None:
    asked: dict[str, Any] = {"plays": PLAYS, "period": "last 3 days", "zone": "UTC"}
    assert insights.compute("calendar", **asked).until_on == date(2024, 5, 2)
    now = datetime(2024, 5, 3, 12, tzinfo=UTC)
    answer = insights.compute("calendar", now=now, **asked)
    assert [(row.day.day, row.plays) for row in answer.rows] == [(1, 5), (2, 0), (3, 0)]


def test_a_period_may_be_a_value() -> None:
    period = Period(date(2024, 5, 1), date(2024, 5, 3), "two days")
    answer = insights.compute("calendar", plays=PLAYS, period=period)
    assert (answer.period, len(answer.rows)) == ("two days", 2)


def test_one_lens_answers_many_at_once() -> None:
    lens = insights.load(plays=PLAYS)
    zones = ["UTC", "Europe/Berlin", "Asia/Tokyo", "America/New_York", "Asia/Kolkata", "Pacific/Apia"] * 4
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda zone: lens.ask("by-year", zone=zone), zones))
    assert [answer.n for answer in answers] == [5] * len(zones)


def test_asking_for_names_loads_neither_duckdb_nor_arrow() -> None:
    program = "import sys, watchprint.insights as i; i.catalogue(); print({'duckdb', 'pyarrow'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_answers_are_kept_until_they_are_forgotten() -> None:
    lens = insights.load(plays=PLAYS)
    kept = lens.ask("top", of="genre")
    assert lens.ask("top", of="genre") is kept
    lens.forget_answers()
    anew = lens.ask("top", of="genre")
    assert anew is not kept
    assert anew.rows == kept.rows

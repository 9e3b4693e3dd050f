"""The demo history: figures checked by hand and against an independent count."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from watchprint import insights
from watchprint.exchange import trakt_zip
from watchprint.insights import Answer, beside_trakt

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def export(shared_dir: Path) -> trakt_zip.Export:
    return trakt_zip.read(shared_dir / "history" / "demo_trakt_export_full.zip")


@pytest.fixture(scope="module")
def ask(export: trakt_zip.Export) -> Any:
    lens = insights.load(**export.rows())

    def asking(name: str, **asked: Any) -> Any:
        in_zone: dict[str, Any] = {"zone": "Europe/Berlin", **asked}
        return lens.ask(name, **in_zone)

    return asking


def ids_at(export: trakt_zip.Export, *instants: str) -> set[int]:
    plays = export.plays or []
    return {play.id for play in plays if play.id is not None and f"{play.watched_at:%Y-%m-%dT%H:%M}" in instants}


def test_totals_with_full_titles(ask: Any, export: trakt_zip.Export) -> None:
    answer = ask("totals")
    found = {row.kind: (row.plays, row.watched, row.minutes) for row in answer.rows}
    assert found["movie"] == (569, 568, 61_803)
    assert found["episode"] == (6434, 6315, 273_942)
    assert found["show"] == (None, 160, None)
    assert (answer.n, answer.coverage) == (7003, 1.0)
    beside = {each.figure: each for each in beside_trakt(answer, export.stats)}
    assert [each.figure for each in beside.values() if not each.agrees] == ["episodes.minutes"]
    assert beside["episodes.minutes"].trakts == 274_270


def test_totals_with_bare_titles(shared_dir: Path) -> None:
    bare = trakt_zip.read(shared_dir / "history" / "demo_trakt_export.zip")
    answer = insights.compute("totals", **bare.rows(), zone="Europe/Berlin")
    assert (answer.rows[3].plays, answer.rows[3].minutes, answer.coverage) == (7003, 0, 0.0)
    assert "What would raise this" in answer.notes[0]


def test_ratings_are_those_trakt_counts(ask: Any, shared_dir: Path) -> None:
    expected = json.loads((shared_dir / "history" / "demo_expected_stats.json").read_text())
    answer = ask("ratings")
    assert {str(row.rating): row.ratings for row in answer.rows} == expected["ratings"]["distribution"]
    by_kind = {kind: sum(getattr(row, kind) for row in answer.rows) for kind in ("movies", "shows", "episodes")}
    assert by_kind == {kind: expected[kind]["ratings"] for kind in by_kind}
    beside = beside_trakt(answer, expected)
    assert len(beside) == 1 + 10 + 4
    assert [(each.figure, each.trakts) for each in beside if not each.agrees] == [("seasons.ratings", None)]


def counted_on(answer: Answer, day: date) -> set[int | str]:
    return {number for row in answer.rows if row.day == day for number in answer.plays_behind(row)}


@pytest.mark.parametrize(
    ("at", "day", "midnight_day"),
    [
        ("2020-02-29T22:58", date(2020, 2, 29), date(2020, 2, 29)),
        ("2024-02-29T11:00", date(2024, 2, 29), date(2024, 2, 29)),
        ("2019-12-31T22:59", date(2019, 12, 31), date(2019, 12, 31)),
        ("2021-12-31T23:01", date(2021, 12, 31), date(2022, 1, 1)),
        ("2021-10-31T00:30", date(2021, 10, 30), date(2021, 10, 31)),
        ("2021-10-31T01:30", date(2021, 10, 30), date(2021, 10, 31)),
        ("2022-03-27T01:05", date(2022, 3, 26), date(2022, 3, 27)),
        ("2009-06-01T18:00", date(2009, 6, 1), date(2009, 6, 1)),
        ("2018-12-27T19:15", date(2018, 12, 27), date(2018, 12, 27)),
    ],
)
def test_planted_plays_stand_on_their_local_day(
    ask: Any, export: trakt_zip.Export, at: str, day: date, midnight_day: date
) -> None:
    planted = ids_at(export, at)
    assert planted
    assert planted <= counted_on(ask("calendar", period="all"), day)
    assert planted <= counted_on(ask("calendar", period="all", as_trakt_counts=True), midnight_day)


def test_the_doubled_hour_is_one_hour(ask: Any, export: trakt_zip.Export) -> None:
    answer = ask("punch-card", period="2021-10-30")
    saturday_two = next(row for row in answer.rows if (row.weekday, row.hour) == (5, 2))
    assert ids_at(export, "2021-10-31T00:30", "2021-10-31T01:30") <= set(answer.plays_behind(saturday_two))


def test_marks_are_the_planted_ones(ask: Any, export: trakt_zip.Export) -> None:
    answer = ask("punch-card")
    assert answer.marked == {"undated": 4, "duplicate": 1, "bulk": 6}
    assert set(answer.plays_left_out("bulk")) == ids_at(export, "2017-05-13T12:00")
    assert set(answer.plays_left_out("duplicate")) == ids_at(export, "2023-03-11T20:15")
    assert set(answer.plays_left_out("undated")) == ids_at(export, "1970-01-01T00:00")
    assert answer.n == 7003 - 11


def test_years_add_up_to_all_dated_viewings(ask: Any) -> None:
    answer = ask("by-year")
    assert sum(row.plays for row in answer.rows) == 7003 - 4 - 1
    assert sum(row.plays for row in answer.rows) == sum(row.plays for row in ask("by-month").rows)
    assert sum(row.plays for row in answer.rows) == sum(row.plays for row in ask("by-week").rows)
    assert (answer.rows[0].period, answer.rows[-1].period) == ("2009", "2026")


def test_the_last_year_is_365_days_to_the_last_play(ask: Any) -> None:
    answer = ask("calendar")
    assert (len(answer.rows), answer.rows[-1].day) == (365, date(2026, 6, 29))
    assert sum(row.plays for row in answer.rows) == answer.n


def test_the_month_without_a_play_is_a_gap(ask: Any) -> None:
    february = next(row for row in ask("by-month").rows if row.period == "2018-02")
    assert february.plays < 3
    gaps = [row for row in ask("streaks").rows if row.kind == "gap"]
    assert (gaps[1].from_on, gaps[1].to_on, gaps[1].days) == (date(2018, 1, 30), date(2018, 2, 27), 29)

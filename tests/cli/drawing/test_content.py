"""What drawings say of planted rows: titles with their place, changes, bands, empty states, what stands out."""

from __future__ import annotations

import math
from datetime import timedelta

import pytest

from tests.cli.drawing.planted import NOW, plays, ratings, shown, titles
from tests.cli.drawing.test_every_insight import ask
from watchprint import insights
from watchprint.cli.drawing import drawn_findings, render
from watchprint.cli.drawing.changes import difference
from watchprint.cli.drawing.standing_out import rarity
from watchprint.cli.drawing.words import lag_of, percent, signed, time_of, title_of
from watchprint.insights import Change, PlayRow
from watchprint.insights.findings import Finding, findings, ranked
from watchprint.insights.insight import Effect


def line_with(text: str, *words: str) -> str:
    found = [line for line in text.splitlines() if all(word in line for word in words)]
    assert found, f"{words}: {text}"
    return found[0]


def test_progress_and_what_comes_next() -> None:
    text = shown(render(ask("in-progress")))
    line = line_with(text, "4/16")
    assert "███░░░░░░░" in line or "██░░░░░░░░" in line
    assert "1x05 Part 4" in line
    assert "10 h 00 min" in line


def test_eras_are_named_and_dated() -> None:
    text = shown(render(ask("eras")))
    answer = ask("eras")
    assert len(answer.rows) >= 2
    for row in answer.rows:
        assert f"{row.from_on:%Y-%m} to {row.to_on:%Y-%m}" in text
        assert row.value in text


def test_places_by_name_and_kind() -> None:
    text = shown(render(ask("places")))
    assert line_with(text, "Sofa").split()[1:3] == ["Sofa", "home"]
    assert "千と千" in text
    assert "(no name)" in line_with(text, "travel")


def test_the_trust_panel_names_each_reason_and_what_to_do() -> None:
    text = shown(render(ask("trust")))
    for words in ("No date: 1 play", "Marked in bulk: 6 plays", "Double: 1 play", "No title: 1 play", "No length: "):
        assert words in text
    assert text.count("What to do: ") == 5


def test_nothing_odd_is_an_answer() -> None:
    one = PlayRow(id=1, watched_at=NOW, kind="movie", title=1, name="Heat", runtime_min=170)
    text = shown(render(insights.compute("trust", plays=[one], now=NOW)))
    assert "Nothing is odd: every play has a date" in text


def test_the_hours_of_a_sitting_are_the_zones() -> None:
    tokyo = ask("sessions", zone="Asia/Tokyo", limit=1)
    berlin = ask("sessions", limit=1)
    assert tokyo.rows[0].last_at == berlin.rows[0].last_at
    for answer in (tokyo, berlin):
        assert f"to {answer.rows[0].ended_local_at:%H:%M}" in shown(render(answer))


def test_changes_of_rows_are_told_by_name() -> None:
    answer = ask("top", period="2023", compare=True, by="plays")
    text = shown(render(answer))
    assert "Against the period before (2022), by plays:" in text
    assert answer.before is not None
    change = next(each for each in answer.before.changes if each.of and each.column == "plays" and each.before is None)
    assert "newly listed" in text
    row = next(row for row in answer.rows if row.key == change.of["key"])
    assert row.name is not None


@pytest.mark.parametrize(
    ("column", "now", "before", "said"),
    [
        ("plays", 15, 10, "+5 (+50 %)"),
        ("plays", 5, 10, "-5 (-50 %)"),
        ("plays", 5, 5, "the same"),
        ("plays", 5, 0, "+5"),
        ("plays", 5, None, "newly listed"),
        ("plays", None, 5, "not listed now"),
        ("minutes", 3000, 60, "+2 d 1 h (+4,900 %)"),
        ("minutes_per_day", 30, 60, "-30 min (-50 %)"),
        ("share", 0.25, 0.5, "-0.25 (-50 %)"),
    ],
)
def test_differences(column: str, now: float | None, before: float | None, said: str) -> None:
    assert difference(Change(of={}, column=column, now=now, before=before)) == said


def test_times_shares_and_lags_in_words() -> None:
    assert [time_of(minutes) for minutes in (0, 59, 60, 1439, 1440, 100_000, None)] == [
        "0 min", "59 min", "1 h 00 min", "23 h 59 min", "1 d 0 h", "69 d 10 h", "",
    ]  # fmt: skip
    assert [percent(share) for share in (0, 0.0001, 0.5, 0.9999, 1, None)] == [
        "0 %",
        "1 %",
        "50 %",
        "99 %",
        "100 %",
        "",
    ]
    assert [lag_of(hours) for hours in (0, 5, 24, 400, 24 * 90, 24 * 900, -30)] == [
        "0 h", "5 h", "1 d", "2 w", "3 mo", "2 y", "-1 d",
    ]  # fmt: skip
    assert [signed(value) for value in (0.5, -0.004, -0.5)] == ["+0.50", "0.00", "-0.50"]


def test_titles_say_where_they_stand() -> None:
    rows = ask("first-last").rows
    assert title_of(rows[0]) == "Breaking Bad 1x01 Part 0"
    assert title_of(PlayRow(id=1, watched_at=None, kind="movie", name="Heat", year=1995)) == "Heat (1995)"
    season = PlayRow(id=1, watched_at=None, kind="episode", show_name="Dark", season=2)
    assert title_of(season) == "Dark, season 2"
    assert title_of(PlayRow(id=1, watched_at=None, kind="movie")) == "(unknown title)"


def test_what_stands_out_comes_first_with_how_rare_it_is() -> None:
    found = findings(insights.load(plays=plays(), titles=titles(), ratings=ratings()), zone="Europe/Berlin", now=NOW)
    assert found.standing_out
    text = " ".join(shown(drawn_findings(found)).split())
    assert text.startswith(found.sentence)
    for each in found.standing_out:
        assert each.effect.sentence in text
        assert f"watchprint insights {each.insight}`" in text
        assert rarity(each.effect.z) in text
    for each in found.others:
        assert each.effect.trait in text
    first = next(each for each in found.standing_out)
    own = shown(render(ask(first.insight)))
    assert first.effect.sentence in " ".join(own.split())


def test_nothing_that_stands_out_is_said() -> None:
    assert "Nothing stands out" in shown(drawn_findings(ranked([])))
    usual = Effect(trait="night-owl", sentence="You watch at night.", estimate=0.2, expected=0.14, error=0.1, n=50)
    text = shown(drawn_findings(ranked([Finding(insight="punch-card", effect=usual)])))
    assert text.startswith("Nothing stands out")
    assert "You watch at night" not in text
    assert f"like {rarity(0.6)}" in text


def test_how_rare_is_the_normal_distributions_tail() -> None:
    assert rarity(0) == "most people"
    assert rarity(3) == rarity(-3) == "one person in 370"
    assert rarity(6) == "fewer than one person in a million"
    assert rarity(math.inf) == "fewer than one person in a million"


def test_a_curve_falls_from_left_to_right() -> None:
    answer = ask("drop-off")
    text = shown(render(answer)).splitlines()
    at = next(n for n, line in enumerate(text) if line.strip().startswith("1 "))
    filled = [sum(char in "▁▂▃▄▅▆▇█" for char in line) for line in text[at - 8 : at]]
    assert filled == sorted(filled)
    assert filled[0] < filled[-1]


def test_a_curve_is_drawn_when_no_show_is_in_progress() -> None:
    text = shown(render(ask("drop-off", period="2021-01-01..2023-12-31", now=NOW.replace(year=2030))))
    assert "Shows watched on beyond so many episodes" in text
    assert "No show is in progress." in text
    assert "Nothing to show" not in text


def test_a_day_far_back_is_counted_in_years() -> None:
    rows = [
        PlayRow(id=n, watched_at=NOW - timedelta(days=days), kind="movie", title=n) for n, days in ((1, 0), (2, 731))
    ]
    text = shown(render(insights.compute("on-this-day", plays=rows, now=NOW)))
    assert "this year" in text
    assert "2 years ago" in text or "On 06-01, in 1 year." in text

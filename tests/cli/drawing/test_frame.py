"""Plots as a terminal of 80 columns shows them, with and without colour, in Unicode and in ASCII."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from watchprint import insights
from watchprint.cli.drawing import render
from watchprint.cli.drawing.marks.bars import bar
from watchprint.cli.drawing.marks.heat import shades
from watchprint.insights import Answer, PlayRow

START = datetime(2023, 5, 1, 20, tzinfo=UTC)
NAMES = ["Heat", "[bold]Tag[/bold]", "\x1b[31mRed\x07", "千と千尋の神隠し" * 6, "A" * 200]


def plays() -> list[PlayRow]:
    made = []
    for number in range(400):
        title, at = number % 5, START + timedelta(hours=27 * number)
        facts: dict[str, Any] = {
            "title": title,
            "name": NAMES[title],
            "runtime_min": 170,
            "year": 1995,
            "genres": ("crime",),
        }
        made.append(PlayRow(id=number, watched_at=at, kind="movie", **facts))
    return [*made, PlayRow(id=999, watched_at=None, kind="movie", title=0)]


RATINGS = [{"rated_at": START, "rating": 1 + number % 10, "type": "movie"} for number in range(30)]
LENS = insights.load(plays=plays(), ratings=RATINGS)
QUESTIONS: list[tuple[str, dict[str, Any]]] = [
    ("totals", {}),
    ("by-year", {}),
    ("by-month", {"by": "time"}),
    ("by-week", {}),
    ("calendar", {}),
    ("calendar", {"period": "all", "by": "time"}),
    ("punch-card", {}),
    ("top", {"of": "movie"}),
    ("top", {"of": "genre", "by": "plays"}),
    ("ratings", {}),
    ("streaks", {}),
    ("streaks", {"now": datetime(2024, 9, 1, tzinfo=UTC)}),
]


def ask(name: str, asked: dict[str, Any]) -> Answer:
    in_zone: dict[str, Any] = {"zone": "Europe/Berlin", **asked}
    return LENS.ask(name, **in_zone)


def shown(answer: Answer, *, encoding: str = "utf-8", colour: bool = False, **more: Any) -> str:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, write_through=True)
    system = "standard" if colour else None
    Console(file=file, width=80, force_terminal=colour, color_system=system).print(render(answer, **more))  # type: ignore[arg-type]
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize(("name", "asked"), QUESTIONS)
def test_every_plot_fits_80_columns_and_says_how_it_came_about(name: str, asked: dict[str, Any]) -> None:
    answer = ask(name, asked)
    text = shown(answer)
    assert max(cell_len(line) for line in text.splitlines()) <= 80
    assert text.startswith(answer.question)
    assert "Formula: " in text
    assert "Europe/Berlin" in text
    assert "\x1b" not in text
    assert "Formula: " not in shown(answer, formula=False)


@pytest.mark.parametrize(("name", "asked"), QUESTIONS)
def test_a_terminal_without_unicode_gets_the_same_figures(name: str, asked: dict[str, Any]) -> None:
    answer = ask(name, asked)
    text = shown(answer, encoding="ascii", formula=False)
    assert text.startswith(answer.question)
    assert max(len(line) for line in text.splitlines()) <= 80


def test_colour_adds_nothing_but_colour() -> None:
    for name, asked in QUESTIONS:
        coloured = shown(ask(name, asked), colour=True)
        assert "\x1b[" in coloured
        without = "".join(part.split("m", 1)[-1] for part in coloured.split("\x1b["))
        assert without == shown(ask(name, asked))


@pytest.mark.parametrize(("name", "asked"), QUESTIONS)
def test_nothing_to_show_is_said(name: str, asked: dict[str, Any]) -> None:
    long_ago: dict[str, Any] = {**asked, "period": "1990"}
    answer = insights.compute(name, plays=[], **long_ago)
    text = shown(answer)
    assert "Nothing to show" in text or name == "totals"


def test_totals_beside_trakts_figures() -> None:
    stats = {"movies": {"plays": 401, "watched": 5, "minutes": 70_000}}
    lines = [line.split() for line in shown(ask("totals", {}), stats=stats).splitlines()]
    assert ["movies.plays", "401", "401", "equal"] in lines
    assert ["movies.minutes", "68,170", "70,000", "-1,830"] in lines
    assert ["episodes.plays", "0", "not", "given"] in lines


def test_titles_are_never_markup_or_control_codes() -> None:
    text = shown(ask("top", {"of": "movie"}), colour=False)
    assert "[bold]Tag[/bold]" in text
    assert "\x1b" not in text
    assert "\x07" not in text


def test_the_calendar_has_a_row_a_weekday_and_a_cell_a_day() -> None:
    answer = ask("calendar", {})
    lines = shown(answer).splitlines()
    monday = next(line for line in lines if line.startswith("Mon"))
    first_monday = next(row for row in answer.rows if row.day.weekday() == 0)
    at = 4 + (first_monday.day - answer.rows[0].day + timedelta(days=answer.rows[0].day.weekday())).days // 7
    assert (monday[at] == "·") == (first_monday.plays == 0)
    cells = "".join(line[4:] for line in lines[2:9])
    assert sum(char in "·░▒▓█" for char in cells) == len(answer.rows) == 365


def test_the_punch_card_shows_the_hours_of_the_wall_clock() -> None:
    one = [PlayRow(id=1, watched_at=datetime(2024, 5, 3, 23, 30, tzinfo=UTC), kind="movie", title=1)]
    lines = shown(insights.compute("punch-card", plays=one, zone="Europe/Berlin")).splitlines()
    friday = next(line for line in lines if line.startswith("Fri"))
    assert friday[4 + 3 * 1 : 6 + 3 * 1] == "░░"
    assert friday.count("░") == 2


def test_long_series_say_what_they_leave_out() -> None:
    assert "The latest 36 of" in shown(ask("by-week", {}))


def test_shades_are_quartiles_and_bars_are_shares() -> None:
    some = shades([0, 1, 1, 2, 5, 9], ascii_only=False)
    assert some.edges == (1, 2, 3, 9) or some.edges[0] == 1
    assert [some.cell(value).plain for value in (0, 1, 9)] == ["·", "░", "█"]
    assert shades([], ascii_only=True).cell(0).plain == "."
    assert bar(5, 10, 10, ascii_only=False).plain == "█████"
    assert bar(1, 1000, 10, ascii_only=True).plain == "#"
    assert bar(0, 10, 10, ascii_only=True).plain == ""


def test_a_window_over_a_year_is_drawn_in_blocks() -> None:
    answer = ask("calendar", {"period": "all"})
    assert (answer.rows[-1].day - answer.rows[0].day).days > 371
    assert shown(answer).count("Mon ") == 2
    assert date(2023, 5, 1) == answer.rows[0].day

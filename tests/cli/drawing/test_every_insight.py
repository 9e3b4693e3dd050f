"""Every insight as a terminal of 80 columns shows it: in colour, without, in ASCII, of histories of every size."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from tests.cli.drawing.planted import NOW, plays, ratings, shown, titles
from watchprint import insights
from watchprint.cli.drawing import render
from watchprint.cli.drawing.families import DRAWINGS
from watchprint.exchange import trakt_zip
from watchprint.insights import Answer, PlayRow
from watchprint.insights.engine import Lens

NAMES = [insight.name for insight in insights.catalogue()]
WAYS: list[tuple[str, dict[str, Any]]] = [
    *((name, {}) for name in NAMES),
    ("by-month", {"by": "time"}),
    ("by-week", {}),
    ("top", {"of": "genre", "by": "plays"}),
    ("top", {"of": "movie", "by": "titles"}),
    ("calendar", {"period": "all", "by": "time"}),
    ("sessions", {"by": "plays", "gap_min": 5}),
    ("rewatches", {"by": "titles"}),
    ("in-progress", {"sort": "time"}),
    ("critic", {"of": "decade"}),
    ("passport", {"of": "genre"}),
    ("premiere", {"of": "network"}),
    ("places", {"by": "time"}),
]
ESCAPE = re.compile(r"\x1b\[([0-9;]*)m")
ALLOWED = {"", "0", "1", "2", "32", "35", "36"}
"""Reset, bold, dim, green, magenta, cyan: colours of the terminal's own palette that hold on black and on white."""


@cache
def lens() -> Lens:
    return insights.load(plays=plays(), titles=titles(), ratings=ratings())


def ask(name: str, **asked: Any) -> Answer:
    in_zone: dict[str, Any] = {"zone": "Europe/Berlin", "now": NOW, **asked}
    return lens().ask(name, **in_zone)


def widest(text: str) -> int:
    return max(cell_len(line) for line in text.splitlines())


def test_each_has_a_drawing_of_its_own() -> None:
    assert set(DRAWINGS) == set(NAMES)


@pytest.mark.parametrize(("name", "asked"), WAYS)
def test_plain_in_a_pipe_and_in_80_columns(name: str, asked: dict[str, Any]) -> None:
    answer = ask(name, **asked)
    assert answer.rows
    text = shown(render(answer))
    assert widest(text) <= 80, text
    assert text.startswith(answer.question)
    assert "Nothing to show" not in text
    assert not {"\x1b", "\x07", "\u202e", "\u200d"} & set(text)
    assert "Formula: " in text


@pytest.mark.parametrize(("name", "asked"), WAYS)
def test_ascii_alone_has_the_same_figures(name: str, asked: dict[str, Any]) -> None:
    answer = ask(name, **asked)
    text, unicode = (shown(render(answer, formula=False), encoding=each) for each in ("ascii", "utf-8"))
    assert widest(text) <= 80
    assert text.isascii()
    numbers = re.compile(r"(?<![\w.])\d[\d,.]*\d %?(?!\w)")
    drawn = {each for line in unicode.splitlines() if "…" not in line for each in numbers.findall(line)}
    assert drawn <= set(numbers.findall(text)) | {each for each in drawn if each.isdecimal()}


@pytest.mark.parametrize(("name", "asked"), WAYS)
def test_colours_hold_on_light_and_on_dark_and_say_nothing_alone(name: str, asked: dict[str, Any]) -> None:
    answer = ask(name, **asked)
    coloured = shown(render(answer), colour=True)
    codes = {code for found in ESCAPE.findall(coloured) for code in found.split(";")}
    assert {"1", "2"} <= codes <= ALLOWED
    assert ESCAPE.sub("", coloured) == shown(render(answer))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("period", ["2023", "last 90 days"])
def test_the_period_before_stands_beside(name: str, period: str) -> None:
    answer = ask(name, period=period, compare=True)
    assert answer.before is not None
    text = shown(render(answer))
    assert widest(text) <= 80
    assert answer.before.period in text
    whole = next(change for change in answer.before.changes if not change.of)
    if name != "screen-time":
        line = next(line for line in text.splitlines() if line.startswith(("all plays", "all ratings")))
        assert line.split()[2:4] == [f"{whole.now or 0:,.0f}", f"{whole.before or 0:,.0f}"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_an_empty_account_is_told_what_is_needed(name: str, encoding: str) -> None:
    answer = insights.compute(name, plays=[], now=NOW)
    text = shown(render(answer), encoding=encoding)
    assert widest(text) <= 80
    if name != "totals":
        assert "Nothing to show" in text
        assert " ".join(answer.insight.guard.split()) in " ".join(text.split()) or name == "trust"
    for note in answer.notes:
        assert " ".join(text.split()).count(" ".join(note.split())) == 1


@pytest.mark.parametrize("name", NAMES)
def test_one_play_is_drawn_or_told_to_be_too_little(name: str) -> None:
    one = PlayRow(id=1, watched_at=NOW, kind="movie", title=1, name="Heat", year=1995)
    answer = insights.compute(name, plays=[one], now=NOW)
    text = shown(render(answer))
    assert widest(text) <= 80
    assert bool(answer.rows) == ("Nothing to show" not in text) or name == "trust"


@cache
def huge() -> Lens:
    """A hundred thousand plays of five thousand titles in thirty years."""
    made = [
        PlayRow(
            id=number,
            watched_at=NOW - timedelta(hours=2.6 * number),
            kind="movie",
            title=number % 5000,
            name=f"Film {number % 5000}",
            runtime_min=140,
            genres=(f"genre {number % 97}",),
            country=f"country {number % 89}",
            year=1900 + number % 120,
            released_on=NOW.date() - timedelta(days=number // 9),
        )
        for number in range(100_000)
    ]
    return insights.load(plays=made)


@pytest.mark.parametrize("name", NAMES)
def test_a_huge_account_is_not_longer_than_a_few_screens(name: str) -> None:
    text = shown(render(huge().ask(name, now=NOW, zone="America/New_York")))
    assert widest(text) <= 80
    assert len(text.splitlines()) <= 100


@pytest.mark.parametrize("width", [60, 100])
@pytest.mark.parametrize("name", NAMES)
def test_other_widths(name: str, width: int) -> None:
    text = shown(render(ask(name), formula=False), width=width)
    most = min(width, 80)
    if width >= 60 or name not in {"calendar", "punch-card"}:
        assert widest(text) <= (most if name not in {"punch-card"} else 80)


@pytest.fixture(scope="module")
def demo(shared_dir: Path) -> Lens:
    return insights.load(**trakt_zip.read(shared_dir / "history" / "demo_trakt_export_full.zip").rows())


CONTENT: dict[str, list[str]] = {
    "totals": ["7,003", "335,745", "233 d 3 h"],
    "screen-time": ["1 d 12 h", "A day now, and in the period before (2026-05-01..2026-05-30)", "-34 min (-32 %)"],
    "by": ["2020 1,085 ", "2026   304 "],
    "punch-card": ["Busiest: Sat 01:00-01:59"],
    "top": [" 1  Shark Tank (2009)", "321     321  13 d 9 h"],
    "top-rated": ["Breaking Bad (2008)", "96,710  2016-01-06"],
    "ratings": [" 8 141   25 %", "Mean 7.37 over 571 ratings: movies 7.32"],
    "first-last": ["first  2009-06-01 20:00  Reno 911!: Miami (2007)", "2026-06-29 23:45  Chicago Hope 1x07 Episode 7"],
    "on-this-day": ["2025  1 year ago   Da Vinci's Demons 1x03 Episode 3", "On 06-29, in 7 years."],
    "streaks": ["2021-03-17  2021-04-20    166", "2,407"],
    "records": ["14 h 40 min", "2020-W52", "The Leopard (1963)", "03:59  2016-05-13"],
    "milestones": ["1,000th  2017-09-01  Dexter 7x01 Episode 1"],
    "sessions": ["2,376 sittings, 651 binges among them (27 %)", "2021-03-27  14 h 34 min  to 17:13", "Hannibal"],
    "grip": ["41 %", "37 % to 46 %", "119 of 287"],
    "rewatches": ["Breaking Bad (2008)", "119 plays of 7,002 repeated something (2 %): 115 titles."],
    "in-progress": ["Farscape (1999)", "5/10     5   5 h 00 min", "25 of 73 shows; --json gives them all."],
    "drop-off": [" 37%", "Chicago Hope (1994)", "34 %", "22 % to 45 %", "160 shows: 87 caught up with"],
    "premiere": ["movie     530", "18 y"],
    "eras": ["2009-06 to 2026-06", "232 d 13 h"],
    "critic": ["You rate 0.62 points below the community", "mystery", "thriller"],
    "hills": ["You like them less than many others do", "The 100 (2014)", "-7.0   9,024"],
    "passport": ["725 titles from 21 countries, as diverse as 3.1 equally common ones."],
    "places": ["Nothing to show, of 7,002 plays.", "No play says where it was watched."],
    "trust": [
        "No date: 4 plays of 7,003 (under 1 %)",
        "Febbre da cavallo",
        "2017-05-13      6",
        "What to do: Remove the",
    ],
}


@pytest.mark.shared
@pytest.mark.parametrize("name", NAMES)
def test_names_and_figures_of_the_demo_history(demo: Lens, name: str) -> None:
    answer = demo.ask(name, zone="Europe/Berlin")
    text = shown(render(answer))
    assert widest(text) <= 80
    for words in CONTENT.get(name, []):
        assert words in text, text

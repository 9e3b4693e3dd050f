"""Drawings of shows: those in progress, where they are dropped, how soon they are watched."""

from __future__ import annotations

from collections.abc import Iterator
from math import log
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from watchprint.cli.drawing.marks.bars import banded, box, progress
from watchprint.cli.drawing.marks.curves import columns
from watchprint.cli.drawing.marks.tables import Column, figures, names, table
from watchprint.cli.drawing.paper import Paper
from watchprint.cli.drawing.words import counted, day_of, figure, lag_of, percent, time_of, title_of
from watchprint.insights import Answer

_MOST_SHOWN = 25
_AXIS_H = (24, 24 * 7, 24 * 30.44, 24 * 365.25, 24 * 3652.5)
_AXIS_NAMES = ("1d", "1w", "1mo", "1y", "10y")
_FIRST_H, _LAST_H = 1.0, 24 * 365.25 * 100
_BOX = 30
_LATELY = {
    "sooner": "You drop shows sooner than you used to.",
    "later": "You stay with shows longer than you used to.",
    "none": "That has not changed between your earlier and your later shows.",
}
_TREND = {
    "sooner": "You watch more and more at once: the share within a day rises",
    "later": "You watch less and less at once: the share within a day falls",
}


def in_progress(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """A bar of progress for each show, what is left, and what comes next."""
    shown = answer.rows[:_MOST_SHOWN]
    rows = [
        (
            title_of(row),
            progress(row.progress, 10, paper),
            f"{row.watched:,}/{row.aired:,}",
            figure(row.left),
            time_of(row.minutes_left) or "unknown",
            day_of(row.last_on),
            _next(row),
        )
        for row in shown
    ]
    heads = [names("show"), Column(""), *figures("watched", "left", "time left"), Column("last play")]
    yield table(paper, [*heads, names("next", 6)], rows)
    facts = answer.facts
    if len(shown) < facts["shows_in_progress"]:
        yield Text(f"{len(shown)} of {facts['shows_in_progress']:,} shows; --json gives them all.")
    unknown = facts["shows_of_unknown_length"]
    without = f", without {counted(unknown, 'show')} of unknown length" if unknown else ""
    going, caught_up = counted(facts["shows_in_progress"], "show"), counted(facts["shows_caught_up"], "show")
    left = f"{counted(facts['episodes_left'], 'episode')} left, {time_of(facts['minutes_left'])}{without}"
    yield paper.wrapped(f"{going} in progress: {left}. {caught_up} caught up with.")


def _next(row: Any) -> str:
    if row.next_season is None:
        return ""
    return f"{row.next_season}x{row.next_number:02d}" + (f" {row.next_name}" if row.next_name else "")


def drop_off(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """The curve of how many shows are watched on, and the chance of each that is going on."""
    facts = answer.facts
    curve = facts.get("still_watched_after") or {}
    if curve:
        yield paper.wrapped("Shows watched on beyond so many episodes", style="bold")
        yield columns(paper, list(curve.items()), said=[percent(share).replace(" ", "") for share in curve.values()])
    yield paper.wrapped(
        f"{counted(facts['shows'], 'show')}: {facts['caught_up']:,} caught up with, {facts['in_progress']:,} in "
        f"progress, {facts['dropped']:,} dropped. " + _LATELY.get(str(facts.get("lately")), "")
    )
    yield Text("")
    if not answer.rows:
        yield Text("No show is in progress.")
        return
    yield Text("The chance to finish those in progress", style="bold")
    rows = [
        (
            title_of(row),
            f"{row.watched:,}/{row.aired:,}",
            figure(row.left),
            percent(row.chance),
            banded(row.low if row.low is not None else row.chance, row.chance, row.high or row.chance, 1, 20, paper),
            "" if row.low is None else f"{percent(row.low)} to {percent(row.high)}",
        )
        for row in answer.rows[:_MOST_SHOWN]
    ]
    heads = [names("show"), *figures("watched", "left", "chance"), Column("0 to 100 %")]
    yield table(paper, [*heads, Column("90 % band", right=True)], rows)


def premiere(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """Quantiles of the time from release to first viewing, on an axis from an hour to a hundred years."""
    facts = answer.facts
    rows: list[Any] = [
        (
            str(row.value),
            figure(row.titles),
            percent(row.share),
            box([_place(h) for h in (row.p10_h, row.p25_h, row.median_h, row.p75_h, row.p90_h)], _BOX, paper),
            lag_of(row.median_h),
            f"{lag_of(row.p10_h)} to {lag_of(row.p90_h)}",
        )
        for row in answer.rows
    ]
    heads = [names(answer.asked.get("of", "kind"), 10), *figures("titles", "in a day"), Column(_axis())]
    yield table(paper, [*heads, Column("middle", right=True), Column("10 to 90 %", right=True)], rows)
    thin, thick, middle = paper.marks("─█┃", "-#|")
    yield paper.wrapped(
        f"{thin} 10 to 90 %  {thick} 25 to 75 %  {middle} the middle one (d days, w weeks, mo months, y years)"
    )
    lacking = facts["titles_without_release"]
    without = f" {lacking:,} more have no known one." if lacking else ""
    yield paper.wrapped(
        f"{counted(facts['titles'], 'title')} of known release: {percent(facts['share'])} first watched within a day "
        f"of it, half within {lag_of(facts['median_h'])}.{without}"
    )
    if (words := _TREND.get(str(facts.get("trend")))) is not None:
        yield paper.wrapped(f"{words} by {abs(facts['trend_per_year']) * 100:.1f} points a year.")


def _place(hours: float) -> float:
    """Where on the axis, whose steps are equal ratios; what was watched before its release stands at its start."""
    return log(min(max(hours, _FIRST_H), _LAST_H)) / log(_LAST_H)


def _axis() -> str:
    """The names of some times, each where it stands on the axis."""
    line = [" "] * _BOX
    for name, hours in zip(_AXIS_NAMES, _AXIS_H, strict=True):
        at = int(_BOX * _place(hours))
        line[at : at + len(name)] = name
    return "".join(line[:_BOX])

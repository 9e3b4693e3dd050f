"""Drawings of when: calendar, punch card, streaks, records, milestones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from watchprint.cli.drawing.marks.bars import bar
from watchprint.cli.drawing.marks.heat import shades
from watchprint.cli.drawing.marks.tables import Column, figures, names, table
from watchprint.cli.drawing.paper import Paper
from watchprint.cli.drawing.volume import average
from watchprint.cli.drawing.words import DAYS, KINDS, day_of, figure, time_of, title_of, unit_of, value_of
from watchprint.insights import Answer

_WEEKS = 53
_MOST_STRETCHES = 6
_MONTHS = ("", "", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RECORDS = {
    "plays_in_day": "Most plays in a day",
    "minutes_in_day": "Most time in a day",
    "plays_in_week": "Most plays in a week",
    "minutes_in_week": "Most time in a week",
    "plays_in_month": "Most plays in a month",
    "minutes_in_month": "Most time in a month",
    "episodes_of_a_show_in_a_day": "Most episodes of a show in a day",
    "longest_viewing": "Longest viewing",
    "latest_finish": "Latest finish",
}


def calendar(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """A row a weekday, a column a week, a shade a day."""
    values = {row.day: value_of(row, answer) for row in answer.rows}
    shade = shades(list(values.values()), ascii_only=paper.ascii_only)
    first, last = answer.rows[0].day, answer.rows[-1].day
    monday = first - timedelta(days=first.weekday())
    mondays = [monday + timedelta(weeks=week) for week in range((last - monday).days // 7 + 1)]
    for at in range(0, len(mondays), _WEEKS):
        block = mondays[at : at + _WEEKS]
        yield _months(block)
        for weekday, name in enumerate(DAYS):
            line = Text(f"{name} " if weekday % 2 == 0 else "    ")
            for day in (start + timedelta(days=weekday) for start in block):
                line.append(shade.cell(values[day]) if day in values else " ")
            yield line
    yield shade.legend(unit_of(answer))
    yield Text(f"{answer.facts['active_days']} of {answer.facts['window_days']} days with a play.")
    yield from average(answer, paper)


def _months(mondays: Sequence[date]) -> Text:
    """The months' names above the week in which each begins, where there is room."""
    line = [" "] * (len(mondays) + 4)
    for week, monday in enumerate(mondays):
        first = next((day for day in (monday + timedelta(days=n) for n in range(7)) if day.day == 1), None)
        name = "" if first is None else _MONTHS[first.month] or f"'{first:%y}"
        if name and not "".join(line[max(0, week - 1) : week + len(name)]).strip():
            line[week : week + len(name)] = name
    return Text("    " + "".join(line).rstrip())


def punch_card(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """A row a weekday, a column an hour."""
    values = {(row.weekday, row.hour): value_of(row, answer) for row in answer.rows}
    shade = shades(list(values.values()), ascii_only=paper.ascii_only)
    yield Text("    " + " ".join(f"{hour:02d}" for hour in range(24)))
    for weekday, name in enumerate(DAYS):
        line = Text(name)
        for hour in range(24):
            line.append(" ").append(shade.cell(values[weekday, hour], 2))
        yield line
    yield shade.legend(unit_of(answer))
    if answer.facts["busiest_hour"] is not None:
        day, hour = DAYS[answer.facts["busiest_weekday"]], answer.facts["busiest_hour"]
        yield paper.wrapped(f"Busiest: {day} {hour:02d}:00-{hour:02d}:59, in {answer.zone}.")


def streaks(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """The longest streaks and gaps."""
    kept = [
        row for kind in ("streak", "gap") for row in [row for row in answer.rows if row.kind == kind][:_MOST_STRETCHES]
    ]
    most = {kind: max((row.days for row in kept if row.kind == kind), default=0) for kind in ("streak", "gap")}
    rows = [
        (
            row.kind,
            figure(row.days),
            bar(row.days, most[row.kind], 16, ascii_only=paper.ascii_only),
            day_of(row.from_on),
            day_of(row.to_on),
            figure(row.plays) if row.plays else "",
            "now" if row.is_current else "",
        )
        for row in kept
    ]
    heads = [Column(""), *figures("days"), Column(""), Column("from"), Column("to"), *figures("plays"), Column("")]
    yield table(paper, heads, rows)
    facts = answer.facts
    said = f"{facts['streaks']:,} streaks on {facts['active_days']:,} days; the current one: "
    yield paper.wrapped(f"{said}{facts['current_streak_days']} days.")


def records(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """A record a line: what, how much, when, with which title."""
    heads = [Column("record"), Column("", right=True), Column("when"), names("what", 8)]
    yield table(paper, heads, [(_RECORDS[row.record], _amount(row), _when(row), _what(row)) for row in answer.rows])


def _amount(row: Any) -> str:
    if row.record == "latest_finish":
        return f"{row.ended_local_at:%H:%M}"
    return time_of(row.value) if row.unit == "min" else figure(row.value)


def _when(row: Any) -> str:
    unit = row.record.rpartition("_in_")[2]
    if unit == "week":
        return f"{row.from_on:%G}-W{row.from_on:%V}"
    return f"{row.from_on:%Y-%m}" if unit == "month" else day_of(row.from_on)


def _what(row: Any) -> str:
    if row.season is not None and row.number is not None:
        return f"{row.name or 'an episode'} {row.season}x{row.number:02d}" + (
            f" {row.title_name}" if row.title_name else ""
        )
    return title_of(row) if row.key or row.name else ""


def milestones(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """A milestone a line, of all, movies, episodes."""
    rows, shown = [], None
    for row in answer.rows:
        kind = KINDS[row.kind] if row.kind != shown else ""
        shown = row.kind
        rows.append((kind, f"{row.nth:,}th", day_of(row.on), title_of(row)))
    yield table(paper, [Column(""), Column("play", right=True), Column("on"), names("what")], rows)

"""Answers of insights as tables and plots for a terminal of 80 columns, with or without colour.

Only looks: every number comes from the answer. Texts from outside are never read as markup or control codes.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, TypeAlias

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from watchprint.cli.heat import bar, shades
from watchprint.insights import Answer, Beside, beside_trakt

WIDTH = 80
_MOST_BARS = 36
_NEARLY_ALL = 0.95
_WEEKS = 53
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_KINDS = {"movie": "Movies", "episode": "Episodes", "show": "Shows", "all": "All"}

Notes: TypeAlias = Literal["full", "short"]


def render(answer: Answer, *, stats: Any = None, formula: bool = True, notes: Notes = "full") -> RenderableType:
    """The answer as a table or plot, with its formula, coverage and what was left out below.

    Args:
        answer: what `insights.compute` gave.
        stats: Trakt's own statistics, to stand beside totals and ratings.
        formula: False leaves out the formula, where several plots follow each other.
        notes: "short" keeps of all that stands below one line: how many plays, in which zone, without which.
    """
    return _Plot(answer, beside_trakt(answer, stats) if stats is not None else [], formula, notes)


@dataclass(frozen=True, slots=True)
class _Plot:
    answer: Answer
    beside: list[Beside]
    formula: bool
    notes: Notes

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = min(options.max_width, WIDTH)
        draw = _DRAWN.get(self.answer.insight.name, _any)
        yield Text(self.answer.question, style="bold")
        yield from draw(self.answer, width, options.ascii_only) if self.answer.rows else [_nothing(self.answer)]
        if self.beside:
            yield _beside_table(self.beside)
        if self.notes == "short":
            yield _one_line(self.answer, width)
        else:
            yield _footnotes(self.answer, width, formula=self.formula)


def _nothing(answer: Answer) -> Text:
    return Text(f"Nothing to show: no dated {answer.insight.unit} in the period ({answer.period}).")


def _totals(answer: Answer, width: int, ascii_only: bool) -> list[RenderableType]:
    table = _table(ascii_only, ("", "left"), *((name, "right") for name in ("plays", "distinct", "minutes", "time")))
    table.add_column("runtime known", justify="right")
    for row in answer.rows:
        minutes = row.minutes
        cells = [row.plays, row.watched, minutes, None if minutes is None else _time(minutes)]
        table.add_row(_KINDS[row.kind], *(_cell(cell) for cell in cells), _percent(row.coverage))
    return [table]


def _by(answer: Answer, width: int, ascii_only: bool) -> list[RenderableType]:
    rows = answer.rows[-_MOST_BARS:]
    drawn: list[RenderableType] = [_bars([(row.period, _value(row, answer)) for row in rows], width, ascii_only)]
    if len(rows) < len(answer.rows):
        drawn.append(Text(f"The latest {len(rows)} of {len(answer.rows)}; --json gives them all."))
    return [*drawn, *_average(answer)]


def _calendar(answer: Answer, width: int, ascii_only: bool) -> list[RenderableType]:
    values = {row.day: _value(row, answer) for row in answer.rows}
    shade = shades(list(values.values()), ascii_only=ascii_only)
    first, last = answer.rows[0].day, answer.rows[-1].day
    monday = first - timedelta(days=first.weekday())
    mondays = [monday + timedelta(weeks=week) for week in range((last - monday).days // 7 + 1)]
    drawn: list[RenderableType] = []
    for at in range(0, len(mondays), _WEEKS):
        block = mondays[at : at + _WEEKS]
        drawn.append(_months(block))
        for weekday, name in enumerate(_DAYS):
            line = Text(f"{name} " if weekday % 2 == 0 else "    ")
            for day in (start + timedelta(days=weekday) for start in block):
                line.append(shade.cell(values[day]) if day in values else " ")
            drawn.append(line)
    active = f"{answer.facts['active_days']} of {answer.facts['window_days']} days with a play."
    return [*drawn, shade.legend(_unit(answer)), Text(active), *_average(answer)]


def _months(mondays: Sequence[date]) -> Text:
    """The months' names above the week in which each begins, where there is room."""
    line = [" "] * (len(mondays) + 4)
    for week, monday in enumerate(mondays):
        first = next((day for day in (monday + timedelta(days=n) for n in range(7)) if day.day == 1), None)
        name = f"{first:%b}" if first is not None and first.month != 1 else f"'{first:%y}" if first else ""
        if name and not "".join(line[max(0, week - 1) : week + len(name)]).strip():
            line[week : week + len(name)] = name
    return Text("    " + "".join(line).rstrip())


def _punch_card(answer: Answer, width: int, ascii_only: bool) -> list[RenderableType]:
    values = {(row.weekday, row.hour): _value(row, answer) for row in answer.rows}
    shade = shades(list(values.values()), ascii_only=ascii_only)
    drawn: list[RenderableType] = [Text("    " + " ".join(f"{hour:02d}" for hour in range(24)))]
    for weekday, name in enumerate(_DAYS):
        line = Text(name)
        for hour in range(24):
            line.append(" ").append(shade.cell(values[weekday, hour], 2))
        drawn.append(line)
    drawn.append(shade.legend(_unit(answer)))
    if answer.facts["busiest_hour"] is not None:
        day, hour = _DAYS[answer.facts["busiest_weekday"]], answer.facts["busiest_hour"]
        drawn.append(Text(f"Busiest: {day} {hour:02d}:00-{hour:02d}:59, in {answer.zone}."))
    return drawn


def _top(answer: Answer, width: int, ascii_only: bool) -> list[RenderableType]:
    most = max(_value(row, answer) for row in answer.rows)
    table = _table(ascii_only, ("", "right"), ("title", "left"), ("", "left"))
    for name in ("plays", "titles", "time"):
        table.add_column(name, justify="right", no_wrap=True)
    table.columns[1].max_width = width - 52
    for row in answer.rows:
        name = f"{_plain(row.name or row.key)}{f' ({row.year})' if row.year else ''}"
        name = name.encode("ascii", "replace").decode() if ascii_only else name
        drawn = bar(_value(row, answer), most, 12, ascii_only=ascii_only)
        time = _time(round(row.minutes)) if row.coverage else "unknown"
        plays = f"{row.plays:,}" if row.plays == int(row.plays) else f"{row.plays:,.1f}"
        table.add_row(str(row.rank), Text(name), drawn, plays, f"{row.titles:,}", time)
    return [table]


def _ratings(answer: Answer, width: int, ascii_only: bool) -> list[RenderableType]:
    drawn: list[RenderableType] = [
        _bars([(str(row.rating), row.ratings) for row in reversed(answer.rows)], width, ascii_only)
    ]
    if answer.facts["mean"] is not None:
        drawn.append(Text(f"Mean {answer.facts['mean']:.2f} over {answer.n:,} ratings."))
    return drawn


def _streaks(answer: Answer, width: int, ascii_only: bool) -> list[RenderableType]:
    table = _table(ascii_only, ("", "left"), ("days", "right"), ("from", "left"), ("to", "left"))
    table.add_column("plays", justify="right")
    table.add_column("")
    for kind in ("streak", "gap"):
        for row in [row for row in answer.rows if row.kind == kind][:5]:
            plays = f"{row.plays:,}" if row.plays else ""
            now = "now" if row.is_current else ""
            table.add_row(kind, f"{row.days:,}", f"{row.from_on}", f"{row.to_on}", plays, now)
    facts = answer.facts
    said = f"{facts['streaks']:,} streaks on {facts['active_days']:,} days; the current one: "
    return [table, Text(f"{said}{facts['current_streak_days']} days.")]


def _any(answer: Answer, width: int, ascii_only: bool) -> list[RenderableType]:
    """A row a line, in the columns that fit."""
    names = [name for name in answer.insight.row.__struct_fields__ if name not in {"key", "effect", "advice"}]
    table = _table(ascii_only, *((name.replace("_", " "), "left") for name in names[:7]))
    for row in answer.rows[:_MOST_BARS]:
        table.add_row(*(Text(_plain(_cell_of(getattr(row, name)))) for name in names[:7]))
    return [table]


def _cell_of(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else "" if value is None else str(value)


_DRAWN: dict[str, Callable[[Answer, int, bool], Iterable[RenderableType]]] = {
    "totals": _totals,
    "by": _by,
    "calendar": _calendar,
    "punch-card": _punch_card,
    "top": _top,
    "ratings": _ratings,
    "streaks": _streaks,
}


def _value(row: Any, answer: Answer) -> Any:
    """What the asked measure is called in a row."""
    return getattr(row, {"time": "minutes", "ratings": "ratings"}.get(answer.measure, answer.measure))


def _unit(answer: Answer) -> str:
    return "minutes" if answer.measure == "time" else answer.unit


def _table(ascii_only: bool, *columns: tuple[str, Any]) -> Table:
    table = Table(box=box.ASCII if ascii_only else box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name, justify in columns:
        table.add_column(name, justify=justify, no_wrap=True, overflow="crop" if ascii_only else "ellipsis")
    return table


def _bars(values: Sequence[tuple[str, int]], width: int, ascii_only: bool) -> RenderableType:
    most = max(value for _, value in values)
    label = max(len(name) for name, _ in values)
    figure = max(len(f"{value:,}") for _, value in values)
    room = width - label - figure - 2
    lines = []
    for name, value in values:
        line = Text(f"{name:>{label}} {value:>{figure},} ")
        lines.append(line.append(bar(value, most, room, ascii_only=ascii_only)))
    return Group(*lines)


def _average(answer: Answer) -> list[RenderableType]:
    facts = answer.facts
    if facts["plays_per_day"] is None:
        return []
    seen = f"{facts['window_from_on']} to {facts['window_to_on']} ({facts['window_days']:,} days)"
    a_day = f"{facts['plays_per_day']:.2f} plays, {facts['minutes_per_day']:.0f} min"
    return [Text(f"A day: {a_day}, over {seen}.")]


def _beside_table(beside: Sequence[Beside]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("beside Trakt's own figures", no_wrap=True)
    for name in ("ours", "Trakt's", ""):
        table.add_column(name, justify="right", no_wrap=True)
    for each in beside:
        said = "equal" if each.agrees else "not given" if each.trakts is None else f"{each.ours - each.trakts:+,}"
        table.add_row(each.figure, f"{each.ours:,}", _cell(each.trakts), said)
    return table


def _one_line(answer: Answer, width: int) -> Text:
    """How many plays, in which zone, and which are left out, in a few words; a coverage that is nearly whole is not."""
    what = "ratings" if answer.insight.reads == "ratings" else "plays"
    how = "" if answer.counts == "as watched" else f", {answer.counts},"
    left = ", ".join(f"{each.plays:,} {each.reason}" for each in answer.left_out)
    said = f"{answer.n:,} {what}{how} in {answer.zone}" + (f"; without {left}" if left else "")
    if answer.coverage is not None and answer.coverage < _NEARLY_ALL:
        said += f"; known for {_percent(answer.coverage)}"
    return Text("\n".join(textwrap.wrap(_plain(f"{said}."), width)), style="dim")


def _footnotes(answer: Answer, width: int, *, formula: bool) -> Text:
    counted = f"{answer.n:,} {'ratings' if answer.insight.reads == 'ratings' else 'plays'}, {answer.counts}"
    known = "" if answer.coverage is None else f"; what this needs is known for {_percent(answer.coverage)}"
    lines = [f"{counted}{known}. Days begin at {answer.day_start} in {answer.zone}. Period: {answer.period}."]
    lines += [f"Left out: {each.plays:,} {each.reason}: {each.why}." for each in answer.left_out]
    lines += [*answer.notes, *([f"Formula: {answer.formula}."] if formula else [])]
    wrapped = [part for line in lines for part in textwrap.wrap(_plain(line), width)]
    return Text("\n".join(wrapped) + "\n", style="dim")


def _plain(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


def _cell(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else f"{value:,}"


def _percent(share: float | None) -> str:
    """Whole percent, where neither nearly all looks like all nor nearly none like none."""
    if share is None:
        return ""
    near = min(max(round(share * 100), 1 if share > 0 else 0), 99 if share < 1 else 100)
    return f"{near} %"


def _time(minutes: int) -> str:
    days, rest = divmod(minutes, 24 * 60)
    hours, rest = divmod(rest, 60)
    return f"{days:,} d {hours} h" if days else f"{hours} h {rest:02d} min"

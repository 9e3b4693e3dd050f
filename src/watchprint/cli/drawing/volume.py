"""Drawings of how much: totals, screen time, by year, month and week, places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from watchprint.cli.drawing.changes import difference
from watchprint.cli.drawing.marks.bars import LESS, bar, bars
from watchprint.cli.drawing.marks.curves import sparkline
from watchprint.cli.drawing.marks.tables import Column, figures, names, table
from watchprint.cli.drawing.paper import Paper
from watchprint.cli.drawing.words import KINDS, day_of, figure, percent, time_of, unit_of, value_of
from watchprint.insights import Answer

_MOST_BARS = 36


def totals(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """Kinds by plays, titles and time."""
    rows = [
        (
            KINDS[row.kind],
            *map(figure, (row.plays, row.watched, row.minutes)),
            time_of(row.minutes),
            percent(row.coverage),
        )
        for row in answer.rows
    ]
    yield table(paper, [Column(""), *figures("plays", "distinct", "minutes", "time", "runtime known")], rows)


def screen_time(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """Kinds by time, and the time a day as bars, now and before."""
    rows = [
        (
            KINDS[row.kind],
            time_of(row.minutes),
            time_of(row.minutes_per_day),
            time_of(row.minutes_per_active_day),
            figure(row.plays),
            figure(row.active_days),
            percent(row.coverage),
        )
        for row in answer.rows
    ]
    heads = figures("time", "a day", "a day with a play", "plays", "days", "runtime known")
    yield table(paper, [Column(""), *heads], rows)
    yield from _beside_before(answer, paper) if answer.before else ()


def _beside_before(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    assert answer.before is not None
    changes = [change for change in answer.before.changes if change.column == "minutes_per_day"]
    most = max(max(change.now or 0, change.before or 0) for change in changes)
    yield Text("")
    yield paper.wrapped(f"A day now, and in the period before ({answer.before.period}):", style="bold")
    rows: list[Any] = []
    for change in changes:
        for name, value, style in (("now", change.now, "cyan"), ("before", change.before, LESS)):
            drawn = bar(value or 0, most, 24, ascii_only=paper.ascii_only, style=style)
            first = name == "now"
            kind = KINDS[str(change.of["kind"])] if first else ""
            rows.append((kind, name, time_of(value) or "-", drawn, difference(change) if first else ""))
    yield table(paper, [Column(""), Column(""), Column("", right=True), Column(""), Column("")], rows)


def by(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """A bar a period; of many the latest, with a line over all of them."""
    rows = answer.rows[-_MOST_BARS:]
    said = [time_of(row.minutes) for row in rows] if answer.measure == "time" else None
    if len(rows) < len(answer.rows):
        first, last = (f" {answer.rows[at].period} " for at in (0, -1))
        room = paper.width - len(first) - len(last)
        line = sparkline([value_of(row, answer) for row in answer.rows], room, paper)
        yield Text.assemble(first.lstrip(), line, last.rstrip())
    yield bars(paper, [(row.period, value_of(row, answer)) for row in rows], said=said)
    if len(rows) < len(answer.rows):
        yield Text(f"The latest {len(rows)} of {len(answer.rows)}; --json gives them all.")
    yield from average(answer, paper)


def average(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """A usual day of the window."""
    facts = answer.facts
    if facts["plays_per_day"] is None:
        return
    seen = f"{facts['window_from_on']} to {facts['window_to_on']} ({facts['window_days']:,} days)"
    yield paper.wrapped(f"A day: {facts['plays_per_day']:.2f} plays, {facts['minutes_per_day']:.0f} min, over {seen}.")


def places(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """Places by what was asked, with a bar."""
    most = max(value_of(row, answer) for row in answer.rows)
    rows = [
        (
            str(row.rank),
            row.name or "(no name)",
            row.kind or "",
            bar(value_of(row, answer), most, 8, ascii_only=paper.ascii_only),
            figure(row.plays),
            time_of(row.minutes),
            day_of(row.first_on),
            day_of(row.last_on),
        )
        for row in answer.rows
    ]
    heads = [Column("", right=True), names("place", 8), Column("kind"), Column(""), *figures("plays", "time")]
    yield table(paper, [*heads, Column("first"), Column("last")], rows)
    known, without = answer.facts["plays_with_place"], answer.facts["plays_without_place"]
    yield paper.wrapped(f"Of {known + without:,} plays the place of {known:,} is known. By {unit_of(answer)}.")

"""Drawings of what is watched in one go: sittings, and how one episode leads to the next."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from watchprint.cli.drawing.marks.bars import banded, bars
from watchprint.cli.drawing.marks.tables import Column, figures, names, table
from watchprint.cli.drawing.paper import Paper
from watchprint.cli.drawing.words import counted, day_of, figure, percent, time_of
from watchprint.insights import Answer

_MANY_PLAYS = 10
_HOURS = {"morning": "05-12", "afternoon": "12-18", "evening": "18-23", "night": "23-05"}
_SCALE = 0.25


def sessions(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """How long sittings are, and the longest."""
    facts = answer.facts
    yield paper.wrapped(
        f"{counted(facts['sessions'], 'sitting')}, {counted(facts['binges'], 'binge')} among them "
        f"({percent(facts['binges'] / facts['sessions'])}). A sitting has {facts['plays_per_session']:.1f} plays "
        f"and {time_of(facts['minutes_per_session'])} on average, and {facts['median_plays']:g} plays in the middle."
    )
    yield Text("")
    yield Text("Sittings by number of plays", style="bold")
    yield bars(paper, _sizes(facts["by_plays"]))
    yield Text("")
    yield Text("The longest" if answer.measure == "time" else "Those with the most plays", style="bold")
    rows = [
        (
            str(row.rank),
            day_of(row.on),
            time_of(row.span_min),
            f"to {row.ended_local_at:%H:%M}",
            figure(row.plays),
            time_of(row.minutes),
            row.show or "",
            f"{row.episodes} ep." if row.show else "",
        )
        for row in answer.rows
    ]
    heads = [Column("", right=True), Column("day"), Column("took", right=True), Column(""), *figures("plays", "time")]
    yield table(paper, [*heads, names("mostly", 10), Column("", right=True)], rows)
    yield paper.wrapped("Three or more episodes of a show are a binge.")


def _sizes(by_plays: dict[str, int]) -> list[tuple[str, int]]:
    """Sittings by their number of plays, those with many in one."""
    counts = {int(plays): sittings for plays, sittings in by_plays.items()}
    few = [(str(plays), counts.get(plays, 0)) for plays in range(1, min(_MANY_PLAYS, max(counts) + 1))]
    many = sum(sittings for plays, sittings in counts.items() if plays >= _MANY_PLAYS)
    return few + ([(f"{_MANY_PLAYS}+", many)] if many else [])


def grip(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """A bar with its band for each part of the day."""
    most = min(1.0, (int(max(row.high for row in answer.rows) / _SCALE) + 1) * _SCALE)
    rows = [
        (
            row.band,
            _HOURS[row.band],
            percent(row.grip),
            banded(row.low, row.grip, row.high, most, 22, paper),
            f"{percent(row.low)} to {percent(row.high)}",
            f"{row.continued:,} of {row.episodes:,}",
        )
        for row in answer.rows
    ]
    heads = [Column("ended in the"), Column(""), *figures("grip"), Column(f"0 to {percent(most)}")]
    yield table(paper, [*heads, Column("90 % band"), Column("went on", right=True)], rows)
    facts, (sure, perhaps, beyond) = answer.facts, paper.marks("█▓░", "#=-")
    yield paper.wrapped(f"{sure} at least  {perhaps} estimate  {beyond} at most, with 90 % probability")
    named = f"is strongest in the {facts['strongest']}" if facts["strongest"] else "is the same all day, but for chance"
    yield paper.wrapped(
        f"After {percent(facts['grip'])} of {facts['episodes']:,} episodes the next began within 30 minutes; "
        f"the grip {named}."
    )

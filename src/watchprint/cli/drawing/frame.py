"""What stands round every drawing: the question above; what changed, how it came about and what was left out below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.text import Text

from watchprint.cli.drawing import changes, families
from watchprint.cli.drawing.marks.tables import Column, figures, table
from watchprint.cli.drawing.paper import WIDTH, Paper
from watchprint.cli.drawing.words import percent
from watchprint.insights import Answer, Beside, beside_trakt
from watchprint.insights.findings import STANDS_OUT_Z

_NEARLY_ALL = 0.95
Notes: TypeAlias = Literal["full", "short"]


def render(answer: Answer, *, stats: Any = None, formula: bool = True, notes: Notes = "full") -> RenderableType:
    """The answer as a table or plot, with its formula, coverage and what was left out below.

    Args:
        answer: what `insights.compute` gave.
        stats: Trakt's own statistics, to stand beside totals and ratings.
        formula: False leaves out the formula, where several plots follow each other.
        notes: "short" keeps of all that stands below one line: how many plays, in which zone, without which.
    """
    return _Framed(answer, beside_trakt(answer, stats) if stats is not None else [], formula, notes)


@dataclass(frozen=True, slots=True)
class _Framed:
    answer: Answer
    beside: list[Beside]
    formula: bool
    notes: Notes

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        paper = Paper(min(options.max_width, WIDTH), options.ascii_only)
        yield Text("\n".join(paper.lines(self.answer.question)), style="bold")
        if self.answer.rows or families.is_drawn_without_rows(self.answer):
            yield from families.drawing_of(self.answer)(self.answer, paper)
        else:
            yield from _nothing(self.answer, paper)
        if self.answer.before is not None and self.answer.insight.name not in families.COMPARED_INSIDE:
            yield from changes.drawn(self.answer, paper)
        if self.beside:
            yield _beside_table(self.beside, paper)
        if self.notes == "short":
            yield paper.wrapped(_one_line(self.answer), style="dim")
            return
        yield from _standing_out(self.answer, paper)
        yield _footnotes(self.answer, paper, formula=self.formula)


def _nothing(answer: Answer, paper: Paper) -> list[RenderableType]:
    """Why there is nothing, and what is needed."""
    if answer.insight.name == "trust" and answer.n:
        said = "Nothing is odd: every play has a date, a title and a length, and none is double or marked in bulk."
        return [paper.wrapped(said)]
    what = "ratings" if answer.insight.reads == "ratings" else "plays"
    if not answer.n:
        said = f"Nothing to show: no {what} to count in the period ({answer.period})."
    else:
        said = f"Nothing to show, of {answer.n:,} {what}."
    return [paper.wrapped(said), *(paper.wrapped(note) for note in answer.notes), *_needed(answer, paper)]


def _needed(answer: Answer, paper: Paper) -> list[RenderableType]:
    guard = answer.insight.guard
    return [] if guard.startswith("none") else [paper.wrapped(f"What it needs: {guard}.")]


def _beside_table(beside: list[Beside], paper: Paper) -> Text:
    rows = []
    for each in beside:
        said = "equal" if each.agrees else "not given" if each.trakts is None else f"{each.ours - each.trakts:+,}"
        rows.append((each.figure, f"{each.ours:,}", "" if each.trakts is None else f"{each.trakts:,}", said))
    head = [Column("beside Trakt's own figures"), *figures("ours", "Trakt's", " ")]
    return table(paper, head, rows)


def _standing_out(answer: Answer, paper: Paper) -> list[RenderableType]:
    """What of this answer is unusual, where anything is."""
    found = sorted(answer.effects, key=lambda effect: -abs(effect.z))
    return [paper.wrapped(effect.sentence, style="bold") for effect in found if abs(effect.z) >= STANDS_OUT_Z]


def _one_line(answer: Answer) -> str:
    """How many plays, in which zone, and which are left out, in a few words; a coverage that is nearly whole is not."""
    what = "ratings" if answer.insight.reads == "ratings" else "plays"
    how = "" if answer.counts == "as watched" else f", {answer.counts},"
    left = ", ".join(f"{each.plays:,} {each.reason}" for each in answer.left_out)
    said = f"{answer.n:,} {what}{how} in {answer.zone}" + (f"; without {left}" if left else "")
    if answer.coverage is not None and answer.coverage < _NEARLY_ALL:
        said += f"; known for {percent(answer.coverage)}"
    return f"{said}."


def _footnotes(answer: Answer, paper: Paper, *, formula: bool) -> Text:
    counted = f"{answer.n:,} {'ratings' if answer.insight.reads == 'ratings' else 'plays'}, {answer.counts}"
    known = "" if answer.coverage is None else f"; what this needs is known for {percent(answer.coverage)}"
    lines = [f"{counted}{known}. Days begin at {answer.day_start} in {answer.zone}. Period: {answer.period}."]
    lines += [f"Left out: {each.plays:,} {each.reason}: {each.why}." for each in answer.left_out]
    lines += [
        *(answer.notes if answer.rows or families.is_drawn_without_rows(answer) else ()),
        *([f"Formula: {answer.formula}."] if formula else []),
    ]
    wrapped = [part for line in lines for part in paper.lines(line)]
    return Text("\n".join(wrapped) + "\n", style="dim")

"""Drawing of what stands out: the first sentence, what else is unusual, and how sure that is, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import erfc, sqrt

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.text import Text

from watchprint.cli.drawing.marks.tables import Column, names, table
from watchprint.cli.drawing.paper import WIDTH, Paper
from watchprint.cli.drawing.words import figure
from watchprint.insights.findings import Finding, Findings

_RAREST = 1_000_000


def drawn_findings(found: Findings) -> RenderableType:
    """What `insights.findings` found, for a terminal."""
    return _Drawn(found)


def rarity(z: float) -> str:
    """How many people are as far from the usual, or further, to either side: what so many standard errors mean."""
    share = erfc(abs(z) / sqrt(2))
    one_in = round(1 / share) if share * _RAREST > 1 else _RAREST
    if one_in >= _RAREST:
        return "fewer than one person in a million"
    if one_in < 2:
        return "most people"
    digits = 10 ** max(0, len(str(one_in)) - 2)
    return f"one person in {one_in // digits * digits:,}"


@dataclass(frozen=True, slots=True)
class _Drawn:
    found: Findings

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        paper = Paper(min(options.max_width, WIDTH), options.ascii_only)
        yield paper.wrapped(self.found.sentence, style="bold")
        yield from _standing_out(self.found.standing_out, paper)
        yield from _others(self.found.others, paper)
        yield paper.wrapped(
            f"Something stands out from {self.found.threshold_z:.1f} standard errors on: as far from the usual as "
            f"{rarity(self.found.threshold_z)}. The error holds both how far people differ and chance.",
            style="dim",
        )


def _standing_out(found: tuple[Finding, ...], paper: Paper) -> Iterator[RenderableType]:
    for number, each in enumerate(found):
        effect = each.effect
        if number:
            yield Text("")
            yield paper.wrapped(effect.sentence)
        yield paper.wrapped(
            f"As far from the usual as {rarity(effect.z)} ({abs(effect.z):.1f} standard errors, {effect.n:,} counted): "
            f"see `watchprint insights {each.insight}`.",
            indent=2,
        )


def _others(others: tuple[Finding, ...], paper: Paper) -> Iterator[RenderableType]:
    if not others:
        return
    yield Text("")
    yield Text("Looked at too, and as usual", style="bold")
    rows = [
        (
            each.effect.trait,
            each.insight,
            figure(round(each.effect.estimate, 2)),
            figure(round(each.effect.expected, 2)),
            f"like {rarity(each.effect.z)}",
        )
        for each in others
    ]
    heads = [names("trait"), Column("insight"), Column("yours", right=True), Column("usual", right=True)]
    yield table(paper, [*heads, Column("how far off")], rows)

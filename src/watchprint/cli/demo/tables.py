"""The demo's tables: totals beside Trakt's own figures, and what the history says, all from the copy in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.rule import Rule
from rich.text import Text

from watchprint import insights
from watchprint.cli.drawing import render
from watchprint.cli.narrate import draw

if TYPE_CHECKING:
    from watchprint.cli.demo.copied import Copied

SHOWN = ("totals", "by-year", "calendar", "punch-card", "top-shows", "top-movies", "ratings", "streaks")


def answers(copied: Copied) -> dict[str, insights.Answer]:
    """The answer of each insight that is shown, by the name under which it was asked."""
    return {name: copied.app.insight(name, account=copied.account) for name in SHOWN}


def show_tables(copied: Copied, banner: str) -> None:
    """Draw them (stdout)."""
    for name, answer in answers(copied).items():
        stats = copied.stats if name == "totals" else None
        draw(Rule(banner, style="dim"), render(answer, stats=stats, notes="short"))
        draw(_verdict(answer, stats), Text()) if stats is not None else draw(Text())


def differing(totals: insights.Answer, stats: Any) -> list[str]:
    """The figures that differ from Trakt's own."""
    return [beside.figure for beside in insights.beside_trakt(totals, stats) if not beside.agrees]


def _verdict(totals: insights.Answer, stats: Any) -> Text:
    """Whether our figures equal Trakt's."""
    differ = differing(totals, stats)
    if differ:
        return Text(f"These differ from what Trakt counts: {', '.join(differ)}.", style="bold")
    return Text(f"All {len(insights.beside_trakt(totals, stats))} figures equal Trakt's own.", style="bold")

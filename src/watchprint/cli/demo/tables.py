"""The demo's tables: totals beside Trakt's own figures, and what the history says, all from the rows in hand."""

from __future__ import annotations

from typing import Any

from rich.rule import Rule
from rich.text import Text

from watchprint import insights
from watchprint.cli.narrate import draw
from watchprint.cli.plots import render
from watchprint.cli.reading import Account

SHOWN = ("by-year", "calendar", "punch-card", "top-shows", "top-movies", "ratings", "streaks")


def show_tables(account: Account, banner: str) -> None:
    """Draw them (stdout)."""
    lens = insights.load(**account.rows())
    asked: Any = {"zone": account.zone, "now": account.read_at}
    totals = lens.ask("totals", **asked)
    draw(Rule(banner, style="dim"), render(totals, stats=account.stats), _verdict(totals, account.stats))
    for name in SHOWN:
        draw(Rule(style="dim"), render(lens.ask(name, **asked), formula=False))


def _verdict(totals: insights.Answer, stats: Any) -> Text:
    """Whether our figures equal Trakt's."""
    beside = insights.beside_trakt(totals, stats)
    differing = [b.figure for b in beside if not b.agrees]
    if differing:
        return Text(f"These differ from what Trakt counts: {', '.join(differing)}.", style="bold")
    return Text(f"All {len(beside)} figures equal Trakt's own.", style="bold")

"""Drawing of the trust panel: what is odd, what follows from it, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from watchprint.cli.drawing.marks.tables import Column, figures, names, table
from watchprint.cli.drawing.paper import Paper
from watchprint.cli.drawing.words import counted, day_of, figure, percent, title_of
from watchprint.insights import Answer

_NAMES = {
    "undated": "No date",
    "bulk": "Marked in bulk",
    "duplicate": "Double",
    "unmatched": "No title",
    "untimed": "No length",
}
_MOST_ROWS = 12


def trust(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """Reason by reason: how many plays, what follows, what to do, and which they are."""
    facts = answer.facts
    for reason in dict.fromkeys(row.reason for row in answer.rows):
        rows = [row for row in answer.rows if row.reason == reason]
        yield Text("")
        share = _share(facts.get(f"{reason}_share") or 0)
        head = f"{_NAMES[reason]}: {counted(facts[reason], 'play')} of {facts['plays']:,} ({share})"
        yield paper.wrapped(head, style="bold")
        yield paper.wrapped(rows[0].effect, indent=2)
        yield paper.wrapped(f"What to do: {rows[0].advice}", indent=2)
        which = [(_what(row), day_of(row.on), figure(row.plays)) for row in rows]
        yield table(paper, [names("what"), Column("day"), *figures("plays")], which[:_MOST_ROWS], indent=2)
        if len(which) > _MOST_ROWS:
            yield Text(f"  {_MOST_ROWS} of {len(which)} groups; --json gives them all.")
    fine = [_NAMES[reason].lower() for reason in _NAMES if not facts[reason]]
    yield Text("")
    if fine:
        yield paper.wrapped(f"None of these: {', '.join(fine)}.")


def _what(row: Any) -> str:
    """The title; of bulk marks and of rows that name none, that there may be several."""
    return title_of(row) if row.name or row.key else "several titles" if row.reason == "bulk" else "not said"


def _share(share: float) -> str:
    return percent(share) if share >= 0.01 else "under 1 %"

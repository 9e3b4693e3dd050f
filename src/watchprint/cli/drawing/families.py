"""Which drawing each insight has. An insight without one of its own is drawn as the table of its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from rich.console import RenderableType

from watchprint.cli.drawing import rhythm, sessions, shows, taste, titles, trust, volume
from watchprint.cli.drawing.marks.tables import names, table
from watchprint.cli.drawing.paper import Paper
from watchprint.cli.drawing.words import figure
from watchprint.insights import Answer

Drawing: TypeAlias = Callable[[Answer, Paper], Iterable[RenderableType]]
_MOST_ROWS = 40

DRAWINGS: Mapping[str, Drawing] = {
    "totals": volume.totals,
    "screen-time": volume.screen_time,
    "by": volume.by,
    "places": volume.places,
    "calendar": rhythm.calendar,
    "punch-card": rhythm.punch_card,
    "streaks": rhythm.streaks,
    "records": rhythm.records,
    "milestones": rhythm.milestones,
    "top": titles.top,
    "top-rated": titles.top_rated,
    "ratings": titles.ratings,
    "first-last": titles.first_last,
    "on-this-day": titles.on_this_day,
    "rewatches": titles.rewatches,
    "sessions": sessions.sessions,
    "grip": sessions.grip,
    "in-progress": shows.in_progress,
    "drop-off": shows.drop_off,
    "premiere": shows.premiere,
    "eras": taste.eras,
    "critic": taste.critic,
    "hills": taste.hills,
    "passport": taste.passport,
    "trust": trust.trust,
}
COMPARED_INSIDE = frozenset({"screen-time"})
"""Insights whose drawing holds the change itself."""


def drawing_of(answer: Answer) -> Drawing:
    """How this answer is drawn."""
    return DRAWINGS.get(answer.insight.name, rows)


def is_drawn_without_rows(answer: Answer) -> bool:
    """Whether its facts say enough where it has no row: where shows are dropped, when none is in progress."""
    return answer.insight.name == "drop-off" and "still_watched_after" in answer.facts


def rows(answer: Answer, paper: Paper) -> Iterable[RenderableType]:
    """The rows as they are, in the columns that fit."""
    kept = [name for name in answer.insight.row.__struct_fields__ if name != "key"][:6]
    cells = [[figure(getattr(row, name)) for name in kept] for row in answer.rows[:_MOST_ROWS]]
    yield table(paper, [names(name.replace("_", " "), 6) for name in kept], cells)

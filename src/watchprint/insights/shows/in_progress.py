"""Shows in progress: how far, what comes next, and how much time is left in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec

from watchprint.insights.insight import Finished, Insight, Parameter
from watchprint.insights.question import Question
from watchprint.insights.shows.standing_out import IN_PROGRESS_TRAITS, of_finished


class InProgressRow(msgspec.Struct, frozen=True, kw_only=True):
    """A show that is begun and not finished.

    Args:
        key: what identifies it; `status`: ended, returning series, …; None where nobody said.
        watched: distinct episodes watched, specials not among them; `aired`: how many have aired.
        left: aired minus watched; `minutes_left`: how long they take [min], None where no length is known.
        progress: watched of aired, 0 to 1.
        plays: finished viewings of its episodes.
        last_on: the local day of the last dated play.
        next_season, next_number, next_name: the episode that comes next, where it is known.
    """

    key: str
    name: str | None
    year: int | None
    status: str | None
    watched: int
    aired: int
    left: int
    minutes_left: int | None
    progress: float
    plays: int
    last_on: date | None
    next_season: int | None
    next_number: int | None
    next_name: str | None


_SORTED: dict[str, Callable[[InProgressRow], Any]] = {
    "recent": lambda row: 0,  # as they come
    "left": lambda row: row.left,
    "time": lambda row: row.minutes_left if row.minutes_left is not None else float("inf"),
    "progress": lambda row: -row.progress,
}


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """The shows, the last watched first unless sorted otherwise; the time left in all stands in `facts`."""
    begun = [_row(row) for row in reduced]
    rows = sorted((row for row in begun if row.left > 0), key=_SORTED[what.parameters["sort"]])
    known = [row.minutes_left for row in rows if row.minutes_left is not None]
    facts = {
        "shows_begun": len(begun),
        "shows_caught_up": len(begun) - len(rows),
        "shows_in_progress": len(rows),
        "episodes_left": sum(row.left for row in rows),
        "minutes_left": sum(known),
        "shows_of_unknown_length": len(rows) - len(known),
    }
    unlisted = sum(row.next_season is None for row in rows)
    notes = (f"Which episode comes next is not known for {unlisted:,} of {len(rows):,} shows.",) if unlisted else ()
    effects = of_finished(facts["shows_caught_up"], len(begun))
    return Finished(rows[: what.parameters["limit"]], facts, effects=effects, notes=notes)


def _row(of: dict[str, Any]) -> InProgressRow:
    left = of["aired"] - of["watched"]
    return InProgressRow(
        left=left,
        minutes_left=_minutes_left(of, left),
        progress=of["watched"] / of["aired"],
        **{name: of[name] for name in ("key", "name", "year", "status", "watched", "aired", "plays", "last_on")},
        **{name: of[name] for name in ("next_season", "next_number", "next_name")},
    )


def _minutes_left(of: dict[str, Any], left: int) -> int | None:
    """The known lengths of the episodes that are listed; each other one takes the show's usual, or their mean."""
    known: int = of["unwatched_timed"]
    minutes: int = of["unwatched_min"]
    usual: float | None = of["runtime_min"] or (minutes / known if known else None)
    unknown = left - known
    if usual is None:
        return None if unknown else minutes
    return round(minutes + unknown * usual)


IN_PROGRESS = Insight(
    name="in-progress",
    names={"shows-in-progress": {}, "time-left": {"sort": "time"}},
    question="Which shows am I in the middle of, and how much is left of them?",
    unit="shows",
    shape="one row a show, the last watched first: watched, aired, left, minutes left, progress, what is next",
    row=InProgressRow,
    formula=(
        "watched = distinct episodes with a play, aired = the larger of the show's own count and the listed episodes "
        "that have aired, both without specials; left = aired - watched; time left = the runtimes of what is left, for "
        "an episode of unknown runtime the show's usual one"
    ),
    guard="one episode watched of a show with another one aired",
    source="Trakt's counts of aired episodes (specials are not among them)",
    sql=("watchprint.insights.shows", "in_progress.sql"),
    behind=(
        "c.show_id IN (SELECT t.title_id FROM titles AS t WHERE t.key = $row_key AND t.kind = 'show') "
        "AND c.title_id IN (SELECT e.title_id FROM titles AS e WHERE COALESCE(e.season, 1) > 0)"
    ),
    finish=finished,
    on_time_axis=False,
    measures=("plays",),
    needs=("aired_episodes", "first_aired_at"),
    traits=IN_PROGRESS_TRAITS,
    parameters=(
        Parameter("sort", "what comes first", "recent", ("recent", "left", "time", "progress")),
        Parameter("limit", "the most shows", 50),
    ),
)

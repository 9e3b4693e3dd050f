"""The first and the last play: of movies, of episodes, of all."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec

from watchprint.insights.insight import Finished, Insight
from watchprint.insights.question import Question

_ORDER = ("all", "movie", "episode")


class FirstLastRow(msgspec.Struct, frozen=True, kw_only=True):
    """The first or the last play of a kind.

    Args:
        kind: all, movie or episode; `which`: first or last.
        on: its local day; `local_at`: what the clock on the wall showed when it ended.
        name: of the movie or episode; `show_name`, `season`, `number`: where the episode stands.
        year: of the movie's release, or in which the show began.
        play_id: the play.
    """

    kind: str
    which: str
    on: date
    local_at: datetime
    name: str | None
    show_name: str | None
    season: int | None
    number: int | None
    year: int | None
    play_id: int | str


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """First and last of all, then of movies, then of episodes; a kind that was not watched has no rows."""
    of = {(row["of_kind"], which): row for row in reduced for which in ("first", "last") if row[f"is_{which}"]}
    rows = [_row(kind, which, of[kind, which]) for kind in _ORDER for which in ("first", "last") if (kind, which) in of]
    whole = [row for row in rows if row.kind == "all"]
    return Finished(rows, {"days_between": (whole[1].on - whole[0].on).days} if whole else {})


def _row(kind: str, which: str, of: dict[str, Any]) -> FirstLastRow:
    return FirstLastRow(
        kind=kind,
        which=which,
        on=of["local_day"],
        local_at=of["local_at"],
        name=of["name"],
        show_name=of["show_name"],
        season=of["season"],
        number=of["number"],
        year=of["year"],
        play_id=of["play_id"],
    )


FIRST_LAST = Insight(
    name="first-last",
    names={"first-and-last": {}},
    question="What did I watch first, and what last?",
    unit="plays",
    shape="first and last of all, of movies, of episodes: local day and time, title, show, season, number, the play",
    row=FirstLastRow,
    formula="the dated plays with the earliest and the latest end; of equals the one with the smaller, or greater, id",
    guard="one dated play",
    source="a play's date is the end of the viewing",
    sql=("watchprint.insights.titles", "first_last.sql"),
    behind="c.play_id = $row_play_id",
    finish=finished,
    no_traits="Two plays say nothing of a person, however odd they are.",
    measures=("plays",),
)

"""Milestones: the hundredth play, the thousandth episode, and on which day."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from watchprint.insights.insight import Finished, Insight
from watchprint.insights.question import Question

NUMBERS = (
    100, 250, 500, 1000, 2000, 2500, 5000, 10000, 20000, 25000, 50000, 75000, 100000, 150000, 200000, 250000, 500000,
)  # fmt: skip
_ORDER = ("all", "movie", "episode")


class MilestoneRow(msgspec.Struct, frozen=True, kw_only=True):
    """A play at a round number.

    Args:
        kind: all, movie or episode; `nth`: the how many-th play of it.
        on: its local day.
        name: of the movie or episode; `show_name`, `season`, `number`: where the episode stands.
        play_id: the play.
    """

    kind: str
    nth: int
    on: date
    name: str | None
    show_name: str | None
    season: int | None
    number: int | None
    year: int | None
    play_id: int | str


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """The milestones that were reached, of all, of movies, of episodes, the smallest number first."""
    same = ("nth", "name", "show_name", "season", "number", "year", "play_id")
    rows = [
        MilestoneRow(kind=row["of_kind"], on=row["local_day"], **{name: row[name] for name in same}) for row in reduced
    ]
    rows.sort(key=lambda row: (_ORDER.index(row.kind), row.nth))
    notes = () if rows else (f"The first milestone is the {NUMBERS[0]}th play of known date.",)
    return Finished(rows, notes=notes)


MILESTONES = Insight(
    name="milestones",
    question="When did I reach round numbers?",
    unit="plays",
    shape="one row a milestone: kind, how many-th play, local day, title, show, season, number, the play",
    row=MilestoneRow,
    formula=(
        "dated, unmarked plays in the order of their ends, counted over the asked period; milestones are the 100th, "
        "250th, 500th, 1,000th, 2,000th, 2,500th, 5,000th, 10,000th and on"
    ),
    guard="100 dated, unmarked plays",
    source="a play's date is the end of the viewing",
    sql=("watchprint.insights.rhythm", "milestones.sql"),
    behind="c.play_id = $row_play_id",
    finish=finished,
    no_traits="Everybody who goes on watching meets them all; how fast is said by screen-time and by.",
    leaves_out=("duplicate", "bulk"),
    measures=("plays",),
)

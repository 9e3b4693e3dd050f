"""What was watched again."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from watchprint.insights.insight import Finished, Insight, Parameter
from watchprint.insights.question import Question
from watchprint.insights.statistics.effects import Usual, Words, share_effect

_USUAL = Usual(0.08, 0.07, "about one play in twelve a repeat, as own histories show")


class RewatchRow(msgspec.Struct, frozen=True, kw_only=True):
    """A movie or show of which something was watched more than once.

    Args:
        rank: 1 has the most repeats (or the most repeated titles).
        kind: movie or show; `key`: what identifies it.
        plays: finished viewings of it; `titles`: distinct movies or episodes among them.
        repeats: plays beyond the first of each title; `repeated`: titles with more than one.
        most: the plays of its most played title.
        minutes: the known minutes of all plays [min].
        first_on, last_on: the local days of the first and last dated play.
    """

    rank: int
    kind: str
    key: str
    name: str | None
    year: int | None
    plays: int
    titles: int
    repeats: int
    repeated: int
    most: int
    minutes: int
    first_on: date | None
    last_on: date | None


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """The ranking; the share of plays that were repeats stands in `facts`."""
    whole = next((row for row in reduced if row["place"] == 0), None)
    if whole is None:
        return Finished([])
    names = RewatchRow.__struct_fields__[1:]
    rows = [RewatchRow(rank=row["place"], **{name: row[name] for name in names}) for row in reduced if row["place"]]
    share = whole["repeats"] / whole["plays"]
    facts = {"repeats": whole["repeats"], "repeated_titles": whole["repeated"], "share": share}
    words = Words(
        "rewatcher", "You return to what you know: {share} of your plays are repeats, where {usual} is usual."
    )
    effect = share_effect(words, whole["repeats"], whole["plays"], _USUAL, clumps=5.0)
    return Finished(rows, facts, effects=(effect,) if effect else ())


REWATCHES = Insight(
    name="rewatches",
    question="What do I watch again?",
    unit="plays",
    shape="movies and shows by repeats, the most first: rank, kind, name, plays, titles, repeats, first and last day",
    row=RewatchRow,
    formula=(
        "repeats = plays of a title beyond its first; the same title within its own runtime is one viewing, later the "
        "same day it is a repeat; of a show, summed over its episodes"
    ),
    guard="one title with two plays",
    source="a play is a finished viewing",
    sql=("watchprint.insights.titles", "rewatches.sql"),
    behind=(
        "COALESCE(c.show_id, c.title_id) IN (SELECT t.title_id FROM titles AS t WHERE t.key = $row_key "
        "AND t.kind = $row_kind) AND c.title_id IS NOT NULL"
    ),
    finish=finished,
    on_time_axis=False,
    measures=("plays", "titles"),
    key=("kind", "key"),
    compares=("repeats",),
    traits={"rewatcher": "the share of plays that are repeats"},
    parameters=(Parameter("limit", "the most rows", 20),),
)

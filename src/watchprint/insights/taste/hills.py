"""The hills you will die on: the ratings that go most against what many others say."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from watchprint.insights.insight import Finished, Insight, Parameter
from watchprint.insights.question import Question
from watchprint.insights.taste.critic import FEWEST, beside_today, too_few

_SAME = ("side", "kind", "key", "name", "show_name", "season", "number", "year", "rating", "residual", "height")


class HillRow(msgspec.Struct, frozen=True, kw_only=True):
    """A rating that goes against many.

    Args:
        rank: 1 goes furthest, on its side; `side`: over or under what the community gives.
        kind: movie, show, season or episode; `key`: what identifies it.
        name: what people call it; `show_name`, `season`, `number`: where a season or episode stands.
        rating: the own one, 1 to 10; `rated_on`: the local day on which it was given, None where that is unknown.
        community_rating, community_votes: what the community gives it, 0 to 10, and how many did.
        residual: own minus community; `height`: the same times the natural log of the votes.
    """

    rank: int
    side: str
    kind: str
    key: str | None
    name: str | None
    show_name: str | None
    season: int | None
    number: int | None
    year: int | None
    rating: int
    rated_on: date | None
    community_rating: float
    community_votes: int
    residual: float
    height: float


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """The hills, those above the community first, the highest first; nothing below 30 ratings."""
    known, today, lacking = (reduced[0][name] if reduced else 0 for name in ("known", "today", "lacking"))
    facts = {"ratings": known, "ratings_without_community": lacking, "ratings_beside_today": today}
    notes = beside_today(today, known)
    if known < FEWEST:
        return Finished([], facts, (lacking, lacking), notes=(*notes, too_few(known)))
    rows = [
        HillRow(
            rank=row["place"],
            rated_on=row["local_day"],
            community_rating=row["community_rating"],
            community_votes=row["community_votes"],
            **{name: row[name] for name in _SAME},
        )
        for row in reduced
        if row["side"] != "count"
    ]
    return Finished(rows, facts, (lacking, lacking), notes=notes)


HILLS = Insight(
    name="hills",
    names={"hills-to-die-on": {}},
    question="Where do I stand most alone with my rating?",
    unit="ratings",
    shape="one row a rating, first those over the community's, then those under it: rank, title, both, votes, height",
    row=HillRow,
    formula=(
        "height = (own rating - community rating) x ln(votes), with what the community gave when the rating was first "
        "seen, or else gives today; the highest and the lowest; of equals the latest rating first"
    ),
    guard="30 ratings with a known community rating and votes",
    source="the ratings as Trakt has them",
    sql=("watchprint.insights.taste", "hills.sql"),
    behind=(
        "c.kind = $row_kind AND ((CAST($row_key AS VARCHAR) IS NULL AND c.title_id IS NULL AND c.rating = $row_rating) "
        "OR c.title_id IN (SELECT x.title_id FROM titles AS x WHERE x.key = $row_key AND x.kind = $row_kind))"
    ),
    finish=finished,
    no_traits="They are single ratings, picked because they are extreme; whether all of them go against others is said "
    "by critic.",
    reads="ratings",
    on_time_axis=False,
    leaves_out=(),
    measures=("ratings",),
    needs=("community_rating", "community_votes"),
    parameters=(Parameter("limit", "the most rows on each side", 10),),
)

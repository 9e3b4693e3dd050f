"""What was rated best."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from watchprint.insights.insight import Finished, Insight, Parameter
from watchprint.insights.question import Question


class TopRatedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A rated title.

    Args:
        rank: 1 is the best.
        kind: movie, show, season or episode; `key`: what identifies it.
        name: what people call it; `show_name`, `season`, `number`: where a season or episode stands.
        rating: the own one, 1 to 10; `rated_on`: the local day on which it was given, None where that is unknown.
        community_rating, community_votes: what the community gives it, 0 to 10, and how many did; None: unknown.
    """

    rank: int
    kind: str
    key: str | None
    name: str | None
    show_name: str | None
    season: int | None
    number: int | None
    year: int | None
    rating: int
    rated_on: date | None
    community_rating: float | None
    community_votes: int | None


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """The best rated titles, the best first."""
    same = (
        "kind",
        "key",
        "name",
        "show_name",
        "season",
        "number",
        "year",
        "rating",
        "community_rating",
        "community_votes",
    )
    return Finished(
        [
            TopRatedRow(rank=row["place"], rated_on=row["local_day"], **{name: row[name] for name in same})
            for row in reduced
        ]
    )


TOP_RATED = Insight(
    name="top-rated",
    question="What do I like best?",
    unit="ratings",
    shape="one row a rated title, the best first: rank, kind, name, year, rating, day, what the community gives it",
    row=TopRatedRow,
    formula="the own ratings, highest first; of equals the one that the community likes more, then the latest",
    guard="one rating",
    source="the ratings as Trakt has them",
    sql=("watchprint.insights.titles", "top_rated.sql"),
    behind=(
        "c.kind = $row_kind AND ((CAST($row_key AS VARCHAR) IS NULL AND c.title_id IS NULL) OR c.title_id IN "
        "(SELECT x.title_id FROM titles AS x WHERE x.key = $row_key AND x.kind = $row_kind))"
    ),
    finish=finished,
    no_traits="Everybody has a best title; how the ratings are given is said by ratings and critic.",
    reads="ratings",
    on_time_axis=False,
    leaves_out=(),
    measures=("ratings",),
    parameters=(Parameter("limit", "the most rows", 20),),
)

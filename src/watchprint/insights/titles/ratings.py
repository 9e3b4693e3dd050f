"""The distribution of ratings, 1 to 10, in all and per kind."""

from __future__ import annotations

from typing import Any

import msgspec

from watchprint.insights.insight import Finished, Insight
from watchprint.insights.question import Question
from watchprint.insights.statistics.shrinkage import FEWEST_ROWS, shrunk_mean

KINDS = ("movies", "shows", "seasons", "episodes")


class RatingsRow(msgspec.Struct, frozen=True, kw_only=True):
    """How often one rating was given: in all, and to movies, shows, seasons and episodes."""

    rating: int
    ratings: int
    movies: int
    shows: int
    seasons: int
    episodes: int


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """All ten ratings, 1 first; nothing when none was given. Means are given from 5 ratings on."""
    if not reduced:
        return Finished([])
    nothing = dict.fromkeys(("ratings", *KINDS), 0)
    by_rating = {row["rating"]: {name: row[name] for name in nothing} for row in reduced}
    rows = [RatingsRow(rating=rating, **by_rating.get(rating, nothing)) for rating in range(1, 11)]
    return Finished(rows, _means(rows))


def _means(rows: list[RatingsRow]) -> dict[str, Any]:
    total, points = _sums(rows, "ratings")
    mean = points / total
    facts: dict[str, Any] = {"mean": mean if total >= FEWEST_ROWS else None}
    for kind in KINDS:
        n, of_kind = _sums(rows, kind)
        facts[f"{kind}_mean"] = of_kind / n if n >= FEWEST_ROWS else None
        facts[f"{kind}_mean_shrunk"] = shrunk_mean(of_kind, n, mean)
    return facts


def _sums(rows: list[RatingsRow], name: str) -> tuple[int, int]:
    return sum(getattr(row, name) for row in rows), sum(row.rating * getattr(row, name) for row in rows)


RATINGS = Insight(
    name="ratings",
    names={"rating-distribution": {}},
    question="How do I rate?",
    unit="ratings",
    shape="ten rows, rating 1 first: rating, ratings in all, of movies, shows, seasons and episodes",
    row=RatingsRow,
    formula=(
        "ratings counted by value; a kind's shrunk mean is its mean as if it had 10 more ratings at the mean of all, "
        "so that a kind with few ratings stands near the whole"
    ),
    guard="one rating; means from 5 ratings on",
    source="https://trakt.docs.apiary.io/#reference/users/stats (ratings.distribution)",
    sql=("watchprint.insights.titles", "ratings.sql"),
    behind="c.rating = $row_rating",
    finish=finished,
    reads="ratings",
    on_time_axis=False,
    leaves_out=(),
    measures=("ratings",),
)

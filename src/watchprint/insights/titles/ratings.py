"""The distribution of ratings, 1 to 10, in all and per kind."""

from __future__ import annotations

from math import sqrt
from typing import Any

import msgspec

from watchprint.insights.insight import Effect, Finished, Insight
from watchprint.insights.question import Question
from watchprint.insights.statistics.effects import Usual, Words, length_effect, mean_effect
from watchprint.insights.statistics.shrinkage import FEWEST_ROWS, shrunk_mean

_MEAN = Usual(7.2, 0.8, "rating sites have means about 7 of 10; people lie most of a point to either side of it")
_APART = Usual(1.6, 0.3, "two thirds of a person's ratings lie within one and a half points of their mean")
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
    return Finished(rows, _means(rows), effects=_effects(rows))


def _means(rows: list[RatingsRow]) -> dict[str, Any]:
    total, points = _sums(rows, "ratings")
    mean = points / total
    facts: dict[str, Any] = {"mean": mean if total >= FEWEST_ROWS else None}
    for kind in KINDS:
        n, of_kind = _sums(rows, kind)
        facts[f"{kind}_mean"] = of_kind / n if n >= FEWEST_ROWS else None
        facts[f"{kind}_mean_shrunk"] = shrunk_mean(of_kind, n, mean)
    return facts


def _effects(rows: list[RatingsRow]) -> tuple[Effect, ...]:
    """Of the mean of the ratings, and of how far they lie apart."""
    n, points = _sums(rows, "ratings")
    mean = points / n
    apart = sqrt(sum(row.ratings * (row.rating - mean) ** 2 for row in rows) / n)
    generous = Words(
        "generous",
        "You rate generously: {value} on average, where {usual} is usual.",
        "You rate harshly: {value} on average, where {usual} is usual.",
    )
    same = "You rate everything alike: your ratings lie {value} points apart, where {usual} are usual."
    alike = Words("rates-alike", None, same)
    found = mean_effect(generous, mean, apart, n, _MEAN), length_effect(alike, apart, 1 / sqrt(2 * n), n, _APART)
    return tuple(each for each in found if each is not None)


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
    traits={
        "generous": "the mean of the ratings",
        "rates-alike": "how far the ratings lie apart, their standard deviation",
    },
)

"""The critic's fingerprint: how own ratings stand to the community's, in all and by genre, decade, country, network."""

from __future__ import annotations

from math import sqrt
from typing import Any

import msgspec

from watchprint.insights.insight import Effect, Finished, Insight, Parameter
from watchprint.insights.question import Question
from watchprint.insights.statistics.effects import Usual, Words, mean_effect
from watchprint.insights.statistics.offsets import Offset, offsets

FEWEST = 30
FEWEST_IN_GROUP = 5
_BIAS = Usual(
    0.0, 0.9, "the community's ratings are the mean of all people's; people lie about 0.9 points to either side"
)
_SLOPE = Usual(1.0, 0.35, "all people together follow the mean of all one to one; single ones by 0.3 to 1.7")
_OFFSET = Usual(0.0, 0.3, "a genre is liked some 0.3 points more or less than by others without being a passion")


class CriticRow(msgspec.Struct, frozen=True, kw_only=True):
    """The ratings of one genre, decade, country or network.

    Args:
        of, value: which.
        ratings: how many, with a known community rating.
        own, community: the means of both, 1 to 10.
        offset: own minus community, less the same of all ratings: above 0 it is liked better than the rest.
        offset_shrunk: the offset drawn towards 0 by how little it rests on; `error`: the standard error of
            the offset, by chance alone.
        told: True where the offset is not by chance.
    """

    of: str
    value: str
    ratings: int
    own: float
    community: float
    offset: float
    offset_shrunk: float
    error: float
    told: bool


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """The groups, the most liked first; nothing below 30 ratings with a known community rating."""
    points = [row for row in reduced if row["part"] == "point"]
    unknown = sum(row["n"] for row in reduced if row["part"] == "unknown")
    n = sum(row["n"] for row in points)
    today = sum(row["today"] for row in points)
    facts: dict[str, Any] = {"ratings": n, "ratings_without_community": unknown, "ratings_beside_today": today}
    notes = beside_today(today, n)
    if n < FEWEST:
        return Finished([], facts, (unknown, unknown), notes=(*notes, too_few(n)))
    mean, variance = _apart(points, n)
    groups = [row for row in reduced if row["part"] == "value"]
    facts["ratings_without_value"] = sum(row["n"] for row in groups if row["value"] is None)
    groups = [row for row in groups if row["value"] is not None and row["n"] >= FEWEST_IN_GROUP]
    found = offsets([(row["n"], row["apart_c"] / 100) for row in groups], n, mean, variance)
    of = what.parameters["of"]
    rows = [_row(of, row, offset) for row, offset in zip(groups, found, strict=True)]
    rows.sort(key=lambda row: (-row.offset_shrunk, -row.offset, row.value))
    line = _line(points)
    facts |= {
        "own_mean": sum(row["own"] for row in points) / n,
        "bias": mean,
        "bias_error": sqrt(variance / n),
        **line,
        "liked_better": [row.value for row in rows if row.told and row.offset > 0],
        "liked_less": [row.value for row in reversed(rows) if row.told and row.offset < 0],
    }
    effects = (
        _bias(mean, variance, n),
        _slope(line, n),
        _crush(of, rows),
    )
    return Finished(rows, facts, (unknown, unknown), tuple(each for each in effects if each), notes)


def beside_today(today: int, n: int) -> tuple[str, ...]:
    """The sentence that says how many ratings are held against a figure that is not from rating time."""
    if not today:
        return ()
    return (
        f"{today:,} of {n:,} ratings are held against what the community gave when they were first read here or gives "
        "today, because what it gave when they were given is not known.",
    )


def too_few(n: int) -> str:
    """The sentence that says why nothing is shown."""
    return f"{n} ratings with a known community rating are too few to tell; {FEWEST} are needed."


def _apart(points: list[dict[str, Any]], n: int) -> tuple[float, float]:
    """Mean and variance of own minus community."""
    mean_c = sum(row["apart_c"] for row in points) / n
    squares = sum(row["n"] * (100 * row["rating"] - row["community_c"] - mean_c) ** 2 for row in points)
    return mean_c / 100, squares / (n - 1) / 10_000


def _line(points: list[dict[str, Any]]) -> dict[str, float | None]:
    """The straight line of own on community; None where the community gives all the same."""
    from scipy.stats import linregress  # slow to load, and most answers need none

    names = ("slope", "slope_error", "intercept", "intercept_error")
    if len({row["community_c"] for row in points}) < 2:
        return dict.fromkeys(names)
    pairs = [(row["community_c"] / 100, row["rating"]) for row in points for _ in range(row["n"])]
    found = linregress([community for community, _ in pairs], [own for _, own in pairs])
    values = (found.slope, found.stderr, found.intercept, found.intercept_stderr)
    return {name: float(value) for name, value in zip(names, values, strict=True)}


def _row(of: str, row: dict[str, Any], offset: Offset) -> CriticRow:
    own = row["own"] / row["n"]
    return CriticRow(
        of=of,
        value=row["value"],
        ratings=row["n"],
        own=own,
        community=own - row["apart_c"] / 100 / row["n"],
        offset=offset.raw,
        offset_shrunk=offset.shrunk,
        error=offset.by_chance,
        told=offset.is_told,
    )


def _bias(mean: float, variance: float, n: int) -> Effect | None:
    value = f"{abs(mean):.1f}"
    words = Words(
        "generous",
        f"You rate generously: {value} points above the community on average.",
        f"You rate harshly: {value} points below the community on average.",
    )
    return mean_effect(words, mean, sqrt(variance), n, _BIAS)


def _slope(line: dict[str, float | None], n: int) -> Effect | None:
    slope, error = line["slope"], line["slope_error"]
    if slope is None or error is None:
        return None
    goes = f"{abs(slope):.1f} points {'less' if slope < 0 else 'more'}"
    said = (
        f"You are a contrarian: what the community likes a point more you like {goes}."
        if slope < _SLOPE.mean
        else f"You exaggerate: what the community likes a point more you like {goes}."
    )
    whole = sqrt(_SLOPE.spread**2 + error**2)
    return Effect(trait="contrarian", sentence=said, estimate=slope, expected=_SLOPE.mean, error=whole, n=n)


def _crush(of: str, rows: list[CriticRow]) -> Effect | None:
    """The told group that stands furthest off, in its own standard errors."""
    told = [row for row in rows if row.told]
    if not told:
        return None
    errors = {row.value: sqrt(_OFFSET.spread**2 + row.error**2) for row in told}
    row = max(told, key=lambda each: (abs(each.offset) / errors[each.value], each.value))
    kind = "what was made in the" if of == "decade" else f"the {of}"
    value = f"{row.value}s" if of == "decade" else row.value
    than = "better" if row.offset > 0 else "worse"
    said = f"You have a weak spot for {kind} {value}" if row.offset > 0 else f"You have no patience with {kind} {value}"
    said += f": you rate it {abs(row.offset):.1f} points {than} beside the community than the rest."
    return Effect(
        trait="crush", sentence=said, estimate=row.offset, expected=0.0, error=errors[row.value], n=row.ratings
    )


CRITIC = Insight(
    name="critic",
    names={"critic-fingerprint": {}},
    question="How does my judgement differ from the community's?",
    unit="ratings",
    shape="one row a genre, decade, country or network, the most liked first: ratings, means, offset, its error, told",
    row=CriticRow,
    formula=(
        "residual = own rating - community rating (to two decimals; when the rating was first seen, or else today's); "
        "bias = its mean; slope and intercept: least squares of own on community; a group's offset = the mean residual "
        "of its ratings (a title with several genres counts whole in each) less the bias; its chance variance = "
        "variance / n x (1 - n / all); shrunk by the share that the variance between groups has of both; told where "
        "chance puts any of the groups as far off in less than 4 %"
    ),
    guard="30 ratings with a known community rating; 5 in a group",
    source="Morris 1983, parametric empirical Bayes; least squares; Bonferroni's inequality",
    sql=("watchprint.insights.taste", "critic.sql"),
    behind=(
        "c.community_rating > 0 AND COALESCE(c.community_votes, 1) > 0 AND c.title_id IN (SELECT t.title_id "
        "FROM titles AS t WHERE CASE $of WHEN 'genre' THEN list_contains(t.genres, $row_value) "
        "WHEN 'country' THEN t.country = $row_value WHEN 'network' THEN t.network = $row_value "
        "ELSE CAST(t.year - t.year % 10 AS VARCHAR) = $row_value END)"
    ),
    finish=finished,
    reads="ratings",
    on_time_axis=False,
    leaves_out=(),
    measures=("ratings",),
    key=("of", "value"),
    compares=("ratings", "offset_shrunk"),
    needs=("community_rating", "community_votes", "genres", "year", "country", "network"),
    statistical=(
        "a genre that is liked 1.2 points better than the rest, 40 of 200 ratings that deviate by 1.3, is told in at "
        "least 90 % of histories; without one any genre is told in at most 5 %"
    ),
    traits={
        "generous": "own ratings against the community's",
        "contrarian": "by how much a title is liked better that the community likes a point better",
        "crush": "the group that is liked better or worse than the rest, furthest from what the community says",
    },
    parameters=(Parameter("of", "what the groups are", "genre", ("genre", "decade", "country", "network")),),
)

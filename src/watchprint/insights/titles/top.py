"""The most watched movies, shows, genres, countries, languages, networks and decades."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from watchprint.insights.errors import BadQuestion
from watchprint.insights.insight import Finished, Insight, Parameter
from watchprint.insights.question import Question
from watchprint.insights.titles.tastes import NAMES, TRAITS, of_ranking

_KIND_OF = {"movie": ("movie",), "show": ("episode",)}


class TopRow(msgspec.Struct, frozen=True, kw_only=True):
    """One place in the ranking.

    Args:
        rank: 1 is the most watched.
        of: movie, show, genre, country, language, network or decade.
        key: what identifies it: the title's key, or the value itself.
        name: what people call it; of a field's value, the value.
        year: the year of release of a movie, the first year of a show.
        plays: finished viewings; a share of them with fractional counting.
        titles: distinct movies and episodes among them.
        minutes: the sum of known runtimes [min]; a share of it with fractional counting.
        coverage: the share of the plays whose runtime is known.
        first_on, last_on: the local days of the first and last dated play; None when none is dated.
    """

    rank: int
    of: str
    key: str
    name: str | None
    year: int | None
    plays: float
    titles: int
    minutes: float
    coverage: float
    first_on: date | None
    last_on: date | None


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """The ranking; how many plays have no value of what is ranked stands in `facts`."""
    of = what.parameters["of"]
    rows = [_row(row, of) for row in reduced if row["value"] is not None]
    without = [row for row in reduced if row["value"] is None]
    lacking = sum(row["whole_plays"] for row in without), sum(row["timed"] for row in without)
    return Finished(rows, {"plays_without_value": lacking[0]}, lacking, effects=of_ranking(reduced, what))


def _row(row: dict[str, Any], of: str) -> TopRow:
    return TopRow(
        rank=row["place"],
        of=of,
        key=row["value"],
        name=row["name"],
        year=row["year"],
        plays=_number(row["plays"]),
        titles=row["titles"],
        minutes=_number(row["minutes"]),
        coverage=row["timed"] / row["whole_plays"],
        first_on=row["first_on"],
        last_on=row["last_on"],
    )


def _number(value: float) -> float:
    """A whole number where it is one."""
    return int(value) if value == int(value) else value


def settled(parameters: dict[str, Any], kinds: tuple[str, ...]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What is ranked follows from the kind where it is not said, and the kind from what is ranked."""
    of = parameters["of"] or ("movie" if kinds == ("movie",) else "show")
    own = _KIND_OF.get(of, kinds)
    if kinds and own != kinds:
        raise BadQuestion(f"A ranking of {of}s holds no {kinds[0]}s. Leave out kind, or ask for of=movie or show.")
    return {**parameters, "of": of}, own


TOP = Insight(
    name="top",
    names={
        "top-titles": {},
        "top-shows": {"of": "show"},
        "top-movies": {"of": "movie"},
        "top-films": {"of": "movie"},
        "genres": {"of": "genre"},
        "decades": {"of": "decade"},
        "countries": {"of": "country"},
        "languages": {"of": "language"},
        "networks": {"of": "network"},
    },
    question="What have I watched most?",
    unit="plays",
    shape="the ranking, the most watched first: rank, name, year, plays, titles, minutes, first and last day",
    row=TopRow,
    formula=(
        "plays, distinct titles or minutes summed over each movie, show or value, ranked by the one that is asked; "
        "with several values (genres), plays count whole to each and minutes are shared out equally, unless "
        "asked otherwise; equals are ordered by plays, minutes, then name"
    ),
    guard="one play",
    source="whole and fractional counting: Perianes-Rodriguez, Waltman and van Eck 2016",
    sql=("watchprint.insights.titles", "top.sql"),
    sql_of=dict.fromkeys(
        ("genre", "country", "language", "network", "decade"), ("watchprint.insights.titles", "top_values.sql")
    ),
    behind=(
        "CASE WHEN $of = 'show' THEN c.show_id ELSE c.title_id END IN (SELECT t.title_id FROM titles AS t WHERE "
        "($of = t.kind AND t.key = $row_key) OR ($of = 'genre' AND list_contains(t.genres, $row_key)) "
        "OR $row_key = CASE $of WHEN 'country' THEN t.country WHEN 'language' THEN t.language "
        "WHEN 'network' THEN t.network WHEN 'decade' THEN CAST(t.year - t.year % 10 AS VARCHAR) END)"
    ),
    finish=finished,
    settle=settled,
    on_time_axis=False,
    measures=("time", "plays", "titles"),
    key=("of", "key"),
    compares=("plays", "titles", "minutes"),
    traits=TRAITS,
    looks=NAMES,
    parameters=(
        Parameter(
            "of",
            "what is ranked; without it shows, or movies when only those are asked of",
            None,
            ("show", "movie", "genre", "country", "language", "network", "decade"),
        ),
        Parameter(
            "counting",
            "how a title with several values counts: whole to each, in equal shares, or plays whole and minutes shared",
            "mixed",
            ("mixed", "whole", "fractional"),
        ),
        Parameter("limit", "the most rows", 10),
    ),
)

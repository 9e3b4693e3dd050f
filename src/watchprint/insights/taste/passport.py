"""The diversity passport: how many countries, languages, decades, genres or networks are truly at home in a history."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Any

import msgspec

from watchprint.insights.insight import Effect, Finished, Insight, Parameter
from watchprint.insights.question import Question
from watchprint.insights.statistics.diversity import deviation, differ, hill, rarefied
from watchprint.insights.statistics.effects import Usual, Words, length_effect

FEWEST = 20
FEWEST_IN_YEAR = 10
TOLD_P = 0.03
_USUAL = Usual(3.8, 0.33, "two thirds from one country and a handful of others, which stand for about four equal ones")


class PassportRow(msgspec.Struct, frozen=True, kw_only=True):
    """All that was watched, or one local year.

    Args:
        period: all, or the year.
        titles: distinct movies and shows that bear a value; `plays`: their plays.
        values: distinct values; `new_values`: those never met in an earlier year.
        hill1, hill2: how many equally common values would be as diverse, by order 1 and 2.
        rarefied1, rarefied2: the same expected of an equal number everywhere (the fact `rarefied_to`); None where there
            are too few titles.
    """

    period: str
    titles: int
    plays: int
    values: int
    new_values: int
    hill1: float
    hill2: float
    rarefied1: float | None
    rarefied2: float | None


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """All first, then the years, the earliest first; nothing below 20 movies and shows that bear a value."""
    lacking = next((row for row in reduced if row["part"] == "lacking"), None)
    plays_without: int = lacking["plays"] if lacking else 0
    without = (plays_without, plays_without)
    heads = {row["period"]: row for row in reduced if row["part"] != "lacking" and row["value"] is None}
    titles = heads["all"]["titles"] if heads else 0
    facts: dict[str, Any] = {"titles": titles, "titles_without_value": lacking["titles"] if lacking else 0}
    if titles < FEWEST:
        note = f"{titles} movies and shows of which this is known are too few to tell; {FEWEST} are needed."
        return Finished([], facts, without, notes=(note,))
    parts = {
        period: [row for row in reduced if row["period"] == period and row["value"] is not None] for period in heads
    }
    counts = {period: [row["titles"] for row in part] for period, part in parts.items()}
    enough = [period for period, head in heads.items() if period != "all" and head["titles"] >= FEWEST_IN_YEAR]
    equal = min((sum(counts[period]) for period in enough), default=None)
    rows = [
        _row(heads[period], parts[period], counts[period], equal if period in {"all", *enough} else None)
        for period in sorted(heads, key=lambda period: (period != "all", period))
    ]
    facts |= {"rarefied_to": equal, **_lately(parts["all"])}
    return Finished(rows, facts, without, _effects(what, counts["all"], titles))


def _row(head: dict[str, Any], part: list[dict[str, Any]], counts: Sequence[int], equal: int | None) -> PassportRow:
    hill1, hill2 = hill(counts)
    thin1, thin2 = (None, None) if equal is None else rarefied(counts, equal)
    return PassportRow(
        period=head["period"],
        titles=head["titles"],
        plays=head["plays"],
        values=len(part),
        new_values=sum(row["is_new"] for row in part),
        hill1=hill1,
        hill2=hill2,
        rarefied1=thin1,
        rarefied2=thin2,
    )


def _lately(whole: list[dict[str, Any]]) -> dict[str, Any]:
    """Whether the later half of the titles, by their first viewing, is more or less diverse than the earlier one."""
    early = [row["early"] for row in whole]
    p, wider = differ(early, [row["dated"] - row["early"] for row in whole])
    if p is None:
        return {"lately": None, "lately_p": None}
    return {"lately": "none" if p >= TOLD_P else "wider" if wider else "narrower", "lately_p": p}


def _effects(what: Question, counts: Sequence[int], titles: int) -> tuple[Effect, ...]:
    """Said of countries only, of which it is known what is usual."""
    if what.parameters["of"] != "country":
        return ()
    reach = hill(counts)[0]
    words = Words(
        "globetrotter",
        f"You travel far: your movies and shows spread as if over {reach:.1f} equally common countries, where "
        f"{_USUAL.mean:.0f} are usual.",
    )
    effect = length_effect(words, reach, deviation(counts) / sqrt(titles) / reach, titles, _USUAL)
    return (effect,) if effect else ()


PASSPORT = Insight(
    name="passport",
    names={"diversity-passport": {}},
    question="How far does my watching reach?",
    unit="titles",
    shape="one row for all and one a local year: titles, plays, values, new ones, Hill numbers, the same at equal n",
    row=PassportRow,
    formula=(
        "movies and shows counted once each (in a year: once if played in it) for the value they bear, for each where "
        "they bear several; Hill number of order 1 = exp(-sum p ln p), of order 2 = 1 / sum p^2; at equal n: the same "
        "of the frequency counts expected when as many are drawn as the smallest year with 10 titles has; a value is "
        "new in the year of its first dated play in what is asked; the later half of the titles is told as wider or "
        "narrower where putting them at random into halves gives as large a difference in under 3 %"
    ),
    guard="20 movies and shows; 10 in a year for its figures at equal n",
    source="Chao et al. 2014, Rarefaction and extrapolation with Hill numbers; Jost 2006",
    sql=("watchprint.insights.taste", "passport.sql"),
    behind=(
        "($row_period = 'all' OR SUBSTRING(CAST(c.local_day AS VARCHAR), 1, 4) = $row_period) "
        "AND COALESCE(c.show_id, c.title_id) IN (SELECT t.title_id FROM titles AS t WHERE CASE $of "
        "WHEN 'genre' THEN t.genres IS NOT NULL WHEN 'country' THEN t.country IS NOT NULL "
        "WHEN 'language' THEN t.language IS NOT NULL WHEN 'network' THEN t.network IS NOT NULL "
        "ELSE t.year IS NOT NULL END)"
    ),
    finish=finished,
    on_time_axis=False,
    measures=("plays",),
    key=("period",),
    compares=("titles", "values", "hill1", "hill2"),
    needs=("genres", "year", "country", "language", "network"),
    statistical=(
        "80 titles of which 85 % come from one country, followed by 80 of which 50 % do, are told as wider in at least "
        "90 % of histories; without a change one is told in at most 5 %"
    ),
    traits={"globetrotter": "over how many equally common countries movies and shows spread"},
    parameters=(Parameter("of", "what is counted", "country", ("country", "language", "decade", "genre", "network")),),
)

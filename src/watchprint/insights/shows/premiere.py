"""Premiere chaser or archaeologist: how soon after its release a title is first watched."""

from __future__ import annotations

from typing import Any

import msgspec

from watchprint.insights.insight import Finished, Insight, Parameter
from watchprint.insights.question import Question
from watchprint.insights.shows.standing_out import PREMIERE_TRAITS, of_lags
from watchprint.insights.statistics.shrinkage import shrunk_mean
from watchprint.insights.statistics.trend import Trend, trend

FEWEST = 30
FEWEST_IN_GROUP = 5
FEWEST_IN_MONTH = 3


class PremiereRow(msgspec.Struct, frozen=True, kw_only=True):
    """Titles of one kind, network, genre or year of watching.

    Args:
        of: kind, network, genre or year; `value`: which one.
        titles: titles first watched, whose release is known.
        within_a_day: how many of them within 24 hours of the release; `share`: the same of them.
        share_shrunk: the share drawn towards that of all titles, as if the group had 10 more of that.
        p10_h, p25_h, median_h, p75_h, p90_h: quantiles of the time from release to first viewing [h]; below 0 it was
            watched before.
    """

    of: str
    value: str
    titles: int
    within_a_day: int
    share: float
    share_shrunk: float
    p10_h: int
    p25_h: int
    median_h: int
    p75_h: int
    p90_h: int


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """The groups, the largest first (years in order); nothing below 30 titles of known release."""
    whole = next((row for row in reduced if row["part"] == "all"), None)
    lacking = sum(row["n"] for row in reduced if row["part"] == "lacking")
    n = whole["n"] if whole else 0
    if whole is None or n < FEWEST:
        facts = {"titles": n, "titles_without_release": lacking}
        return Finished([], facts, notes=(f"{n} titles of known release are too few to tell; {FEWEST} are needed.",))
    of = what.parameters["of"]
    groups = [row for row in reduced if row["part"] == "value" and row["n"] >= FEWEST_IN_GROUP]
    groups.sort(key=lambda row: (row["value"],) if of == "year" else (-row["n"], row["value"]))
    rows = [_row(of, row, whole["at_once"] / n) for row in groups[: what.parameters["limit"]]]
    facts = {
        "titles": n,
        "titles_without_release": lacking,
        "within_a_day": whole["at_once"],
        "share": whole["at_once"] / n,
        "median_h": whole["p50_h"],
        **_told(_trend(reduced)),
    }
    return Finished(rows, facts, effects=of_lags(whole["at_once"], whole["p50_h"], n))


def _row(of: str, row: dict[str, Any], whole: float) -> PremiereRow:
    return PremiereRow(
        of=of,
        value=row["value"],
        titles=row["n"],
        within_a_day=row["at_once"],
        share=row["at_once"] / row["n"],
        share_shrunk=shrunk_mean(row["at_once"], row["n"], whole) or 0.0,
        p10_h=row["p10_h"],
        p25_h=row["p25_h"],
        median_h=row["p50_h"],
        p75_h=row["p75_h"],
        p90_h=row["p90_h"],
    )


def _trend(reduced: list[dict[str, Any]]) -> Trend | None:
    """Whether the share within a day grows or falls from month to month."""
    months = [row for row in reduced if row["part"] == "month" and row["n"] >= FEWEST_IN_MONTH]
    points = [(_month(row["value"]), row["at_once"] / row["n"]) for row in months]
    return trend(sorted(points))


def _month(text: str) -> float:
    """A month as a number of years."""
    return int(text[:4]) + (int(text[5:7]) - 1) / 12


def _told(found: Trend | None) -> dict[str, Any]:
    if found is None:
        return {"trend": None, "trend_per_year": None, "trend_p": None}
    words = "sooner" if found.slope > 0 else "later"
    return {
        "trend": words if found.is_certain else "none",
        "trend_per_year": found.slope,
        "trend_p": found.p,
    }


PREMIERE = Insight(
    name="premiere",
    names={"premiere-chaser": {}},
    question="Do I chase premieres or dig up old things?",
    unit="titles",
    shape="one row a kind, network, genre or year: titles, within a day, share, quantiles of hours from release",
    row=PremiereRow,
    formula=(
        "of each title the first dated viewing counts; lag = its end minus the first airing of the episode in whole "
        "hours, or the days since a movie's day of release; the quantile q is the value at rank ceil(q x n); a group's "
        "shrunk share is as if it had 10 more titles at the share of all; the trend is a straight line through the "
        "monthly shares, of months with 3 titles or more, told as certain below p = 0.02"
    ),
    guard="30 titles of known release, 5 in a group; a trend from 12 months on",
    source="nearest-rank quantiles; least squares with the t test of its slope",
    sql=("watchprint.insights.shows", "premiere.sql"),
    behind=(
        "c.title_id IN (SELECT t.title_id FROM titles AS t WHERE CASE $of WHEN 'kind' THEN t.kind = $row_value "
        "WHEN 'network' THEN t.network = $row_value WHEN 'genre' THEN list_contains(t.genres, $row_value) "
        "ELSE SUBSTRING(CAST(c.local_day AS VARCHAR), 1, 4) = $row_value END "
        "AND (CASE c.kind WHEN 'episode' THEN t.first_aired_at IS NOT NULL ELSE t.released_on IS NOT NULL END)) "
        "AND NOT EXISTS (SELECT 1 FROM v_counted AS x WHERE x.title_id = c.title_id AND (x.watched_s < c.watched_s "
        "OR (x.watched_s = c.watched_s AND x.play_id < c.play_id)))"
    ),
    finish=finished,
    leaves_out=("duplicate", "bulk"),
    measures=("plays",),
    key=("of", "value"),
    compares=("titles", "share"),
    needs=("first_aired_at", "released_on"),
    statistical=(
        "a share within a day that rises from 10 to 40 % over four years of 10 titles a month is found in at least "
        "90 % of histories; without a change one is told in at most 5 %"
    ),
    traits=PREMIERE_TRAITS,
    parameters=(
        Parameter("of", "what the groups are", "kind", ("kind", "network", "genre", "year")),
        Parameter("limit", "the most groups", 20),
    ),
)

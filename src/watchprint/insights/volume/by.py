"""How much was watched by year, by month and by ISO week: three shapes of one insight."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from watchprint.domain.period import after, first_of, label
from watchprint.insights.insight import Finished, Insight, Parameter
from watchprint.insights.question import Question
from watchprint.insights.statistics.window import Window, averages, window
from watchprint.insights.volume.standing_out import BY_TRAITS, of_months


class ByRow(msgspec.Struct, frozen=True, kw_only=True):
    """One local year, month or ISO week.

    Args:
        period: 2024, 2024-05 or 2024-W05.
        from_on: its first local day; a week begins on Monday.
        plays: finished viewings.
        titles: distinct movies and episodes; they do not add up over periods.
        minutes: the sum of known runtimes [min].
        coverage: the share of the plays whose runtime is known, None without plays.
        bulk: how many of the plays are bulk marks.
    """

    period: str
    from_on: date
    plays: int
    titles: int
    minutes: int
    coverage: float | None
    bulk: int


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """Every period of the window, those without a play too; nothing when no play is counted."""
    if not reduced:
        return Finished([])
    unit = what.parameters["unit"]
    seen = window(what, reduced[0]["first_on"], reduced[-1]["last_on"])
    plays, minutes = (sum(row[name] for row in reduced) for name in ("plays", "minutes"))
    by_day = {row["from_on"]: row for row in reduced}
    rows = [_row(unit, day, by_day.get(day)) for day in _firsts(unit, seen)]
    months = [(row.from_on.month, row.plays - row.bulk) for row in rows] if unit == "month" else []
    return Finished(rows, averages(seen, plays, minutes), effects=of_months(months))


def _firsts(unit: str, seen: Window) -> list[date]:
    firsts = [first_of(unit, seen.from_on)]
    while (following := after(unit, firsts[-1])) < seen.until_on:
        firsts.append(following)
    return firsts


def _row(unit: str, day: date, found: dict[str, Any] | None) -> ByRow:
    of = found or {"plays": 0, "titles": 0, "minutes": 0, "timed": 0, "bulk": 0}
    return ByRow(
        period=label(unit, day),
        from_on=day,
        plays=of["plays"],
        titles=of["titles"],
        minutes=of["minutes"],
        coverage=of["timed"] / of["plays"] if of["plays"] else None,
        bulk=of["bulk"],
    )


BY = Insight(
    name="by",
    names={"by-year": {"unit": "year"}, "by-month": {"unit": "month"}, "by-week": {"unit": "week"}},
    question="How much have I watched in each year, month or week?",
    unit="plays",
    shape="one row a local year, month or ISO week of the window, oldest first, also those without a play",
    row=ByRow,
    formula=(
        "plays whose local day lies in the period; titles = distinct among them; minutes = sum of known runtimes; "
        "averages by day over the window from the first dated play (or the asked period) to the last day of it"
    ),
    guard="one play; averages from a window of 7 days on",
    source="ISO 8601 for weeks (they begin on Monday; week 1 holds the year's first Thursday)",
    sql=("watchprint.insights.volume", "by.sql"),
    behind="CAST(date_trunc($unit, c.local_day) AS DATE) = $row_from_on",
    finish=finished,
    measures=("plays", "time", "titles"),
    traits=BY_TRAITS,
    looks=("by-month",),
    parameters=(Parameter("unit", "the length of a period", "year", ("year", "month", "week")),),
)

"""The calendar: how much was watched on each local day, the last year by default."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec

from watchprint.insights.insight import Finished, Insight
from watchprint.insights.question import Question
from watchprint.insights.rhythm.standing_out import CALENDAR_TRAITS, of_days
from watchprint.insights.statistics.window import averages, window


class CalendarRow(msgspec.Struct, frozen=True, kw_only=True):
    """One local day: its plays, their known minutes [min], and how many of the plays are bulk marks."""

    day: date
    plays: int
    minutes: int
    bulk: int


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """Every day of the window, those without a play too; nothing when no play is counted."""
    if not reduced:
        return Finished([])
    seen = window(what, reduced[0]["local_day"], reduced[-1]["local_day"])
    by_day = {row["local_day"]: row for row in reduced}
    days = [seen.from_on + timedelta(days=index) for index in range(seen.days)]
    facts = {
        "active_days": len(reduced),
        **averages(seen, sum(row["plays"] for row in reduced), sum(row["minutes"] for row in reduced)),
    }
    since = (seen.until_on - reduced[0]["local_day"]).days
    return Finished([_row(day, by_day.get(day)) for day in days], facts, effects=of_days(len(reduced), since))


def _row(day: date, of: dict[str, Any] | None) -> CalendarRow:
    if of is None:
        return CalendarRow(day=day, plays=0, minutes=0, bulk=0)
    return CalendarRow(day=day, plays=of["plays"], minutes=of["minutes"], bulk=of["bulk"])


CALENDAR = Insight(
    name="calendar",
    question="On which days did I watch, and how much?",
    unit="plays",
    shape="one row a local day of the window, oldest first, also those without a play: day, plays, minutes, bulk",
    row=CalendarRow,
    formula=(
        "plays by local day, which is the date of the wall clock at the end of the viewing minus the start of the "
        "day; minutes = sum of known runtimes; bulk marks are counted and given beside"
    ),
    guard="one play; averages from a window of 7 days on",
    source="product rule: local day = date of (wall clock - day start)",
    sql=("watchprint.insights.rhythm", "calendar.sql"),
    behind="c.local_day = $row_day",
    finish=finished,
    reads="days",
    period="last 365 days",
    traits=CALENDAR_TRAITS,
)

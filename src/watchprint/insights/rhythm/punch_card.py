"""The punch card: how much was watched in each hour of each weekday, on the wall clock."""

from __future__ import annotations

from typing import Any

import msgspec

from watchprint.insights.insight import Finished, Insight
from watchprint.insights.question import Question
from watchprint.insights.rhythm.standing_out import PUNCH_CARD_TRAITS, of_hours

FEWEST_PLAYS = 30


class PunchCardRow(msgspec.Struct, frozen=True, kw_only=True):
    """One hour of one weekday.

    Args:
        weekday: of the local day, 0 = Monday to 6 = Sunday.
        hour: of the wall clock, 0 to 23; viewings are placed where they end.
        plays: finished viewings.
        minutes: the sum of their known runtimes [min].
    """

    weekday: int
    hour: int
    plays: int
    minutes: int


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """All 168 cells, Monday 0 o'clock first; nothing when no play is counted. Names the busiest from 30 plays."""
    if not reduced:
        return Finished([])
    cells = {(row["weekday"], row["hour"]): row for row in reduced}
    rows = [_row(weekday, hour, cells.get((weekday, hour))) for weekday in range(7) for hour in range(24)]
    facts: dict[str, Any] = {"busiest_weekday": None, "busiest_hour": None}
    if sum(row.plays for row in rows) >= FEWEST_PLAYS:
        busiest = max(rows, key=lambda row: row.minutes if what.measure == "time" else row.plays)
        facts = {"busiest_weekday": busiest.weekday, "busiest_hour": busiest.hour}
    return Finished(rows, facts, effects=of_hours((row.weekday, row.hour, row.plays) for row in rows))


def _row(weekday: int, hour: int, of: dict[str, Any] | None) -> PunchCardRow:
    plays, minutes = (of["plays"], of["minutes"]) if of else (0, 0)
    return PunchCardRow(weekday=weekday, hour=hour, plays=plays, minutes=minutes)


PUNCH_CARD = Insight(
    name="punch-card",
    question="At which hours of the week do I watch?",
    unit="plays",
    shape="168 rows, one an hour of a weekday, Monday (0) 0 o'clock first: weekday, hour, plays, minutes",
    row=PunchCardRow,
    formula=(
        "plays by the wall clock's hour at the end of the viewing and the weekday of its local day, so that "
        "Saturday 01:30 stands in Friday's row; both runs of a doubled hour are that hour"
    ),
    guard="one play; the busiest hour is named from 30 plays on",
    source="product rule: the hour is the wall clock's, the weekday the local day's",
    sql=("watchprint.insights.rhythm", "punch_card.sql"),
    behind=(
        "CAST(date_diff('day', DATE '0001-01-01', c.local_day) % 7 AS INTEGER) = $row_weekday "
        "AND EXTRACT(HOUR FROM c.local_at) = $row_hour"
    ),
    finish=finished,
    leaves_out=("duplicate", "bulk"),
    traits=PUNCH_CARD_TRAITS,
)

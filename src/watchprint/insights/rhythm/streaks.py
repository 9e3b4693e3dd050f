"""Streaks and gaps: runs of local days with a play on each, and the days between them without any."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec

from watchprint.insights.insight import Finished, Insight, Parameter
from watchprint.insights.question import Question

_DAY = timedelta(days=1)


class StreakRow(msgspec.Struct, frozen=True, kw_only=True):
    """A run of local days.

    Args:
        kind: streak (a play on each day) or gap (none on any).
        from_on: its first local day; `to_on`: its last.
        days: how many days it has.
        plays: plays in it; `minutes`: their known minutes [min].
        is_current: it still goes on: a streak that reaches yesterday or today, a gap that reaches yesterday.
            Without a present moment in the question, the run that holds the last play.
    """

    kind: str
    from_on: date
    to_on: date
    days: int
    plays: int
    minutes: int
    is_current: bool


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """The longest streaks, then the longest gaps; of equals the earlier first."""
    if not reduced:
        return Finished([])
    until_on = _open_until(reduced[-1]["to_on"], what)
    streaks = [_streak(row, until_on) for row in reduced]
    gaps = _gaps(streaks, until_on)
    facts = {
        "streaks": len(streaks),
        "gaps": len(gaps),
        "active_days": sum(row.days for row in streaks),
        "longest_streak_days": max(row.days for row in streaks),
        "longest_gap_days": max((row.days for row in gaps), default=0),
        "current_streak_days": sum(row.days for row in streaks if row.is_current),
    }
    limit = what.parameters["limit"]
    return Finished([*_longest(streaks, limit), *_longest(gaps, limit)], facts)


def _open_until(last_on: date, what: Question) -> date:
    """The day that is not over yet: the present one, or the one after the last day that can count."""
    if what.today is None:
        return last_on + _DAY
    return min(what.today, what.period.until_on or what.today)


def _streak(row: dict[str, Any], until_on: date) -> StreakRow:
    return _run("streak", row["from_on"], row["to_on"], row["plays"], row["minutes"], until_on)


def _run(kind: str, from_on: date, to_on: date, plays: int, minutes: int, until_on: date) -> StreakRow:
    return StreakRow(
        kind=kind,
        from_on=from_on,
        to_on=to_on,
        days=(to_on - from_on).days + 1,
        plays=plays,
        minutes=minutes,
        is_current=to_on + _DAY >= until_on,
    )


def _gaps(streaks: list[StreakRow], until_on: date) -> list[StreakRow]:
    ends = [*(row.from_on for row in streaks[1:]), until_on]
    between = [(row.to_on + _DAY, end - _DAY) for row, end in zip(streaks, ends, strict=True)]
    return [_run("gap", from_on, to_on, 0, 0, until_on) for from_on, to_on in between if from_on <= to_on]


def _longest(runs: list[StreakRow], limit: int) -> list[StreakRow]:
    return sorted(runs, key=lambda row: (-row.days, row.from_on))[:limit]


STREAKS = Insight(
    name="streaks",
    question="How many days in a row did I watch, and how long were the gaps?",
    unit="days",
    shape="the longest streaks, then the longest gaps: kind, from_on, to_on, days, plays, minutes, is_current",
    row=StreakRow,
    formula=(
        "a streak is a run of local days with at least one dated, unmarked play on each; a gap is the days between "
        "two streaks, or since the last one; runs end at the borders of the asked period"
    ),
    guard="one play",
    source="gaps and islands over distinct local days",
    sql=("watchprint.insights.rhythm", "streaks.sql"),
    behind="c.local_day >= $row_from_on AND c.local_day <= $row_to_on",
    finish=finished,
    reads="days",
    leaves_out=("duplicate", "bulk"),
    measures=("plays",),
    parameters=(Parameter("limit", "the most streaks and the most gaps", 10),),
)

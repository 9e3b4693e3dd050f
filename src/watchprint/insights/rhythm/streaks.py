"""Streaks and gaps: runs of local days with a play on each, and the days between them without any."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec

from watchprint.insights.insight import Finished, Insight, Parameter
from watchprint.insights.question import Question
from watchprint.insights.rhythm.standing_out import STREAKS_TRAITS, of_runs

_DAY = timedelta(days=1)


class StreakRow(msgspec.Struct, frozen=True, kw_only=True):
    """A run of local days.

    Args:
        kind: streak (a play on each day) or gap (none on any).
        from_on: its first local day; `to_on`: its last.
        days: how many days it has.
        plays: plays in it; `minutes`: their known minutes [min].
        is_current: it still goes on: a streak that reaches yesterday or today, the gap since the last streak.
            Without a present moment in the question, the last dated play stands for it. Nothing in a period that
            is over is current.
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
    end_on, today = _end(what, reduced[-1]["to_on"])
    streaks = [_streak(row, today) for row in reduced]
    gaps = _gaps(streaks, end_on, today)
    facts = {
        "streaks": len(streaks),
        "gaps": len(gaps),
        "active_days": sum(row.days for row in streaks),
        "longest_streak_days": max(row.days for row in streaks),
        "longest_gap_days": max((row.days for row in gaps), default=0),
        "current_streak_days": sum(row.days for row in streaks if row.is_current),
    }
    limit = what.parameters["limit"]
    effects = of_runs([(row.from_on, row.to_on) for row in streaks])
    return Finished([*_longest(streaks, limit), *_longest(gaps, limit)], facts, effects=effects)


def _end(what: Question, last_on: date) -> tuple[date, date | None]:
    """The day up to which days without a play are known to be gaps, and the present day if the period holds it."""
    today = what.last_on or last_on
    over = what.period.until_on is not None and what.period.until_on <= today
    return (what.period.until_on or today, None) if over else (today, today)


def _streak(row: dict[str, Any], today: date | None) -> StreakRow:
    """A streak goes on until a day has passed without a play."""
    current = today is not None and row["from_on"] <= today <= row["to_on"] + _DAY
    return _run("streak", row["from_on"], row["to_on"], row["plays"], row["minutes"], is_current=current)


def _gaps(streaks: list[StreakRow], end_on: date, today: date | None) -> list[StreakRow]:
    """The days between the streaks, and those since the last one, which go on while no play follows."""
    starts = [row.to_on + _DAY for row in streaks]
    ends = [*(row.from_on for row in streaks[1:]), end_on]
    open_to = [*(end - _DAY for end in ends[:-1]), end_on]
    return [
        _run("gap", start, end - _DAY, 0, 0, is_current=today is not None and start <= today <= to)
        for start, end, to in zip(starts, ends, open_to, strict=True)
        if start < end
    ]


def _run(kind: str, from_on: date, to_on: date, plays: int, minutes: int, *, is_current: bool) -> StreakRow:
    days = (to_on - from_on).days + 1
    return StreakRow(
        kind=kind, from_on=from_on, to_on=to_on, days=days, plays=plays, minutes=minutes, is_current=is_current
    )


def _longest(runs: list[StreakRow], limit: int) -> list[StreakRow]:
    return sorted(runs, key=lambda row: (-row.days, row.from_on))[:limit]


STREAKS = Insight(
    name="streaks",
    names={"streaks-and-gaps": {}},
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
    traits=STREAKS_TRAITS,
    parameters=(Parameter("limit", "the most streaks and the most gaps", 10),),
)

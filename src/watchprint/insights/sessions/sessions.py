"""Sittings and binges: what is watched in one go."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec

from watchprint.insights.insight import Finished, Insight, Parameter
from watchprint.insights.question import Question
from watchprint.insights.statistics.effects import Usual, Words, share_effect

_BINGE = 3
_USUAL = Usual(
    0.15, 0.12, "about one sitting in seven with three or more episodes of a show, as streaming surveys put it"
)


class SessionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A sitting.

    Args:
        rank: 1 is the longest (or the one with the most plays).
        on: the local day on which its first play ended.
        first_at, last_at: when its first and its last play ended.
        ended_local_at: what the clock on the wall showed at its end.
        plays: finished viewings; `titles`: distinct ones; `minutes`: their known minutes [min].
        span_min: from the beginning of the first to the end of the last, pauses in it [min].
        show: the show with the most episodes in it, and `episodes`: how many; None and 0 without a show.
        is_binge: at least three episodes of one show.
    """

    rank: int
    on: date
    first_at: datetime
    last_at: datetime
    ended_local_at: datetime
    plays: int
    titles: int
    minutes: int
    span_min: int
    show: str | None
    show_key: str | None
    episodes: int
    is_binge: bool


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """The longest sittings; how many there are, and how many are binges, stands in `facts`."""
    sizes = [row for row in reduced if row["what"] == "size"]
    largest = sorted((row for row in reduced if row["what"] == "session"), key=lambda row: row["place"])
    sessions = sum(row["sessions"] for row in sizes)
    if not sessions:
        return Finished([])
    plays = sum(row["plays"] * row["sessions"] for row in sizes)
    binges = sum(row["binges"] for row in sizes)
    facts: dict[str, Any] = {
        "sessions": sessions,
        "binges": binges,
        "plays_per_session": plays / sessions,
        "minutes_per_session": sum(row["minutes"] for row in sizes) / sessions,
        "median_plays": _median({row["plays"]: row["sessions"] for row in sizes}),
        "by_plays": {str(row["plays"]): row["sessions"] for row in sorted(sizes, key=lambda row: row["plays"])},
        "gap_min": what.parameters["gap_min"],
    }
    words = Words(
        "binge-watcher",
        "You binge: {share} of your sittings hold three or more episodes of one show, where {usual} is usual.",
    )
    effect = share_effect(words, binges, sessions, _USUAL)
    return Finished([_row(row) for row in largest], facts, effects=(effect,) if effect else ())


def _median(counts: dict[int, int]) -> float:
    """The middle of values of which each is there several times."""
    whole, passed = sum(counts.values()), 0
    low = high = None
    for value in sorted(counts):
        passed += counts[value]
        if low is None and passed >= (whole + 1) // 2:
            low = value
        if high is None and passed >= whole // 2 + 1:
            high = value
    return ((low or 0) + (high or 0)) / 2


def _row(of: dict[str, Any]) -> SessionRow:
    same = ("first_at", "last_at", "ended_local_at", "plays", "titles", "minutes", "span_min", "show_key", "episodes")
    return SessionRow(
        rank=of["place"],
        on=of["on_day"],
        show=of["show_name"],
        is_binge=of["episodes"] >= _BINGE,
        **{name: of[name] for name in same},
    )


SESSIONS = Insight(
    name="sessions",
    names={"sittings": {}, "binges": {}},
    question="How much do I watch in one sitting?",
    unit="plays",
    shape="the longest sittings: day, plays, minutes, span, the show with the most episodes in it",
    row=SessionRow,
    formula=(
        "a sitting goes on while each viewing begins at most the gap (45 minutes) after the one before has ended; a "
        "viewing is [end minus runtime, end]; a binge has three or more episodes of one show"
    ),
    guard="one dated, unmarked play",
    source="a gap of 45 minutes: longer than a break, shorter than a film",
    sql=("watchprint.insights.sessions", "sessions.sql"),
    behind="c.watched_at >= $row_first_at AND c.watched_at <= $row_last_at",
    finish=finished,
    leaves_out=("duplicate", "bulk"),
    measures=("time", "plays"),
    needs=("runtime_min",),
    traits={"binge-watcher": "the share of sittings with three or more episodes of one show"},
    parameters=(
        Parameter("gap_min", "the longest pause within a sitting [min]", 45),
        Parameter("limit", "the most sittings", 10),
    ),
)

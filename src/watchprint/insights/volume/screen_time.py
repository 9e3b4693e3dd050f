"""Screen time: hours a day, of all, of movies, of episodes, beside the period before."""

from __future__ import annotations

from typing import Any

import msgspec

from watchprint.insights.insight import Finished, Insight
from watchprint.insights.question import Question
from watchprint.insights.statistics.window import window
from watchprint.insights.volume.standing_out import SCREEN_TIME_TRAITS, of_active_days

_ORDER = ("all", "movie", "episode")


class ScreenTimeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of title.

    Args:
        kind: all, movie or episode.
        minutes: the known minutes [min]; `minutes_per_day`: over the days of the window [min].
        minutes_per_active_day: over the days with a play of the kind [min].
        plays: finished viewings; `coverage`: the share of them whose runtime is known.
        active_days: local days with one.
    """

    kind: str
    minutes: int
    minutes_per_day: float
    minutes_per_active_day: float
    plays: int
    coverage: float
    active_days: int


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """All, movies, episodes; a kind that was not watched has no row."""
    of = {row["of_kind"]: row for row in reduced}
    if not of:
        return Finished([])
    seen = window(what, of["all"]["first_on"], of["all"]["last_on"])
    days = (seen.until_on - seen.from_on).days
    rows = [_row(kind, of[kind], days) for kind in _ORDER if kind in of]
    facts = {"window_from_on": seen.from_on, "window_until_on": seen.until_on, "window_days": days}
    effects = of_active_days(of["all"]["minutes"], of["all"]["active_days"]) if not what.filters else ()
    return Finished(rows, facts, effects=effects)


def _row(kind: str, of: dict[str, Any], days: int) -> ScreenTimeRow:
    return ScreenTimeRow(
        kind=kind,
        minutes=of["minutes"],
        minutes_per_day=of["minutes"] / days,
        minutes_per_active_day=of["minutes"] / of["active_days"],
        plays=of["plays"],
        coverage=of["timed"] / of["plays"],
        active_days=of["active_days"],
    )


SCREEN_TIME = Insight(
    name="screen-time",
    question="How much time do I spend watching, and is it more than before?",
    unit="min",
    shape="all, movies, episodes: minutes, minutes a day, minutes a day with a play, plays, coverage, days with a play",
    row=ScreenTimeRow,
    formula=(
        "known minutes of the plays in the period; a day's average is over the window from the first dated play (or "
        "the asked period) to the last day of it; the change is against the same figures of the period before, while "
        "the period goes on against as much of it as has passed"
    ),
    guard="one dated play",
    source="runtimes of titles; an episode of unknown runtime counts its show's usual one",
    sql=("watchprint.insights.volume", "screen_time.sql"),
    behind="$row_kind = 'all' OR c.kind = $row_kind",
    finish=finished,
    reads="days",
    measures=("time",),
    period="last 30 days",
    key=("kind",),
    compares=("minutes", "minutes_per_day", "plays", "active_days"),
    needs=("runtime_min",),
    beside_before=True,
    traits=SCREEN_TIME_TRAITS,
)

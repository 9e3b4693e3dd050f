"""What is unusual about when somebody watches: hours, weekdays, days in a row, breaks, the fullest day. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from watchprint.insights.insight import Effect
from watchprint.insights.statistics.effects import FEWEST, Usual, Words, length_effect, share_effect, there

PUNCH_CARD_TRAITS: Mapping[str, str] = {
    "night-owl": "the share of plays that end from 23:00 to 05:00",
    "morning": "the share of plays that end from 05:00 to 11:00",
    "weekend": "the share of plays on Saturdays and Sundays",
}
CALENDAR_TRAITS: Mapping[str, str] = {"daily": "the share of days with a play"}
STREAKS_TRAITS: Mapping[str, str] = {
    "streak": "the longest run of days with a play on each",
    "break": "the longest run of days without any",
}
RECORDS_TRAITS: Mapping[str, str] = {"marathon": "the minutes of the fullest day"}

_NIGHT = Usual(0.20, 0.12, "sleep surveys put most adults to bed around 23:00; one public account has a third at night")
_MORNING = Usual(0.06, 0.06, "before noon television is watched an eighth of the day's time, mostly by those at home")
_WEEKEND = Usual(0.33, 0.08, "two days of seven, and time-use surveys with a third more viewing on them")
_DAILY = Usual(0.50, 0.20, "a play every other day; a keen public account has one on four days of five")
_STREAK = Usual(
    14.0, 1.0, "chance gives ten days to who watches every other day, and ninety to who skips one of twenty"
)
_BREAK = Usual(20.0, 0.8, "the weeks of a holiday; between four days and three months for most")
_MARATHON = Usual(660.0, 0.22, "one public account has ten hours on one day of fifty; a record of years is longer")
_EVENING = 2.0
_WEEK = 4.0


def of_hours(cells: Iterable[tuple[int, int, int]]) -> tuple[Effect, ...]:
    """Of plays by weekday (0 = Monday) and hour of the wall clock."""
    plays = list(cells)
    n = sum(each for _, _, each in plays)

    def those(held: Callable[[int, int], bool]) -> int:
        return sum(each for weekday, hour, each in plays if held(weekday, hour))

    night = Words(
        "night-owl",
        "You watch at night: {share} of your plays end between 23:00 and 05:00, where {usual} is usual.",
        "You go to bed early: only {share} of your plays end between 23:00 and 05:00, where {usual} is usual.",
    )
    morning = Words(
        "morning",
        "You watch in the morning: {share} of your plays end between 05:00 and 11:00, where {usual} is usual.",
    )
    weekend = Words(
        "weekend",
        "You watch at weekends: {share} of your plays are on Saturdays and Sundays, where {usual} is usual.",
        "You watch during the week: only {share} of your plays are on Saturdays and Sundays, where {usual} is usual.",
    )
    return there(
        share_effect(night, those(lambda _, hour: hour >= 23 or hour < 5), n, _NIGHT, clumps=_EVENING),
        share_effect(morning, those(lambda _, hour: 5 <= hour < 11), n, _MORNING, clumps=_EVENING),
        share_effect(weekend, those(lambda weekday, _: weekday >= 5), n, _WEEKEND, clumps=_WEEK),
    )


def of_days(active: int, days: int) -> tuple[Effect, ...]:
    """Of so many days with a play among so many since the first of them."""
    words = Words(
        "daily",
        "You watch nearly every day: on {share} of the days of this time, where {usual} is usual.",
        "You watch now and then: on {share} of the days of this time, where {usual} is usual.",
    )
    return there(share_effect(words, active, days, _DAILY, clumps=_EVENING))


def of_runs(runs: Sequence[tuple[date, date]]) -> tuple[Effect, ...]:
    """Of the first and last days of streaks, the oldest first; a few days before or after a gap make no break of it."""
    days = [(to_on - from_on).days + 1 for from_on, to_on in runs]
    active, before, gaps = sum(days), 0, [0]
    for streak, (_, ended_on), (began_on, _) in zip(days[:-1], runs[:-1], runs[1:], strict=True):
        before += streak
        if before >= FEWEST and active - before >= FEWEST:
            gaps.append((began_on - ended_on).days - 1)
    kept = Words("streak", "You keep it up: {value} days in a row with a play on each, where {usual} is usual.")
    away = Words("break", "You took a long break: {value} days without a play, where {usual} is usual.")
    return there(
        length_effect(kept, max(days, default=0), 0.3, active, _STREAK),
        length_effect(away, max(gaps), 0.3, active, _BREAK),
    )


def of_records(found: Mapping[str, Mapping[str, Any]]) -> tuple[Effect, ...]:
    """Of the rows of the records by their names; nothing where no month has twenty plays."""
    day, month = found.get("minutes_in_day"), found.get("plays_in_month")
    if day is None or month is None or month["value"] < FEWEST:
        return ()
    hours, on = day["value"] / 60, day["from_on"]
    said = (
        f"You held a marathon: {hours:.0f} hours on {_day(on)}, where {_MARATHON.mean / 60:.0f} are usual as a record."
    )
    return there(length_effect(Words("marathon", said), day["value"], 0.1, month["value"], _MARATHON))


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"

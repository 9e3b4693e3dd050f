"""The calendar of a viewer: on which days, from when and for how long somebody sits down. Knows no titles.

Days are local days of a zone; an evening begins at an instant (UTC) and may end after midnight.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

AT_HOME = ((date(2020, 3, 16), date(2020, 6, 14)), (date(2020, 11, 2), date(2021, 4, 30)))
"""When most of Europe stayed at home."""
QUIET_MONTH = 2
"""The month of the quiet year in which nothing is seen at all."""


@dataclass(frozen=True, slots=True)
class Evening:
    """A sitting: when it begins (UTC), how long it may go on [min], and whether one show is watched through."""

    start: datetime
    budget_min: int
    binge: bool = False
    film: bool = False


def days_between(first_on: date, last_on: date) -> Iterator[date]:
    """Every day from the first to the last, both included."""
    for number in range((last_on - first_on).days + 1):
        yield first_on + timedelta(days=number)


def absences(rng: Random, first_on: date, last_on: date) -> set[date]:
    """Days away from any screen: two journeys a year and one whole quiet month, never the last fortnight."""
    away: set[date] = set()
    for year in range(first_on.year, last_on.year + 1):
        for month in (rng.choice((4, 5, 6)), rng.choice((7, 8, 9))):
            start = date(year, month, rng.randint(1, 24))
            away.update(days_between(start, start + timedelta(days=rng.randint(6, 14))))
    quiet = first_on.year + (last_on.year - first_on.year) // 3
    away.update(d for d in days_between(date(quiet, 1, 1), date(quiet, 12, 31)) if d.month == QUIET_MONTH)
    return {day for day in away if day < last_on - timedelta(days=14)}


def mood(day_on: date) -> float:
    """How likely somebody sits down on a day [0-1]."""
    at_home = any(start <= day_on <= end for start, end in AT_HOME)
    holidays = (day_on.month, day_on.day) >= (12, 23) or (day_on.month, day_on.day) <= (1, 3)
    weekend = day_on.weekday() >= 4
    dark = day_on.month in (11, 12, 1, 2)
    return min(0.95, 0.56 + 0.16 * weekend + 0.2 * at_home + 0.2 * holidays + 0.05 * dark)


def evenings(rng: Random, zone: ZoneInfo, first_on: date, last_on: date, away: Container[date]) -> Iterator[Evening]:
    """The sittings of a life, oldest first; the last day always has one that ends before midnight."""
    for day_on in days_between(first_on, last_on):
        if day_on == last_on:
            yield Evening(_at(day_on, time(20, rng.randint(5, 20)), zone), 95)
        elif day_on not in away and rng.random() < mood(day_on):
            yield from _sittings(rng, zone, day_on)


def _sittings(rng: Random, zone: ZoneInfo, day_on: date) -> Iterator[Evening]:
    weekend = day_on.weekday() >= 5
    late = day_on.weekday() >= 4
    draw = rng.random()
    if draw < (0.1 if weekend else 0.012):
        start = time(rng.randint(12, 15), rng.randint(0, 59))
        yield Evening(_at(day_on, start, zone), rng.randint(330, 560), binge=True)
        return
    if weekend and draw < 0.4:
        yield Evening(_at(day_on, time(rng.randint(13, 16), rng.randint(0, 59)), zone), rng.randint(50, 150))
    if weekend and 0.3 < draw < 0.4:
        return
    hour = rng.choice((19, 20, 20, 21, 21, 22) if late else (18, 19, 20, 20, 20, 21, 22))
    film = rng.random() < (0.4 if late else 0.1)
    budget = rng.randint(90, 235) if late else rng.randint(45, 150)
    yield Evening(_at(day_on, time(hour, rng.randint(0, 59)), zone), budget, film=film)


def _at(day_on: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day_on, clock, zone).astimezone(UTC)

"""Figures, times and titles in words that people read. Pure; adds and rounds nothing but for the eye."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from watchprint.insights import Answer

KINDS = {"movie": "Movies", "episode": "Episodes", "show": "Shows", "season": "Seasons", "all": "All"}
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_HOUR, _DAY = 60, 24 * 60


def time_of(minutes: float | None) -> str:
    """Minutes as days and hours, or hours and minutes; nothing where they are unknown."""
    if minutes is None:
        return ""
    days, rest = divmod(round(minutes), _DAY)
    hours, rest = divmod(rest, _HOUR)
    return f"{days:,} d {hours} h" if days else f"{hours} h {rest:02d} min" if hours else f"{rest} min"


def lag_of(hours: float) -> str:
    """Hours as the largest fitting unit; below zero: before."""
    size, sign = abs(hours), "-" if hours < 0 else ""
    for unit, length in (("y", 24 * 365.25), ("mo", 24 * 30.44), ("w", 24 * 7), ("d", 24)):
        if size >= 2 * length or (unit == "d" and size >= length):
            return f"{sign}{size / length:.0f} {unit}"
    return f"{sign}{size:.0f} h"


def percent(share: float | None) -> str:
    """Whole percent, where neither nearly all looks like all nor nearly none like none."""
    if share is None:
        return ""
    near = min(max(round(share * 100), 1 if share > 0 else 0), 99 if share < 1 else 100)
    return f"{near} %"


def figure(value: Any) -> str:
    """A number with separators, a fraction to two digits, a day as it is; nothing where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
    return str(value)


def signed(value: float) -> str:
    """A difference to two digits, with its sign; none where it is nothing."""
    return f"{value:+.2f}" if abs(value) >= 0.005 else "0.00"


def counted(number: int, one: str) -> str:
    """So many of something."""
    return f"{number:,} {one if number == 1 else one + 's'}"


def instant_of(at: datetime) -> str:
    """What the clock on the wall showed."""
    return f"{at:%Y-%m-%d %H:%M}"


def day_of(day: date | None) -> str:
    """A day; nothing where it is unknown."""
    return "" if day is None else f"{day:%Y-%m-%d}"


def title_of(row: Any) -> str:
    """The title of a row: "Heat (1995)", "Breaking Bad 1x02 Cat's in the Bag…", "Breaking Bad, season 2"."""
    name, show = getattr(row, "name", None), getattr(row, "show_name", None)
    season, number = getattr(row, "season", None), getattr(row, "number", None)
    if season is not None and number is not None:
        place = f"{show or 'an episode'} {season}x{number:02d}"
        return f"{place} {name}" if name else place
    if season is not None:
        return f"{show or name or 'a show'}, season {season}"
    year = getattr(row, "year", None)
    known = show or name or getattr(row, "key", None)
    if known is None:
        return "(unknown title)"
    if show and name and show != name:
        known = f"{show}: {name}"
    return f"{known} ({year})" if year and not show else str(known)


def unit_of(answer: Answer) -> str:
    """What the figures of the answer count."""
    return "minutes" if answer.measure == "time" else answer.unit


def value_of(row: Any, answer: Answer) -> Any:
    """What the asked measure is called in a row."""
    return getattr(row, {"time": "minutes", "ratings": "ratings"}.get(answer.measure, answer.measure))

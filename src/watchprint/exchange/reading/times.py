"""A time as a file writes it, read without guessing in silence: with each comes how it was read. Pure.

A time without a zone is what the person's clock on the wall showed; a day alone is noon of it; a number is counted
from 1970 in seconds or milliseconds. 1970 itself is how Trakt writes "unknown"
(https://github.com/trakt/trakt-api/discussions, "unknown" watched_at).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from watchprint.domain.zones import Zones
from watchprint.exchange.reading.told import How

UNKNOWN: Final = frozenset({"unknown", "unknown date", "none", "null", "n/a", "-"})
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_ONE: Final = timedelta(days=1)
_NUMBER: Final = re.compile(r"-?\d{1,19}(?:\.\d{1,9})?")
_LAST_YEAR: Final = 2100
"""Eight digits of a later year are no day: they are a count of seconds, of which no day of these years is one."""
_MILLISECONDS_FROM: Final = 100_000_000_000
"""A number this large is of milliseconds: as seconds it would be beyond the year 5000."""


class BadTime(ValueError):
    """It is no time; the message says why."""


def read_time(said: str | float, zones: Zones) -> tuple[datetime | None, How]:
    """The instant, and how it was read.

    Args:
        said: As the file writes it; not blank.
        zones: Where the person lived when.

    Returns:
        None where the day is unknown.

    Raises:
        BadTime: It is none.
    """
    if isinstance(said, str):
        text = said.strip()
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            return _otherwise(text, zones)
        if at.tzinfo is not None:
            return _dated(at)
        if len(text) <= len("2024-05-01"):
            compact = len(text) == len("20240501") and at.year <= _LAST_YEAR
            return _number(text) if text.isdigit() and not compact else _noon(at.date(), zones)
        return _on_the_wall(at, zones)
    return _number(repr(said))


def _otherwise(text: str, zones: Zones) -> tuple[datetime | None, How]:
    if text.casefold() in UNKNOWN:
        return None, "undated"
    if _NUMBER.fullmatch(text):
        return _number(text)
    if text.upper().endswith(" UTC"):
        return read_time(text[:-4].strip() + "Z", zones)
    if text.casefold() == "released":
        raise BadTime('"released" is the day a title came out, not when it was watched; write the time, or "unknown"')
    raise BadTime(f"{text[:60]!r} is no time; write it like 2024-05-01T20:00:00Z")


def _dated(at: datetime) -> tuple[datetime | None, How]:
    try:
        instant = at.astimezone(UTC)
    except (OverflowError, ValueError) as error:
        raise BadTime("the year is out of range") from error
    if _EPOCH <= instant < _EPOCH + timedelta(minutes=1):
        return None, "undated"
    return instant, "exact"


def _number(text: str) -> tuple[datetime | None, How]:
    try:
        value = float(text)
        value = value / 1000 if abs(value) >= _MILLISECONDS_FROM else value
        at = _EPOCH + timedelta(seconds=value)
    except (ValueError, OverflowError) as error:
        raise BadTime(f"{text[:40]} is no count of seconds since 1970") from error
    if value == 0:
        return None, "undated"
    if abs(value) < _DAY_ONE.total_seconds() * 366:
        raise BadTime(f"{text[:40]} is no time; write it like 2024-05-01T20:00:00Z")
    return at, "epoch"


def _noon(day: date, zones: Zones) -> tuple[datetime | None, How]:
    if day == _EPOCH.date():
        return None, "undated"
    at, _ = _on_the_wall(datetime.combine(day, time(12)), zones)
    return at, "day_only"


def _on_the_wall(wall: datetime, zones: Zones) -> tuple[datetime | None, How]:
    if _EPOCH.replace(tzinfo=None) <= wall < _EPOCH.replace(tzinfo=None) + timedelta(minutes=1):
        return None, "undated"
    try:
        roughly = wall.replace(tzinfo=UTC)
        at = wall.replace(tzinfo=ZoneInfo(zones.name_at(roughly))).astimezone(UTC)
        name = zones.name_at(at)
        return wall.replace(tzinfo=ZoneInfo(name)).astimezone(UTC), "no_zone"
    except (OverflowError, ValueError) as error:
        raise BadTime("the year is out of range") from error

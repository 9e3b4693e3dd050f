"""Values out of foreign JSON: what is not as it should be is not said. Never raises over a value, only over a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import msgspec

_IMDB: Final = re.compile(r"tt\d{5,12}")
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_LONGEST: Final = 500
_MOST_ID: Final = 2**31 - 1
_MOST_RUNTIME_MIN: Final = 6000
_MS_A_MINUTE: Final = 60_000
_TICKS_A_MINUTE: Final = 600_000_000
_NOON: Final = timedelta(hours=12)


def document(body: bytes) -> Any:
    """What a text of JSON says.

    Raises:
        ValueError: It is none.
    """
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise ValueError("no JSON") from error


def mapping(value: Any) -> Mapping[str, Any]:
    """A JSON object; anything else is an empty one."""
    return value if isinstance(value, dict) else {}


def rows(value: Any) -> list[Mapping[str, Any]]:
    """The objects of a list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def texts(value: Any) -> list[str]:
    """The texts of a list."""
    return [said for each in value if (said := text(each)) is not None] if isinstance(value, list) else []


def text(value: Any) -> str | None:
    """A text in one line; None where it is blank."""
    if not isinstance(value, str):
        return None
    return _CONTROLS.sub(" ", value).strip()[:_LONGEST] or None


def whole(value: Any, least: int = 1, most: int = _MOST_ID) -> int | None:
    """A whole number within bounds, also one written as a text."""
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdecimal() and len(value) < 20:
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if least <= value <= most else None


def number(value: Any, least: float, most: float) -> float | None:
    """A number within bounds."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if least <= value <= most else None


def year(value: Any) -> int | None:
    """A year in which a film may have been made."""
    return whole(value, 1870, 2200)


def day(value: Any) -> date | None:
    """A day: 2008-01-20, and what follows it is left out."""
    if not isinstance(value, str):
        return None
    try:
        found = date.fromisoformat(value[:10])
    except ValueError:
        return None
    return found if year(found.year) else None


def instant(value: Any) -> datetime | None:
    """An instant with a zone, in UTC."""
    if not isinstance(value, str):
        return None
    try:
        at = datetime.fromisoformat(value)
        return at.astimezone(UTC) if at.tzinfo is not None and year(at.year) else None
    except (ValueError, OverflowError):
        return None


def day_near(value: Any) -> date | None:
    """A day that is written as an instant: the midnight of some zone, which may be the evening before in UTC."""
    at = instant(value)
    return day(value) if at is None else (at + _NOON).date()


def runtime_min(value: Any) -> int | None:
    """Minutes; 0 is unknown."""
    return whole(value, 1, _MOST_RUNTIME_MIN)


def minutes_of_ms(value: Any) -> int | None:
    """Milliseconds as minutes."""
    return _minutes(value, _MS_A_MINUTE)


def minutes_of_ticks(value: Any) -> int | None:
    """Ticks of 100 ns as minutes."""
    return _minutes(value, _TICKS_A_MINUTE)


def _minutes(value: Any, units: int) -> int | None:
    found = whole(value, 1, 2**62)
    return None if found is None else runtime_min(max(1, (2 * found + units) // (2 * units)))


def imdb(value: Any) -> str | None:
    """An id of IMDb's."""
    said = text(value)
    return said if said is not None and _IMDB.fullmatch(said) else None


def ids(imdb_id: Any = None, tmdb: Any = None, tvdb: Any = None) -> dict[str, str | int | None]:
    """Ids in the schemes of titles; those that are none are left out."""
    found = {"imdb": imdb(imdb_id), "tmdb": whole(tmdb), "tvdb": whole(tvdb)}
    return {scheme: value for scheme, value in found.items() if value is not None}

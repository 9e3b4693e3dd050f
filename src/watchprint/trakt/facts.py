"""Items with facts of their own: seen at, owned as, listed with, and the place of a check-in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Literal, TypeAlias

from watchprint.trakt.errors import Invalid
from watchprint.trakt.items import Episode, Item, Movie, Person, Season, Show


class Moment(Enum):
    """Instants that Trakt works out: see RELEASED and UNKNOWN."""

    RELEASED = "released"
    UNKNOWN = "unknown"


RELEASED = Moment.RELEASED
"""When the title came out."""
UNKNOWN = Moment.UNKNOWN
"""At a time that nobody knows: counts in totals, never in dates."""

At: TypeAlias = datetime | str | Moment
"""An aware datetime, ISO text with a zone, RELEASED or UNKNOWN."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An item that was watched to its end `at` (None: now)."""

    item: Item
    at: At | None = None

    def __post_init__(self) -> None:
        check_item(self.item)
        instant(self.at)


@dataclass(frozen=True, slots=True)
class Owned:
    """An item that is owned since `at` (None: now), with what is known of the copy (Trakt's own words)."""

    item: Item
    at: At | None = None
    media_type: str | None = None
    resolution: str | None = None
    hdr: str | None = None
    audio: str | None = None
    audio_channels: str | None = None
    is_3d: bool | None = None

    def __post_init__(self) -> None:
        check_item(self.item)
        instant(self.at)
        for name in ("media_type", "resolution", "hdr", "audio", "audio_channels"):
            _check_text(name, getattr(self, name))
        if self.is_3d is not None and not isinstance(self.is_3d, bool):
            raise Invalid(f"is_3d is True, False or None, not {self.is_3d!r}")


@dataclass(frozen=True, slots=True)
class Listed:
    """An item with the words that stand beside it in a list."""

    item: Item
    notes: str | None = None

    def __post_init__(self) -> None:
        check_item(self.item)
        _check_text("notes", self.notes)
        if self.notes is not None and len(self.notes) > 500:
            raise Invalid(f"notes have at most 500 characters, not {len(self.notes)}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a check-in happens. Kept with the play; in a public message only when asked."""

    name: str
    kind: Literal["home", "friends", "cinema", "travel", "other"] = "other"
    latitude: float | None = None
    longitude: float | None = None
    venue_id: str | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip():
            raise Invalid("a place has a name")
        if self.kind not in ("home", "friends", "cinema", "travel", "other"):
            raise Invalid(f"a place is home, friends, cinema, travel or other, not {self.kind!r}")
        if (self.latitude is None) != (self.longitude is None):
            raise Invalid("a place has both latitude and longitude, or neither")
        _check_degrees("latitude", self.latitude, 90)
        _check_degrees("longitude", self.longitude, 180)
        _check_text("a venue_id", self.venue_id)


def _check_degrees(name: str, value: object, most: int) -> None:
    if value is None:
        return
    if not isinstance(value, int | float) or isinstance(value, bool) or not -most <= value <= most:
        raise Invalid(f"a {name} is a number from -{most} to {most}, not {value!r}")


def _check_text(name: str, value: object) -> None:
    if value is not None and not isinstance(value, str):
        raise Invalid(f"{name} is text, not {value!r}")


def check_item(item: object) -> None:
    """Raises Invalid if this is not an item."""
    if not isinstance(item, Movie | Show | Season | Episode | Person):
        raise Invalid(f"an item is a Movie, Show, Season, Episode or Person, not {item!r}")


def instant(at: At | None) -> datetime | Moment | None:
    """The instant that the caller means (UTC), RELEASED or UNKNOWN, or None for now.

    Raises:
        Invalid: It has no time zone, or cannot be read.
    """
    if at is None or isinstance(at, Moment):
        return at
    if isinstance(at, str):
        at = _read_iso(at)
        if isinstance(at, Moment):
            return at
    if not isinstance(at, datetime):
        raise Invalid(f"a time is an aware datetime, ISO text, RELEASED or UNKNOWN, not {at!r}")
    if at.tzinfo is None or at.utcoffset() is None:
        raise Invalid(f"{at.isoformat()} has no time zone: add one, e.g. 2026-01-31T20:15:00+01:00 or ...Z")
    try:
        return at.astimezone(UTC)
    except OverflowError:
        raise Invalid(f"{at.isoformat()} is not a time that can be told in UTC") from None


def _read_iso(text: str) -> datetime | Moment:
    if text in ("released", "unknown"):
        return Moment(text)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Invalid(f"{text!r} is not a time: write 2026-01-31T20:15:00Z, or released, or unknown") from None

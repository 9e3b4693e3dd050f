"""A person's time zones, each with the instant it began, and the local days that follow from them.

Pure and without a clock. `day_start` is subtracted from the wall clock, never from the instant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from watchprint.domain.period import Period

_START = re.compile(r"^([01]?\d|2[0-3])(?::([0-5]\d))?$")


class ZoneError(ValueError):
    """A time zone or the start of a day could not be understood; the message says what would be."""


@dataclass(frozen=True, slots=True)
class Zones:
    """The zones of one person, oldest first.

    Args:
        spans: pairs of the instant from which the zone holds (None: since ever) and the zone's IANA name.
            Before the first instant the first zone holds.
    """

    spans: tuple[tuple[datetime | None, str], ...]

    def name_at(self, instant: datetime) -> str:
        """The name of the zone that holds at the instant."""
        name = self.spans[0][1]
        for from_at, zone in self.spans[1:]:
            if from_at is not None and instant >= from_at:
                name = zone
        return name

    def wall_clock(self, instant: datetime) -> datetime:
        """What a clock on the wall shows at the instant (naive)."""
        return instant.astimezone(ZoneInfo(self.name_at(instant))).replace(tzinfo=None)

    def day_of(self, instant: datetime, day_start_min: int) -> date:
        """The local day of the instant, where days begin `day_start_min` minutes after midnight."""
        return (self.wall_clock(instant) - timedelta(minutes=day_start_min)).date()

    def bounds(self) -> list[tuple[datetime | None, datetime | None, str]]:
        """Each zone with the instants from which and until which it holds; None is open."""
        froms = [None, *(from_at for from_at, _ in self.spans[1:])]
        untils = [*froms[1:], None]
        return [(f, u, name) for f, u, (_, name) in zip(froms, untils, self.spans, strict=True)]

    def instants(self, period: Period, day_start_min: int) -> tuple[datetime | None, datetime | None]:
        """The half-open range of UTC instants that covers every moment of the period's local days.

        Where a clock or a zone changes within the hour a day starts in, it may cover some moments more.
        """
        return (
            min(self._edges(period.from_on, day_start_min), default=None),
            max(self._edges(period.until_on, day_start_min), default=None),
        )

    def _edges(self, day: date | None, day_start_min: int) -> list[datetime]:
        if day is None:
            return []
        wall = datetime.combine(day, time()) + timedelta(minutes=day_start_min)
        return [
            wall.replace(tzinfo=ZoneInfo(name), fold=fold).astimezone(UTC) for _, name in self.spans for fold in (0, 1)
        ]

    def __str__(self) -> str:
        """The names, oldest first, with the day each one after the first began."""
        first, *rest = self.spans
        return ", ".join([first[1], *(f"{name} from {at:%Y-%m-%d}" for at, name in rest if at)])


def zones(asked: str | Sequence[tuple[datetime | None, str]] | None) -> Zones:
    """The zones asked for: one name, or pairs (from which instant, name) in any order; nothing is UTC.

    Raises:
        ZoneError: a name is not in the IANA time zone database, an instant has no zone, or the list is empty.
    """
    if asked is None:
        return Zones(((None, "UTC"),))
    if isinstance(asked, str):
        return Zones(((None, _known(asked)),))
    spans = [(from_at, _known(name)) for from_at, name in asked]
    if not spans:
        raise ZoneError("The list of time zones is empty. Give at least one, for example Europe/Berlin.")
    if any(from_at is not None and from_at.utcoffset() is None for from_at, _ in spans):
        raise ZoneError("A time zone's first instant has no offset. Give it in UTC.")
    return Zones(_sorted(spans))


def _sorted(spans: Iterable[tuple[datetime | None, str]]) -> tuple[tuple[datetime | None, str], ...]:
    ever = datetime.min.replace(tzinfo=UTC)
    return tuple(sorted(spans, key=lambda span: span[0] or ever))


def _known(name: object) -> str:
    try:
        if isinstance(name, str):
            ZoneInfo(name)
            return name
    except (KeyError, ValueError, OSError):
        pass
    raise ZoneError(f"The time zone {name!r} is not known. Use a name such as Europe/Berlin or UTC.")


def day_start_min(asked: str | time) -> int:
    """Minutes after midnight at which a day begins, read from "04:00", "4" or a time.

    Raises:
        ZoneError: it is no time of day.
    """
    if isinstance(asked, time):
        return asked.hour * 60 + asked.minute
    found = _START.match(asked.strip())
    if found is None:
        raise ZoneError(f"The start of the day {asked!r} is not a time. Write it like 04:00.")
    return int(found[1]) * 60 + int(found[2] or 0)

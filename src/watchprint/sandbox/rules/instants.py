"""Trakt's times: as requests write and answers show them, and how long a title runs.

The clock is always an argument.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

from watchprint.sandbox.catalogue.titles import Episode, Movie, Title

MOVIE_MIN = 100
EPISODE_MIN = 45
"""How long a title without a known runtime is taken to be watched [min]."""

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z")


def stamp(at: datetime) -> str:
    """The instant as every answer shows it: UTC, to the second, always with `.000Z`."""
    return at.isoformat()[:19] + ".000Z"


def stamp_or_none(at: datetime | None) -> str | None:
    """The instant as an answer shows it, or None."""
    return None if at is None else stamp(at)


def to_second(at: datetime) -> datetime:
    """The instant to the second: what Trakt keeps of every other time."""
    return at.replace(microsecond=0)


def read_instant(text: str, *, strict: bool = False) -> datetime | None:
    """The instant (UTC) that the text says, or None when it is none.

    Args:
        text: ISO 8601; a plain date is its midnight UTC, a time without zone is UTC.
        strict: Only a full time with `Z`, as Trakt's contract has it.
    """
    if strict and not _INSTANT.fullmatch(text):
        return None
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def runtime_min(title: Title) -> int | None:
    """The runtime [min] that statistics count: an episode without one counts its show's."""
    if isinstance(title, Episode):
        return title.runtime_min if title.runtime_min is not None else title.show.runtime_min
    return title.runtime_min if isinstance(title, Movie) else None


def viewing_time(title: Title) -> timedelta:
    """How long watching the title takes; a usual length when its runtime is unknown."""
    known = runtime_min(title)
    usual = MOVIE_MIN if isinstance(title, Movie) else EPISODE_MIN
    return timedelta(minutes=known or usual)


def released_at(title: Title) -> datetime | None:
    """When the title came out (UTC): a film's release day from midnight, an episode's first airing."""
    if isinstance(title, Movie):
        return None if title.released is None else datetime.combine(title.released, time(), UTC)
    return title.first_aired if isinstance(title, Episode) else None


def has_aired(episode: Episode, now: datetime) -> bool:
    """Whether the episode counts as aired; an unknown air date does not."""
    return episode.first_aired is not None and episode.first_aired <= now

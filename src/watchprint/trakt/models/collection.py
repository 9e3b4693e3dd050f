"""The collection ("Library" on the site): what the user owns, and in which quality."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from msgspec import Struct, field

from watchprint.trakt.models.titles import Episode, Movie, Show

CollectedTimes: TypeAlias = dict[str, datetime]
"""`collected_at` by the Trakt id of a film or an episode (as text)."""
CollectedShowTimes: TypeAlias = dict[str, dict[str, dict[str, datetime]]]
"""`collected_at` by the Trakt ids of show, season and episode (as text)."""


class Metadata(Struct, frozen=True, gc=False):
    """The quality of a copy; what is not set is None. `is_3d` comes as a claim or, for films, as a number."""

    media_type: str | None = None
    resolution: str | None = None
    hdr: str | None = None
    audio: str | None = None
    audio_channels: str | None = None
    is_3d: bool | int | None = field(name="3d", default=None)


class AvailableOn(Struct, frozen=True, gc=False):
    """A server that has the title ("plex")."""

    name: str | None = None


class CollectedEpisode(Struct, frozen=True):
    """An episode inside a show's row."""

    number: int | None = None
    collected_at: datetime | None = None
    updated_at: datetime | None = None
    metadata: Metadata | None = None
    available_on: list[AvailableOn] | None = None


class CollectedSeason(Struct, frozen=True):
    """A season inside a show's row."""

    number: int | None = None
    episodes: list[CollectedEpisode] = []


class CollectedRow(Struct, frozen=True):
    """One row, of any kind.

    A film or an episode has `collected_at` and `metadata`; a show has `last_collected_at` and its `seasons`. `type`
    may be missing: then the object that is there says what the row is.
    """

    type: str | None = None
    collected_at: datetime | None = None
    updated_at: datetime | None = None
    last_collected_at: datetime | None = None
    last_updated_at: datetime | None = None
    movie: Movie | None = None
    episode: Episode | None = None
    show: Show | None = None
    seasons: list[CollectedSeason] | None = None
    metadata: Metadata | None = None
    available_on: list[AvailableOn] | None = None

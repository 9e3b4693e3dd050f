"""What was watched, one row a title, and the compact maps of all plays."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from msgspec import Struct

from watchprint.trakt.models.titles import Episode, Movie, Show

PlayTimes: TypeAlias = dict[str, list[datetime]]
"""The times of all plays by the Trakt id of a film or an episode (as text)."""
ShowPlayTimes: TypeAlias = dict[str, dict[str, dict[str, list[datetime]]]]
"""The same by show, season and episode; with season numbers the season's key is "<Trakt id>|<number>"."""


class WatchedMovie(Struct, frozen=True, gc=False):
    """A film; `plays` counts every row of its history."""

    plays: int = 0
    last_watched_at: datetime | None = None
    last_updated_at: datetime | None = None
    movie: Movie | None = None


class EpisodePlays(Struct, frozen=True, gc=False):
    """An episode inside a show's row."""

    number: int | None = None
    plays: int = 0
    last_watched_at: datetime | None = None


class SeasonPlays(Struct, frozen=True):
    """A season inside a show's row."""

    number: int | None = None
    episodes: list[EpisodePlays] = []


class WatchedShow(Struct, frozen=True):
    """A show; `seasons` only with `extended=progress`. `reset_at`: when the user began it anew."""

    plays: int = 0
    last_watched_at: datetime | None = None
    last_updated_at: datetime | None = None
    reset_at: datetime | None = None
    show: Show | None = None
    seasons: list[SeasonPlays] | None = None


class WatchedEpisode(Struct, frozen=True, gc=False):
    """An episode with its show."""

    plays: int = 0
    last_watched_at: datetime | None = None
    last_updated_at: datetime | None = None
    episode: Episode | None = None
    show: Show | None = None

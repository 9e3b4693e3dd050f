"""The user's ratings."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from watchprint.trakt.models.titles import Episode, Movie, Season, Show


class RatingRow(Struct, frozen=True):
    """A rating from 1 to 10; seasons and episodes come with their show. Re-rating replaces it."""

    rating: int | None = None
    rated_at: datetime | None = None
    type: str = ""
    movie: Movie | None = None
    show: Show | None = None
    season: Season | None = None
    episode: Episode | None = None

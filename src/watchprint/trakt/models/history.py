"""`/sync/history`: one row a play."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from watchprint.trakt.models.titles import Episode, Movie, Show


class HistoryRow(Struct, frozen=True, gc=False):
    """A play. `watched_at` is its end, to the minute (1970-01-01 = without a date); `type` is movie or episode."""

    id: int
    watched_at: datetime
    action: str = "watch"
    type: str = ""
    movie: Movie | None = None
    episode: Episode | None = None
    show: Show | None = None

"""What stands on shelves, as it comes in and as it comes out. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

Shelf = Literal["watchlist", "collection", "favorites", "list"]
SHELVES: Final = ("watchlist", "collection", "favorites", "list")
AT_RATING_TIME_H: Final = 24
"""A community rating seen within so many hours of the own one is that of its time."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What telling the store has changed, by title (lists: by number)."""

    added: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.gone)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingSeen:
    """A rating as it is told.

    Args:
        rating: 1 to 10.
        community_rating, community_votes: What everybody gives the title now, where the row says it.
    """

    title_id: int
    rating: int
    rated_at: datetime | None = None
    community_rating: float | None = None
    community_votes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRating(RatingSeen):
    """A rating as it is kept; the community's is the one first seen with it.

    Attributes:
        community_at: When the community's was seen.
        at_rating_time: That was when the title was rated.
        appeared_at, disappeared_at: When the rating came and went here.
    """

    community_at: datetime | None = None
    at_rating_time: bool | None = None
    appeared_at: datetime
    disappeared_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySeen:
    """Something on a shelf, as it is told.

    Args:
        listed_at: When it was put there.
        rank: Its place there.
        trakt_id: Trakt's id of the entry.
        details: What else is said: of a collection, media_type, resolution, hdr, audio, audio_channels, is_3d.
    """

    title_id: int
    listed_at: datetime | None = None
    rank: int | None = None
    notes: str | None = None
    trakt_id: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEntry(EntrySeen):
    """The same as it is kept.

    Attributes:
        appeared_at, disappeared_at: When it came and went: `listed_at` where that is known, else when it was seen.
    """

    shelf: Shelf
    list_id: int | None
    appeared_at: datetime
    disappeared_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSeen:
    """A personal list, as it is told."""

    name: str
    trakt_id: int | None = None
    slug: str | None = None
    description: str | None = None
    privacy: str | None = None
    rank: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptList(ListSeen):
    """The same as it is kept; `id` is ours."""

    id: int
    appeared_at: datetime
    disappeared_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """How far into a title somebody is."""

    title_id: int
    progress_pct: float
    paused_at: datetime | None = None
    trakt_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnNow:
    """What somebody watches now."""

    title_id: int | None
    action: str | None = None
    progress_pct: float | None = None
    started_at: datetime | None = None
    expires_at: datetime | None = None

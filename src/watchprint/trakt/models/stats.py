"""`/users/{id}/stats`: Trakt's own totals, computed there and up to hours old."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct


class TitleStats(Struct, frozen=True, gc=False):
    """Films or episodes: `plays` counts rows of history, `watched` titles, `minutes` the runtimes over plays."""

    plays: int | None = None
    watched: int | None = None
    minutes: int | None = None
    collected: int | None = None
    ratings: int | None = None
    comments: int | None = None


class ShowStats(Struct, frozen=True, gc=False):
    """Shows (`watched` = at least one episode)."""

    watched: int | None = None
    collected: int | None = None
    ratings: int | None = None
    comments: int | None = None


class SeasonStats(Struct, frozen=True, gc=False):
    """Seasons."""

    ratings: int | None = None
    comments: int | None = None


class NetworkStats(Struct, frozen=True, gc=False):
    """People around the user."""

    friends: int | None = None
    followers: int | None = None
    following: int | None = None


class RatingStats(Struct, frozen=True):
    """How many ratings, and how many of each value ("1" to "10")."""

    total: int | None = None
    distribution: dict[str, int] = {}


class UserStats(Struct, frozen=True):
    """Trakt's totals of one user."""

    LEFT_OUT: ClassVar[frozenset[str]] = frozenset({"lists", "progress"})

    movies: TitleStats = TitleStats()
    shows: ShowStats = ShowStats()
    seasons: SeasonStats = SeasonStats()
    episodes: TitleStats = TitleStats()
    network: NetworkStats = NetworkStats()
    ratings: RatingStats = RatingStats()
    total_minutes: int | None = None
    total_plays: int | None = None

"""The rows of Trakt's export, in Trakt's own shape. Only shapes: what Trakt may omit is optional, the rest ignored.

Days stay text here: exports write some as days and some as instants.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct


class Ids(Struct, frozen=True, gc=False):
    """The ids of a title."""

    trakt: int | None = None
    slug: str | None = None
    imdb: str | None = None
    tmdb: int | None = None
    tvdb: int | None = None


class Title(Struct, frozen=True):
    """A movie or a show, bare (title, year, ids) or full. `runtime` is in minutes."""

    title: str | None = None
    year: int | None = None
    ids: Ids | None = None
    released: str | None = None
    first_aired: str | None = None
    runtime: int | None = None
    country: str | None = None
    language: str | None = None
    network: str | None = None
    genres: list[str] | None = None
    certification: str | None = None
    rating: float | None = None
    votes: int | None = None
    status: str | None = None
    aired_episodes: int | None = None


class Episode(Struct, frozen=True, gc=False):
    """An episode, or a season (`number` alone). `runtime` is in minutes."""

    season: int | None = None
    number: int | None = None
    title: str | None = None
    ids: Ids | None = None
    runtime: int | None = None
    first_aired: str | None = None


class Play(Struct, frozen=True, gc=False):
    """A row of the history: `watched_at` is the end of the viewing; `action` is scrobble, checkin or watch.

    Trakt's rows all have an `id`; a ZIP that was made here has rows of plays that Trakt does not have.
    """

    id: int | None = None
    watched_at: datetime | None = None
    action: str | None = None
    type: str | None = None
    movie: Title | None = None
    episode: Episode | None = None
    show: Title | None = None


class Watched(Struct, frozen=True, gc=False):
    """A watched movie or show, with how many plays it has."""

    plays: int | None = None
    last_watched_at: datetime | None = None
    movie: Title | None = None
    show: Title | None = None


class Rating(Struct, frozen=True, gc=False):
    """A rating from 1 to 10."""

    rating: int
    rated_at: datetime | None = None
    type: str | None = None
    movie: Title | None = None
    show: Title | None = None
    season: Episode | None = None
    episode: Episode | None = None


class Listed(Struct, frozen=True, gc=False):
    """An entry of the watchlist."""

    rank: int | None = None
    id: int | None = None
    listed_at: datetime | None = None
    notes: str | None = None
    type: str | None = None
    movie: Title | None = None
    show: Title | None = None
    season: Episode | None = None
    episode: Episode | None = None


class ProfileIds(Struct, frozen=True):
    """What identifies a user."""

    slug: str | None = None
    trakt: int | None = None
    uuid: str | None = None


class Profile(Struct, frozen=True):
    """Whose export it is."""

    username: str | None = None
    name: str | None = None
    private: bool | None = None
    vip: bool | None = None
    ids: ProfileIds | None = None


Stats = dict[str, Any]

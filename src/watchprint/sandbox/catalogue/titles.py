"""The titles a sandbox knows: plain rows with their relations. No I/O, no account data.

Ids are unique per type, as on Trakt. Instants are aware UTC; `released` is a plain date.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(slots=True, eq=False)
class Movie:
    """One film."""

    trakt: int
    slug: str
    title: str
    year: int | None = None
    imdb: str | None = None
    tmdb: int | None = None
    released: date | None = None
    runtime_min: int | None = None
    genres: tuple[str, ...] = ()
    country: str | None = None
    language: str | None = None
    certification: str | None = None
    rating: float = 0.0
    votes: int = 0


@dataclass(slots=True, eq=False)
class Show:
    """One show with its seasons, specials (season 0) first where it has them."""

    trakt: int
    slug: str
    title: str
    year: int | None = None
    imdb: str | None = None
    tmdb: int | None = None
    tvdb: int | None = None
    first_aired: datetime | None = None
    runtime_min: int | None = None
    genres: tuple[str, ...] = ()
    country: str | None = None
    language: str | None = None
    certification: str | None = None
    network: str | None = None
    status: str | None = None
    rating: float = 0.0
    votes: int = 0
    seasons: list[Season] = field(default_factory=list, repr=False)


@dataclass(slots=True, eq=False)
class Season:
    """One season of a show."""

    trakt: int
    show: Show
    number: int
    tvdb: int | None = None
    tmdb: int | None = None
    episodes: list[Episode] = field(default_factory=list, repr=False)


@dataclass(slots=True, eq=False)
class Episode:
    """One episode; `title` None means that none is known (served as "Episode N")."""

    trakt: int
    season: Season
    number: int
    title: str | None = None
    tvdb: int | None = None
    imdb: str | None = None
    tmdb: int | None = None
    number_abs: int | None = None
    first_aired: datetime | None = None
    runtime_min: int | None = None
    rating: float = 0.0
    votes: int = 0

    @property
    def show(self) -> Show:
        return self.season.show


@dataclass(slots=True, eq=False)
class Person:
    """One person (lists can hold people)."""

    trakt: int
    slug: str
    name: str
    imdb: str | None = None
    tmdb: int | None = None


Title = Movie | Show | Season | Episode | Person
"""Anything that a list can hold."""

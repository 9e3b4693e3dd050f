"""Titles as Trakt gives them, bare or full (`extended=full`): what a level of detail lacks is None."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from watchprint.trakt.models.ids import Ids


class Movie(Struct, frozen=True, gc=False):
    """A film. `released` is a plain date (YYYY-MM-DD); `rating` is 0-10."""

    title: str | None = None
    year: int | None = None
    ids: Ids = Ids()
    released: str | None = None
    runtime: int | None = None
    country: str | None = None
    language: str | None = None
    genres: list[str] | None = None
    certification: str | None = None
    rating: float | None = None
    votes: int | None = None
    status: str | None = None


class Show(Struct, frozen=True, gc=False):
    """A show. `runtime` is that of an episode [min]."""

    title: str | None = None
    year: int | None = None
    ids: Ids = Ids()
    first_aired: datetime | None = None
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
    """An episode."""

    season: int | None = None
    number: int | None = None
    title: str | None = None
    ids: Ids = Ids()
    first_aired: datetime | None = None
    runtime: int | None = None
    rating: float | None = None
    votes: int | None = None
    number_abs: int | None = None

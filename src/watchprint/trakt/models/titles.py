"""Titles as Trakt gives them, bare or full (`extended=full`): what a level of detail lacks is None.

Rows of deleted titles come with every field null; they are read as they are. Enums are open text. Pictures and
links are left out on purpose (`LEFT_OUT`): they would be most of the bytes and nothing here shows them.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from watchprint.trakt.models.ids import Ids

_LEFT_OUT = frozenset({
    "after_credits", "available_translations", "colors", "comment_count", "during_credits", "homepage", "images",
    "languages", "social_ids", "subgenres", "tagline", "trailer",
})  # fmt: skip


class Movie(Struct, frozen=True, gc=False):
    """A film. `released` is a plain date (YYYY-MM-DD), `runtime` is in minutes, `rating` is 0-10."""

    LEFT_OUT: ClassVar[frozenset[str]] = _LEFT_OUT

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
    original_title: str | None = None
    overview: str | None = None
    updated_at: datetime | None = None


class Airs(Struct, frozen=True, gc=False):
    """When episodes are shown: day of the week, wall clock ("21:00") and zone."""

    day: str | None = None
    time: str | None = None
    timezone: str | None = None


class Show(Struct, frozen=True, gc=False):
    """A show. `runtime` is that of an episode [min]; `aired_episodes` does not count specials."""

    LEFT_OUT: ClassVar[frozenset[str]] = _LEFT_OUT

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
    total_runtime: int | None = None
    airs: Airs | None = None
    original_title: str | None = None
    overview: str | None = None
    updated_at: datetime | None = None


class Episode(Struct, frozen=True, gc=False):
    """An episode. Season 0 holds the specials; `runtime` is in minutes."""

    LEFT_OUT: ClassVar[frozenset[str]] = _LEFT_OUT

    season: int | None = None
    number: int | None = None
    title: str | None = None
    ids: Ids = Ids()
    first_aired: datetime | None = None
    runtime: int | None = None
    rating: float | None = None
    votes: int | None = None
    number_abs: int | None = None
    episode_type: str | None = None
    released: str | None = None
    effective_release_date: str | None = None
    original_title: str | None = None
    overview: str | None = None
    updated_at: datetime | None = None


class Season(Struct, frozen=True):
    """A season; its `episodes` only where they were asked for."""

    LEFT_OUT: ClassVar[frozenset[str]] = _LEFT_OUT

    number: int | None = None
    ids: Ids = Ids()
    title: str | None = None
    first_aired: datetime | None = None
    episode_count: int | None = None
    aired_episodes: int | None = None
    total_runtime: int | None = None
    network: str | None = None
    rating: float | None = None
    votes: int | None = None
    original_title: str | None = None
    overview: str | None = None
    updated_at: datetime | None = None
    episodes: list[Episode] | None = None


class Person(Struct, frozen=True, gc=False):
    """A person. Days are plain dates (YYYY-MM-DD)."""

    LEFT_OUT: ClassVar[frozenset[str]] = frozenset({"homepage", "images", "social_ids"})

    name: str | None = None
    ids: Ids = Ids()
    biography: str | None = None
    birthday: str | None = None
    death: str | None = None
    birthplace: str | None = None
    gender: str | None = None
    known_for_department: str | None = None
    updated_at: datetime | None = None

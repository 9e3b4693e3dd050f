"""Rows of Trakt's export that are written and not read by `trakt_zip`: what is owned, listed, paused. Only shapes."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from watchprint.exchange.trakt_rows import Episode, Ids, Title


class Person(Struct, frozen=True, gc=False):
    """A person."""

    name: str | None = None
    ids: Ids | None = None


class Entry(Struct, frozen=True, gc=False):
    """Something on a list: `rank` is its place there, `id` the entry's own."""

    rank: int | None = None
    id: int | None = None
    listed_at: datetime | None = None
    notes: str | None = None
    type: str | None = None
    movie: Title | None = None
    show: Title | None = None
    season: Episode | None = None
    episode: Episode | None = None
    person: Person | None = None


class Metadata(Struct, frozen=True, gc=False):
    """What is said of a copy; `is_3d` is written as Trakt's `3d`."""

    media_type: str | None = None
    resolution: str | None = None
    hdr: str | None = None
    audio: str | None = None
    audio_channels: str | None = None
    is_3d: bool | None = None


class Owned(Struct, frozen=True, gc=False):
    """A movie or an episode that somebody owns."""

    type: str | None = None
    collected_at: datetime | None = None
    movie: Title | None = None
    episode: Episode | None = None
    show: Title | None = None
    metadata: Metadata | None = None


class Paused(Struct, frozen=True, gc=False):
    """How far into a movie or an episode somebody is; `progress` is a percentage."""

    id: int | None = None
    progress: float | None = None
    paused_at: datetime | None = None
    type: str | None = None
    movie: Title | None = None
    episode: Episode | None = None
    show: Title | None = None


class ListIds(Struct, frozen=True, gc=False):
    """What a list is called by; `watchprint` is the number in the name of its file, of a list that Trakt lacks."""

    trakt: int | None = None
    slug: str | None = None
    watchprint: int | None = None


class PersonalList(Struct, frozen=True, gc=False):
    """A personal list."""

    name: str
    description: str | None = None
    privacy: str | None = None
    type: str = "personal"
    item_count: int | None = None
    ids: ListIds | None = None

"""The ids that Trakt gives: one Struct for all kinds of titles; what a kind lacks stays None. Never looks one up."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

ImdbId: TypeAlias = Annotated[str, Meta(min_length=1)]
"""Trakt sends "" for a title that has none; such an answer is read once more, patiently (reading.py), as None."""


class PlexIds(Struct, frozen=True, gc=False):
    """Plex's names of a title."""

    guid: str | None = None
    slug: str | None = None


class Ids(Struct, frozen=True, gc=False, omit_defaults=True):
    """Ids of a title or person. Trakt's and TMDB's are unique per type only (film 28 is not show 28)."""

    trakt: int | None = None
    slug: str | None = None
    imdb: ImdbId | None = None
    tmdb: int | None = None
    tvdb: int | None = None
    plex: PlexIds | None = None


class UserIds(Struct, frozen=True, gc=False):
    """Ids of a user. `slug` goes into paths; `uuid` comes with the own settings only and cannot be asked for."""

    slug: str | None = None
    trakt: int | None = None
    uuid: str | None = None


class ListIds(Struct, frozen=True, gc=False):
    """Ids of a list; the watchlist and the favourites have no slug."""

    trakt: int | None = None
    slug: str | None = None

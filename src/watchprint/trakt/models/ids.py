"""The ids that Trakt gives: one Struct for all kinds of titles; what a kind lacks stays None."""

from __future__ import annotations

from msgspec import Struct


class PlexIds(Struct, frozen=True, gc=False):
    """Plex's names of a title."""

    guid: str | None = None
    slug: str | None = None


class Ids(Struct, frozen=True, gc=False):
    """Ids of a title; Trakt's are unique per type. An empty IMDb id means that there is none."""

    trakt: int | None = None
    slug: str | None = None
    imdb: str | None = None
    tmdb: int | None = None
    tvdb: int | None = None
    plex: PlexIds | None = None
    uuid: str | None = None

"""Finding titles, and the words that Trakt uses for genres, certifications, countries, languages and networks."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from watchprint.trakt.models.ids import Ids
from watchprint.trakt.models.lists import TraktList
from watchprint.trakt.models.titles import Episode, Movie, Person, Show


class SearchRow(Struct, frozen=True):
    """A hit, best first. `score` may be None (searches by id); episodes come with their show."""

    score: float | None = None
    type: str = ""
    movie: Movie | None = None
    show: Show | None = None
    episode: Episode | None = None
    person: Person | None = None
    list: TraktList | None = None


class Subgenre(Struct, frozen=True, gc=False):
    """A finer genre."""

    name: str | None = None
    slug: str | None = None


class Genre(Struct, frozen=True):
    """A genre; titles carry its slug. Subgenres only where they were asked for."""

    name: str | None = None
    slug: str | None = None
    subgenres: list[Subgenre] | None = None


class Certification(Struct, frozen=True, gc=False):
    """An age rating; titles carry its name ("PG-13"), filters its slug."""

    name: str | None = None
    slug: str | None = None
    description: str | None = None


Certifications: TypeAlias = dict[str, list[Certification]]
"""Certifications by country ("us")."""


class Country(Struct, frozen=True, gc=False):
    """A country, with the two-letter code that titles carry."""

    name: str | None = None
    code: str | None = None


class Language(Struct, frozen=True, gc=False):
    """A language, with the two-letter code that titles carry."""

    name: str | None = None
    code: str | None = None


class Network(Struct, frozen=True, gc=False):
    """A television network."""

    name: str | None = None
    country: str | None = None
    ids: Ids = Ids()

"""What a source says of a title: its kind, its ids in other services, its place in a show, its facts.

Pure. Whether two sets of ids can be of one title is decided here; where titles are kept is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, Final, Literal

Kind = Literal["movie", "show", "season", "episode", "person"]
KINDS: Final = ("movie", "show", "season", "episode", "person")
SCHEMES: Final = ("trakt", "imdb", "tmdb", "tvdb", "plex", "slug")
"""Where ids come from, the surest first."""
SINGLE: Final = frozenset({"trakt", "imdb", "tmdb", "tvdb"})
"""Schemes in which a title has one id; of the others (slugs change, libraries differ) it may have several."""
SOURCES: Final = ("trakt", "export", "plex", "jellyfin", "emby", "tmdb", "tvmaze")
"""Who knows facts of titles, the most trusted first; any other source comes after these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one source says of a title; None (and no genres) is what it does not say.

    Args:
        runtime_min: Length [min]; of a show, its usual episode's.
        rating, votes: The community's, from 0 to 10.
        released_on: A movie's day of release, or the day on which a show or an episode was first aired where only
            the day is known; first_aired_at: its instant.
    """

    name: str | None = None
    year: int | None = None
    runtime_min: int | None = None
    genres: tuple[str, ...] = ()
    country: str | None = None
    language: str | None = None
    network: str | None = None
    certification: str | None = None
    released_on: date | None = None
    first_aired_at: datetime | None = None
    rating: float | None = None
    votes: int | None = None
    status: str | None = None
    aired_episodes: int | None = None

    def said(self) -> dict[str, Any]:
        """The fields that are said, by name."""
        values = {each: getattr(self, each) for each in FACT_NAMES}
        return {name: value for name, value in values.items() if value is not None and value != ()}


FACT_NAMES: Final = tuple(each.name for each in fields(Facts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title as a row of some source names it.

    Args:
        kind: movie, show, season, episode or person.
        ids: Scheme to value; values may be numbers; what is None or blank is left out.
        facts: What the row says of it.
        show: The show of a season or an episode.
        season, number: Its place in the show.
    """

    kind: Kind
    ids: Mapping[str, str | int | None] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)
    show: Title | None = None
    season: int | None = None
    number: int | None = None
    _named: dict[str, str] | None = field(default=None, init=False, repr=False, compare=False)

    def named(self) -> dict[str, str]:
        """The ids that are ids, as text, in the order of their schemes."""
        if self._named is None:
            object.__setattr__(self, "_named", id_texts(self.ids))  # asked for again and again
            assert self._named is not None
        return self._named


def id_texts(ids: Mapping[str, str | int | None]) -> dict[str, str]:
    """Ids as text, the surest scheme first; blank ones and unknown schemes are left out."""
    found = {}
    for scheme in SCHEMES:
        value = ids.get(scheme)
        if value is not None and (text := str(value).strip()):
            found[scheme] = text
    return found


def agree(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """True where no scheme in which a title has one id names two."""
    return all(one.get(scheme, value) == value for scheme, value in other.items() if scheme in SINGLE)


def rank(source: str) -> tuple[int, str]:
    """The place of a source among those who know facts: the smaller, the more it is trusted."""
    return (SOURCES.index(source) if source in SOURCES else len(SOURCES), source)

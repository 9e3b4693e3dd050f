"""The shape of the rows that insights read: plays, titles and ratings, one flat row each.

Only the words. `loading` turns rows in Trakt's own shape into tables of these; `loading.tables` holds their Arrow
schemas. Nothing is computed here, and nothing is known of where rows come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayRow:
    """A finished viewing, with what is known of its title.

    Args:
        id: the play's own id; whole numbers and texts both serve.
        watched_at: the END of the viewing, aware; None (or the day 1970-01-01) is an unknown date.
        kind: movie or episode.
        title: the title's key, any stable text or number; None when the source does not say what was watched.
        show: the key of the episode's show.
        name, show_name: what people call the title and the show.
        year: the year of release; of an episode, the year its show began.
        runtime_min, show_runtime_min: length [min]; of an episode, the usual length in its show.
        genres, country, language, network: of the movie, or of the episode's show.
        released_on, first_aired_at: a movie's day of release; the instant at which the episode first aired.
        place, place_kind: where it was watched: what the place is called, and home, friends, cinema, travel or other.
        account_id: whose play it is.
    """

    id: int | str
    watched_at: datetime | None
    kind: str
    title: str | int | None = None
    action: str | None = None
    show: str | int | None = None
    season: int | None = None
    number: int | None = None
    name: str | None = None
    show_name: str | None = None
    year: int | None = None
    runtime_min: int | None = None
    show_runtime_min: int | None = None
    genres: tuple[str, ...] = ()
    country: str | None = None
    language: str | None = None
    network: str | None = None
    released_on: date | None = None
    first_aired_at: datetime | None = None
    place: str | None = None
    place_kind: str | None = None
    account_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleRow:
    """What is known of a title, watched or not: the episodes of a show that have aired belong here.

    Args:
        kind: movie, show or episode.
        title: the title's key, the same as in the plays; `show`: the key of the episode's show.
        aired_episodes: of a show, how many episodes have aired, specials not among them.
        community_rating, community_votes: what the community gives it, 0 to 10, and how many did.
        status: of a show: ended, returning series, canceled, …
    """

    kind: str
    title: str | int | None = None
    show: str | int | None = None
    season: int | None = None
    number: int | None = None
    name: str | None = None
    show_name: str | None = None
    year: int | None = None
    runtime_min: int | None = None
    show_runtime_min: int | None = None
    genres: tuple[str, ...] = ()
    country: str | None = None
    language: str | None = None
    network: str | None = None
    released_on: date | None = None
    first_aired_at: datetime | None = None
    aired_episodes: int | None = None
    community_rating: float | None = None
    community_votes: int | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingRow:
    """A rating of a movie, show, season or episode, 1 to 10, with what is known of its title.

    Args:
        community_rating, community_votes: what the community gave it when the rating was first seen, 0 to 10, and how
            many had; None: what it gives today stands for it.
        at_rating_time: True where that was when the rating was given; False where it was later.
    """

    rated_at: datetime | None
    rating: int
    kind: str
    title: str | int | None = None
    show: str | int | None = None
    season: int | None = None
    number: int | None = None
    name: str | None = None
    show_name: str | None = None
    year: int | None = None
    genres: tuple[str, ...] = ()
    country: str | None = None
    language: str | None = None
    network: str | None = None
    released_on: date | None = None
    community_rating: float | None = None
    community_votes: int | None = None
    at_rating_time: bool | None = None
    account_id: int = 0


class Fields:
    """Several fields of a mapping or an object at once; as `field`, and fast where an object has them all."""

    def __init__(self, *names: str) -> None:
        self._names = names
        self._all = attrgetter(*names)

    def __call__(self, of: Any) -> tuple[Any, ...]:
        """The fields in the order of the names."""
        if type(of) is not dict:
            try:
                found: tuple[Any, ...] = self._all(of)
                return found
            except AttributeError:
                pass
        return tuple([field(of, name) for name in self._names])


_ABSENT = object()


def field(of: Any, name: str) -> Any:
    """The named field of a mapping or an object; None where it has none or it is unset."""
    if type(of) is dict:
        return of.get(name)
    value = getattr(of, name, _ABSENT)
    if value is _ABSENT:
        return of.get(name) if isinstance(of, Mapping) else None
    return value

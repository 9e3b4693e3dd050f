"""The catalogue: titles by every id, and the search over them. Read-only once built."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from watchprint.sandbox.catalogue.titles import Episode, Movie, Person, Season, Show, Title
from watchprint.sandbox.state import Item


class Catalogue:
    """Every title of a sandbox, by (type, scheme, value).

    Args:
        movies: All films.
        shows: All shows, with their seasons and episodes.
        people: All people.
    """

    def __init__(self, movies: Iterable[Movie], shows: Iterable[Show], people: Iterable[Person] = ()) -> None:
        raise NotImplementedError

    movies: dict[int, Movie]
    shows: dict[int, Show]
    seasons: dict[int, Season]
    episodes: dict[int, Episode]
    people: dict[int, Person]

    def get(self, item: Item) -> Title | None:
        """The title behind (type, Trakt id)."""
        raise NotImplementedError

    def by_ids(self, kind: str, ids: Mapping[str, Any]) -> Title | None:
        """The first hit in the order trakt, imdb, tmdb, tvdb, slug, inside the type (trakt-api.md 7)."""
        raise NotImplementedError

    def by_title(self, kind: str, title: str, year: int | None = None) -> Title | None:
        """Title and year, else the most current title of that name (movies and shows)."""
        raise NotImplementedError

    def by_path(self, kind: str, text: str) -> Title | None:
        """What `/shows/{id}` means: Trakt id, slug or IMDb id."""
        raise NotImplementedError

    def lookup(self, scheme: str, value: str, kinds: Iterable[str]) -> list[Title]:
        """All titles with that id (trakt, imdb, tmdb, tvdb); several, since ids are unique only per type."""
        raise NotImplementedError

    def search(self, query: str, kinds: Iterable[str], *, exact: bool = False) -> list[tuple[float, Title]]:
        """Hits by text, best first: (score, title); deterministic order."""
        raise NotImplementedError

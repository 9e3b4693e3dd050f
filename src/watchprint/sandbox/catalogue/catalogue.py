"""The catalogue: titles by every id, and the search over them. Read-only once built.

An id scheme of a kind is indexed when it is first asked for, so that a start pays only for Trakt ids. Where
two titles claim one id or slug (a merged show, a film entered twice) the one with more votes has it, then
the one with the lower Trakt id; both stay reachable by their Trakt ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any, TypeVar, cast

from watchprint.sandbox.catalogue.search import TextIndex, ranked
from watchprint.sandbox.catalogue.text import name_key
from watchprint.sandbox.catalogue.titles import Episode, Movie, Person, Season, Show, Title
from watchprint.sandbox.state import Item

SCHEMES = ("trakt", "imdb", "tmdb", "tvdb", "slug")
"""The order in which Trakt tries the ids of a request."""
ACCEPTED = {
    "movie": ("trakt", "imdb", "tmdb", "slug"),
    "show": ("trakt", "imdb", "tmdb", "tvdb", "slug"),
    "season": ("trakt", "tmdb", "tvdb"),
    "episode": ("trakt", "imdb", "tmdb", "tvdb"),
    "person": ("trakt", "imdb", "tmdb", "slug"),
}
"""Which ids name a title of a kind; others in a request are passed over."""

T = TypeVar("T", Movie, Show, Season, Episode, Person)


class Catalogue:
    """Every title of a sandbox, by (type, scheme, value).

    Args:
        movies: All films.
        shows: All shows, with their seasons and episodes.
        people: All people.
    """

    movies: dict[int, Movie]
    shows: dict[int, Show]
    seasons: dict[int, Season]
    episodes: dict[int, Episode]
    people: dict[int, Person]

    def __init__(self, movies: Iterable[Movie], shows: Iterable[Show], people: Iterable[Person] = ()) -> None:
        self.movies = {m.trakt: m for m in movies}
        self.shows = {s.trakt: s for s in shows}
        self.seasons = {x.trakt: x for s in self.shows.values() for x in s.seasons}
        self.episodes = {e.trakt: e for x in self.seasons.values() for e in x.episodes}
        self.people = {p.trakt: p for p in people}
        self._by_kind: dict[str, Mapping[int, Title]] = {
            "movie": self.movies,
            "show": self.shows,
            "season": self.seasons,
            "episode": self.episodes,
            "person": self.people,
        }
        self._by_id: dict[tuple[str, str], Mapping[Any, Title]] = {}
        self._by_name: dict[str, dict[str, list[Movie | Show]]] = {}
        self._by_text: dict[str, TextIndex] = {}

    def get(self, item: Item) -> Title | None:
        """The title behind (type, Trakt id)."""
        return self._by_kind[item.type].get(item.trakt)

    def by_ids(self, kind: str, ids: Mapping[str, Any]) -> Title | None:
        """The first hit in the order trakt, imdb, tmdb, tvdb, slug, inside the type.

        Args:
            kind: movie, show, season, episode or person; anything else finds nothing.
            ids: As in a request; numbers may come as text. Null, empty and unusable ids are passed over.

        Returns:
            The title of the first id that matches, even if other ids contradict it; else None.
        """
        for scheme in ACCEPTED.get(kind, ()):
            found = self._one(kind, scheme, ids.get(scheme))
            if found is not None:
                return found
        return None

    def by_title(self, kind: str, title: str, year: int | None = None) -> Title | None:
        """Title and year, else the most current title of that name (movies and shows)."""
        named = self._named(kind).get(name_key(title), [])
        dated = [t for t in named if year is not None and t.year == year]
        return next(iter(dated or named), None)

    def by_path(self, kind: str, text: str) -> Title | None:
        """What `/shows/{id}` means: Trakt id, slug or IMDb id."""
        for scheme in ("trakt", "slug", "imdb"):
            found = self._one(kind, scheme, text) if scheme in ACCEPTED.get(kind, ()) else None
            if found is not None:
                return found
        return None

    def lookup(self, scheme: str, value: str, kinds: Iterable[str]) -> list[Title]:
        """All titles with that id (trakt, imdb, tmdb, tvdb); several, since ids are unique only per type."""
        found = [self._one(k, scheme, value) for k in dict.fromkeys(kinds) if scheme in ACCEPTED.get(k, ())]
        return [title for title in found if title is not None]

    def search(self, query: str, kinds: Iterable[str], *, exact: bool = False) -> list[tuple[float, Title]]:
        """Hits by text, best first: (score, title); deterministic order.

        Args:
            query: Free text; accents and case do not matter, words may be begun, escapes are undone.
            kinds: movie, show, episode, person; kinds without names find nothing.
            exact: Only titles that are the query, word by word.
        """
        known = [kind for kind in dict.fromkeys(kinds) if kind in self._by_kind]
        return ranked(hit for kind in known for hit in self._text(kind).hits(query, exact=exact))

    def _one(self, kind: str, scheme: str, value: Any) -> Title | None:
        key = id_key(scheme, value)
        return None if key is None else self._ids(kind, scheme).get(key)

    def _ids(self, kind: str, scheme: str) -> Mapping[Any, Title]:
        if scheme == "trakt":
            return self._by_kind[kind]
        index = self._by_id.get((kind, scheme))
        if index is None:
            rows = ((getattr(t, scheme), t) for t in reversed(_by_weight(self._by_kind[kind].values())))
            index = self._by_id[kind, scheme] = {value: t for value, t in rows if value is not None}
        return index

    def _named(self, kind: str) -> dict[str, list[Movie | Show]]:
        index = self._by_name.get(kind)
        if index is None:
            index = {}
            for title in self._titled(kind):
                index.setdefault(name_key(title.title), []).append(title)
            for named in index.values():
                named.sort(key=lambda t: (-(t.year or 0), -t.votes, t.trakt))
            self._by_name[kind] = index
        return index

    def _titled(self, kind: str) -> Iterator[Movie | Show]:
        if kind in ("movie", "show"):
            yield from cast("Iterable[Movie | Show]", self._by_kind[kind].values())

    def _text(self, kind: str) -> TextIndex:
        index = self._by_text.get(kind)
        if index is None:
            index = self._by_text[kind] = TextIndex(self._by_kind[kind].values())
        return index


def id_key(scheme: str, value: Any) -> int | str | None:
    """The value as the index keeps it, or None if it can be no id of that scheme."""
    if value is None or isinstance(value, bool):
        return None
    if scheme in ("imdb", "slug"):
        return str(value).strip().lower() or None
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None


def _by_weight(titles: Iterable[Title]) -> list[Title]:
    """Most votes first, then the lowest Trakt id."""
    by_id = sorted(titles, key=attrgetter("trakt"))
    return sorted(by_id, key=lambda t: getattr(t, "votes", 0), reverse=True)

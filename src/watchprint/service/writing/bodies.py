"""The body of one bulk write, and which of its items Trakt did not know. Pure.

An episode that is named by its place is sent inside its show; what Trakt echoes as not found is led back to what the
caller handed in. Only ids that Trakt takes for the kind are sent.

Source: trakt-api.md 6.1 and 7 (ids by kind, nesting, echo).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from watchprint.service.arguments import Asked
from watchprint.trakt.items import Episode, Item, Movie, Season, Show
from watchprint.trakt.models.bodies import Entry, EpisodeEntry, SeasonEntry, SyncItems
from watchprint.trakt.models.ids import Ids
from watchprint.trakt.models.writes import NotFound

TAKEN: Final[Mapping[str, tuple[str, ...]]] = {
    "movie": ("trakt", "slug", "imdb", "tmdb"),
    "show": ("trakt", "slug", "imdb", "tmdb", "tvdb"),
    "season": ("trakt", "tmdb", "tvdb"),
    "episode": ("trakt", "tvdb"),
    "person": ("trakt", "slug", "imdb", "tmdb"),
}
"""The ids that Trakt takes in a request, by kind."""
ARRAYS: Final = {
    "movie": "movies", "show": "shows", "season": "seasons", "episode": "episodes", "person": "people",
}  # fmt: skip
Name = frozenset[tuple[str, str]]
Place = tuple[Any, ...]
"""Where an item stands in a body: array, name, and inside a show season and episode."""


@dataclass(frozen=True, slots=True)
class Line:
    """One item to send.

    Attributes:
        item: As Trakt shall be told of it.
        asked: What the caller handed in for it.
        marks: What is to be stored of it (`watched_at`, `notes`, …).
    """

    item: Item
    asked: Asked
    marks: Mapping[str, Any] = field(default_factory=dict)


def ids_taken(item: Item) -> Ids | None:
    """The item's own ids that Trakt takes in a request; None: it has none of them."""
    known = item.known_ids
    taken = {scheme: known[scheme] for scheme in TAKEN[item.kind] if scheme in known}
    return Ids(**taken) if taken else None


def body_of(lines: Sequence[Line]) -> SyncItems:
    """The body that says all of this."""
    arrays: dict[str, list[Entry]] = {}
    inside: dict[Show, list[SeasonEntry]] = {}
    for line in lines:
        own = ids_taken(line.item)
        match line.item:
            case Season(show=Show() as show, number=int() as number) if own is None:
                inside.setdefault(show, []).append(SeasonEntry(number=number, **line.marks))
            case Episode(show=Show() as show, season=int() as season, number=int() as number) if own is None:
                episode = EpisodeEntry(number=number, **line.marks)
                _put(inside.setdefault(show, []), season, episode)
            case item:
                arrays.setdefault(ARRAYS[item.kind], []).append(entry_of(item, **line.marks))
    for show, inner in inside.items():
        arrays.setdefault("shows", []).append(entry_of(show, seasons=tuple(inner)))
    movies, shows, seasons, episodes, people = (tuple(arrays.get(name, ())) for name in ARRAYS.values())
    return SyncItems(movies=movies, shows=shows, seasons=seasons, episodes=episodes, people=people)


def _put(seasons: list[SeasonEntry], number: int, episode: EpisodeEntry) -> None:
    """Into the season's entry that names episodes; one that stands for the whole season stays as it is."""
    for at, season in enumerate(seasons):
        if season.number == number and season.episodes:
            seasons[at] = SeasonEntry(number=number, episodes=(*season.episodes, episode))
            return
    seasons.append(SeasonEntry(number=number, episodes=(episode,)))


def entry_of(item: Item, **more: Any) -> Entry:
    """One title as a request names it: by ids, else by title and year."""
    ids = ids_taken(item)
    if ids is not None:
        return Entry(ids=ids, **more)
    match item:
        case Movie(title=str() as title, year=year) | Show(title=str() as title, year=year):
            return Entry(title=title, year=year, **more)
    raise AssertionError(f"{item!r} should have been looked up before it is sent")


def unknown_of(lines: Sequence[Line], not_found: NotFound) -> list[Line]:
    """The lines that Trakt says it does not know, in their order."""
    echoes = list(_echoes(not_found))
    return [line for line in lines if any(_stands_for(echo, _place(line.item)) for echo in echoes)]


def _place(item: Item) -> Place:
    if ids_taken(item) is None:
        match item:
            case Season(show=Show() as show, number=int() as number):
                return ("shows", _name_of(show), number)
            case Episode(show=Show() as show, season=int() as season, number=int() as number):
                return ("shows", _name_of(show), season, number)
    return (ARRAYS[item.kind], _name_of(item))


def _name_of(item: Item) -> Name:
    ids = ids_taken(item)
    if ids is None:
        return _title(getattr(item, "title", None))
    return _name({scheme: getattr(ids, scheme) for scheme in TAKEN[item.kind]})


def _echoes(not_found: NotFound) -> Iterator[Place]:
    for array in ARRAYS.values():
        for echo in getattr(not_found, array):
            name = _name(echo.get("ids") or {}) or _title(echo.get("title"))
            yield from _inner_places((array, name), echo.get("seasons"), "episodes")


def _inner_places(place: Place, inner: Any, deeper: str) -> Iterator[Place]:
    """The places inside a show that an echo names; the show's own where it names none."""
    if not inner:
        yield place
        return
    for one in inner:
        yield from _inner_places((*place, one.get("number")), one.get(deeper), "")


def _name(ids: Mapping[str, Any]) -> Name:
    return frozenset((scheme, str(value)) for scheme, value in ids.items() if value and not isinstance(value, dict))


def _title(title: Any) -> Name:
    return frozenset({("title", str(title).casefold())})


def _stands_for(echo: Place, place: Place) -> bool:
    """An echo stands for its own place and for all inside it."""
    same_title = echo[0] == place[0] and bool(echo[1] & place[1])
    return same_title and place[2 : len(echo)] == echo[2:]

"""Every address that a GET of the sandbox answers, for one user: types, sorts, levels, pages. Makes text only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

LEVELS = ("", "full", "images", "full,images")
SECTIONS = ("calendar", "progress_watched", "progress_collected", "recommendations", "dropped")
EMPTY_SECTIONS = ("progress_watched_reset", "comments")
PLURALS = ("movies", "shows", "seasons", "episodes")
SINGULARS = ("movie", "show", "season", "episode", "person")
SORTS = ("rank", "added", "title", "released", "runtime", "popularity", "percentage", "my_rating", "votes")


@dataclass(frozen=True, slots=True)
class Known:
    """Things of one user that addresses name: Trakt ids, and ids and slugs of lists."""

    movie: int
    show: int
    season: int
    episode: int
    season_number: int
    episode_number: int
    person: int
    lists: tuple[str, ...]
    mixed_list: str


def with_query(path: str, **query: str) -> str:
    """The path with those query values that are not empty."""
    text = "&".join(f"{name}={value}" for name, value in query.items() if value)
    return f"{path}?{text}" if text else path


def every(known: Known) -> Iterator[str]:
    """All addresses."""
    for group in GROUPS.values():
        yield from group(known)


def _sync(known: Known) -> Iterator[str]:
    for base, level in product(("/sync", "/users/me"), LEVELS):
        yield from _history(base, known, level)
        for rest in ("", "/all", *(f"/{kind}" for kind in PLURALS), "/movies/10", "/all/9,10"):
            yield with_query(f"{base}/ratings{rest}", extended=level)
        for which, kinds in (("watchlist", PLURALS), ("favorites", PLURALS[:2])):
            for rest in ("", "/all", *(f"/{kind}" for kind in kinds), "/movie,show"):
                yield with_query(f"{base}/{which}{rest}", extended=level)
        for kind, more in product(("movies", "shows", "episodes", "media"), ("", "metadata", "metadata,available_on")):
            yield with_query(f"{base}/collection/{kind}", extended=",".join(filter(None, (level, more))))
    for base in ("/sync", "/users/me"):
        yield from _watched(base)
        for which, sort in product(("watchlist", "favorites"), SORTS):
            yield f"{base}/{which}/movies/{sort}"
            yield f"{base}/{which}/all/{sort}/desc"
        for path in ("history", "history/episodes", "ratings", "ratings/movies", "watchlist", "favorites"):
            yield with_query(f"{base}/{path}", page="2", limit="3")
            yield with_query(f"{base}/{path}", page="999", limit="3")
        yield f"{base}/collection/media?page=2&limit=3"
        yield f"{base}/history?start_at=2025-06-01T00:00:00Z&end_at=2025-12-31"


def _history(base: str, known: Known, level: str) -> Iterator[str]:
    ids = {"movies": known.movie, "shows": known.show, "seasons": known.season, "episodes": known.episode}
    yield with_query(f"{base}/history", extended=level, limit="250")
    for kind in PLURALS:
        yield with_query(f"{base}/history/{kind}", extended=level, limit="250")
        yield with_query(f"{base}/history/{kind}/{ids[kind]}", extended=level)


def _watched(base: str) -> Iterator[str]:
    levels = ("", "full", "noseasons", "progress", "full,progress", "min")
    for kind, level in product(("movies", "shows", "episodes"), levels):
        yield with_query(f"{base}/watched/{kind}", extended=level)
        yield with_query(f"{base}/watched/{kind}", extended=level, page="2", limit="5")
        yield with_query(f"{base}/watched/{kind}", extended=level, page="999", limit="5")
    yield f"{base}/watched/shows?extended=progress&specials=true"
    yield f"{base}/watched/shows?extended=min&specials=true&season_numbers=true"


def _own(known: Known) -> Iterator[str]:
    yield from ("/sync/last_activities", "/users/settings", "/users/settings?extended=browsing")
    yield from ("/users/me/stats", "/users/me/watching", "/users/demo", "/users/demo/history", "/users/demo/stats")
    for level in ("", "full", "vip", "full,vip,images"):
        yield with_query("/users/me", extended=level)
    for level in LEVELS:
        for rest in ("", "/all", "/movies", "/episodes"):
            yield with_query(f"/sync/playback{rest}", extended=level)
        for section, kind in product((*SECTIONS, *EMPTY_SECTIONS), ("", "movie", "show", "season", "user")):
            yield with_query(f"/users/hidden/{section}", type=kind, extended=level, limit="100")
        for rest in ("watched", "up_next", "up_next_nitro"):
            yield with_query(f"/sync/progress/{rest}", extended=level, include_stats="true")
        for intent in ("all", "continue", "start", "completed"):
            yield with_query("/sync/progress/up_next_nitro", intent=intent, extended=level)
        for rest in ("watched", "collection"):
            yield with_query(f"/shows/{known.show}/progress/{rest}", extended=level, include_stats="true")
            yield with_query(f"/shows/{known.show}/progress/{rest}", specials="true", hidden="true", extended=level)
    for query in ("hide_completed", "hide_not_completed", "only_rewatching", "specials", "lifetime_stats"):
        yield f"/sync/progress/watched?{query}=true"
    yield "/sync/playback?page=1&limit=2"
    for kind in ("movies", "episodes", "shows"):
        yield f"/sync/collection/minimal/{kind}"
        yield f"/sync/collection/minimal/{kind}?page=1&limit=2"


def _lists(known: Known) -> Iterator[str]:
    for level in LEVELS:
        yield with_query("/users/me/lists", extended=level)
        for one in known.lists:
            owned = f"/users/me/lists/{one}"
            for base in (owned, f"/lists/{one}") if one.isdigit() else (owned,):
                yield with_query(base, extended=level)
                yield with_query(f"{base}/items", extended=level)
        for base in (f"/users/me/lists/{known.mixed_list}", f"/lists/{known.mixed_list}"):
            for kind in ("all", *SINGULARS, "movie,show", "movie,show,season,episode"):
                yield with_query(f"{base}/items/{kind}", extended=level)
    for base in (f"/users/me/lists/{known.mixed_list}", f"/lists/{known.mixed_list}"):
        for sort in SORTS:
            yield f"{base}/items/all/{sort}"
            yield f"{base}/items/movie,show/{sort}/desc"
        yield f"{base}/items?page=2&limit=3"
        yield from (f"{base}/likes", f"{base}/comments", f"{base}/comments/newest")
    for which in ("watchlist", "favorites"):
        yield f"/users/me/{which}/comments/newest"


def _titles(known: Known) -> Iterator[str]:
    season = f"/shows/{known.show}/seasons/{known.season_number}"
    episode = f"{season}/episodes/{known.episode_number}"
    for level in LEVELS:
        for path in (f"/movies/{known.movie}", f"/shows/{known.show}", f"/people/{known.person}", season, episode):
            yield with_query(path, extended=level)
        for path in (f"/shows/{known.show}/seasons", f"{season}/info"):
            yield with_query(path, extended=level)
        for rest in ("next_episode", "last_episode"):
            yield with_query(f"/shows/{known.show}/{rest}", extended=level)
    for level in ("episodes", "full,episodes"):
        yield with_query(f"/shows/{known.show}/seasons", extended=level)
    for path in (f"/movies/{known.movie}", f"/shows/{known.show}", season, episode):
        yield f"{path}/ratings"
        yield f"{path}/ratings?extended=all"
    for path in (f"/movies/{known.movie}", f"/shows/{known.show}"):
        yield from (f"{path}/stats", f"{path}/comments", f"{path}/comments/newest")


def _search(known: Known) -> Iterator[str]:
    for level in LEVELS:
        for kind in (*SINGULARS[:2], "episode", "person", "movie,show,episode,person,list"):
            yield with_query(f"/search/{kind}", query="the", extended=level)
        yield with_query("/search/movie,show/exact", query="heat", extended=level)
        yield with_query(f"/search/trakt/{known.episode}", type="episode", extended=level)
        yield with_query(f"/search/trakt/{known.movie}", extended=level)
    yield from ("/search/list?query=rainy", "/search/tmdb/603", "/search/imdb/tt0133093?type=movie", "/search/tvdb/1")
    yield from ("/search/movie?query=", "/search/recent", "/search/recent/movie", "/search/person?query=s")


def _calendars(known: Known) -> Iterator[str]:
    """Dates around the sandbox's own; nothing of the user is named."""
    kinds = ("shows", "shows/new", "shows/premieres", "shows/finales", "movies", "streaming", "dvd", "media")
    for whose, kind in product(("my", "all"), kinds):
        base = f"/calendars/{whose}/{kind}"
        yield from (base, f"{base}/2026-02-20", f"{base}/2026-02-01/33?extended=full", f"{base}/2026-02-01/33")


def _fixed(known: Known) -> Iterator[str]:
    """Words, and the endpoints that a sandbox answers with an empty list."""
    for kind in ("movies", "shows"):
        for words in ("genres", "certifications", "countries", "languages"):
            yield f"/{words}/{kind}"
        yield f"/genres/{kind}?extended=subgenres"
        yield from (f"/recommendations/{kind}", f"/social_recommendations/{kind}")
    for kind, rank in product(("movies", "shows", "media"), ("trending", "popular", "anticipated", "hot")):
        yield f"/{kind}/{rank}"
    for which, rest in product(("trending", "recent", "updates"), ("", "/all", "/all/all")):
        yield f"/comments/{which}{rest}"
    for which, rest in product(("trending", "popular"), ("", "/personal")):
        yield f"/lists/{which}{rest}"
    yield "/networks"
    for rest in ("friends", "followers", "following", "likes", "likes/lists", "comments", "comments/all"):
        yield f"/users/me/{rest}"
    for rest in ("comments/all/all", "notes", "notes/all", "smart-lists", "lists/collaborations"):
        yield f"/users/me/{rest}"
    for rest in ("requests", "requests/following", "blocked", "likes", "likes/lists", "reactions/comments"):
        yield f"/users/{rest}"


GROUPS: Final[dict[str, Callable[[Known], Iterator[str]]]] = {
    "sync": _sync,
    "own": _own,
    "lists": _lists,
    "titles": _titles,
    "search": _search,
    "calendars": _calendars,
    "fixed words and empty lists": _fixed,
}
"""The addresses in groups."""

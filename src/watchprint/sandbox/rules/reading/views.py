"""What a request sees of a list: which items, hidden by what, sorted how (trakt-api.md 6.3, 11.7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zlib import crc32

from watchprint.sandbox.catalogue.titles import Episode, Movie, Person, Season, Show, Title
from watchprint.sandbox.kernel import World
from watchprint.sandbox.rules.instants import released_at, runtime_min
from watchprint.sandbox.rules.reading.filters import passes
from watchprint.sandbox.rules.reading.index import viewed
from watchprint.sandbox.rules.requests.query import words
from watchprint.sandbox.state import Item, ListEntry, User

VIP_SORTS: Final = frozenset(
    ["imdb_rating", "tmdb_rating", "rt_tomatometer", "rt_audience", "metascore", "votes", "imdb_votes", "tmdb_votes"]
)
"""Sorts that fall back to rank for an account without VIP."""
KINDS: Final = ("movie", "show", "season", "episode", "person")


@dataclass(frozen=True, slots=True)
class Sort:
    """How a list is sorted: the field and "asc" or "desc"."""

    by: str
    how: str

    def headers(self) -> dict[str, str]:
        """The sort that was applied, under both pairs of names."""
        return {
            "X-Sort-By": self.by,
            "X-Sort-How": self.how,
            "X-Applied-Sort-By": self.by,
            "X-Applied-Sort-How": self.how,
        }


@dataclass(frozen=True, slots=True)
class Seen:
    """What the viewer of a list has to do with its titles."""

    watched_at: Mapping[Item, datetime]
    collected_at: Mapping[Item, datetime]
    rated: Mapping[Item, int]
    listed: frozenset[Item]
    watchlisted: frozenset[Item]
    now: datetime


Key = Callable[[ListEntry, Title, Seen], Any]


def kinds_asked(text: str | None, allowed: tuple[str, ...] = KINDS) -> frozenset[str] | None:
    """The types of a path part ("movie,show", "movies", "all"); None when one is unknown."""
    if text in (None, "", "all"):
        return frozenset(allowed)
    kinds = {"person" if word in ("people", "person") else word.removesuffix("s") for word in words(text)}
    if "media" in kinds:
        kinds = (kinds - {"media"}) | {"movie", "show"}
    return frozenset(kinds) if kinds and kinds <= set(allowed) else None


def sort_asked(by: str | None, how: str | None, default: Sort, user: User | None) -> Sort:
    """The sort that is applied: unknown and unaffordable fields fall back to rank."""
    field, direction = by or default.by, how if how in ("asc", "desc") else default.how
    if field in VIP_SORTS and (user is None or not user.vip):
        field = "rank"
    return Sort(field if field in _KEYS or field in VIP_SORTS else "rank", direction)


def seen_by(user: User, world: World) -> Seen:
    """What this user has watched, owns, rated and listed."""
    index = viewed(user, world)
    watched = {Item("movie", trakt): plays[0].watched_at for trakt, plays in index.by_movie.items()}
    watched |= {Item("show", trakt): plays[0].watched_at for trakt, plays in index.by_show.items()}
    watched |= {Item("episode", trakt): plays[0].watched_at for trakt, plays in index.by_episode.items()}
    collected = {row.item: row.collected_at for row in user.collection}
    for row in user.collection:
        episode = world.catalogue.episodes.get(row.item.trakt) if row.item.type == "episode" else None
        if episode is not None:
            show = Item("show", episode.show.trakt)
            collected[show] = max(row.collected_at, collected.get(show, row.collected_at))
    listed = frozenset(entry.item for one in user.lists for entry in one.entries)
    watchlist = frozenset(entry.item for entry in user.watchlist.entries) if user.watchlist else frozenset()
    rated = {row.item: row.rating for row in user.ratings}
    return Seen(watched, collected, rated, listed, watchlist, world.now)


def view(
    entries: list[ListEntry],
    world: World,
    *,
    kinds: frozenset[str],
    sort: Sort,
    query: Mapping[str, str],
    owner: User,
) -> list[ListEntry]:
    """The entries of these types that pass the query's filters and `hide`, sorted.

    Titles without the sorted field come last in both directions; ties keep the order of the ranks.
    """
    seen = seen_by(owner, world)
    hides = [HIDES[word] for word in words(query.get("hide")) if word in HIDES]
    rows = []
    for entry in entries:
        title = world.catalogue.get(entry.item)
        if entry.item.type not in kinds or title is None or not passes(title, query):
            continue
        if not any(hide(entry, title, seen) for hide in hides):
            rows.append((entry, title))
    key = _KEYS.get(sort.by, _votes if "votes" in sort.by else _rating)
    keyed = [(key(entry, title, seen), entry) for entry, title in sorted(rows, key=lambda row: row[0].rank)]
    known = sorted((k for k in keyed if k[0] is not None), key=lambda k: k[0], reverse=sort.how == "desc")
    return [entry for _, entry in known] + [entry for value, entry in keyed if value is None]


def _name(title: Title) -> str:
    if isinstance(title, Person):
        return title.name.casefold()
    shown = title.show if isinstance(title, Season) else title
    text = (shown.title or "").casefold()
    return text.removeprefix("the ").removeprefix("a ").removeprefix("an ")


def _released(title: Title) -> datetime | None:
    match title:
        case Show():
            return title.first_aired
        case Season():
            return min((e.first_aired for e in title.episodes if e.first_aired), default=None)
        case _:
            return released_at(title)


def _runtime(title: Title) -> int | None:
    return title.runtime_min if isinstance(title, Show) else runtime_min(title)


def _votes(entry: ListEntry, title: Title, seen: Seen) -> int | None:
    return getattr(title, "votes", None)


def _rating(entry: ListEntry, title: Title, seen: Seen) -> float | None:
    return getattr(title, "rating", None)


_KEYS: Final[dict[str, Key]] = {
    "rank": lambda entry, title, seen: entry.rank,
    "added": lambda entry, title, seen: (entry.listed_at, entry.id),
    "title": lambda entry, title, seen: _name(title),
    "released": lambda entry, title, seen: _released(title),
    "runtime": lambda entry, title, seen: _runtime(title),
    "popularity": _votes,
    "percentage": _rating,
    "random": lambda entry, title, seen: crc32(f"{entry.id} {seen.now:%Y%m%d%H}".encode()),
    "my_rating": lambda entry, title, seen: seen.rated.get(entry.item),
    "watched": lambda entry, title, seen: seen.watched_at.get(entry.item),
    "collected": lambda entry, title, seen: seen.collected_at.get(entry.item),
}


def _status(title: Title) -> str:
    return (title.status or "") if isinstance(title, Show) else ""


def _unreleased(title: Title, now: datetime) -> bool:
    out = _released(title)
    return out is None or out > now


def _is_titled(title: Title) -> bool:
    return isinstance(title, Movie | Show | Season | Episode)


HIDES: Final[dict[str, Key]] = {
    "unwatched": lambda entry, title, seen: entry.item not in seen.watched_at,
    "collected": lambda entry, title, seen: entry.item in seen.collected_at,
    "uncollected": lambda entry, title, seen: entry.item not in seen.collected_at,
    "rated": lambda entry, title, seen: entry.item in seen.rated,
    "unrated": lambda entry, title, seen: entry.item not in seen.rated,
    "unreleased": lambda entry, title, seen: _is_titled(title) and _unreleased(title, seen.now),
    "noreleasedate": lambda entry, title, seen: _is_titled(title) and _released(title) is None,
    "ended": lambda entry, title, seen: _status(title) in ("ended", "canceled"),
    "airing": lambda entry, title, seen: _status(title) in ("returning series", "continuing"),
    "unwatchlisted": lambda entry, title, seen: entry.item not in seen.watchlisted,
    "listed": lambda entry, title, seen: entry.item in seen.listed,
    "notes": lambda entry, title, seen: bool(entry.notes),
    "nonotes": lambda entry, title, seen: not entry.notes,
}
"""What `hide` takes out of a list."""

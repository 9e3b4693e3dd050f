"""Ratings, watchlist, collection, favourites, personal lists and saved positions. What is there now; not what was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Protocol, TypeVar

import msgspec

from watchprint.exchange.tables import Column, Row, Table
from watchprint.exporting.parts.named import NAMING, some_at_a_time
from watchprint.exporting.parts.part import Part, Snapshot
from watchprint.store.shelves.values import KeptEntry, KeptList, Shelf


class OfTitle(Protocol):
    """A thing that is about a title."""

    @property
    def title_id(self) -> int: ...


T = TypeVar("T", bound=OfTitle)


def _entry(at: str) -> tuple[Column, ...]:
    """The columns of an entry; on each shelf its time has a name of its own, by which readers tell the shelves."""
    return (
        Column(at, "instant", "when it was put there (UTC)"),
        Column("rank", "integer", "its place there, from 1"),
        Column("notes", "text", "what the person wrote beside it"),
        Column("trakt_entry_id", "integer", "Trakt's id of the entry"),
        Column("appeared_at", "instant", "since when it is there, as far as this program knows (UTC)"),
    )


_LISTED: Final = _entry("listed_at")
_COPY: Final[tuple[Column, ...]] = (
    Column("media_type", "text", "digital, bluray, dvd, …"),
    Column("resolution", "text", "uhd_4k, hd_1080p, …"),
    Column("hdr", "text", "dolby_vision, hdr10, …"),
    Column("audio", "text", "dolby_atmos, dts, …"),
    Column("audio_channels", "text", "5.1, 7.1, …"),
    Column("is_3d", "flag", "in three dimensions"),
    Column("more", "text", "whatever else is said of it, as JSON"),
)
COPY: Final = tuple(column.name for column in _COPY[:-1])
"""What is said of a copy that one owns."""
_LIST: Final[tuple[Column, ...]] = (
    Column("list_id", "integer", "our number of the list"),
    Column("list_name", "text", "what it is called"),
    Column("list_trakt", "integer", "its id at Trakt"),
    Column("list_slug", "text", "its name in addresses at Trakt"),
    Column("list_description", "text", "what the person wrote about it"),
    Column("list_privacy", "text", "private, link, friends or public"),
    Column("list_rank", "integer", "its place among the lists"),
)


def _listed(entry: KeptEntry) -> tuple[Any, ...]:
    return (entry.listed_at, entry.rank, entry.notes, entry.trakt_id, entry.appeared_at)


def _copy(details: Mapping[str, Any]) -> tuple[Any, ...]:
    said = [details.get(name) for name in COPY]
    texts = [value if value is None or isinstance(value, str) else str(value) for value in said[:-1]]
    more = {name: value for name, value in details.items() if name not in COPY and value is not None}
    flag = None if said[-1] is None else bool(said[-1])
    return (*texts, flag, msgspec.json.encode(more, order="sorted").decode() if more else None)


def _named(snapshot: Snapshot, things: list[T], values: Callable[[T], tuple[Any, ...]]) -> Iterator[list[Row]]:
    """A row a thing that has a title."""
    for some in some_at_a_time(things):
        snapshot.named.look_up(thing.title_id for thing in some)
        yield [(*snapshot.named.naming(thing.title_id), *values(thing)) for thing in some]


def _of_titles(
    name: str,
    meaning: str,
    columns: tuple[Column, ...],
    all_of: Callable[[Snapshot], list[T]],
    values: Callable[[T], tuple[Any, ...]],
) -> Part:
    """A part of one row a thing that has a title: what names the title, and then these columns."""
    return Part(
        Table(name, meaning, (*NAMING, *columns)),
        lambda snapshot: len(all_of(snapshot)),
        lambda snapshot: _named(snapshot, all_of(snapshot), values),
    )


def _on_shelf(shelf: Shelf, name: str, meaning: str, at: str, *more: Column) -> Part:
    def all_of(snapshot: Snapshot) -> list[KeptEntry]:
        return snapshot.work.shelves.all(snapshot.account.id, shelf)

    def values(entry: KeptEntry) -> tuple[Any, ...]:
        return (*_listed(entry), *_copy(entry.details)) if more else _listed(entry)

    return _of_titles(name, f"{meaning}, by rank", (*_entry(at), *more), all_of, values)


WATCHLIST: Final = _on_shelf("watchlist", "watchlist", "one row a title on the watchlist", "listed_at")
FAVOURITES: Final = _on_shelf("favorites", "favourites", "one row a favourite", "favourited_at")
COLLECTION: Final = _on_shelf(
    "collection", "collection", "one row a movie or an episode that the person owns", "collected_at", *_COPY
)
RATINGS: Final = _of_titles(
    "ratings",
    "one row a rating, in the order of our numbers of titles",
    (
        Column("rating", "integer", "from 1 to 10"),
        Column("rated_at", "instant", "when it was given (UTC)"),
        Column("community_rating", "real", "what everybody gave the title when the rating was first seen"),
        Column("community_votes", "integer", "how many had voted"),
        Column("community_at", "instant", "when that was (UTC)"),
        Column("at_rating_time", "flag", "that was when the title was rated"),
        Column("appeared_at", "instant", "since when it is known here (UTC)"),
    ),
    lambda snapshot: snapshot.work.ratings.all(snapshot.account.id),
    lambda r: (
        r.rating, r.rated_at, r.community_rating, r.community_votes, r.community_at, r.at_rating_time, r.appeared_at,
    ),
)  # fmt: skip
POSITIONS: Final = _of_titles(
    "positions",
    "one row a saved position, the latest first",
    (
        Column("progress_pct", "real", "how far [%]"),
        Column("paused_at", "instant", "when it was paused (UTC)"),
        Column("trakt_playback_id", "integer", "Trakt's id of the position"),
    ),
    lambda snapshot: snapshot.work.positions.all(snapshot.account.id),
    lambda p: (p.progress_pct, p.paused_at, p.trakt_id),
)


def _lists(snapshot: Snapshot) -> Iterator[list[Row]]:
    nothing = (None,) * (len(NAMING) + len(_LISTED))
    for each in snapshot.work.shelves.lists(snapshot.account.id):
        entries = snapshot.work.shelves.all(snapshot.account.id, "list", list_id=each.id)
        if not entries:
            yield [(*_of_list(each), *nothing)]
        for some in _named(snapshot, entries, _listed):
            yield [(*_of_list(each), *row) for row in some]


def _of_list(kept: KeptList) -> tuple[Any, ...]:
    return (kept.id, kept.name, kept.trakt_id, kept.slug, kept.description, kept.privacy, kept.rank)


LISTS: Final = Part(
    Table(
        "lists",
        "one row an entry of a personal list, by list and rank; an empty list is one row without a title",
        (*_LIST, *NAMING, *_LISTED),
    ),
    lambda snapshot: len(snapshot.work.shelves.all(snapshot.account.id, "list")),
    _lists,
)

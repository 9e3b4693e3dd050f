"""The paged reads that exist twice, for oneself (`/sync`) and for a user (`/users/{id}`): path, query and row keys.

A key tells rows apart while pages are walked; a row of a deleted title has none. History alone can fix the end of a
repeated walk (`stamp`).
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime
from operator import attrgetter
from typing import Any, Literal, Protocol, TypeAlias

from watchprint.trakt.errors import Invalid
from watchprint.trakt.models.collection import CollectedRow
from watchprint.trakt.models.history import HistoryRow
from watchprint.trakt.models.ids import Ids
from watchprint.trakt.models.lists import ListItem
from watchprint.trakt.models.ratings import RatingRow
from watchprint.trakt.models.watched import WatchedEpisode, WatchedMovie, WatchedShow
from watchprint.trakt.paging import PAGE_SIZE, Listing
from watchprint.trakt.requests import given, listing, path_of

ME: tuple[str, ...] = ("sync",)
PROGRESS_PAGE_SIZE = 100
"""Trakt's largest page of shows with their episodes."""

Plural: TypeAlias = Literal["movies", "shows", "seasons", "episodes"]
Favourable: TypeAlias = Literal["movies", "shows"]
Collectable: TypeAlias = Literal["movies", "shows", "episodes", "media"]
SortHow: TypeAlias = Literal["asc", "desc"]


class _WithIds(Protocol):
    @property
    def ids(self) -> Ids: ...


def of_user(user: str) -> tuple[str, ...]:
    """The first parts of a user's paths."""
    return ("users", user)


def needs_user(base: tuple[str, ...]) -> bool:
    """Oneself is known by the token only."""
    return base == ME or base == of_user("me")


def title_key(row: Any) -> Hashable | None:
    """The title that a row is about: the narrowest object that it has, by Trakt id; None for deleted titles."""
    for name in ("movie", "episode", "season", "show", "person", "list", "user"):
        title: _WithIds | None = getattr(row, name, None)
        if title is not None:
            return (name, title.ids.trakt) if title.ids.trakt else None
    return None


def history(
    base: tuple[str, ...],
    kind: Plural | None,
    trakt_id: int | None,
    start_at: datetime | None,
    end_at: datetime | None,
    extended: str | None,
) -> Listing[HistoryRow]:
    """Plays, newest first.

    Raises:
        Invalid: A title is asked for, and no kind: ids are unique per kind only.
    """
    if trakt_id is not None and kind is None:
        raise Invalid("the history of one title needs its kind too: movies, shows, seasons or episodes")
    return listing(
        HistoryRow,
        path_of(*base, "history", *given(kind, trakt_id)),
        attrgetter("id"),
        stamp=lambda row: row.watched_at,
        needs_user=needs_user(base),
        start_at=start_at,
        end_at=end_at,
        extended=extended,
    )


def watched_movies(base: tuple[str, ...], extended: str | None) -> Listing[WatchedMovie]:
    """One row a film."""
    path = path_of(*base, "watched", "movies")
    return listing(WatchedMovie, path, title_key, needs_user=needs_user(base), extended=extended)


def watched_shows(base: tuple[str, ...], extended: str | None, specials: bool | None) -> Listing[WatchedShow]:
    """One row a show."""
    progress = extended is not None and "progress" in extended.split(",")
    return listing(
        WatchedShow,
        path_of(*base, "watched", "shows"),
        title_key,
        page_size=PROGRESS_PAGE_SIZE if progress else PAGE_SIZE,
        needs_user=needs_user(base),
        extended=extended,
        specials=specials,
    )


def watched_episodes(base: tuple[str, ...], extended: str | None) -> Listing[WatchedEpisode]:
    """One row an episode."""
    path = path_of(*base, "watched", "episodes")
    return listing(WatchedEpisode, path, title_key, needs_user=needs_user(base), extended=extended)


def collection(
    base: tuple[str, ...], kind: Collectable, extended: str | None, available_on: str | None
) -> Listing[CollectedRow]:
    """One row a title."""
    return listing(
        CollectedRow,
        path_of(*base, "collection", kind),
        title_key,
        needs_user=needs_user(base),
        extended=extended,
        available_on=available_on,
    )


def ratings(
    base: tuple[str, ...], kind: Plural | None, only: tuple[int, ...], extended: str | None
) -> Listing[RatingRow]:
    """Ratings; a selection by value needs a kind in the path."""
    values = ",".join(map(str, only)) or None
    path = path_of(*base, "ratings", *given(kind or ("all" if values else None), values))
    return listing(RatingRow, path, title_key, needs_user=needs_user(base), extended=extended)


def entries(
    parts: tuple[object, ...],
    kind: str | None,
    sort_by: str | None,
    sort_how: SortHow | None,
    extended: str | None,
    needs_user: bool,
) -> Listing[ListItem]:
    """Entries of a list, the watchlist or the favourites; an order needs a kind in the path."""
    order = given(sort_by, (sort_how or "asc") if sort_by else None)
    path = path_of(*parts, *given(kind or ("all" if order else None)), *order)
    return listing(ListItem, path, attrgetter("id"), needs_user=needs_user, extended=extended)

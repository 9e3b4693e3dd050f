"""What stands behind the question mark: one Struct for each reading method."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

PageNumber: TypeAlias = Annotated[int, Meta(ge=1, le=1_000_000, description="Which page, from 1")]
PageSize: TypeAlias = Annotated[int, Meta(ge=1, le=250, description="Most rows of an answer")]
Instant: TypeAlias = Annotated[
    str,
    Meta(
        max_length=64,
        description='An instant with its zone (ISO 8601), or "unknown"',
        examples=["2026-01-01T00:00:00Z"],
    ),
]
Of: TypeAlias = Annotated[
    int,
    Meta(ge=0, le=2**53 - 1, description="How many rows there were on page 1: if there are not as many now, 409"),
]
ItemText: TypeAlias = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=500,
        description="Only this title: movie:tmdb:949, show:breaking-bad, episode:tmdb:1396:1x02",
        examples=["movie:tmdb:949"],
    ),
]


class Query(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Read strictly: a parameter that is not known is an error that names it."""


class Paged(Query, frozen=True, kw_only=True):
    """Which page, and how large."""

    page: PageNumber = 1
    limit: PageSize = 100
    of: Of | None = None


class HistoryQuery(Paged, frozen=True, kw_only=True):
    """Which plays."""

    kind: Annotated[Literal["movie", "show", "season", "episode"], Meta(description="Only these")] | None = None
    item: ItemText | None = None
    since: Instant | None = None
    until: Instant | None = None


class CollectionQuery(Paged, frozen=True, kw_only=True):
    """Which part of the library."""

    kind: Annotated[Literal["movie", "show", "episode"], Meta(description="Only these")] | None = None


class WatchlistQuery(Paged, frozen=True, kw_only=True):
    """Which entries of the watchlist, in which order."""

    kind: Annotated[Literal["movie", "show", "season", "episode"], Meta(description="Only these")] | None = None
    sort: Annotated[
        str, Meta(max_length=50, description="For example added/desc, title, released/asc", examples=["added/desc"])
    ] | None = None  # fmt: skip


class ListItemsQuery(Paged, frozen=True, kw_only=True):
    """Which entries of the list."""

    kind: Annotated[Literal["movie", "show", "season", "episode", "person"], Meta(description="Only these")] | None = (
        None
    )


class FavoritesQuery(Paged, frozen=True, kw_only=True):
    """Which favourites."""

    kind: Annotated[Literal["movie", "show"], Meta(description="Only these")] | None = None


class SearchQuery(Paged, frozen=True, kw_only=True):
    """What to look for."""

    q: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=500,
            pattern=r"\S",
            description="Words of a title, or an id: tt0113277, tmdb:949, tvdb:81189, trakt:1",
            examples=["tmdb:949"],
        ),
    ]
    kind: Annotated[Literal["movie", "show", "episode", "person"], Meta(description="Only these")] | None = None


class NoQuery(Query, frozen=True, kw_only=True):
    """Nothing."""

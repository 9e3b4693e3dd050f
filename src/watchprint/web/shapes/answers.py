"""What answers carry: the library's values, field by field, with items as JSON has them.

`told` turns a value into plain JSON data; the Structs say what that looks like, to readers and to the OpenAPI document,
and a test holds every answer against its Struct.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Annotated, Any, Generic, TypeAlias, TypeVar

from msgspec import Meta, Struct

from watchprint.service.answers import UserStats as TraktStats
from watchprint.trakt.items import Episode, Movie, Person, Season, Show
from watchprint.web.shapes import items
from watchprint.web.shapes.bodies import PlaceShape

Row = TypeVar("Row")
At: TypeAlias = Annotated[datetime, Meta(tz=True, description="An instant, UTC", examples=["2026-01-31T20:15:00Z"])]
Count: TypeAlias = Annotated[int, Meta(ge=0)]


class _Answer(Struct, frozen=True, kw_only=True):
    """Every field is always there; what is not known is null."""


class Scrobble(_Answer, frozen=True, kw_only=True):
    """What Trakt made of a playback's progress."""

    action: Annotated[
        str, Meta(description="start; pause (the position is saved); scrobble (a play); none (below 1 %)")
    ]
    progress: Annotated[float, Meta(description="What counts [%]")]
    item: items.Item
    play_id: Annotated[int | None, Meta(description="The play's id in the history")]
    already: Annotated[bool, Meta(description="It was there before; nothing was added")]
    watched_at: Annotated[At | None, Meta(description="When it was finished, if it was there before")]
    expires_at: Annotated[
        At | None, Meta(description="From when on it counts as a new viewing, if it was there before")
    ]


class Checkin(_Answer, frozen=True, kw_only=True):
    """A check-in that runs."""

    id: int
    item: items.Item
    becomes_play_at: At
    shared_to: list[str]
    place: PlaceShape | None
    not_connected: Annotated[list[str], Meta(description="Networks that the user has not connected on Trakt")]


class Written(_Answer, frozen=True, kw_only=True):
    """What an addition did."""

    added: Count
    existing: Count
    skipped: Annotated[int, Meta(ge=0, description="Plays that were there at that minute (history only)")]
    not_found: Annotated[list[items.Item], Meta(description="What Trakt does not know, as it was sent")]
    updated: Annotated[int, Meta(ge=0, description="How many have new facts (library only)")]


class Removed(_Answer, frozen=True, kw_only=True):
    """What a removal did."""

    deleted: Count
    not_found: Annotated[
        list[items.Movie | items.Show | items.Season | items.Episode | items.Person | int],
        Meta(description="What Trakt does not know: items as they were sent, and ids of plays"),
    ]


class ItemWithRating(_Answer, frozen=True, kw_only=True):
    """An item, and the rating that it has or had (null: none)."""

    item: items.Item
    rating: int | None


class Favorited(_Answer, frozen=True, kw_only=True):
    """What making favourites did. A favourite is a rating of 10."""

    added: Count
    existing: Count
    replaced: Annotated[list[ItemWithRating], Meta(description="Those that had another rating, which is gone")]
    not_found: list[items.Item]


class Unfavorited(_Answer, frozen=True, kw_only=True):
    """What taking favourites back did. Only ratings of 10 go."""

    deleted: Count
    not_found: list[items.Item]
    not_favorite: Annotated[list[ItemWithRating], Meta(description="What is no favourite, and keeps its rating")]


class Play(_Answer, frozen=True, kw_only=True):
    """A finished viewing."""

    id: Annotated[int, Meta(description="What `play_ids` takes")]
    watched_at: Annotated[At | None, Meta(description="Its end, to the minute; null: nobody knows")]
    action: Annotated[str, Meta(description="scrobble, checkin or watch (marked by hand)")]
    item: items.Item | None


class OwnedItem(_Answer, frozen=True, kw_only=True):
    """Something in the library."""

    item: items.Item | None
    at: At | None
    updated_at: At | None
    media_type: str | None
    resolution: str | None
    hdr: str | None
    audio: str | None
    audio_channels: str | None
    is_3d: bool | None


class ListedItem(_Answer, frozen=True, kw_only=True):
    """An entry of the watchlist or of a list."""

    item: items.Item | None
    listed_at: At | None
    notes: str | None
    rank: int | None
    id: int | None


class Rated(_Answer, frozen=True, kw_only=True):
    """A title with its rating."""

    item: items.Item | None
    rating: int | None
    rated_at: At | None


class ListIds(_Answer, frozen=True, kw_only=True):
    """Either names the list in addresses."""

    trakt: int | None
    slug: str | None


class List(_Answer, frozen=True, kw_only=True):
    """A list of the user."""

    name: str
    ids: ListIds
    description: str | None
    privacy: str | None
    item_count: int | None
    created_at: At | None
    updated_at: At | None


class Watching(_Answer, frozen=True, kw_only=True):
    """What the user watches now."""

    item: items.Item | None
    action: Annotated[str, Meta(description="scrobble or checkin")]
    started_at: At | None
    expires_at: At | None
    progress_pct: Annotated[float | None, Meta(description="How much of it is over [%]")]


class Found(_Answer, frozen=True, kw_only=True):
    """A hit of a search, best first."""

    item: items.Item | None
    score: float | None


UserStats: TypeAlias = TraktStats


class Page(Struct, Generic[Row], frozen=True, kw_only=True):
    """A page of rows. `next` leads to the next one; null: this is the last."""

    rows: list[Row]
    page: Annotated[int, Meta(ge=1)]
    limit: Annotated[int, Meta(ge=1, le=250)]
    total: Annotated[int, Meta(ge=0, description="How many rows there are in all")]
    next: Annotated[str | None, Meta(description="Where the next page is")]


def told(value: Any) -> Any:
    """A value of the library as plain JSON data; fields that are only ours are left out."""
    match value:
        case Movie() | Show() | Season() | Episode() | Person():
            return items.told(value)
        case (Movie() | Show() as item, int() | None as rating):
            return {"item": items.told(item), "rating": rating}
        case Struct():
            return {f: told(getattr(value, f)) for f in value.__struct_fields__ if not f.startswith("_")}
        case Mapping():
            return {str(k): told(v) for k, v in value.items()}
        case list() | tuple() | set() | frozenset():
            return [told(v) for v in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: told(getattr(value, f.name)) for f in fields(value) if f.repr}
    return value

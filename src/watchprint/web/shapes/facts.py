"""Items with facts of their own: seen at, owned as, listed with. The facts stand beside the item's own fields.

{"type": "movie", "ids": {"tmdb": 949}, "at": "2026-01-31T20:15:00Z"}

A Struct takes the fields of one other only: what is said beside an item stands here once for each kind.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType

from watchprint.trakt.facts import Listed, Owned, Seen
from watchprint.trakt.items import Item
from watchprint.web.shapes import items
from watchprint.web.shapes.items import item_of, kind_of

At: TypeAlias = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=64,
        description='An instant with its zone (ISO 8601), "released" or "unknown"; left out: now',
        examples=["2026-01-31T20:15:00Z"],
    ),
]
Word: TypeAlias = Annotated[str, Meta(min_length=1, max_length=50, description="In Trakt's own words")]
Notes: TypeAlias = Annotated[str, Meta(max_length=500, description="The words beside it (VIP)", examples=["tonight"])]


class SeenMovie(items.Movie, frozen=True, tag="movie"):
    """A film that was watched to its end."""

    at: At | UnsetType = UNSET


class SeenShow(items.Show, frozen=True, tag="show"):
    """A show, of which all aired episodes were watched."""

    at: At | UnsetType = UNSET


class SeenSeason(items.Season, frozen=True, tag="season"):
    """A season, of which all aired episodes were watched."""

    at: At | UnsetType = UNSET


class SeenEpisode(items.Episode, frozen=True, tag="episode"):
    """An episode that was watched to its end."""

    at: At | UnsetType = UNSET


class OwnedMovie(items.Movie, frozen=True, tag="movie"):
    """A film that is owned, with what is known of the copy."""

    at: At | UnsetType = UNSET
    media_type: Word | UnsetType = UNSET
    resolution: Word | UnsetType = UNSET
    hdr: Word | UnsetType = UNSET
    audio: Word | UnsetType = UNSET
    audio_channels: Word | UnsetType = UNSET
    is_3d: bool | UnsetType = UNSET


class OwnedShow(items.Show, frozen=True, tag="show"):
    """A show that is owned: all its episodes."""

    at: At | UnsetType = UNSET
    media_type: Word | UnsetType = UNSET
    resolution: Word | UnsetType = UNSET
    hdr: Word | UnsetType = UNSET
    audio: Word | UnsetType = UNSET
    audio_channels: Word | UnsetType = UNSET
    is_3d: bool | UnsetType = UNSET


class OwnedSeason(items.Season, frozen=True, tag="season"):
    """A season that is owned: all its episodes."""

    at: At | UnsetType = UNSET
    media_type: Word | UnsetType = UNSET
    resolution: Word | UnsetType = UNSET
    hdr: Word | UnsetType = UNSET
    audio: Word | UnsetType = UNSET
    audio_channels: Word | UnsetType = UNSET
    is_3d: bool | UnsetType = UNSET


class OwnedEpisode(items.Episode, frozen=True, tag="episode"):
    """An episode that is owned, with what is known of the copy."""

    at: At | UnsetType = UNSET
    media_type: Word | UnsetType = UNSET
    resolution: Word | UnsetType = UNSET
    hdr: Word | UnsetType = UNSET
    audio: Word | UnsetType = UNSET
    audio_channels: Word | UnsetType = UNSET
    is_3d: bool | UnsetType = UNSET


class ListedMovie(items.Movie, frozen=True, tag="movie"):
    """A film, with the words beside it."""

    notes: Notes | UnsetType = UNSET


class ListedShow(items.Show, frozen=True, tag="show"):
    """A show, with the words beside it."""

    notes: Notes | UnsetType = UNSET


class ListedSeason(items.Season, frozen=True, tag="season"):
    """A season, with the words beside it."""

    notes: Notes | UnsetType = UNSET


class ListedEpisode(items.Episode, frozen=True, tag="episode"):
    """An episode, with the words beside it."""

    notes: Notes | UnsetType = UNSET


class ListedPerson(items.Person, frozen=True, tag="person"):
    """A person, with the words beside them."""

    notes: Notes | UnsetType = UNSET


SeenItem: TypeAlias = SeenMovie | SeenShow | SeenSeason | SeenEpisode
OwnedItem: TypeAlias = OwnedMovie | OwnedShow | OwnedSeason | OwnedEpisode
WatchlistItem: TypeAlias = ListedMovie | ListedShow | ListedSeason | ListedEpisode
ListItem: TypeAlias = ListedMovie | ListedShow | ListedSeason | ListedEpisode | ListedPerson


def seen(shape: Struct) -> Item | Seen:
    """The item, with its own time where it has one."""
    facts = _facts(shape)
    return Seen(item_of(shape), **facts) if facts else item_of(shape)


def owned(shape: Struct) -> Item | Owned:
    """The item, with what is known of the copy."""
    facts = _facts(shape)
    return Owned(item_of(shape), **facts) if facts else item_of(shape)


def listed(shape: Struct) -> Item | Listed:
    """The item, with the words beside it."""
    facts = _facts(shape)
    return Listed(item_of(shape), **facts) if facts else item_of(shape)


def _facts(shape: Struct) -> dict[str, Any]:
    """What is said beside the item's own fields."""
    names = [name for name in shape.__struct_fields__ if name not in kind_of(shape).__struct_fields__]
    return {name: getattr(shape, name) for name in names if getattr(shape, name) is not UNSET}

"""What requests carry: one Struct a body and a query, with what is asked in it as the method takes it."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from watchprint.web.shapes.facts import At, ListItem, OwnedItem, SeenItem, WatchlistItem
from watchprint.web.shapes.items import Episode, Item, Movie, Playable, Rateable, Watchable

Network: TypeAlias = Literal["twitter", "mastodon", "tumblr"]
Sharing: TypeAlias = Annotated[
    list[Network], Meta(max_length=3, description="Networks to share to; left out: as the user's own settings say")
]
PlayId: TypeAlias = Annotated[int, Meta(ge=1, le=2**53 - 1, description="The `id` of a play", examples=[8675309])]
_SOME = Meta(min_length=1, max_length=10_000, description="One or more; sent on in parts of a hundred, one a second")


class _Body(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Read strictly: a field that is not known is an error that names it."""


class ScrobbleBody(_Body, frozen=True, kw_only=True):
    """What is played, and how far it is."""

    item: Playable
    progress: Annotated[float, Meta(ge=0, le=100, description="How far it is [%]", examples=[93.5])]
    sharing: Sharing | None = None


class PlaceShape(_Body, frozen=True, kw_only=True):
    """Where it happens. Comes back in the answer; its position is never sent to anybody."""

    name: Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S", examples=["Odeon"])]
    kind: Literal["home", "friends", "cinema", "travel", "other"] = "other"
    latitude: Annotated[float, Meta(ge=-90, le=90, description="Degrees north")] | None = None
    longitude: Annotated[float, Meta(ge=-180, le=180, description="Degrees east")] | None = None
    venue_id: Annotated[str, Meta(max_length=200)] | None = None


class _CheckinBody(_Body, frozen=True, kw_only=True):
    message: Annotated[str, Meta(max_length=1000, description="What is posted")] | None = None
    sharing: Sharing | None = None
    place: PlaceShape | None = None
    share_place: Annotated[bool, Meta(description="The place's name goes into the message")] = False


class CheckinMovieBody(_CheckinBody, frozen=True, kw_only=True):
    """A film that is watched now, and what is said of it to others."""

    item: Movie


class CheckinEpisodeBody(_CheckinBody, frozen=True, kw_only=True):
    """An episode that is watched now, and what is said of it to others."""

    item: Episode


class HistoryBody(_Body, frozen=True, kw_only=True):
    """What was watched, and when; an item's own `at` goes first."""

    items: Annotated[list[SeenItem], _SOME]
    at: At | None = None
    allow_duplicates: Annotated[bool, Meta(description="Add everything, look at nothing")] = False


class HistoryRemoveBody(_Body, frozen=True, kw_only=True):
    """Single plays by their ids, or whole titles, which need `all_plays`."""

    items: Annotated[list[Watchable], Meta(max_length=10_000)] = []
    play_ids: Annotated[list[PlayId], Meta(max_length=10_000)] = []
    all_plays: Annotated[bool, Meta(description="Yes, every play of these titles")] = False


class CollectionBody(_Body, frozen=True, kw_only=True):
    """What is owned."""

    items: Annotated[list[OwnedItem], _SOME]


class WatchlistBody(_Body, frozen=True, kw_only=True):
    """What is to be watched."""

    items: Annotated[list[WatchlistItem], _SOME]


class WatchablesBody(_Body, frozen=True, kw_only=True):
    """Films, shows, seasons, episodes."""

    items: Annotated[list[Watchable], _SOME]


class FavoritesBody(_Body, frozen=True, kw_only=True):
    """Films and shows."""

    items: Annotated[list[Rateable], _SOME]


class NewListBody(_Body, frozen=True, kw_only=True):
    """A list to be."""

    name: Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S", examples=["To show Anna"])]
    description: Annotated[str, Meta(max_length=5000)] | None = None
    privacy: Literal["private", "link", "friends", "public"] = "private"


class ListItemsBody(_Body, frozen=True, kw_only=True):
    """What goes onto the list."""

    items: Annotated[list[ListItem], _SOME]


class ItemsBody(_Body, frozen=True, kw_only=True):
    """Items of any kind."""

    items: Annotated[list[Item], _SOME]

"""Lists and their entries: personal lists, the watchlist and the favourites have one form."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from watchprint.trakt.models.ids import ListIds
from watchprint.trakt.models.titles import Episode, Movie, Person, Season, Show
from watchprint.trakt.models.users import User


class TraktList(Struct, frozen=True):
    """A list. `type` is personal, official, watchlist or favorites; `privacy` private, link, friends or public."""

    LEFT_OUT: ClassVar[frozenset[str]] = frozenset({"images"})

    name: str | None = None
    ids: ListIds = ListIds()
    description: str | None = None
    privacy: str | None = None
    type: str | None = None
    item_count: int | None = None
    sort_by: str | None = None
    sort_how: str | None = None
    display_numbers: bool | None = None
    allow_comments: bool | None = None
    share_link: str | None = None
    comment_count: int | None = None
    likes: int | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    user: User | None = None


class ListItem(Struct, frozen=True):
    """An entry. `id` names it for reordering and notes; seasons and episodes come with their show."""

    id: int | None = None
    rank: int | None = None
    listed_at: datetime | None = None
    notes: str | None = None
    type: str = ""
    movie: Movie | None = None
    show: Show | None = None
    season: Season | None = None
    episode: Episode | None = None
    person: Person | None = None

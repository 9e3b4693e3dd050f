"""The sandbox's tables: everything a reset forgets and a snapshot keeps. Values only, no rules.

Titles are named by (type, Trakt id), so that the whole state is plain data: it is encoded as JSON for
`GET /__sandbox__/state`, for `--state FILE` and for snapshots. Instants are aware UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

from msgspec import Struct, field

Kind = Literal["movie", "show", "season", "episode", "person", "user"]
UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)
"""What Trakt reports as `watched_at` of a play without a date."""


class Item(Struct, frozen=True, gc=False):
    """A title by type and Trakt id."""

    type: Kind
    trakt: int


class Play(Struct, gc=False):
    """One history row (`watched_at` to the minute; UNKNOWN = no date)."""

    id: int
    watched_at: datetime
    action: str
    type: Kind
    trakt: int


class Playback(Struct):
    """A saved position [%]."""

    id: int
    item: Item
    progress: float
    paused_at: datetime


class Watching(Struct):
    """What a user watches now; a check-in carries the history id that it will get."""

    item: Item
    action: str
    started_at: datetime
    expires_at: datetime
    checkin_id: int | None = None


class Collected(Struct):
    """An owned movie or episode."""

    item: Item
    collected_at: datetime
    updated_at: datetime
    metadata: dict[str, str | bool | None] | None = None


class Rating(Struct):
    """A rating 1..10."""

    item: Item
    rating: int
    rated_at: datetime


class ListEntry(Struct):
    """One row of a list; `id` is the list item id."""

    id: int
    rank: int
    item: Item
    listed_at: datetime
    notes: str | None = None


class UserList(Struct):
    """A personal list, or the watchlist or favorites of a user (then `slug` is None)."""

    id: int
    slug: str | None
    name: str
    type: str
    created_at: datetime
    updated_at: datetime
    description: str | None = None
    privacy: str = "private"
    display_numbers: bool = False
    allow_comments: bool = True
    sort_by: str = "rank"
    sort_how: str = "asc"
    entries: list[ListEntry] = field(default_factory=list)


class Hidden(Struct):
    """A title hidden in a section."""

    section: str
    item: Item
    hidden_at: datetime


class Limits(Struct):
    """Account limits (trakt-api.md 5); the defaults are those of a free account."""

    history_plays: int = 100_000
    ratings: int = 10_000
    watchlist_items: int = 250
    lists: int = 5
    items_per_list: int = 250
    collection_items: int = 1_000
    favorites_items: int = 100
    notes: int = 100
    collection_discs: int = 100
    """Of the library, what is not digital."""
    items_in_all_lists: int = 1_000


class User(Struct):
    """An account with all that is its own."""

    slug: str
    trakt: int
    uuid: str
    username: str
    name: str | None
    joined_at: datetime
    zone: str = "UTC"
    vip: bool = False
    private: bool = False
    locked: bool = False
    expires_in: int | None = None
    """Lifetime of this user's access tokens [s]; None: the sandbox's own."""
    limits: Limits = field(default_factory=Limits)
    connections: dict[str, bool] = field(default_factory=dict)
    history: list[Play] = field(default_factory=list)
    """Newest first: by watched_at, then id, both descending."""
    playback: list[Playback] = field(default_factory=list)
    watching: Watching | None = None
    last_scrobble: Play | None = None
    collection: list[Collected] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    watchlist: UserList | None = None
    favorites: UserList | None = None
    lists: list[UserList] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    reset_at: dict[int, datetime] = field(default_factory=dict)
    """Show Trakt id to the instant its progress was reset."""
    activities: dict[str, datetime] = field(default_factory=dict)
    """"movies.watched_at" and the like to the instant of the last change."""
    watched_updated_at: dict[str, datetime] = field(default_factory=dict)
    """"movies/12" or "shows/7" to the instant of its newest added play; absent: the newest `watched_at`."""
    location: str | None = None
    about: str | None = None
    gender: str | None = None
    dob: str | None = None
    browsing: dict[str, Any] = field(default_factory=dict)
    """What `PUT /users/settings` wrote of `browsing`."""
    revision: int = 0
    """Moves with every change of this user; what answers may be cached by."""


class App(Struct):
    """A registered API application."""

    client_id: str
    client_secret: str
    name: str
    redirect_uris: list[str]


class Grant(Struct):
    """A token pair; a spent refresh token stays, so that its reuse is refused as such."""

    access_token: str
    refresh_token: str
    user: str
    client_id: str
    created_at: datetime
    expires_in: int
    access_revoked: bool = False
    refresh_spent: bool = False


class DeviceCode(Struct):
    """A device sign-in in progress."""

    device_code: str
    user_code: str
    client_id: str
    created_at: datetime
    status: Literal["pending", "approved", "denied", "used"] = "pending"
    user: str | None = None
    polled_at: datetime | None = None


class AuthCode(Struct):
    """An authorisation code waiting for its exchange."""

    code: str
    user: str
    client_id: str
    redirect_uri: str
    created_at: datetime
    code_challenge: str | None = None
    used: bool = False


class State(Struct):
    """Everything."""

    seed: int
    next_id: int = 1_000_000
    """The next id of a play, playback, list or entry: one monotonic sequence."""
    apps: list[App] = field(default_factory=list)
    users: dict[str, User] = field(default_factory=dict)
    grants: list[Grant] = field(default_factory=list)
    device_codes: list[DeviceCode] = field(default_factory=list)
    auth_codes: list[AuthCode] = field(default_factory=list)

    def new_id(self) -> int:
        """The next id, monotonic over the sandbox's life."""
        self.next_id += 1
        return self.next_id

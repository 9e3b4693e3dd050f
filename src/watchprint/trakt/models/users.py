"""Users: profile, own settings with the account's limits, hidden titles, and when the account last changed."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from watchprint.trakt.models.ids import UserIds
from watchprint.trakt.models.titles import Movie, Season, Show


class User(Struct, frozen=True):
    """A user. Of a private one strangers see the name alone; more comes with `extended=full`."""

    LEFT_OUT: ClassVar[frozenset[str]] = frozenset({"images", "vip_cover_image"})

    username: str | None = None
    ids: UserIds = UserIds()
    name: str | None = None
    private: bool | None = None
    deleted: bool | None = None
    vip: bool | None = None
    vip_ep: bool | None = None
    vip_og: bool | None = None
    vip_years: int | None = None
    director: bool | None = None
    joined_at: datetime | None = None
    location: str | None = None
    about: str | None = None
    gender: str | None = None
    age: int | None = None
    dob: str | None = None


class Account(Struct, frozen=True, gc=False):
    """`timezone` is the only official source of the user's zone ("Europe/Paris")."""

    LEFT_OUT: ClassVar[frozenset[str]] = frozenset({"token", "cover_image", "display_ads"})

    timezone: str | None = None
    date_format: str | None = None
    time_24hr: bool | None = None


class Connections(Struct, frozen=True, gc=False):
    """The networks that the user has connected."""

    facebook: bool | None = None
    twitter: bool | None = None
    mastodon: bool | None = None
    google: bool | None = None
    tumblr: bool | None = None
    medium: bool | None = None
    slack: bool | None = None
    apple: bool | None = None
    dropbox: bool | None = None
    microsoft: bool | None = None


class SharingText(Struct, frozen=True, gc=False):
    """What is posted when something is shared; "[item]" and "[stars]" stand for the title and the rating."""

    watching: str | None = None
    watched: str | None = None
    rated: str | None = None


class Limit(Struct, frozen=True, gc=False):
    """The most that the account may hold; `count` is of lists, `item_count` of the entries of one."""

    count: int | None = None
    item_count: int | None = None
    recent_count: int | None = None


class Limits(Struct, frozen=True, gc=False):
    """The account's limits; beyond them Trakt answers 420. Never assume them: they change."""

    list: Limit = Limit()
    watchlist: Limit = Limit()
    favorites: Limit = Limit()
    collection: Limit = Limit()
    notes: Limit = Limit()
    search: Limit = Limit()
    history: Limit = Limit()
    ratings: Limit = Limit()


class Permissions(Struct, frozen=True, gc=False):
    """What the account may do among others."""

    commenting: bool | None = None
    liking: bool | None = None
    following: bool | None = None


class Settings(Struct, frozen=True):
    """The signed-in user's own settings."""

    LEFT_OUT: ClassVar[frozenset[str]] = frozenset({"browsing"})

    user: User = User()
    account: Account = Account()
    connections: Connections = Connections()
    sharing_text: SharingText = SharingText()
    limits: Limits = Limits()
    permissions: Permissions = Permissions()


class HiddenRow(Struct, frozen=True):
    """A title (or, in `comments`, a user) that is hidden in a section."""

    hidden_at: datetime | None = None
    type: str = ""
    movie: Movie | None = None
    show: Show | None = None
    season: Season | None = None
    user: User | None = None


class Activity(Struct, frozen=True, omit_defaults=True):
    """One corner; the fields that it does not have are None."""

    watched_at: datetime | None = None
    collected_at: datetime | None = None
    rated_at: datetime | None = None
    watchlisted_at: datetime | None = None
    favorited_at: datetime | None = None
    commented_at: datetime | None = None
    paused_at: datetime | None = None
    hidden_at: datetime | None = None
    dropped_at: datetime | None = None
    liked_at: datetime | None = None
    reacted_at: datetime | None = None
    blocked_at: datetime | None = None
    updated_at: datetime | None = None
    settings_at: datetime | None = None
    followed_at: datetime | None = None
    following_at: datetime | None = None
    pending_at: datetime | None = None
    requested_at: datetime | None = None


class Activities(Struct, frozen=True):
    """The whole. Source: GET /sync/last_activities."""

    all: datetime
    movies: Activity = Activity()
    episodes: Activity = Activity()
    shows: Activity = Activity()
    seasons: Activity = Activity()
    comments: Activity = Activity()
    lists: Activity = Activity()
    watchlist: Activity = Activity()
    favorites: Activity = Activity()
    collaborations: Activity = Activity()
    account: Activity = Activity()
    saved_filters: Activity = Activity()
    notes: Activity = Activity()

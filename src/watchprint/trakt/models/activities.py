"""`/sync/last_activities`: when each corner of an account last changed."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


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

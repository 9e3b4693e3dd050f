"""When each kind of thing of a user last changed: the source of `/sync/last_activities`.

Every change of a user goes through `touch`, which also moves the revision that answers are cached by.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from watchprint.sandbox.state import User

FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "movies": (
        "watched_at",
        "collected_at",
        "rated_at",
        "watchlisted_at",
        "favorited_at",
        "commented_at",
        "paused_at",
        "hidden_at",
    ),
    "episodes": ("watched_at", "collected_at", "rated_at", "watchlisted_at", "commented_at", "paused_at"),
    "shows": ("rated_at", "watchlisted_at", "favorited_at", "commented_at", "hidden_at", "dropped_at"),
    "seasons": ("rated_at", "watchlisted_at", "commented_at", "hidden_at"),
    "comments": ("liked_at", "reacted_at", "blocked_at"),
    "lists": ("liked_at", "reacted_at", "updated_at", "commented_at"),
    "watchlist": ("updated_at",),
    "favorites": ("updated_at",),
    "collaborations": ("updated_at",),
    "account": ("settings_at", "followed_at", "following_at", "pending_at", "requested_at"),
    "saved_filters": ("updated_at",),
    "notes": ("updated_at",),
}
"""The groups of `/sync/last_activities` and their fields (trakt-api.md 11.1)."""


def touch(user: User, at: datetime, *fields: str) -> None:
    """Say that these fields ("movies.watched_at") changed at that instant, and move the user's revision."""
    for field in fields:
        group, _, name = field.partition(".")
        assert name in FIELDS[group], field
        user.activities[field] = at
    user.revision += 1


def activity(user: User, field: str) -> datetime:
    """When that field last changed; the account's creation when it never did."""
    return user.activities.get(field, user.joined_at)


def latest(user: User) -> datetime:
    """The newest of all fields: `all`."""
    return max(user.activities.values(), default=user.joined_at)

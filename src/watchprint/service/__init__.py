"""TraktService: what an application does with its users' Trakt accounts, in 27 methods and two faces.

    from watchprint.service import TraktService
    service = TraktService.from_env()
    service.scrobble_stop(token, Movie(tmdb=949), 93.5)

Stands on the client alone: nothing is stored here, nothing runs in the background.
"""

from __future__ import annotations

from watchprint.service.answers import (
    Checkin,
    Favorited,
    Found,
    List,
    ListedItem,
    OwnedItem,
    Play,
    Rated,
    Removed,
    Scrobble,
    Unfavorited,
    UserStats,
    Watching,
    Written,
)
from watchprint.service.faces import AsyncTraktService, AsyncUserService, TraktService, UserService

__all__ = [
    "AsyncTraktService",
    "AsyncUserService",
    "Checkin",
    "Favorited",
    "Found",
    "List",
    "ListedItem",
    "OwnedItem",
    "Play",
    "Rated",
    "Removed",
    "Scrobble",
    "TraktService",
    "Unfavorited",
    "UserService",
    "UserStats",
    "Watching",
    "Written",
]

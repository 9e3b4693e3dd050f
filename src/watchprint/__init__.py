"""Watchprint: analytics of what you watch, built on Trakt. This is the face of the base install.

    from watchprint import TraktService, Movie

Names are loaded when they are asked for: importing the package alone loads nothing of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchprint.service import (
        AsyncTraktService,
        AsyncUserService,
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
        TraktService,
        Unfavorited,
        UserService,
        UserStats,
        Watching,
        Written,
    )
    from watchprint.trakt.clients import (
        AsyncTrakt,
        Trakt,
    )
    from watchprint.trakt.endpoints.oauth import (
        Pkce,
        pkce,
    )
    from watchprint.trakt.errors import (
        AccountLimit,
        AccountLocked,
        AlreadyActive,
        AppRefused,
        Invalid,
        NoAnswer,
        NotConfigured,
        NotFound,
        PartlyWritten,
        Refused,
        SignInDenied,
        SignInExpired,
        Throttled,
        TimedOut,
        TokenExpired,
        TraktBroken,
        TraktError,
        UnknownOutcome,
        Unreachable,
        Unreadable,
        VipOnly,
    )
    from watchprint.trakt.facts import (
        RELEASED,
        UNKNOWN,
        Listed,
        Owned,
        Place,
        Seen,
    )
    from watchprint.trakt.items import (
        Episode,
        Item,
        Movie,
        Person,
        Season,
        Show,
    )
    from watchprint.trakt.ports import (
        AsyncPages,
        Pages,
    )
    from watchprint.trakt.tokens import (
        FileTokens,
        MemoryTokens,
        Tokens,
        TokenSource,
    )

_HOMES = {
    "watchprint.service": (
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
    ),
    "watchprint.trakt.clients": (
        "AsyncTrakt",
        "Trakt",
    ),
    "watchprint.trakt.endpoints.oauth": (
        "Pkce",
        "pkce",
    ),
    "watchprint.trakt.errors": (
        "AccountLimit",
        "AccountLocked",
        "AlreadyActive",
        "AppRefused",
        "Invalid",
        "NoAnswer",
        "NotConfigured",
        "NotFound",
        "PartlyWritten",
        "Refused",
        "SignInDenied",
        "SignInExpired",
        "Throttled",
        "TimedOut",
        "TokenExpired",
        "TraktBroken",
        "TraktError",
        "UnknownOutcome",
        "Unreachable",
        "Unreadable",
        "VipOnly",
    ),
    "watchprint.trakt.facts": (
        "RELEASED",
        "UNKNOWN",
        "Listed",
        "Owned",
        "Place",
        "Seen",
    ),
    "watchprint.trakt.items": (
        "Episode",
        "Item",
        "Movie",
        "Person",
        "Season",
        "Show",
    ),
    "watchprint.trakt.ports": (
        "AsyncPages",
        "Pages",
    ),
    "watchprint.trakt.tokens": (
        "FileTokens",
        "MemoryTokens",
        "TokenSource",
        "Tokens",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "RELEASED",
    "UNKNOWN",
    "AccountLimit",
    "AccountLocked",
    "AlreadyActive",
    "AppRefused",
    "AsyncPages",
    "AsyncTrakt",
    "AsyncTraktService",
    "AsyncUserService",
    "Checkin",
    "Episode",
    "Favorited",
    "FileTokens",
    "Found",
    "Invalid",
    "Item",
    "List",
    "Listed",
    "ListedItem",
    "MemoryTokens",
    "Movie",
    "NoAnswer",
    "NotConfigured",
    "NotFound",
    "Owned",
    "OwnedItem",
    "Pages",
    "PartlyWritten",
    "Person",
    "Pkce",
    "Place",
    "Play",
    "Rated",
    "Refused",
    "Removed",
    "Scrobble",
    "Season",
    "Seen",
    "Show",
    "SignInDenied",
    "SignInExpired",
    "Throttled",
    "TimedOut",
    "TokenExpired",
    "TokenSource",
    "Tokens",
    "Trakt",
    "TraktBroken",
    "TraktError",
    "TraktService",
    "Unfavorited",
    "UnknownOutcome",
    "Unreachable",
    "Unreadable",
    "UserService",
    "UserStats",
    "VipOnly",
    "Watching",
    "Written",
    "pkce",
]


def __getattr__(name: str) -> object:
    """The name, loaded with the module that it lives in."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'watchprint' has no name {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

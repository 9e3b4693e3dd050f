"""The client for Trakt, usable alone: `Trakt` (blocking) and `AsyncTrakt`, made of the same definitions.

    with Trakt("client-id", tokens="access-token") as trakt:
        for row in trakt.sync.history(extended="full", limit=5): ...

Names are found when they are asked for, so that importing this costs nothing. `watchprint.trakt.models` has Trakt's
objects, `watchprint.trakt.errors` what can go wrong.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchprint.trakt import errors, models
    from watchprint.trakt.clients import AsyncTrakt, Trakt
    from watchprint.trakt.clock import Clock, SystemClock
    from watchprint.trakt.conversation.grants import DeviceAnswer, DeviceCode
    from watchprint.trakt.endpoints.oauth import Pkce, pkce
    from watchprint.trakt.errors import TraktError
    from watchprint.trakt.models.bodies import Entry, EpisodeEntry, EpisodeRef, SeasonEntry, Subject, SyncItems
    from watchprint.trakt.models.ids import Ids
    from watchprint.trakt.pacing import Pacing
    from watchprint.trakt.ports import AsyncPages, AwaitingHttp, BlockingHttp, Pages
    from watchprint.trakt.tokens import FileTokens, FixedToken, MemoryTokens, Tokens, TokenSource

_PACKAGE = "watchprint.trakt"
_HOMES = {
    "clients": ("AsyncTrakt", "Trakt"),
    "clock": ("Clock", "SystemClock"),
    "endpoints.oauth": ("Pkce", "pkce"),
    "errors": ("TraktError",),
    "conversation.grants": ("DeviceAnswer", "DeviceCode"),
    "models.bodies": ("Entry", "EpisodeEntry", "EpisodeRef", "SeasonEntry", "Subject", "SyncItems"),
    "models.ids": ("Ids",),
    "pacing": ("Pacing",),
    "ports": ("AsyncPages", "AwaitingHttp", "BlockingHttp", "Pages"),
    "tokens": ("FileTokens", "FixedToken", "MemoryTokens", "TokenSource", "Tokens"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "AsyncPages",
    "AsyncTrakt",
    "AwaitingHttp",
    "BlockingHttp",
    "Clock",
    "DeviceAnswer",
    "DeviceCode",
    "Entry",
    "EpisodeEntry",
    "EpisodeRef",
    "FileTokens",
    "FixedToken",
    "Ids",
    "MemoryTokens",
    "Pacing",
    "Pages",
    "Pkce",
    "SeasonEntry",
    "Subject",
    "SyncItems",
    "SystemClock",
    "TokenSource",
    "Tokens",
    "Trakt",
    "TraktError",
    "errors",
    "models",
    "pkce",
]


def __getattr__(name: str) -> object:
    """A public name, loaded when it is first asked for."""
    if name in ("errors", "models"):
        return import_module(f"{_PACKAGE}.{name}")
    if name not in _HOME_OF:
        raise AttributeError(f"module {_PACKAGE!r} has no attribute {name!r}")
    value = getattr(import_module(f"{_PACKAGE}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__

"""Asking sources as a program does, with a clock that does not wait."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests.store.places import Hands
from tests.titles.services import TOKEN, Handler, serving
from tests.titles.shelf import Viewer
from tests.trakt.servers import Server
from watchprint.titles import Asked, Emby, Enriched, Jellyfin, Plex, Source, Tmdb, TvMaze, enrich


@dataclass
class Patient(Hands):
    """A clock that notes how long it was made to wait [s]."""

    waits: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.at += timedelta(seconds=seconds)


def asking(ann: Viewer, *sources: Source, **more: Any) -> Enriched:
    """What became of asking."""
    return asyncio.run(enrich(ann.store, sources, account_id=ann.id, **more))


def source(name: str, url: str, key: str = TOKEN, **more: Any) -> Source:
    """A source of that name at an address."""
    more = {"clock": Patient()} | more
    if name == "tmdb":
        return Tmdb(key, url=url, **more)
    if name == "tvmaze":
        return TvMaze(url=url, **more)
    kinds: dict[str, type[Plex] | type[Jellyfin]] = {"plex": Plex, "jellyfin": Jellyfin, "emby": Emby}
    return kinds[name](url, key, **more)


def asked_of(ann: Viewer, name: str, handler: Handler, **more: Any) -> tuple[Asked, Server]:
    """What became of asking one service, and the service, which has ended."""
    with serving(handler) as server:
        [asked] = asking(ann, source(name, server.url), **more).sources
    return asked, server

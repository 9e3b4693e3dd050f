"""The user's Jellyfin or Emby server as a source: films, series and episodes, read page by page. Only reads."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from typing import Final

from watchprint.domain.title import Title
from watchprint.titles.answers import jellyfin as answers
from watchprint.titles.answers.library import Kind, Page
from watchprint.titles.errors import KeyMissing, SourceUnreadable
from watchprint.titles.fetching import Bounds, Fetcher, documents_of
from watchprint.titles.source import LIBRARY_SAYS, Known, Says, Step, Wanted
from watchprint.titles.walking import Walk
from watchprint.trakt.clock import Clock

_KINDS: Final[tuple[Kind, ...]] = ("movie", "show", "episode")
_FIELDS: Final = "ProviderIds,Genres,OfficialRating,ProductionLocations,ProductionYear,PremiereDate,Studios"
_PACE_S: Final = 0.02


class Jellyfin:
    """A Jellyfin server, 10.9 or newer.

    Args:
        url: Its address, such as http://192.168.1.10:8096.
        api_key: A key made on its page of API keys.

    Raises:
        BadAddress: The address is none.
        KeyMissing: The key is blank.
    """

    name = "jellyfin"
    says: Says = LIBRARY_SAYS
    _called, _variable = "Jellyfin", "JELLYFIN_API_KEY"

    def __init__(self, url: str, api_key: str, *, clock: Clock | None = None, bounds: Bounds | None = None) -> None:
        key = api_key.strip()
        if not key or '"' in key:
            raise KeyMissing(f"{self._called} wants an API key. Give it as {self._variable} in the environment.")
        headers = self._headers(key)
        self._fetcher = Fetcher(self._called, url, pace_s=_PACE_S, headers=headers, clock=clock, bounds=bounds)

    @property
    def requests(self) -> int:
        return self._fetcher.requests

    async def ask(self, wanted: Wanted, known: Known) -> AsyncGenerator[Step]:
        """Read the library, and tell of the titles in it that are wanted."""
        walk = Walk(self._called, wanted, known)
        for kind in _KINDS:
            if kind in walk.kinds:
                async for step in walk.library(kind, _Reading(self._fetcher, kind, walk.shows)):
                    yield step
        yield walk.rest()

    async def aclose(self) -> None:
        await self._fetcher.aclose()

    def _headers(self, key: str) -> dict[str, str]:
        return {"Authorization": f'MediaBrowser Client="Watchprint", Token="{key}"'}


class Emby(Jellyfin):
    """An Emby server; otherwise as `Jellyfin`."""

    name = "emby"
    _called, _variable = "Emby", "EMBY_API_KEY"

    def _headers(self, key: str) -> dict[str, str]:
        return {"X-Emby-Token": key}


class _Reading:
    """Reads pages of the rows of one kind."""

    def __init__(self, fetcher: Fetcher, kind: Kind, shows: Mapping[str, Title]) -> None:
        self._fetcher, self._kind, self._shows = fetcher, kind, shows

    async def __call__(self, start: int, rows: int) -> Page:
        query = {
            "Recursive": "true",
            "IncludeItemTypes": answers.TYPES[self._kind],
            "Fields": _FIELDS,
            "EnableUserData": "false",
            "EnableImages": "false",
            "SortBy": "SortName",
            "SortOrder": "Ascending",
            "StartIndex": str(start),
            "Limit": str(rows),
        }
        name = self._fetcher.name
        page = answers.page(documents_of(await self._fetcher.get("/Items", query), name), self._shows)
        if page is None:
            raise SourceUnreadable(
                f"What answers there is no {name} server. Check the address; it often ends in :8096."
            )
        return page

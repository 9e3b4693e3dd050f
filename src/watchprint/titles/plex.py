"""The user's Plex server as a source: its libraries of films and series, read page by page. Only reads.

Pages of films and series hold only the first genres and countries of each, so that those that are told of are asked
for by themselves, many at a time.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Final

from watchprint.domain.title import Title
from watchprint.titles.answers import plex as answers
from watchprint.titles.answers.library import Kind, Page, Row
from watchprint.titles.errors import KeyMissing, SourceUnreadable
from watchprint.titles.fetching import Bounds, Fetcher, documents_of
from watchprint.titles.source import LIBRARY_SAYS, Known, Says, Step, Wanted
from watchprint.titles.walking import Walk
from watchprint.trakt.clock import Clock

_AT_ONCE: Final = 50
"""Rows asked for by their keys in one request."""
_PACE_S: Final = 0.02
_NO_PLEX: Final = "what answers there is no Plex server. Check the address; it often ends with :32400."


class Plex:
    """A Plex server.

    Args:
        url: Its address, such as http://192.168.1.10:32400.
        token: The X-Plex-Token of somebody who may read its libraries.

    Raises:
        BadAddress: The address is none.
        KeyMissing: The token is blank.
    """

    name = "plex"
    says: Says = LIBRARY_SAYS

    def __init__(self, url: str, token: str, *, clock: Clock | None = None, bounds: Bounds | None = None) -> None:
        if not token.strip():
            raise KeyMissing("Plex wants a token. Give it as PLEX_TOKEN in the environment.")
        headers = {"X-Plex-Token": token.strip(), "X-Plex-Product": "Watchprint"}
        self._fetcher = Fetcher("Plex", url, pace_s=_PACE_S, headers=headers, clock=clock, bounds=bounds)

    @property
    def requests(self) -> int:
        return self._fetcher.requests

    async def ask(self, wanted: Wanted, known: Known) -> AsyncGenerator[Step]:
        """Read the libraries, and tell of the titles in them that are wanted."""
        libraries = answers.libraries(documents_of(await self._fetcher.get("/library/sections"), "Plex"))
        if libraries is None:
            raise SourceUnreadable(_NO_PLEX)
        walk = Walk("Plex", wanted, known)
        for library in libraries:
            kinds: tuple[Kind, ...] = ("movie",) if library.kind == "movie" else ("show", "episode")
            for kind in kinds:
                if kind not in walk.kinds:
                    continue
                whole = None if kind == "episode" else self._whole(kind)
                async for step in walk.library(kind, self._page(library.key, kind, walk.shows), whole):
                    yield step
        yield walk.rest()

    async def aclose(self) -> None:
        await self._fetcher.aclose()

    def _page(self, library: str, kind: Kind, shows: Mapping[str, Title]) -> _Reading:
        return _Reading(self._fetcher, library, kind, shows)

    def _whole(self, kind: Kind) -> _Whole:
        return _Whole(self._fetcher, kind)


class _Reading:
    """Reads pages of one library."""

    def __init__(self, fetcher: Fetcher, library: str, kind: Kind, shows: Mapping[str, Title]) -> None:
        self._fetcher, self._library, self._kind, self._shows = fetcher, library, kind, shows

    async def __call__(self, start: int, rows: int) -> Page:
        query = {
            "type": answers.TYPES[self._kind],
            "includeGuids": "1",
            "X-Plex-Container-Start": str(start),
            "X-Plex-Container-Size": str(rows),
        }
        reply = await self._fetcher.get(f"/library/sections/{self._library}/all", query)
        page = answers.page(documents_of(reply, "Plex"), self._kind, self._shows)
        if page is None:
            raise SourceUnreadable(_NO_PLEX)
        return page


class _Whole:
    """Asks for rows by their keys."""

    def __init__(self, fetcher: Fetcher, kind: Kind) -> None:
        self._fetcher, self._kind = fetcher, kind

    async def __call__(self, rows: Sequence[Row]) -> dict[str, Title]:
        found: dict[str, Title] = {}
        for start in range(0, len(rows), _AT_ONCE):
            keys = ",".join(row.key for row in rows[start : start + _AT_ONCE])
            reply = await self._fetcher.get(f"/library/metadata/{keys}", {"includeGuids": "1"})
            page = answers.page(documents_of(reply, "Plex"), self._kind, {}) if reply.status == 200 else None
            if page is not None:
                found |= {row.key: row.title for row in page.rows}
        return found

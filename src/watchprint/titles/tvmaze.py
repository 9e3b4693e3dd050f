"""TVmaze as a source: series and their episodes, without a key. Two requests a series: one to find it, one for all.

Series are found by IMDb's or TheTVDB's id. Only reads.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from typing import Final

from watchprint.domain.title import Title, agree
from watchprint.store.titles.titles import KeptTitle
from watchprint.titles.answers import tvmaze as answers
from watchprint.titles.errors import SourceError
from watchprint.titles.fetching import Bounds, Fetcher, documents_of
from watchprint.titles.source import TVMAZE_SAYS, Known, Says, Step, Wanted, named
from watchprint.trakt.clock import Clock

API_URL: Final = "https://api.tvmaze.com"
_PACE_S: Final = 0.5
"""Twenty in ten seconds, which TVmaze always takes."""
_SHOW: Final = re.compile(r"/shows/(\d{1,9})(?:$|[?#])")


class TvMaze:
    """TVmaze.

    Args:
        url: Where it is.

    Raises:
        BadAddress: The address is none.
    """

    name = "tvmaze"
    says: Says = TVMAZE_SAYS

    def __init__(self, *, url: str = API_URL, clock: Clock | None = None, bounds: Bounds | None = None) -> None:
        self._fetcher = Fetcher("TVmaze", url, pace_s=_PACE_S, clock=clock, bounds=bounds)

    @property
    def requests(self) -> int:
        return self._fetcher.requests

    async def ask(self, wanted: Wanted, known: Known) -> AsyncGenerator[Step]:
        """Ask for each series, the most watched first."""
        shows: dict[int, tuple[KeptTitle, list[KeptTitle]]] = {}
        for title in wanted.titles:
            show = title if title.kind == "show" else wanted.shows.get(title.show_id or -1)
            if show is not None:
                shows.setdefault(show.id, (show, []))[1].append(title)
        done, total = 0, sum(len(titles) for _, titles in shows.values())
        for show, titles in shows.values():
            done += len(titles)
            numbers = [title.id for title in titles]
            try:
                told = await self._told(show, titles)
            except SourceError as error:
                if error.ends:
                    raise
                yield Step(failed=dict.fromkeys(numbers, str(error)), done=done, total=total)
                continue
            if told is None:
                yield Step(without_id=numbers, done=done, total=total)
                continue
            missing = [number for number in numbers if number not in told]
            yield Step(told=told, not_known=missing, done=done, total=total)

    async def aclose(self) -> None:
        await self._fetcher.aclose()

    async def _told(self, show: KeptTitle, titles: list[KeptTitle]) -> dict[int, Title] | None:
        """What is known of the wanted titles of a show; None: there is no id to ask by."""
        ids = named(show)
        by = [("imdb", ids.get("imdb")), ("thetvdb", ids.get("tvdb"))]
        asked = [(scheme, value) for scheme, value in by if value is not None]
        for scheme, value in asked:
            number = await self._number(scheme, value)
            if number is None:
                continue
            reply = await self._fetcher.get(f"/shows/{number}", {"embed": "episodes"})
            found = None if reply.status == 404 else answers.known(documents_of(reply, "TVmaze"))
            if found is not None and agree(ids, found.show.named()):
                return _of(found, titles)
        return {} if asked else None

    async def _number(self, scheme: str, value: str) -> int | None:
        """TVmaze's own id of a show. The look-up answers with a redirect that names it."""
        reply = await self._fetcher.get("/lookup/shows", {scheme: value}, follow=False)
        if reply.location is not None:
            if found := _SHOW.search(reply.location):
                return int(found[1])
            reply = await self._fetcher.get("/lookup/shows", {scheme: value})
        return None if reply.status == 404 else answers.show_id(documents_of(reply, "TVmaze"))


def _of(found: answers.Known, titles: list[KeptTitle]) -> dict[int, Title]:
    told = {}
    for kept in titles:
        if kept.kind == "show":
            told[kept.id] = found.show
        elif kept.season is not None and kept.number is not None:
            episode = found.episodes.get((kept.season, kept.number))
            if episode is not None:
                told[kept.id] = episode
    return told

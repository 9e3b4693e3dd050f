"""What is read of Trakt's history: its newest page, the map of all plays, and the readings that explain differences."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, TypeVar

from watchprint.domain.play import PlayKind
from watchprint.sync.activities import Kind
from watchprint.sync.plan import Point, Tally
from watchprint.sync.plays.cover import PAGE, Reading
from watchprint.sync.translate.plays import Told, instant_of, minute_of, told
from watchprint.trakt import AsyncTrakt
from watchprint.trakt.endpoints.sync import Sync
from watchprint.trakt.errors import NotFound
from watchprint.trakt.models import HistoryRow
from watchprint.trakt.paging import Listing, PageOf

T = TypeVar("T")

ABREAST: Final = 4
ONE_OF: Final[Mapping[Kind, PlayKind]] = {"movies": "movie", "episodes": "episode"}
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest page of a kind.

    Attributes:
        rows: Newest first.
        count: How many plays of the kind there are, as Trakt counts; None: it does not say.
    """

    rows: Sequence[Told]
    count: int | None

    @property
    def whole(self) -> bool:
        """There is nothing beside it."""
        return self.count == len(self.rows) < PAGE

    def covers(self, point: Point) -> bool:
        """Everything at the point would be on the page: at its oldest minute there may be more on the next one."""
        if self.whole:
            return True
        oldest = minute_of(self.rows[-1].watched_at) if self.rows else None
        return oldest is not None and point[1] is not None and point[1] > oldest


@dataclass(frozen=True, slots=True)
class Map:
    """All plays of a kind by title and minute, in Trakt's numbers; and the show of each episode."""

    tally: Tally
    shows: Mapping[int, int] = field(default_factory=dict)


def listing(kind: Kind | None, *, end_at: datetime | None = None) -> Listing[HistoryRow]:
    """The history of a kind (None: of both), in full."""
    return Sync.history.listing(kind=kind, end_at=end_at, extended="full")


async def page(trakt: AsyncTrakt, of: Listing[HistoryRow], number: int) -> PageOf[HistoryRow]:
    """One page."""
    return await trakt.runner.run(of.page(number, PAGE))


async def newest(trakt: AsyncTrakt, kind: Kind) -> Newest:
    """The newest page of a kind: its count is the one to reach."""
    first = await page(trakt, listing(kind), 1)
    return Newest([told(row, kind=ONE_OF[kind]) for row in first.rows], first.item_count)


async def map_of(trakt: AsyncTrakt, kind: Kind) -> Map:
    """The map of all plays of a kind, specials too."""
    if kind == "movies":
        times = await trakt.sync.watched_movies_map()
        return Map(Counter((int(movie), minute_of(at)) for movie, plays in times.items() for at in plays))
    shows: dict[int, int] = {}
    tally: Tally = Counter()
    for show, seasons in (await trakt.sync.watched_shows_map(specials=True)).items():
        for episodes in seasons.values():
            for episode, plays in episodes.items():
                shows[int(episode)] = int(show)
                tally.update((int(episode), minute_of(at)) for at in plays)
    return Map(tally, shows)


async def read(trakt: AsyncTrakt, kind: Kind, readings: Sequence[Reading]) -> list[tuple[Reading, list[Told]]]:
    """What each reading gives; one of a title that Trakt does not know gives nothing, and is left out."""

    async def one(reading: Reading) -> tuple[Reading, list[Told]] | None:
        window = reading.first_min is not None and reading.last_min is not None
        pages = trakt.sync.history(
            kind=reading.of,
            trakt_id=reading.trakt_id,
            start_at=instant_of(reading.first_min or 0) - _MINUTE if window else None,
            end_at=instant_of(reading.last_min or 0) + _MINUTE if window else None,
            extended="full",
        )
        try:
            rows = await pages.all()
        except NotFound:
            return None
        asked_for = None if reading.of == "shows" else reading.trakt_id
        return reading, [told(row, kind=ONE_OF[kind], asked_for=asked_for) for row in rows]

    return [each for each in await abreast([partial(one, reading) for reading in readings]) if each is not None]


async def abreast(asks: Sequence[Callable[[], Coroutine[Any, Any, T]]]) -> list[T]:
    """The answers in their order, a few at a time; after an error nothing is on its way any more."""
    gate = asyncio.Semaphore(ABREAST)

    async def one(ask: Callable[[], Coroutine[Any, Any, T]]) -> T:
        async with gate:
            return await ask()

    tasks = [asyncio.ensure_future(one(ask)) for ask in asks]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

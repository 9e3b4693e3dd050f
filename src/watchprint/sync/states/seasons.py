"""When episodes that were not watched yet are aired: read of shows played in the last two years, a few at a time.

Tells a show that was dropped from one that goes on. Each show is read at most weekly, one that has ended more seldom.
What was read is kept show by show, so that it goes on where it stopped. Asks for titles only, nothing of the account.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from watchprint.store import Store
from watchprint.store.titles.titles import KeptTitle
from watchprint.store.work import Work
from watchprint.sync.translate.titles import SOURCE, episode_title
from watchprint.trakt import AsyncTrakt
from watchprint.trakt.errors import NotFound
from watchprint.trakt.models import Episode, Show
from watchprint.trakt.models.ids import Ids

T = TypeVar("T")

PLAYED_WITHIN: Final = timedelta(days=731)
EVERY: Final = timedelta(days=7)
ENDED_EVERY: Final = timedelta(days=56)
ENDED: Final = frozenset({"ended", "canceled"})
_CURSOR: Final = "air_dates"


@dataclass(frozen=True, slots=True)
class _Due:
    """A show that is to be read.

    Attributes:
        left: The seasons that are still to be read one by one, since Trakt did not give them together; none: the
            show is to be read from its start.
    """

    show_id: int
    trakt_id: int
    left: tuple[int, ...] = ()


async def air_dates(trakt: AsyncTrakt, store: Store, account_id: int, *, at_most: int) -> int:
    """Learn the air dates of some shows whose turn it is.

    Args:
        at_most: Requests to make, at most.

    Returns:
        How many were made; none: nothing is due.

    Raises:
        TraktError: A show could not be read; what was read before it is kept.
    """
    made = 0
    for due in await store.aread(lambda work: _due(work, account_id)):
        if made >= at_most:
            break
        made += await _read(trakt, store, account_id, due, at_most - made)
    return made


async def _read(trakt: AsyncTrakt, store: Store, account_id: int, due: _Due, at_most: int) -> int:
    """Read a show and keep it; how many requests that took."""
    episodes, left, made = list[Episode](), list(due.left), 0
    if not left:
        made += 1
        for season in await _or_none(trakt.shows.seasons(due.trakt_id, extended="full,episodes")):
            if season.number is not None and not season.episodes and season.episode_count != 0:
                left.append(season.number)
            episodes += _in_season(season.number, season.episodes or ())
    while left and made < at_most:
        made += 1
        number = left.pop(0)
        episodes += _in_season(number, await _or_none(trakt.shows.season(due.trakt_id, number, extended="full")))
    await store.awrite(lambda work: _keep(work, account_id, due, episodes, left))
    return made


async def _or_none(answer: Awaitable[list[T]]) -> list[T]:
    """The rows of an answer; none of what Trakt has deleted."""
    try:
        return await answer
    except NotFound:
        return []


def _in_season(number: int | None, episodes: Sequence[Episode]) -> list[Episode]:
    """The episodes that say where they stand."""
    return [each for each in episodes if each.season == number and each.number is not None]


def _keep(work: Work, account_id: int, due: _Due, episodes: Sequence[Episode], left: Sequence[int]) -> None:
    show = Show(ids=Ids(trakt=due.trakt_id))
    before = {place: airs.first_aired_at for place, airs in work.airing.episodes(due.show_id).items()}
    titles = [title for each in episodes if (title := episode_title(each, show)) is not None]
    work.titles.resolve_all(titles, SOURCE)
    show_id = work.titles.current(due.show_id)
    after = {place: airs.first_aired_at for place, airs in work.airing.episodes(show_id).items()}
    if after != before:
        work.airing.changed(show_id)
    cursor = _cursor(work, account_id)
    cursor[str(show_id)] = {"left": list(left)} if left else {"at": work.now.isoformat()}
    work.cursors.put(account_id, _CURSOR, cursor)


def _due(work: Work, account_id: int) -> list[_Due]:
    """The shows whose turn it is: those never read first, the latest played before the others."""
    played = work.airing.shows_played(account_id, work.now - PLAYED_WITHIN)
    cursor = {show_id: read for show_id, read in _cursor(work, account_id).items() if int(show_id) in played}
    shows = work.titles.get_all(played)
    due: list[tuple[datetime, timedelta, _Due]] = []
    for show_id, show in shows.items():
        read = cursor.get(str(show_id), {})
        at = datetime.fromisoformat(read["at"]) if "at" in read else datetime.min.replace(tzinfo=work.now.tzinfo)
        trakt_id = show.ids.get("trakt")
        if trakt_id and work.now - at >= _pause(show):
            due.append((at, work.now - played[show_id], _Due(show_id, int(trakt_id[0]), tuple(read.get("left", ())))))
    return [each for _, _, each in sorted(due, key=lambda each: each[:2])]


def _cursor(work: Work, account_id: int) -> dict[str, Any]:
    return dict(work.cursors.get(account_id, _CURSOR) or {})


def _pause(show: KeptTitle) -> timedelta:
    return ENDED_EVERY if show.facts.status in ENDED else EVERY

"""Bringing the plays of a kind up to date at the price of their changes, and telling whether it is certain.

Our plays first, then the newest page, then the map: a play that another process adds meanwhile is not among ours, so
that it is never taken for one that has gone. What differs is read, by the cheapest readings first, then title by
title. Plays, removals and the field that they stand for are kept in one transaction, and only if both sides are equal
then. Otherwise what came is kept, nothing is removed, the field stays as it was, and a whole walk decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from watchprint.store import Work
from watchprint.store.plays.values import AtTrakt
from watchprint.sync.activities import DOUBTED_S, Fields, Kind, plays_field
from watchprint.sync.copying import Copying, arrive
from watchprint.sync.cursor import Cursor
from watchprint.sync.plan import NO_QUIRKS, Comparison, Point, Quirks, agrees, quirks_of, too_many
from watchprint.sync.plays.cover import Reading, cheapest, pages, titled
from watchprint.sync.plays.history import ONE_OF, Map, Newest, map_of, newest, read
from watchprint.sync.report import Counts
from watchprint.sync.translate.plays import Told

MOST_READINGS: Final = 100
"""Requests that are spent on what a map says otherwise than a walk that has just been made."""


@dataclass(slots=True)
class Settling:
    """The plays of a kind on their way to be what Trakt has.

    Args:
        fields: Trakt's last activities, read before.
        again: Fields that may stand for more than can be seen yet.
        age_s: How long ago the kind's field has moved [s].
        walked: The activities from before a whole walk that has just been made, and that is believed where the map
            says otherwise; None: there was none.
    """

    copying: Copying
    kind: Kind
    fields: Fields
    again: frozenset[str]
    age_s: float
    walked: Fields | None = None
    _quirks: Quirks = NO_QUIRKS
    _told: dict[int, Told] = field(default_factory=dict)

    async def certain(self) -> bool:
        """Read and store what has changed; True where our plays are Trakt's now. Else a whole walk must decide."""
        self.copying.tell(f"Looking for changes among your {self.kind}")
        ours = await self.copying.read(self._ours)
        page, theirs = await self._both_agreeing()
        compared = Comparison(theirs.tally, {each.trakt_id: each for each in ours})
        held = compared.count
        self._take(compared, page.rows, page.covers)
        gone = compared.difference().missing
        believed = agrees(theirs.tally, page.count) and (page.whole or not too_many(gone, held))
        if believed or self.walked is not None:
            await self._explain(compared, theirs)
        left = compared.difference()
        if believed and not left:
            await self._keep(compared, self.fields, self._doubted(compared))
            return True
        if self.walked is not None and page.count in (None, compared.count):
            await self._keep(compared, self.walked, frozenset(), quirks_of(left) or NO_QUIRKS)
            return True
        self.copying.plays += await self.copying.write(lambda work: self._arrived(work, compared))
        return False

    def _ours(self, work: Work) -> list[AtTrakt]:
        if self.walked is None:
            self._quirks = Cursor.of(work, self.copying.account_id).quirks_of(self.kind)
        return work.plays.at_trakt(self.copying.account_id, ONE_OF[self.kind])

    def _doubted(self, compared: Comparison) -> frozenset[str]:
        """Fields to be looked at again: a change that has only just been made, and cannot be seen, may come yet."""
        unseen = not compared.rows and not compared.gone and not compared.renewed
        if unseen and self.walked is None and self.age_s < DOUBTED_S:
            return self.again | {plays_field(self.kind)}
        return self.again

    # --- reading

    async def _both_agreeing(self) -> tuple[Newest, Map]:
        """The newest page and the map; read once more if the map has not as many plays as Trakt counts."""
        page, theirs = await self._both()
        return (page, theirs) if agrees(theirs.tally, page.count) else await self._both()

    async def _both(self) -> tuple[Newest, Map]:
        page = await newest(self.copying.trakt, self.kind)
        theirs = await map_of(self.copying.trakt, self.kind)
        return page, Map(self._quirks.taken_out_of(theirs.tally), theirs.shows)

    async def _explain(self, compared: Comparison, theirs: Map) -> None:
        """Read what differs, unless walking the whole kind costs no more."""
        for first in (True, False):
            points = compared.difference().points
            if not points:
                return
            shows = {**await self._shows_of(points, theirs), **theirs.shows}
            readings = cheapest(self.kind, points, theirs.tally, shows) if first else None
            if readings is None and not (first and self.walked is None):
                readings = titled(self.kind, points, theirs.tally, shows, alone=not first)
            if readings is None or sum(each.pages for each in readings) > self._most(theirs):
                return
            answers = await read(self.copying.trakt, self.kind, readings)
            self._take(compared, [row for _, rows in answers for row in rows], _covered([r for r, _ in answers], shows))

    def _most(self, theirs: Map) -> int:
        return MOST_READINGS if self.walked is not None else max(pages(theirs.tally.total()) - 1, 1)

    async def _shows_of(self, points: Iterable[Point], theirs: Map) -> Mapping[int, int]:
        """The shows of episodes that the map does not know, as far as we know them."""
        wanted = {title for title, _ in points if title is not None and title not in theirs.shows}
        if self.kind == "movies" or not wanted:
            return {}
        return await self.copying.read(lambda work: _shows_of(work, wanted))

    def _take(self, compared: Comparison, rows: Sequence[Told], covers: Callable[[Point], bool]) -> None:
        for row in rows:
            if row.title is not None or row.trakt_id not in self._told:
                self._told[row.trakt_id] = row
        compared.take([row.numbers for row in rows], covers)

    # --- storing

    async def _keep(
        self, compared: Comparison, fields: Fields, again: frozenset[str], quirks: Quirks | None = None
    ) -> None:
        """Keep what has changed, and with it the field that it stands for."""
        account_id, mine = self.copying.account_id, plays_field(self.kind)
        gone = {each.play_id: each.trakt_id for each in compared.gone}

        def kept(work: Work) -> Counts:
            renewed = [work.plays.renew_trakt_id(account_id, old, new) for old, new in compared.renewed.items()]
            counts = self._arrived(work, compared) + Counts(changed=sum(renewed))
            now = work.plays.get_all(account_id, gone)
            removed = work.plays.remove(account_id, [each for each in now if now[each].trakt_id == gone[each]])
            cursor = Cursor.of(work, account_id)
            cursor.take_in({mine: fields[mine]}, again & {mine})
            if self.walked is None:
                cursor.moved = sorted({*cursor.moved, self.kind})
            if quirks is not None:
                cursor.set_quirks(self.kind, quirks)
            cursor.keep(work, account_id)
            return counts + Counts(removed=len(removed))

        self.copying.plays += await self.copying.write(kept)

    def _arrived(self, work: Work, compared: Comparison) -> Counts:
        rows = [self._told[trakt_id] for trakt_id in compared.rows]
        return arrive(work, self.copying.account_id, rows)


def _covered(readings: Sequence[Reading], shows: Mapping[int, int]) -> Callable[[Point], bool]:
    return lambda point: any(reading.covers(point, shows) for reading in readings)


def _shows_of(work: Work, episodes: Iterable[int]) -> dict[int, int]:
    """The show of each episode, both by Trakt's ids."""
    numbers = work.titles.find_all("episode", "trakt", episodes)
    kept = work.titles.get_all(numbers.values())
    shows = work.titles.get_all({each.show_id for each in kept.values() if each.show_id is not None})
    named = {show_id: int(ids[0]) for show_id, show in shows.items() if (ids := show.ids.get("trakt"))}
    return {
        int(episode): named[show_id]
        for episode, number in numbers.items()
        if number in kept and (show_id := kept[number].show_id) in named and show_id is not None
    }

"""New ids for plays whose old ones Trakt does not know any more: the histories of their titles are read at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from watchprint.store import Store, Work
from watchprint.store.plays.values import AtTrakt
from watchprint.sync.activities import KINDS, Kind
from watchprint.sync.copying import arrive
from watchprint.sync.plan import Comparison
from watchprint.sync.plays.cover import Reading
from watchprint.sync.plays.history import ONE_OF, read
from watchprint.sync.translate.plays import Told
from watchprint.trakt import AsyncTrakt


@dataclass(frozen=True, slots=True)
class _Asked:
    """A title whose history is read.

    Attributes:
        ours: Its plays here.
        wanted: The history ids that are asked about.
    """

    kind: Kind
    trakt_id: int
    ours: tuple[AtTrakt, ...]
    wanted: frozenset[int]


async def renew(store: Store, trakt: AsyncTrakt, account_id: int, trakt_ids: Collection[int]) -> dict[int, int | None]:
    """Old history ids to new ones; see `Copy.renew`."""
    found: dict[int, int | None] = {}
    for asked in await store.aread(lambda work: _asked(work, account_id, frozenset(trakt_ids))):
        answers = await read(trakt, asked.kind, [Reading(asked.kind, asked.trakt_id)])
        if answers:
            found |= await store.awrite(partial(_kept, account_id=account_id, asked=asked, rows=answers[0][1]))
    return found


def _asked(work: Work, account_id: int, trakt_ids: frozenset[int]) -> list[_Asked]:
    known = work.plays.of_trakt_ids(account_id, trakt_ids)
    asked: list[_Asked] = []
    for kind in KINDS:
        mine = frozenset(id_ for id_, play in known.items() if play.kind == ONE_OF[kind] and play.state == "there")
        there = work.plays.at_trakt(account_id, ONE_OF[kind]) if mine else []
        for title in sorted({each.title for each in there if each.trakt_id in mine and each.title is not None}):
            ours = tuple(each for each in there if each.title == title)
            asked.append(_Asked(kind, title, ours, mine & {each.trakt_id for each in ours}))
    return asked


def _kept(work: Work, account_id: int, asked: _Asked, rows: list[Told]) -> dict[int, int | None]:
    """What the title's history says is stored: it has every play that Trakt has of it."""
    numbers = [row.numbers for row in rows]
    theirs = Counter((row.title, row.minute) for row in numbers)
    compared = Comparison(theirs, {each.trakt_id: each for each in asked.ours})
    compared.take(numbers, lambda point: point[0] == asked.trakt_id)
    for old, new in compared.renewed.items():
        work.plays.renew_trakt_id(account_id, old, new)
    arrive(work, account_id, [row for row in rows if row.trakt_id in compared.rows])
    work.plays.remove(account_id, [each.play_id for each in compared.gone])
    gone: dict[int, int | None] = dict.fromkeys(each.trakt_id for each in compared.gone)
    same: dict[int, int | None] = {row.trakt_id: row.trakt_id for row in rows}
    return {old: new for old, new in {**same, **gone, **compared.renewed}.items() if old in asked.wanted}

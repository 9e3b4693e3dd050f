"""A whole walk through the history: page by page into the store, from where it was cut off, and judged at its end.

The end of time is fixed at the first page, so that what is watched meanwhile moves nothing. Each stretch of pages is
one transaction: its plays, the ids it has met, and the next page. A walk is whole when every count that Trakt told
with its pages is the number of rows it met. Otherwise rows have moved under it: it is made once more, and then it is
given up, and nothing is removed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final, NamedTuple, TypeVar

from watchprint.domain.play import TRAKT
from watchprint.store import Work
from watchprint.store.plays.values import AtTrakt
from watchprint.sync.activities import Fields, Kind
from watchprint.sync.copying import Copying, arrive
from watchprint.sync.cursor import Cursor, WalkCursor
from watchprint.sync.plan import replaced
from watchprint.sync.plays.cover import PAGE
from watchprint.sync.plays.history import ABREAST, ONE_OF, abreast, listing, page
from watchprint.sync.report import Counts
from watchprint.sync.translate.plays import told
from watchprint.trakt.models import HistoryRow
from watchprint.trakt.paging import PageOf

T = TypeVar("T")

WHAT: Final = "Reading your history"
ATTEMPTS: Final = 2
AT_ONCE: Final = 500
_AFTER: Final = timedelta(seconds=30)
"""Times of plays are whole minutes: half a minute later is after them, whether or not an end is counted in."""


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk came to.

    Attributes:
        certain: It met every row there is; what it did not meet is marked as removed.
        kinds: Of what.
        fields: Trakt's last activities from before it.
    """

    certain: bool
    kinds: tuple[Kind, ...]
    fields: Fields
    whole: bool


async def under_way(copying: Copying) -> WalkCursor | None:
    """A walk that was cut off."""
    return await copying.read(lambda work: WalkCursor.of(work, copying.account_id))


async def walk(copying: Copying, kinds: Sequence[Kind], fields: Fields, *, whole: bool = False) -> Walked:
    """Walk through the whole history of these kinds, or go on with the walk that was cut off.

    Args:
        fields: Trakt's last activities, read before.
        whole: Everything else is read anew with it: remembered, should it be cut off.
    """
    cursor = await under_way(copying)
    if cursor is None:
        cursor = await copying.write(lambda work: _begun(work, copying.account_id, kinds, fields, whole=whole))
    copying.whole = True
    certain = False
    while not certain and cursor.attempt <= ATTEMPTS:
        await _walk_on(copying, cursor)
        met = await copying.read(partial(cursor.met, account_id=copying.account_id))
        certain = cursor.rows == len(set(met)) and all(count == cursor.rows for count in cursor.counts)
        if certain:
            await _finish(copying, cursor, set(met))
        else:
            cursor = await copying.write(partial(_begun_again, cursor=cursor, account_id=copying.account_id))
    return Walked(certain, tuple(cursor.kinds), cursor.fields, cursor.whole)


def _begun(work: Work, account_id: int, kinds: Sequence[Kind], fields: Fields, *, whole: bool) -> WalkCursor:
    revision = work.accounts.revision(account_id)
    cursor = WalkCursor(list(kinds), dict(fields), revision, revision, whole)
    cursor.keep(work, account_id)
    return cursor


def _begun_again(work: Work, cursor: WalkCursor, account_id: int) -> WalkCursor:
    """The walk from its start; after its last attempt nothing of it is kept."""
    cursor.forget(work, account_id)
    again = cursor.begun_again()
    again.revision = work.accounts.revision(account_id)
    if again.attempt <= ATTEMPTS:
        again.keep(work, account_id)
    return again


# --- its pages


async def _walk_on(copying: Copying, cursor: WalkCursor) -> None:
    """Read and store the pages that are left."""
    kind = cursor.kinds[0] if len(cursor.kinds) == 1 else None
    began = _Began(copying.store.clock.now(), copying.idle_s, cursor.page)
    copying.tell(WHAT, cursor.rows, max(cursor.counts, default=None))
    while True:
        numbers = range(cursor.page, cursor.page + _how_many(cursor))
        of = listing(kind, end_at=cursor.end_at)
        pages = await abreast([partial(page, copying.trakt, of, number) for number in numbers])
        ended = await _store(copying, cursor, pages, kind)
        await _tell(copying, cursor, began)
        if ended:
            return


def _how_many(cursor: WalkCursor) -> int:
    """How many pages to ask for together: the first alone, then a few, as long as there should be some."""
    if cursor.end_at is None or not cursor.counts:
        return 1
    return max(1, min(ABREAST, _pages_left(cursor)))


def _pages_left(cursor: WalkCursor) -> int:
    return -(-max(cursor.counts) // (cursor.size or PAGE)) - cursor.page + 1


async def _store(copying: Copying, cursor: WalkCursor, pages: Sequence[PageOf[HistoryRow]], kind: Kind | None) -> bool:
    """Keep a stretch of pages; True where the history has ended with it: on a page that is not full."""
    ended, rows = False, list[HistoryRow]()
    for each in pages:
        if cursor.size == 0:
            cursor.size = min(PAGE, max(each.limit or PAGE, len(each.rows)))
            cursor.end_at = max((row.watched_at for row in each.rows), default=None)
            cursor.end_at = None if cursor.end_at is None else cursor.end_at + _AFTER
        if each.item_count is not None and each.item_count not in cursor.counts:
            cursor.counts.append(each.item_count)
        rows += each.rows
        ended = ended or len(each.rows) < cursor.size
        cursor.page += 1
    cursor.rows += len(rows)
    ours = [told(row, kind=None if kind is None else ONE_OF[kind]) for row in rows]

    def kept(work: Work) -> Counts:
        mark = WalkCursor(**{name: getattr(cursor, name) for name in cursor.__struct_fields__})
        counts = arrive(work, copying.account_id, ours)
        mark.keep_stretch(work, copying.account_id, [row.id for row in rows])
        return counts

    copying.plays += await copying.write(kept)
    cursor.stretches += 1
    return ended


class _Began(NamedTuple):
    """When a stretch of reading began, how long had been waited by then [s], and the page."""

    at: datetime
    idle_s: float
    page: int


async def _tell(copying: Copying, cursor: WalkCursor, began: _Began) -> None:
    """Say how far it is; waits for the limits are no part of the pace, since they are reckoned apart."""
    taken_s = (copying.store.clock.now() - began.at).total_seconds() - (copying.idle_s - began.idle_s)
    left = max(0, _pages_left(cursor)) if cursor.counts else None
    left_s = (
        None if left is None else await copying.time_left_s(left, max(0.0, taken_s) / max(1, cursor.page - began.page))
    )
    copying.tell(WHAT, cursor.rows, max(cursor.counts, default=None), left_s)


# --- its end


async def _finish(copying: Copying, cursor: WalkCursor, met: set[int]) -> None:
    """Mark what the walk has not met, give plays their new ids, and note that it is done: in that order, in pieces
    that may be done again."""
    account_id = copying.account_id
    renewed, gone = await copying.read(lambda work: _judged(work, account_id, cursor, met))
    for pairs in _pieces(sorted(renewed.items())):
        done = await copying.write(partial(_renewed, account_id=account_id, pairs=pairs))
        copying.plays += Counts(added=-done, changed=done)
    for ids in _pieces([each.play_id for each in gone]):
        copying.plays += Counts(removed=await copying.write(partial(_removed, account_id=account_id, ids=ids)))

    def done_with(work: Work) -> None:
        kept = Cursor.of(work, account_id)
        for kind in cursor.kinds:
            kept.whole_at[kind] = work.now
            kept.set_quirks(kind, None)
        kept.moved = [kind for kind in kept.moved if kind not in cursor.kinds]
        kept.keep(work, account_id)
        cursor.forget(work, account_id)

    await copying.write(done_with)


def _renewed(work: Work, account_id: int, pairs: Sequence[tuple[int, int]]) -> int:
    return sum(work.plays.renew_trakt_id(account_id, old, new) for old, new in pairs)


def _removed(work: Work, account_id: int, ids: Sequence[str]) -> int:
    return len(work.plays.remove(account_id, ids))


def _judged(work: Work, account_id: int, cursor: WalkCursor, met: set[int]) -> tuple[dict[int, int], list[AtTrakt]]:
    """Which plays have new rows, and which are gone: of those that were there before the walk, and that nobody has
    changed since."""
    ours = [each for kind in cursor.kinds for each in work.plays.at_trakt(account_id, ONE_OF[kind])]
    unseen = [each for each in ours if each.trakt_id not in met]
    kept = work.plays.get_all(account_id, [each.play_id for each in unseen])
    unseen = [each for each in unseen if kept[each.play_id].revision <= cursor.revision]
    points = {(each.title, each.minute) for each in unseen}
    near = [each for each in ours if each.trakt_id in met and (each.title, each.minute) in points]
    added = work.plays.get_all(account_id, [each.play_id for each in near])
    newcomers = [
        each
        for each in near
        if {source.kind for source in added[each.play_id].sources} == {TRAKT}
        and added[each.play_id].revision > cursor.since
    ]
    return replaced(unseen, newcomers)


def _pieces(things: Sequence[T]) -> Iterator[Sequence[T]]:
    for first in range(0, len(things), AT_ONCE):
        yield things[first : first + AT_ONCE]

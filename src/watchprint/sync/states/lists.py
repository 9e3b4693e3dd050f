"""Personal lists: new, renamed, moved, deleted, shown to others or not; and what stands on them.

The lists come in one answer. Entries are read only of lists whose `updated_at` or `item_count` is another than when
they were last read; a list that was changed moments ago may change once more within the same second, so that its
entries are read again the next time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from watchprint.store import Store
from watchprint.store.shelves.values import ListSeen
from watchprint.store.work import Work
from watchprint.sync.states import entries
from watchprint.sync.states.part import Keep, Part, Told
from watchprint.sync.states.reading import QUIET, Moved, Named, named_rows, steady, whole
from watchprint.trakt import AsyncTrakt
from watchprint.trakt.endpoints.lists import Lists
from watchprint.trakt.errors import NotFound
from watchprint.trakt.models.lists import ListItem, TraktList

Signature: TypeAlias = list[Any]
"""What tells one state of a list from another: `updated_at` as text, `item_count`."""
_NAME: Final = "lists"
_FIELDS: Final = frozenset({"lists.updated_at"})
_CURSOR: Final = "lists.read"


@dataclass(frozen=True, slots=True)
class _Entries:
    """A list's entries, and which state of it they are of (None: of one that may have changed unseen)."""

    rows: Named[ListItem]
    signature: Signature
    settled: bool


@dataclass(slots=True)
class _Reading:
    """What is known before, and what has been read so far.

    Attributes:
        before: Trakt's id of each list to its signature and its rows without a title, from the last time.
        read: Entries by Trakt's id of the list. A state of a list is read once.
        doubtful: Entries came without a title for the first time; such a list is read again the next time.
    """

    trakt: AsyncTrakt
    before: Mapping[str, Mapping[str, Any]]
    read: dict[int, _Entries] = field(default_factory=dict)
    doubtful: bool = False

    async def once(self) -> tuple[list[TraktList], bool]:
        """The lists, after the entries of those that changed; and whether that was one instant of Trakt's."""
        index = await whole(self.trakt, Lists.of.listing())
        answers = index.answers
        for each in index.rows:
            if each.ids.trakt is not None and self._differs(each.ids.trakt, signature(each)):
                answers += await self._entries_of(each.ids.trakt, each)
        return index.rows, answers <= 2

    def _differs(self, trakt_id: int, now: Signature) -> bool:
        if trakt_id in self.read:
            return self.read[trakt_id].signature != now or not self.read[trakt_id].settled
        return self.before.get(str(trakt_id), {}).get("signature") != now

    async def _entries_of(self, trakt_id: int, of: TraktList) -> int:
        """Read a list's entries; how many answers it took."""
        settled = of.updated_at is not None and of.updated_at < self.trakt.runner.now() - QUIET
        listing = Lists.items.listing(trakt_id, sort_by=entries.SORT_BY, sort_how=entries.SORT_HOW, extended="full")
        known = set(self.before.get(str(trakt_id), {}).get("untitled", ()))
        try:
            found = await whole(self.trakt, listing)
            rows = named_rows(found.rows, entries.mark)
            if not known.issuperset(rows.untitled):
                found = await whole(self.trakt, listing)
                rows = named_rows(found.rows, entries.mark)
        except NotFound as error:
            raise Moved from error
        doubtful = not known.issuperset(rows.untitled)
        self.doubtful = self.doubtful or doubtful
        self.read[trakt_id] = _Entries(rows, signature(of), settled and not doubtful)
        moved = of.item_count is not None and of.item_count != len(found.rows)
        return max(found.answers, 1) + 2 * moved


async def _read(trakt: AsyncTrakt, store: Store, account_id: int) -> Keep:
    before = await store.aread(lambda work: _known(work, account_id))
    reading = _Reading(trakt, before)
    index = [each for each in await steady(trakt, _FIELDS, reading.once) if each.type in (None, "personal")]

    def keep(work: Work) -> Told:
        _remember(work, account_id, index, reading)
        return _put(work, account_id, index, reading)

    return keep


LISTS: Final = Part(_NAME, _FIELDS, _read, (_CURSOR,))


def signature(of: TraktList) -> Signature:
    """What tells this state of a list from others."""
    return [None if of.updated_at is None else of.updated_at.isoformat(), of.item_count]


def _known(work: Work, account_id: int) -> dict[str, Mapping[str, Any]]:
    """What was read the last time, of the lists that are still kept."""
    cursor: dict[str, Mapping[str, Any]] = work.cursors.get(account_id, _CURSOR) or {}
    kept = {str(each.trakt_id) for each in work.shelves.lists(account_id)}
    return {trakt_id: each for trakt_id, each in cursor.items() if trakt_id in kept}


def _remember(work: Work, account_id: int, index: Iterable[TraktList], reading: _Reading) -> None:
    known = {}
    for each in index:
        trakt_id = each.ids.trakt
        if trakt_id in reading.read:
            read = reading.read[trakt_id]
            sure = read.signature if read.settled else None
            known[str(trakt_id)] = {"signature": sure, "untitled": sorted(read.rows.untitled)}
        elif str(trakt_id) in reading.before:
            known[str(trakt_id)] = dict(reading.before[str(trakt_id)])
    work.cursors.put(account_id, _CURSOR, known)


def _put(work: Work, account_id: int, index: list[TraktList], reading: _Reading) -> Told:
    """Let these be the lists, and these their entries."""
    seen = [_list(each, rank) for rank, each in enumerate(index, 1) if each.ids.trakt is not None]
    differences = [work.shelves.put_lists(account_id, seen, complete=len(seen) == len(index))]
    ours = {each.trakt_id: each.id for each in work.shelves.lists(account_id)}
    for trakt_id, each in reading.read.items():
        if trakt_id in ours:
            differences.append(entries.put(work, account_id, "list", each.rows, list_id=ours[trakt_id]))
    return Told(
        tuple(each for one in differences for each in one.added),
        tuple(each for one in differences for each in one.changed),
        tuple(each for one in differences for each in one.gone),
        doubtful=reading.doubtful,
    )


def _list(row: TraktList, rank: int) -> ListSeen:
    return ListSeen(
        name=row.name or row.ids.slug or str(row.ids.trakt),
        trakt_id=row.ids.trakt,
        slug=row.ids.slug,
        description=row.description or None,
        privacy=row.privacy,
        rank=rank,
    )

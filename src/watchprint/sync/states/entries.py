"""Entries of a list as Trakt shows it: told to the store whole. What the watchlist, favourites and lists share."""

from __future__ import annotations

from typing import Final

from watchprint.store.shelves.values import Difference, EntrySeen, Shelf
from watchprint.store.work import Work
from watchprint.sync.states.reading import Named
from watchprint.sync.states.telling import found, untitled
from watchprint.trakt.endpoints.feeds import SortHow
from watchprint.trakt.models.lists import ListItem

SORT_BY: Final = "rank"
SORT_HOW: Final[SortHow] = "asc"
"""Asked for by name: a list may be set to show itself in another order, even a random one, which no walk survives."""


def mark(row: ListItem) -> str:
    """What an entry without a title is known by."""
    return str(row.id)


def put(work: Work, account_id: int, shelf: Shelf, rows: Named[ListItem], *, list_id: int | None = None) -> Difference:
    """Let these stand on the shelf, and nothing else.

    An entry whose title Trakt has deleted is known again by its own id, and stays. One whose id is another than
    before was taken off and put there anew: the time that it was gone lies behind us.

    Args:
        list_id: Which personal list; our number.
    """
    seen: dict[int, EntrySeen] = {}
    for row_found in found(work, rows):  # first of all: titles that turn out to be one are merged on the shelves too
        seen.setdefault(row_found.title_id, _entry(row_found.title_id, row_found.row))
    kept = {each.title_id: each for each in work.shelves.all(account_id, shelf, list_id=list_id)}
    by_trakt = {each.trakt_id: title_id for title_id, each in kept.items() if each.trakt_id is not None}
    for row in untitled(rows):
        if row.id is not None and (title_id := by_trakt.get(row.id)) is not None:
            seen.setdefault(title_id, _entry(title_id, row))
    anew = [each for each in seen.values() if each.title_id in kept and _other(kept[each.title_id].trakt_id, each)]
    for each in anew:
        before = kept[each.title_id]
        at = max(before.appeared_at, min(each.listed_at or work.now, work.now))
        work.shelves.drop(account_id, shelf, [each.title_id], list_id=list_id, at=at)
    now = work.shelves.put(account_id, shelf, seen.values(), list_id=list_id, complete=True)
    again = {each.title_id for each in anew}
    added = tuple(title_id for title_id in now.added if title_id not in again)
    return Difference(added, (*now.changed, *(title_id for title_id in now.added if title_id in again)), now.gone)


def _other(trakt_id: int | None, seen: EntrySeen) -> bool:
    return trakt_id is not None and seen.trakt_id is not None and trakt_id != seen.trakt_id


def _entry(title_id: int, row: ListItem) -> EntrySeen:
    return EntrySeen(
        title_id=title_id, listed_at=row.listed_at, rank=row.rank, notes=row.notes or None, trakt_id=row.id
    )

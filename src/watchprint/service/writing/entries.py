"""Entries, as the watchlist and lists have them in common: notes beside items, rows read, orders checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Literal

from watchprint.service.answers import ListedItem, Written
from watchprint.service.arguments import Asked
from watchprint.service.titles.given import item_of
from watchprint.service.writing.batches import plus_added, write
from watchprint.service.writing.bodies import Line
from watchprint.service.writing.naming import named
from watchprint.trakt.errors import Invalid
from watchprint.trakt.facts import Listed
from watchprint.trakt.flows import Flow
from watchprint.trakt.models.bodies import SyncItems
from watchprint.trakt.models.lists import ListItem
from watchprint.trakt.models.writes import Added
from watchprint.trakt.wire import Call

ORDERS: Final = (
    "rank", "added", "title", "released", "runtime", "popularity", "percentage", "my_rating", "watched", "collected",
    "votes", "imdb_rating", "imdb_votes", "tmdb_rating", "tmdb_votes", "rt_tomatometer", "rt_audience", "metascore",
)  # fmt: skip
"""Trakt's orders (the last nine need VIP). "random" is none of them: its pages would not make up a whole."""


def listed(batch: Sequence[Asked], call: Callable[[SyncItems], Call[Added]]) -> Flow[Written]:
    """Put the batch on a list."""
    items = yield from named([one.item for one in batch])
    pairs = list(zip(batch, items, strict=True))
    lines = [Line(item, one, _marks(one)) for one, item in pairs if item is not None]
    start = Written(not_found=tuple(one.item for one, item in pairs if item is None))
    return (yield from write(lines, call, start, plus_added))


def _marks(one: Asked) -> dict[str, Any]:
    notes = one.source.notes if isinstance(one.source, Listed) else None
    return {"notes": notes} if notes else {}


def entry(row: ListItem) -> ListedItem:
    """The entry that a row says."""
    return ListedItem(item_of(row), row.listed_at, row.notes, row.rank, row.id, row)


def order(sort: str | None) -> tuple[str | None, Literal["asc", "desc"] | None]:
    """What to sort by, and how.

    Args:
        sort: One of ORDERS, by itself (ascending) or with "/asc" or "/desc"; None: as the list is set.

    Raises:
        Invalid: It is none of these.
    """
    if sort is None:
        return None, None
    by, _, how = sort.partition("/") if isinstance(sort, str) else ("", "", "")
    if by not in ORDERS or how not in ("", "asc", "desc"):
        raise Invalid(f"sort is for example 'added/desc'; it can be by {', '.join(ORDERS)}; not {sort!r}")
    return by, "desc" if how == "desc" else "asc"

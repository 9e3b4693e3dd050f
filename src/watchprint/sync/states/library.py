"""The library ("collection"), a part for films and one for episodes, each copy with its quality.

Trakt's small map says what is there and since when, in one request, but not in which quality, and what a map lacks may
be a page that it left out. So a kind is read whole; only a large library that has merely grown is read by its map and
its newest page, and whole once a week all the same.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from watchprint.domain.title import Kind
from watchprint.store import Store
from watchprint.store.shelves.values import Difference, EntrySeen, KeptEntry
from watchprint.store.work import Work
from watchprint.sync.states.part import Keep, Part, Told
from watchprint.sync.states.reading import Named, named, newest
from watchprint.sync.states.telling import found, known_again, known_untitled, told, untitled
from watchprint.trakt import AsyncTrakt
from watchprint.trakt.endpoints.sync import Sync
from watchprint.trakt.models.collection import CollectedRow, CollectedTimes, Metadata
from watchprint.trakt.paging import PAGE_SIZE

Plural = Literal["movies", "episodes"]
_KINDS: Final[dict[Plural, Kind]] = {"movies": "movie", "episodes": "episode"}
_EXTENDED: Final = "full,metadata"
LARGE: Final = 4 * PAGE_SIZE
"""A kind of more copies than this is read by its map first."""
WHOLE_EVERY: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of a kind: title to since when; and when it was last read whole."""

    since: Mapping[int, datetime | None]
    whole_at: datetime | None


def library_of(plural: Plural) -> Part:
    """The copies of one kind."""
    name, fields = f"library of {plural}", frozenset({f"{plural}.collected_at"})
    kind, listing = _KINDS[plural], Sync.collection.listing(plural, extended=_EXTENDED)

    async def read(trakt: AsyncTrakt, store: Store, account_id: int) -> Keep:
        kept = await store.aread(lambda work: _known(work, account_id, name, kind))
        if len(kept.since) > LARGE and kept.whole_at is not None and store.clock.now() - kept.whole_at < WHOLE_EVERY:
            grown = await _grown(trakt, store, plural, kept)
            if grown is not None:
                return lambda work: _add(work, account_id, grown)
        known = await known_untitled(store, account_id, name)
        rows = await named(trakt, fields, listing, _mark, known)

        def keep(work: Work) -> Told:
            work.cursors.put(account_id, _whole_at(name), work.now.isoformat())
            return told(work, account_id, name, rows, _put(work, account_id, kind, rows))

        return keep

    return Part(name, fields, read, (_whole_at(name),))


async def _grown(trakt: AsyncTrakt, store: Store, plural: Plural, kept: _Kept) -> Named[CollectedRow] | None:
    """The newest copies, if they are all that differs; None: the whole is to be read."""
    maps: dict[Plural, Callable[[], Awaitable[CollectedTimes]]] = {
        "movies": trakt.sync.collection_movies_map,
        "episodes": trakt.sync.collection_episodes_map,
    }
    told = await maps[plural]()
    ours = await store.aread(lambda work: work.titles.find_all(_KINDS[plural], "trakt", told))
    present = {ours[trakt_id]: at for trakt_id, at in told.items() if trakt_id in ours}
    other = {trakt_id: at for trakt_id, at in told.items() if kept.since.get(ours.get(trakt_id, 0)) != at}
    if kept.since.keys() - present.keys() or not 0 < len(other) <= PAGE_SIZE:
        return None
    page = await newest(trakt, Sync.collection.listing(plural, extended=_EXTENDED), PAGE_SIZE)
    met = {title.named().get("trakt"): row.collected_at for row, title in page.rows if title is not None}
    return page if all(met.get(trakt_id) == at for trakt_id, at in other.items()) else None


def _known(work: Work, account_id: int, name: str, kind: Kind) -> _Kept:
    at = work.cursors.get(account_id, _whole_at(name))
    since = {each.title_id: each.listed_at for each in _of_kind(work, account_id, kind)}
    return _Kept(since, None if at is None else datetime.fromisoformat(at))


def _of_kind(work: Work, account_id: int, kind: Kind) -> list[KeptEntry]:
    kept = work.shelves.all(account_id, "collection")
    kinds = work.titles.kinds(each.title_id for each in kept)
    return [each for each in kept if kinds.get(each.title_id) == kind]


def _add(work: Work, account_id: int, rows: Named[CollectedRow]) -> Told:
    put = work.shelves.put(account_id, "collection", _seen(work, rows).values())
    return Told(put.added, put.changed)


def _put(work: Work, account_id: int, kind: Kind, rows: Named[CollectedRow]) -> Difference:
    """Let these be the copies of that kind; one whose title Trakt has deleted is known again by its instant."""
    seen = _seen(work, rows)
    kept = _of_kind(work, account_id, kind)
    untold = {each.title_id: each.listed_at for each in kept if each.title_id not in seen}
    staying = known_again(untold, [row.collected_at for row in untitled(rows)])
    put = work.shelves.put(account_id, "collection", seen.values())
    gone = work.shelves.drop(account_id, "collection", untold.keys() - staying)
    return Difference(put.added, put.changed, gone.gone)


def _seen(work: Work, rows: Named[CollectedRow]) -> dict[int, EntrySeen]:
    seen: dict[int, EntrySeen] = {}
    for each in found(work, rows):
        entry = EntrySeen(title_id=each.title_id, listed_at=each.row.collected_at, details=_details(each.row.metadata))
        seen.setdefault(each.title_id, entry)
    return seen


def _details(quality: Metadata | None) -> dict[str, Any]:
    """What is known of the copy; without what is not."""
    if quality is None:
        return {}
    said = {name: getattr(quality, name) for name in Metadata.__struct_fields__}
    if said["is_3d"] is not None:
        said["is_3d"] = bool(said["is_3d"])
    return {name: value for name, value in said.items() if value is not None}


def _mark(row: CollectedRow) -> str:
    return str(row.collected_at)


def _whole_at(name: str) -> str:
    return f"{name} whole_at"

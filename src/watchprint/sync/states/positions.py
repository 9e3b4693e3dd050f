"""How far into what somebody is: the saved positions, of which only the present ones are kept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from watchprint.store import Store
from watchprint.store.shelves.values import Difference, Position
from watchprint.store.work import Work
from watchprint.sync.states.part import Keep, Part, Told
from watchprint.sync.states.reading import Named, named
from watchprint.sync.states.telling import found, known_untitled, told, untitled
from watchprint.trakt import AsyncTrakt
from watchprint.trakt.endpoints.sync import Sync
from watchprint.trakt.models.playing import PlaybackRow

_NAME: Final = "positions"
_FIELDS: Final = frozenset({"movies.paused_at", "episodes.paused_at"})
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


async def _read(trakt: AsyncTrakt, store: Store, account_id: int) -> Keep:
    known = await known_untitled(store, account_id, _NAME)
    rows = await named(trakt, _FIELDS, Sync.playback.listing(extended="full"), _mark, known)

    def keep(work: Work) -> Told:
        return told(work, account_id, _NAME, rows, _put(work, account_id, rows))

    return keep


POSITIONS: Final = Part(_NAME, _FIELDS, _read)


def _put(work: Work, account_id: int, rows: Named[PlaybackRow]) -> Difference:
    """Let these be the positions; one whose title Trakt has deleted is known again by its id."""
    seen: dict[int, Position] = {}
    for each in sorted(found(work, rows), key=lambda each: each.row.paused_at or _LONG_AGO, reverse=True):
        seen.setdefault(each.title_id, _position(each.title_id, each.row))
    kept = {each.trakt_id: each.title_id for each in work.positions.all(account_id) if each.trakt_id is not None}
    for row in untitled(rows):
        if (title_id := kept.get(row.id)) is not None:
            seen.setdefault(title_id, _position(title_id, row))
    return work.positions.put(account_id, seen.values(), complete=True)


def _position(title_id: int, row: PlaybackRow) -> Position:
    return Position(title_id=title_id, progress_pct=row.progress or 0.0, paused_at=row.paused_at, trakt_id=row.id)


def _mark(row: PlaybackRow) -> str:
    return str(row.id)

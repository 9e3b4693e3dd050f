"""Rows of Trakt's history as plays of ours. Pure: nothing is asked and nothing is stored here.

A row whose title is null is a play of an unknown title: it counts. The day of a play at the very beginning of 1970 is
unknown (https://github.com/trakt/trakt-api/discussions: "unknown" dates come back so).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from watchprint.domain.play import Arrival, PlayKind
from watchprint.domain.title import Title
from watchprint.sync.plan import Row
from watchprint.sync.translate.titles import title_of
from watchprint.trakt.models import HistoryRow

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE: Final = timedelta(minutes=1)


class Told(NamedTuple):
    """A row of the history in our words; `watched_at` None: the day is unknown."""

    trakt_id: int
    kind: PlayKind | None
    title: Title | None
    watched_at: datetime | None
    action: str

    @property
    def numbers(self) -> Row:
        """The row by Trakt's numbers."""
        title = None if self.title is None else self.title.ids.get("trakt")
        return Row(self.trakt_id, int(title) if title else None, minute_of(self.watched_at))


def told(row: HistoryRow, *, kind: PlayKind | None = None, asked_for: int | None = None) -> Told:
    """A row in our words.

    Args:
        kind: What was asked for, should the row not say what it is.
        asked_for: The Trakt id of the only title that was asked for: what a row with a null title is of.
    """
    kind = _kind(row) or kind
    title = title_of(row)
    if title is None and asked_for is not None and kind is not None:
        title = Title(kind=kind, ids={"trakt": asked_for})
    return Told(row.id, kind, title, None if row.watched_at == EPOCH else row.watched_at, row.action)


def arrivals(rows: Sequence[Told], title_ids: Sequence[int | None]) -> list[Arrival]:
    """The rows as they arrive in the store, each with our number of its title."""
    return [
        Arrival(title_id=title_id, watched_at=row.watched_at, trakt_id=row.trakt_id, action=row.action, kind=row.kind)
        for row, title_id in zip(rows, title_ids, strict=True)
    ]


def minute_of(at: datetime | None) -> int | None:
    """The minute since 1970 that an instant is in; None where the day is unknown."""
    return None if at is None or at == EPOCH else (at - EPOCH) // _MINUTE


def instant_of(minute: int) -> datetime:
    """The instant at which a minute begins."""
    return EPOCH + minute * _MINUTE


def _kind(row: HistoryRow) -> PlayKind | None:
    if row.type == "movie" or (not row.type and row.movie is not None):
        return "movie"
    return "episode" if row.type == "episode" or (not row.type and row.episode is not None) else None

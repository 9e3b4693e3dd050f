"""Which parts of a history to read, so that every asked minute is seen with few requests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from watchprint.service.guarding.viewings import MINUTE, Span
from watchprint.service.titles.abreast import side_by_side
from watchprint.trakt.endpoints.sync import Sync
from watchprint.trakt.flows import Flow, ask, read_whole
from watchprint.trakt.models.history import HistoryRow
from watchprint.trakt.paging import PAGE_SIZE

NEAR: Final = timedelta(days=1)
"""Spans nearer than this are read together: one request for one evening."""
FEW: Final = 8
"""So many windows are read one by one; of more, the whole time between them may be less work."""


def windows(spans: Iterable[Span]) -> list[Span]:
    """The spans, ascending, with those merged that overlap or are nearer than a day."""
    merged: list[Span] = []
    for first_at, last_at in sorted(spans):
        if merged and first_at - merged[-1][1] < NEAR:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last_at))
        else:
            merged.append((first_at, last_at))
    return merged


def plays_within(spans: Iterable[Span]) -> Flow[list[HistoryRow]]:
    """All plays that end within one of the spans; others may come with them.

    Source: GET /sync/history with `start_at` and `end_at`; whether the end is included is not documented, so that a
    minute more is asked for on both sides.
    """
    to_read = windows(spans)
    if len(to_read) > FEW:
        to_read = yield from _cheapest(to_read)
    parts = yield from side_by_side([_plays(window) for window in to_read])
    return [row for part in parts for row in part or ()]


def _plays(window: Span) -> Flow[list[HistoryRow]]:
    return read_whole(Sync.history.listing(start_at=window[0] - MINUTE, end_at=window[1] + MINUTE))


def _cheapest(to_read: Sequence[Span]) -> Flow[list[Span]]:
    """The windows, or the whole time from the first to the last where that has fewer pages."""
    whole = (to_read[0][0], to_read[-1][1])
    listing = Sync.history.listing(start_at=whole[0] - MINUTE, end_at=whole[1] + MINUTE)
    page = yield from ask(listing.page(1, PAGE_SIZE))
    pages = -(-(page.item_count or 0) // (page.limit or PAGE_SIZE))
    return [whole] if page.item_count is not None and pages <= len(to_read) else list(to_read)

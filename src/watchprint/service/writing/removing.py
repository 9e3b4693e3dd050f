"""Removal of titles, as the library, the watchlist, lists and the history have it in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from watchprint.service.answers import Removed
from watchprint.service.arguments import Asked
from watchprint.service.writing.batches import plus_removed, write
from watchprint.service.writing.bodies import Line
from watchprint.service.writing.naming import named
from watchprint.trakt.flows import Flow
from watchprint.trakt.models import writes
from watchprint.trakt.models.bodies import SyncItems
from watchprint.trakt.wire import Call


def removed(batch: Sequence[Asked], call: Callable[[SyncItems], Call[writes.Removed]]) -> Flow[Removed]:
    """What of the batch is gone. Nothing is sent where there is nothing to remove."""
    items = yield from named([one.item for one in batch])
    pairs = list(zip(batch, items, strict=True))
    unknown = tuple(one.item for one, item in pairs if item is None)
    lines = [Line(item, one) for one, item in pairs if item is not None]
    return (yield from write(lines, call, Removed(not_found=unknown), plus_removed))

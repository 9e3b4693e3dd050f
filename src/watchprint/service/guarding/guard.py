"""The guard: of the plays that are asked for, those that are not in the history yet.

It reads the history around the asked minutes and compares by title and minute. Trakt itself removes no duplicates,
and an answer that got lost does not say whether the play is stored: so look first, always.

Source: trakt-api.md 11.5 and 20 (traps 3 and 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from watchprint.service.arguments import Asked
from watchprint.service.guarding.plays import Plays
from watchprint.service.guarding.seasons import with_their_shows
from watchprint.service.guarding.telling import taken_apart, told_apart
from watchprint.service.guarding.viewings import MINUTE, Viewing, placed, released
from watchprint.service.guarding.windows import plays_within
from watchprint.service.titles.abreast import side_by_side
from watchprint.service.titles.finding import Known, aired_episodes, find
from watchprint.trakt.endpoints.sync import Sync
from watchprint.trakt.facts import Moment
from watchprint.trakt.flows import Flow, now, read_whole
from watchprint.trakt.items import Episode, Season, Show
from watchprint.trakt.models.history import HistoryRow


@dataclass(slots=True)
class Guarded:
    """What the guard made of a batch.

    Attributes:
        left: What is to be sent, in the order in which it was asked for.
        skipped: How many plays are there already, or twice in the batch.
        unknown: What Trakt does not know.
    """

    left: list[Viewing] = field(default_factory=list)
    skipped: int = 0
    unknown: list[Asked] = field(default_factory=list)


def guarded(viewings: Sequence[Viewing]) -> Flow[Guarded]:
    """The plays that are not there yet.

    Args:
        viewings: What is asked for; every title has an id.

    Raises:
        Invalid: A season without its show cannot be told from another play of its minute.
    """
    result = Guarded()
    undated = [v for v in viewings if v.when is Moment.RELEASED]
    dated = yield from _dated(undated, result)
    others = [v for v in viewings if v.when is not Moment.RELEASED]
    timely, rows = yield from _read(others)
    rows = rows + (yield from _plays_of(dated))
    plays = Plays(rows)
    in_order = _in_order([*timely, *dated], viewings)
    located = yield from with_their_shows(in_order, plays)
    apart = yield from told_apart(located)
    wholes = {id(v) for v in apart if isinstance(v.item, Show | Season) and plays.has(v.item, v.span)}
    _keep((yield from taken_apart(apart, wholes)), plays, result)
    return result


def _keep(viewings: Sequence[Viewing], plays: Plays, result: Guarded) -> None:
    """Those of which there is no play yet; what has a certain minute goes before what has not."""
    kept: set[int] = set()
    for viewing in sorted(viewings, key=lambda v: not v.exact):
        if plays.has(viewing.item, viewing.span):
            result.skipped += 1
        else:
            plays.add(viewing.item, viewing.at)
            kept.add(id(viewing))
    result.left = [v for v in viewings if id(v) in kept]


def _read(viewings: Sequence[Viewing]) -> Flow[tuple[list[Viewing], list[HistoryRow]]]:
    """The plays in time, and what the history has there; once more where Trakt's clock proves to be another."""
    before: datetime = yield from now()
    timely = [placed(v, before) for v in viewings]
    rows = yield from plays_within(v.span for v in timely)
    after: datetime = yield from now()
    if abs(after - before) > MINUTE and any(v.when is None for v in viewings):
        timely = [placed(v, after) for v in viewings]
        rows = yield from plays_within(v.span for v in timely)
    return timely, rows


def _dated(viewings: Sequence[Viewing], result: Guarded) -> Flow[list[Viewing]]:
    """Plays at the release, each at its own; shows and seasons as their episodes."""
    found = yield from side_by_side([_titles_of(v) for v in viewings])
    dated: list[Viewing] = []
    for viewing, known in zip(viewings, found, strict=True):
        if known is None:
            result.unknown.append(viewing.asked)
        else:
            dated += [released(viewing, one) for one in known]
    return dated


def _titles_of(viewing: Viewing) -> Flow[list[Known]]:
    if isinstance(viewing.item, Show | Season):
        return (yield from aired_episodes(viewing.item))
    return [(yield from find(viewing.item))]


def _plays_of(viewings: Sequence[Viewing]) -> Flow[list[HistoryRow]]:
    """All plays of these titles, with their shows'."""
    listings = [Sync.history.listing(kind=kind, trakt_id=of) for kind, of in sorted({_reading(v) for v in viewings})]
    parts = yield from side_by_side([read_whole(listing) for listing in listings])
    return [row for part in parts for row in part or ()]


def _reading(viewing: Viewing) -> tuple[Literal["movies", "shows", "episodes"], int]:
    item = viewing.item
    match item:
        case Episode(show=Show(trakt=int() as show)):
            return "shows", show
    assert item.trakt is not None, "a title that was looked up has Trakt's id"
    return ("episodes" if isinstance(item, Episode) else "movies"), item.trakt


def _in_order(viewings: Iterable[Viewing], asked: Sequence[Viewing]) -> list[Viewing]:
    place = {id(viewing.asked): number for number, viewing in enumerate(asked)}
    return sorted(viewings, key=lambda v: place[id(v.asked)])

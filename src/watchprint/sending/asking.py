"""What is asked of Trakt: the history around waiting plays, and the one write that stores them. Flows without I/O."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal

from watchprint.sending.deciding import UNKNOWN_AT, Decision, decided, spans
from watchprint.sending.waiting import Waiting
from watchprint.service.arguments import Asked
from watchprint.service.guarding.viewings import MINUTE
from watchprint.service.guarding.windows import plays_within
from watchprint.service.titles.abreast import side_by_side
from watchprint.service.writing.bodies import Line, body_of, unknown_of
from watchprint.service.writing.naming import named
from watchprint.trakt.endpoints.sync import Sync
from watchprint.trakt.errors import TraktError
from watchprint.trakt.flows import Flow, alone, ask, read_whole
from watchprint.trakt.models.history import HistoryRow
from watchprint.trakt.paging import PAGE_SIZE, Listing

UNKNOWN: Final = "unknown"
"""Trakt's word for a day that nobody knows."""


@dataclass(slots=True)
class Answer:
    """What became of a batch at Trakt.

    Attributes:
        decision: What the guard made of it.
        unknown: Trakt does not know their titles: before anything was sent, or by its answer.
        stored: It stored them on our word.
        error: The write went wrong; the plays of `decision.send` may be stored or not, as it says.
    """

    decision: Decision
    unknown: list[Waiting] = field(default_factory=list)
    stored: list[Waiting] = field(default_factory=list)
    error: TraktError | None = None


def sent(
    plays: Sequence[Waiting], taken: Collection[int], occupied: Mapping[int, Collection[datetime]]
) -> Flow[Answer]:
    """What becomes of the plays: the history is read first, and what is not there is sent in one request.

    Raises:
        TraktError: Reading went wrong: nothing was sent.

    Source: GET /sync/history, POST /sync/history
    """
    yield from alone("history")
    known, unknown = yield from _named(plays)
    decision = decided(known, (yield from _rows(known)), taken, occupied)
    answer = Answer(decision, unknown)
    if decision.send:
        lines = [_line(each) for each in decision.send]
        try:
            reply = yield from ask(Sync.add_to_history.call(body_of(lines)))
        except TraktError as error:
            answer.error = error
            return answer
        lost = {id(line) for line in unknown_of(lines, reply.not_found)}
        pairs = list(zip(decision.send, lines, strict=True))
        answer.unknown += [each for each, line in pairs if id(line) in lost]
        answer.stored = [each for each, line in pairs if id(line) not in lost]
    return answer


def foreseen(
    plays: Sequence[Waiting], taken: Collection[int], occupied: Mapping[int, Collection[datetime]]
) -> Flow[tuple[Decision, list[Waiting]]]:
    """What `sent` would decide, and whose titles Trakt does not know. Sends nothing.

    Source: GET /sync/history
    """
    known, unknown = yield from _named(plays)
    return decided(known, (yield from _rows(known)), taken, occupied), unknown


def looked_up(plays: Sequence[Waiting], taken: Collection[int]) -> Flow[Decision]:
    """Which of the plays Trakt has, as its history says now. Sends nothing.

    Source: GET /sync/history
    """
    known, _ = yield from _named(plays)
    return decided(known, (yield from _rows(known)), taken, {})


def _named(plays: Sequence[Waiting]) -> Flow[tuple[list[Waiting], list[Waiting]]]:
    """The plays with items that Trakt takes, looked up where it takes none of their ids; and those it does not know."""
    items = yield from named([each.item for each in plays if each.item is not None], certain=True)
    known, unknown = list[Waiting](), list[Waiting]()
    for each, item in zip(plays, items, strict=True):
        if item is None:
            unknown.append(each)
        else:
            known.append(replace(each, item=item))
    return known, unknown


def _line(each: Waiting) -> Line:
    item = each.sent_as
    return Line(item, Asked(item, item), {"watched_at": each.play.watched_at or UNKNOWN})


def _rows(plays: Sequence[Waiting]) -> Flow[list[HistoryRow]]:
    """The history as far as it may hold these plays."""
    dated = [each for each in plays if each.play.watched_at is not None]
    rows = yield from plays_within(spans(dated))
    undated = [each for each in plays if each.play.watched_at is None]
    return rows + ((yield from _undated(undated)) if undated else [])


def _undated(plays: Sequence[Waiting]) -> Flow[list[HistoryRow]]:
    """Plays without a date: all of them, or of these titles only where that is less to read."""
    listing = _without_date()
    page = yield from ask(listing.page(1, PAGE_SIZE))
    pages = -(-(page.item_count or 0) // (page.limit or PAGE_SIZE))
    titles = {(each.item.kind, each.item.trakt) for each in plays if each.item is not None}
    if page.item_count is not None and pages <= 1:
        return list(page.rows)
    if pages <= len(titles) or any(trakt is None for _, trakt in titles):
        return (yield from read_whole(listing))
    of_titles = [_without_date("movies" if kind == "movie" else "episodes", trakt) for kind, trakt in sorted(titles)]
    parts = yield from side_by_side([read_whole(each) for each in of_titles])
    return [row for part in parts for row in part or ()]


def _without_date(kind: Literal["movies", "episodes"] | None = None, trakt: int | None = None) -> Listing[HistoryRow]:
    start_at, end_at = UNKNOWN_AT - MINUTE, UNKNOWN_AT + MINUTE
    return Sync.history.listing(kind=kind, trakt_id=trakt, start_at=start_at, end_at=end_at)

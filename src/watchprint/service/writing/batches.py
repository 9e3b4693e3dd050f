"""Batches of any size: parts of at most a hundred, one after the other, their answers merged into one.

The client's pacing keeps the writes apart. Nothing is sent twice here: a part that fails ends the batch, and what is
left is told.

Source: trakt-api.md 7 (a hundred items a POST, as Trakt's own web client sends).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from watchprint.service import answers
from watchprint.service.arguments import Asked
from watchprint.service.writing.bodies import Line, body_of, unknown_of
from watchprint.trakt.errors import PartlyWritten, TraktError
from watchprint.trakt.flows import Flow, ask
from watchprint.trakt.items import Item
from watchprint.trakt.models.bodies import SyncItems
from watchprint.trakt.models.writes import Added, NotFound, Removed
from watchprint.trakt.wire import Call

PART_SIZE = 100


class _Answer(Protocol):
    @property
    def not_found(self) -> NotFound: ...


A = TypeVar("A", bound=_Answer)
Total = TypeVar("Total")


@dataclass(frozen=True, slots=True)
class Sent:
    """A part that was sent, and the lines in it that Trakt did not know."""

    lines: Sequence[Line]
    lost: Sequence[Line]

    @property
    def unknown(self) -> list[Item]:
        """The items that Trakt did not know, as the caller handed them in."""
        return [one.item for one in once(self.lost)]

    @property
    def stored(self) -> list[Line]:
        """The lines that Trakt knew."""
        lost = {id(line) for line in self.lost}
        return [line for line in self.lines if id(line) not in lost]


def write(
    lines: Sequence[Line],
    call: Callable[[SyncItems], Call[A]],
    start: Total,
    merge: Callable[[Total, A, Sent], Total],
) -> Flow[Total]:
    """Send the lines and merge the answers, beginning with `start`.

    Args:
        lines: What to send; none: nothing is sent.
        call: The endpoint.
        start: What holds before anything is sent.
        merge: Takes the answer to a part in.

    Raises:
        PartlyWritten: A later part failed; the first one's error comes as it is, since nothing was written then.
    """
    total = start
    for begin in range(0, len(lines), PART_SIZE):
        part = lines[begin : begin + PART_SIZE]
        try:
            answer = yield from ask(call(body_of(part)))
        except TraktError as error:
            if begin == 0:
                raise
            raise stopped(total, begin, lines, error) from error
        total = merge(total, answer, Sent(part, unknown_of(part, answer.not_found)))
    return total


def stopped(total: Any, begin: int, lines: Sequence[Line], error: TraktError) -> PartlyWritten:
    """The error of a batch that stopped before the line at `begin`."""
    left = tuple(one.source for one in once(lines[begin:]))
    text = f"the batch stopped after {begin} of {len(lines)} items: {error}; what is left is in `left`"
    return PartlyWritten(text, written=total, left=left)


def once(lines: Iterable[Line]) -> list[Asked]:
    """What the caller handed in for these lines, each once, in their order."""
    return list({id(line.asked): line.asked for line in lines}.values())


def plus_added(total: answers.Written, answer: Added, sent: Sent) -> answers.Written:
    """The total with one more part added."""
    return replace(
        total,
        added=total.added + answer.added.total,
        existing=total.existing + answer.existing.total,
        updated=total.updated + answer.updated.total,
        not_found=(*total.not_found, *sent.unknown),
    )


def plus_removed(total: answers.Removed, answer: Removed, sent: Sent) -> answers.Removed:
    """The total with one more part removed."""
    return answers.Removed(total.deleted + answer.deleted.total, (*total.not_found, *sent.unknown))

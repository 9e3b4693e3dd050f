"""Procedures of several calls, written once for both faces: a generator that asks and is answered.

`@endpoint` (bind.py) is for one call; a flow is for what needs several: look first, then write; fetch many, some at a
time. A flow does no I/O and holds no resource; a failed call is thrown into it as the error that it is.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

from watchprint.trakt.paging import Listing, Walk
from watchprint.trakt.wire import Call

T = TypeVar("T")

ABREAST = 4
"""Pages in flight at a time, unless asked for more."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Send these calls, at most `abreast` at a time; answered with their results in this order."""

    calls: Sequence[Call[Any]]
    abreast: int = ABREAST


@dataclass(frozen=True, slots=True)
class Now:
    """Answered with the instant, as Trakt's clock has it."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Let this much time pass."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Alone:
    """From here to its end this flow is the only one of its user that asked for the same; others wait their turn."""

    what: str


FlowStep: TypeAlias = Ask | Now | Pause | Alone
Flow: TypeAlias = Generator[FlowStep, Any, T]


def ask(call: Call[T]) -> Flow[T]:
    """The answer to one call."""
    [result] = yield Ask([call])
    answer: T = result
    return answer


def ask_all(calls: Sequence[Call[T]], *, abreast: int = ABREAST) -> Flow[list[T]]:
    """The answers to several calls, in their order."""
    answers: list[T] = (yield Ask(calls, abreast)) if calls else []
    return answers


def now() -> Flow[datetime]:
    """The instant (UTC)."""
    instant: datetime = yield Now()
    return instant


def pause(seconds: float) -> Flow[None]:
    """Nothing, after this long."""
    yield Pause(seconds)


def alone(what: str) -> Flow[None]:
    """Go on when no other flow of this user is doing the same, and keep others waiting to the end of this one.

    For flows that look before they write. A flow asks for it once. It holds within a process.
    """
    yield Alone(what)


def read_whole(listing: Listing[T], *, abreast: int = ABREAST) -> Flow[list[T]]:
    """All rows of a listing, inside a flow."""
    walk, rows = Walk(listing, whole=True), list[T]()
    while not walk.done:
        taken = walk.take(abreast)
        answers = yield Ask([call for _, call in taken], abreast)
        for (ticket, _), page in zip(taken, answers, strict=True):
            walk.put(ticket, page)
        rows += walk.rows()
    return rows


def result_of(value: T) -> Flow[T]:
    """A flow that asks nothing."""
    yield from ()
    return value

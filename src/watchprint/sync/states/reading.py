"""Reading a part of an account to its end, and knowing that it did not change meanwhile. Stores nothing.

A walk of one page is one instant of Trakt's. A read of several answers is believed only when the part's fields of the
last activities have not moved since it began: one request more, and else the read is made again. Rows that name no
title (Trakt has deleted it, or answers badly) are read once more, unless they were there the last time too.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Generic, TypeVar

from watchprint.domain.title import Title
from watchprint.sync.translate.titles import title_of
from watchprint.trakt import AsyncTrakt
from watchprint.trakt.errors import Unreadable
from watchprint.trakt.flows import pause, result_of
from watchprint.trakt.models.users import Activities
from watchprint.trakt.paging import Listing, as_they_are
from watchprint.trakt.ports import AsyncPages

T = TypeVar("T")

ATTEMPTS: Final = 3
QUIET: Final = timedelta(seconds=5)
"""A field that is older than this when a read begins was not moved by it; Trakt's clock is known to some seconds."""
PAUSE_S: Final = 2.0
"""Before a read is made again: two changes within one second look like one, and Trakt shows a change a moment late."""


class Moved(Exception):
    """What is being read has changed under the reader: it is to be read again."""


@dataclass(frozen=True, slots=True)
class Whole(Generic[T]):
    """All rows of a listing, in Trakt's order.

    Attributes:
        answers: How many answers they came in; an empty one after the last row is none.
    """

    rows: list[T]
    answers: int


@dataclass(frozen=True, slots=True)
class Named(Generic[T]):
    """Rows with their titles; None: a row does not say which.

    Attributes:
        untitled: The marks of those that do not, to be known again by.
    """

    rows: Sequence[tuple[T, Title | None]]
    untitled: tuple[str, ...]


async def whole(trakt: AsyncTrakt, listing: Listing[T]) -> Whole[T]:
    """Every row, counted against Trakt's count.

    Raises:
        Unreadable: Rows are missing, twice. And any TraktError.
    """
    answers = 0

    def read(body: bytes) -> Sequence[T]:
        nonlocal answers
        rows = listing.read(body)
        answers += bool(rows)
        return rows

    counted = replace(listing, read=read)
    rows = await AsyncPages(trakt.runner, lambda: result_of([as_they_are(counted)]), None).all()
    return Whole(rows, answers)


async def steady(trakt: AsyncTrakt, fields: frozenset[str], read: Callable[[], Awaitable[tuple[T, bool]]]) -> T:
    """What was read, all of one state of Trakt's.

    Args:
        fields: The fields of the last activities that move with it.
        read: Gives what it has read, and True where that was one instant of Trakt's. It may raise `Moved`.

    Raises:
        Unreadable: It changes whenever it is read.
    """
    before: list[datetime] | None = None
    for attempt in range(ATTEMPTS):
        if attempt:
            await trakt.runner.perform(pause(PAUSE_S))
        began_at = trakt.runner.now()
        try:
            found, one_instant = await read()
        except Moved:
            continue
        if one_instant:
            return found
        after = instants(await trakt.sync.last_activities(), fields)
        if after == before or (before is None and all(at < began_at - QUIET for at in after)):
            return found
        before = after
    raise Unreadable(
        f"{', '.join(sorted(fields))}: it changes while it is read, {ATTEMPTS} times; nothing was stored, the next "
        "sync reads it again"
    )


async def named(
    trakt: AsyncTrakt, fields: frozenset[str], listing: Listing[T], mark: Callable[[T], str], known: Sequence[str]
) -> Named[T]:
    """Every row with its title.

    Args:
        mark: What a row without a title is known by.
        known: The marks that were there the last time.
    """

    async def read() -> tuple[Named[T], bool]:
        found = await whole(trakt, listing)
        return named_rows(found.rows, mark), found.answers <= 1

    first = await steady(trakt, fields, read)
    return first if set(first.untitled) <= set(known) else await steady(trakt, fields, read)


async def newest(trakt: AsyncTrakt, listing: Listing[T], most: int) -> Named[T]:
    """The first rows with their titles, in as few answers as they take; never all that there is."""
    rows = await AsyncPages(trakt.runner, lambda: result_of([as_they_are(listing)]), most).all()
    return named_rows(rows, str)


def instants(activities: Activities, fields: frozenset[str]) -> list[datetime]:
    """The values of these fields ("movies.rated_at"), in the order of their names; absent ones are left out."""
    values: list[datetime] = []
    for field in sorted(fields):
        corner, _, name = field.partition(".")
        value: datetime | None = getattr(getattr(activities, corner), name)
        values += [] if value is None else [value]
    return values


def named_rows(rows: Sequence[T], mark: Callable[[T], str]) -> Named[T]:
    """Rows with the titles that they name."""
    titled = [(row, title_of(row)) for row in rows]
    return Named(titled, tuple(mark(row) for row, title in titled if title is None))

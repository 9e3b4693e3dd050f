"""A part of a paged endpoint's rows, by place: for those who hand pages on and cannot hold a walk open. Pure.

A page is asked for by the effective limit, its rows are counted against Trakt's count, and a difference is looked at
once more before it is an error, as in a walk (`paging`). Where Trakt sends no count, the whole is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from watchprint.trakt.errors import Invalid, Unreadable
from watchprint.trakt.flows import Flow, ask, read_whole
from watchprint.trakt.paging import Listing, PageOf, Rows

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """Rows that stand together.

    Attributes:
        rows: The rows, in Trakt's order.
        begin: How many rows are before them.
        total: How many rows there are in all.
    """

    rows: list[T]
    begin: int
    total: int

    @property
    def is_last(self) -> bool:
        """Nothing comes after them."""
        return self.begin + len(self.rows) >= self.total


def part_of(plan: Flow[Sequence[Rows[T]]], begin: int, most: int, limit: int | None = None) -> Flow[Part[T]]:
    """The rows from `begin` on, at most so many.

    Args:
        plan: What the rows are of; several listings stand one after the other.
        begin: Rows to pass over [from 0].
        most: Rows that are wanted [from 1].
        limit: Most rows in all; None: all there are.

    Raises:
        Invalid: `begin` or `most` is out of range.
        Unreadable: Rows are missing, twice.
    """
    if begin < 0 or most < 1:
        raise Invalid(f"a part begins at 0 or later and has at least one row, not {begin} and {most}")
    out: list[T] = []
    before = 0
    for rows in (yield from plan):
        end = begin + most if limit is None else min(begin + most, limit)
        taken, total = yield from _from(rows.listing, max(0, begin - before), max(0, end - max(begin, before)))
        out += map(rows.convert, taken)
        before += total
    return Part(out, begin, before if limit is None else min(before, limit))


def _from(listing: Listing[Any], skip: int, want: int) -> Flow[tuple[list[Any], int]]:
    """Rows of one listing, and how many it has; where Trakt's own count contradicts them, it is asked once more."""
    for _ in range(2):
        rows, total = yield from _counted(listing, skip, want)
        if len(rows) == max(0, min(want, total - skip)):
            return rows, total
    raise Unreadable(
        f"{listing.request.path} cannot be read whole: rows {skip} to {skip + want} are {len(rows)} "
        f"where Trakt counts {total} in all, twice; try again later"
    )


def _counted(listing: Listing[Any], skip: int, want: int) -> Flow[tuple[list[Any], int]]:
    """What is there: a page, and the next one where the effective limit lets it begin in the middle of one."""
    size = min(listing.page_size, max(want, 1))
    number = skip // size + 1 if want else 1
    page: PageOf[Any] = yield from ask(listing.page(number, size))
    if want and page.limit and page.limit < size:
        size = page.limit
        if skip // size + 1 != number:
            number = skip // size + 1
            page = yield from ask(listing.page(number, size))
    if page.item_count is None:
        everything = yield from read_whole(listing)
        return everything[skip : skip + want], len(everything)
    if not want:
        return [], page.item_count
    total = page.item_count
    if len(page.rows) > size:  # it knows no pages, and gives everything
        return list(page.rows[skip : skip + want]), total
    rows = list(page.rows[skip - (number - 1) * size :])[:want] if skip < total else []
    while len(rows) < want and (number * size) < total:
        number += 1
        page = yield from ask(listing.page(number, size))
        if not page.rows or page.item_count != total:
            break
        rows += page.rows[: want - len(rows)]
    return rows, total

"""Walking a paged endpoint to its true end: which pages next, rows in order, and whether any row is missing. Pure.

Trakt's rules behind it: a missing `page`/`limit` gives a short default, a large limit is clamped silently, the
counts in the headers can be wrong, and rows shift between pages while somebody writes. So a walk sends both always,
believes only the effective limit, reads on past the announced end while pages are full, and compares what it read
with Trakt's count. On a difference it walks once more (with the end of time fixed where the endpoint can), and then
it is an error: a short read is never silent.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from watchprint.trakt.errors import Unreadable
from watchprint.trakt.wire import Call, Reply, Request

T = TypeVar("T")
U = TypeVar("U")

PAGE_SIZE = 250
"""The largest page that Trakt gives (100 for `extended=progress`)."""
MOST_PAGES = 20_000


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """A paged endpoint, asked in one way.

    Attributes:
        request: Path and query, without page and limit; every page keeps them.
        read: The rows of a body.
        key: What makes a row itself (its id), None where the row has nothing.
        page_size: Rows to ask for in a page.
        stamp: The instant that rows are ordered by, newest first, where `end_at` can fix the end of a repeated walk.
    """

    request: Request
    read: Callable[[bytes], Sequence[T]]
    key: Callable[[T], Hashable | None]
    page_size: int = PAGE_SIZE
    stamp: Callable[[T], datetime | None] | None = None
    needs_user: bool = True

    def page(self, number: int, limit: int, end_at: datetime | None = None) -> Call[PageOf[T]]:
        """The call for one page."""
        query = {**self.request.query, "page": str(number), "limit": str(limit)}
        if end_at is not None:
            query["end_at"] = end_at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        request = replace(self.request, query=query)

        def read(reply: Reply) -> PageOf[T]:
            return PageOf(self.read(reply.body), *(_count(reply, h) for h in ("limit", "page-count", "item-count")))

        return Call(request, read, repeatable=True, bucket="get", needs_user=self.needs_user)


@dataclass(frozen=True, slots=True)
class PageOf(Generic[T]):
    """One page: its rows, and what the headers say (None: nothing)."""

    rows: Sequence[T]
    limit: int | None
    page_count: int | None
    item_count: int | None


@dataclass(frozen=True, slots=True)
class Ticket:
    """Which page a call is for, in which attempt."""

    attempt: int
    number: int


@dataclass(slots=True)
class Walk(Generic[T]):
    """One walk in progress. Ask `take` for calls, give the answers to `put`, read `rows` until `done`.

    Args:
        listing: What to walk.
        limit: Most rows in all; None = all of them.
        whole: Hold the rows back until the end, so that a repeated walk leaves no trace of the first.
    """

    listing: Listing[T]
    limit: int | None = None
    whole: bool = False
    attempt: int = 1
    done: bool = False
    total: int | None = None
    """Trakt's count, once the first page is there (None: it says nothing)."""
    _size: int = 0
    _next: int = 1
    _last: int | None = None
    _end_at: datetime | None = None
    _arrived: dict[int, PageOf[T]] = field(default_factory=dict)
    _reading: int = 1
    _read: int = 0
    _keys: set[Hashable] = field(default_factory=set)
    _given: set[Hashable] = field(default_factory=set)
    _out: list[T] = field(default_factory=list)
    _given_count: int = 0
    _nameless: int = 0
    _newest: datetime | None = None

    def __post_init__(self) -> None:
        self._size = self.listing.page_size if self.limit is None else min(self.listing.page_size, self.limit)
        self.done = self.limit == 0

    def take(self, most: int) -> list[tuple[Ticket, Call[PageOf[T]]]]:
        """The calls to send next, at most this many; none while answers must come first."""
        calls: list[tuple[Ticket, Call[PageOf[T]]]] = []
        while len(calls) < most and not self.done and self._may_ask():
            call = self.listing.page(self._next, self._size, self._end_at)
            calls.append((Ticket(self.attempt, self._next), call))
            self._next += 1
        return calls

    def _may_ask(self) -> bool:
        if self._last is None:
            return self._next == self._reading
        return self._next <= self._last

    def put(self, ticket: Ticket, page: PageOf[T]) -> None:
        """Take an answer in; answers of an attempt that was given up are dropped.

        Raises:
            Unreadable: Rows are missing or doubled, twice.
        """
        if ticket.attempt != self.attempt or self.done:
            return
        self._arrived[ticket.number] = page
        while not self.done and (following := self._arrived.pop(self._reading, None)) is not None:
            if not self._accept(following):
                return

    def rows(self) -> list[T]:
        """Rows that are ready, in Trakt's order; each is given once."""
        if self.whole and not self.done:
            return []
        ready, self._out = self._out, []
        return ready

    def _accept(self, page: PageOf[T]) -> bool:
        """Take the next page in order; False when the walk was started again."""
        if self._reading == 1:
            self.total, self._size = page.item_count, page.limit or self._size
            self._newest = self._newest_of(page.rows)
        elif page.item_count != self.total:
            return self._again(f"its count moved from {self.total} to {page.item_count} while it was read")
        for row in page.rows:
            key = self._key(row)
            if key in self._keys:
                return self._again("rows shifted between pages while it was read")
            self._keys.add(key)
            self._give(row, key)
        self._read += len(page.rows)
        self._reading += 1
        return self._look_ahead(page)

    def _look_ahead(self, page: PageOf[T]) -> bool:
        if self.limit is not None and self._read >= self.limit:
            self.done = True
            return True
        announced = self._announced(page)
        short = len(page.rows) < self._size
        unpaged = page.page_count is None and page.item_count is None and page.limit is None
        if unpaged or not page.rows or (short and (announced is None or self._reading > announced)):
            return self._finish()
        self._last = max(announced or 0, self._reading if not short else 0) or None
        if self._reading > MOST_PAGES:
            raise Unreadable(f"{self.listing.request.path} does not end after {MOST_PAGES} pages")
        return True

    def _announced(self, page: PageOf[T]) -> int | None:
        """The last page worth asking for: after a full last page there must be an empty one."""
        if page.page_count is None:
            return None
        last = page.page_count
        if page.item_count and page.item_count % self._size == 0:
            last += 1
        return last if self.limit is None else min(last, -(-self.limit // self._size))

    def _finish(self) -> bool:
        if self.total is not None and self._read != self.total:
            return self._again(f"it has {self._read} rows where Trakt counts {self.total}")
        self.done = True
        return True

    def _key(self, row: T) -> Hashable:
        """The row's key; rows that have none are told apart by their order."""
        key = self.listing.key(row)
        if key is None:
            self._nameless += 1
            return ("nameless", self._nameless)
        return key

    def _give(self, row: T, key: Hashable) -> None:
        if self.attempt > 1 and not self.whole and key in self._given:
            return
        if self.limit is not None and self._given_count >= self.limit:
            return
        self._given_count += 1
        if not self.whole:
            self._given.add(key)
        self._out.append(row)

    def _again(self, why: str) -> bool:
        if self.attempt > 1:
            raise Unreadable(f"{self.listing.request.path} cannot be read whole: {why}, twice; try again later")
        self.attempt, self._next, self._reading, self._read, self._last = 2, 1, 1, 0, None
        self._arrived.clear()
        self._keys.clear()
        self._nameless = 0
        if self._newest is not None and "end_at" not in self.listing.request.query:
            self._end_at = self._newest + timedelta(minutes=1)
        if self.whole:
            self._out.clear()
            self._given_count = 0
        return False

    def _newest_of(self, rows: Iterable[T]) -> datetime | None:
        if self.listing.stamp is None:
            return None
        stamps = [at for at in map(self.listing.stamp, rows) if at is not None]
        return max(stamps, default=None)


@dataclass(frozen=True, slots=True)
class Rows(Generic[T]):
    """A listing together with what its rows become for the caller."""

    listing: Listing[Any]
    convert: Callable[[Any], T]


def as_they_are(listing: Listing[T]) -> Rows[T]:
    """The listing's own rows."""
    return Rows(listing, lambda row: row)


def _count(reply: Reply, name: str) -> Any:
    text = reply.headers.get(f"x-pagination-{name}", "")
    return int(text) if text.isdigit() else None

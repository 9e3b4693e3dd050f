"""Walking a paged endpoint to its true end: which pages next, rows in order, and whether any row is missing. Pure.

Trakt's rules behind it: a missing `page`/`limit` gives a short default, a large limit is clamped silently, the
counts in the headers can be wrong, and rows shift between pages while somebody writes. So a walk sends both always,
believes only the effective limit, reads on past the announced end while pages are full (and, where Trakt does not
say how many rows there are, until a page is empty), and compares what it read with Trakt's count. On a difference
it walks once more (with the end of time fixed where the endpoint can), and then it is an error: a short read is
never silent.

What no walk can see: a row removed and another added between two pages so that the count stays and no row comes
twice; and any removal where Trakt sends no count.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from watchprint.trakt.errors import Unreadable
from watchprint.trakt.wire import Call, Reply, Request

T = TypeVar("T")
U = TypeVar("U")

PAGE_SIZE = 250
"""The largest page that Trakt gives (100 for `extended=progress`)."""
MOST_PAGES = 20_000
READ_AHEAD = 16
"""Pages asked for before the one that is due has arrived, at most."""
_COUNTS = ("x-pagination-limit", "x-pagination-page-count", "x-pagination-item-count")


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """A paged endpoint, asked in one way.

    Attributes:
        request: Path and query, without page and limit; every page keeps them.
        read: The rows of a body.
        key: What makes a row itself (its id), None where the row has nothing.
        page_size: Rows to ask for in a page.
        stamp: The instant that rows are ordered by, newest first, where `end_at` can fix the end of a repeated walk.
        glance: Looks at the body of the first page, for fields that no model has.
    """

    request: Request
    read: Callable[[bytes], Sequence[T]]
    key: Callable[[T], Hashable | None]
    page_size: int = PAGE_SIZE
    stamp: Callable[[T], datetime | None] | None = None
    needs_user: bool = True
    glance: Callable[[bytes], None] | None = None

    def page(self, number: int, limit: int, end_at: datetime | None = None) -> Call[PageOf[T]]:
        """The call for one page."""
        query = {**self.request.query, "page": str(number), "limit": str(limit)}
        if end_at is not None:
            query["end_at"] = end_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        request = replace(self.request, query=query)

        def read(reply: Reply) -> PageOf[T]:
            rows = self.read(reply.body)
            if number == 1 and self.glance is not None:
                self.glance(reply.body)
            return PageOf(rows, *(_count(reply, header) for header in _COUNTS))

        return Call(request, read, repeatable=True, bucket="get", needs_user=self.needs_user)


@dataclass(frozen=True, slots=True)
class PageOf(Generic[T]):
    """One page: its rows, and what the headers say (None: nothing)."""

    rows: Sequence[T]
    limit: int | None
    page_count: int | None
    item_count: int | None

    @property
    def says_nothing(self) -> bool:
        """No header speaks of pages."""
        return self.limit is None and self.page_count is None and self.item_count is None


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
    _arrived: dict[int, PageOf[T] | Exception] = field(default_factory=dict)
    _failed: bool = False
    _reading: int = 1
    _read: int = 0
    _first: PageOf[T] | None = None
    _keys: set[Hashable] = field(default_factory=set)
    _named: list[list[Hashable]] = field(default_factory=list)
    _given: set[Hashable] = field(default_factory=set)
    _out: list[T] = field(default_factory=list)
    _given_count: int = 0
    _nameless: int = 0
    _newest: datetime | None = None

    def __post_init__(self) -> None:
        self._size = self.listing.page_size if self.limit is None else min(self.listing.page_size, self.limit)
        self.done = self.limit == 0

    @property
    def fresh(self) -> bool:
        """No page has arrived yet."""
        return self.attempt == 1 and self._reading == 1

    def take(self, most: int) -> list[tuple[Ticket, Call[PageOf[T]]]]:
        """The calls to send next, at most this many; none while answers must come first."""
        calls: list[tuple[Ticket, Call[PageOf[T]]]] = []
        while len(calls) < most and not self.done and self._may_ask():
            call = self.listing.page(self._next, self._size, self._end_at)
            calls.append((Ticket(self.attempt, self._next), call))
            self._next += 1
        return calls

    def _may_ask(self) -> bool:
        if self._failed or self._next - self._reading >= READ_AHEAD:
            return False
        return self._next == self._reading if self._last is None else self._next <= self._last

    def put(self, ticket: Ticket, page: PageOf[T] | Exception) -> None:
        """Take an answer in, or the error that came instead; those of an attempt that was given up are dropped.

        Raises:
            Unreadable: Rows are missing or doubled, twice.
            Exception: The error that was put in, once all pages before it are read.
        """
        if ticket.attempt != self.attempt or self.done:
            return
        self._arrived[ticket.number] = page
        self._failed = self._failed or isinstance(page, Exception)
        while not self.done and (following := self._arrived.pop(self._reading, None)) is not None:
            if isinstance(following, Exception):
                raise following
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
        asked = self._size
        if self._reading == 1:
            self._begin(page)
        elif page.rows and None not in (page.item_count, self.total) and page.item_count != self.total:
            return self._again(f"its count moved from {self.total} to {page.item_count} while it was read")
        if self._reading > 1 and self._is_first_again(page):
            return self._finish(pages=1)
        keys = self._keys_of(page.rows)
        self._keys.update(keys)
        if len(self._keys) != self._read + len(keys):
            return self._again("rows shifted between pages while it was read")
        self._named.append(keys)
        self._give(page.rows, keys)
        self._read += len(page.rows)
        self._reading += 1
        if self.limit is not None and self._read >= self.limit:
            self.done = True
            return True
        return self._look_ahead(page, everything=len(page.rows) > asked)

    def _begin(self, page: PageOf[T]) -> None:
        """The effective limit: never more than was asked for, never less than came."""
        self._first, self.total = page, page.item_count
        rows, size = len(page.rows), self._size
        if page.limit:
            size = min(size, max(page.limit, rows))
        elif page.item_count is not None and 0 < rows < min(size, page.item_count):
            size = rows
        self._size = size
        self._newest = self._newest_of(page.rows)

    def _is_first_again(self, page: PageOf[T]) -> bool:
        """An endpoint without pages gives everything, whichever is asked for; it says nothing of pages either."""
        first = self._first
        if first is None or not first.says_nothing or not page.says_nothing or not page.rows:
            return False
        return page.rows == first.rows and any(self.listing.key(row) is not None for row in page.rows)

    def _look_ahead(self, page: PageOf[T], *, everything: bool) -> bool:
        announced = self._announced(page)
        ended = len(page.rows) < self._size and self.total is not None and self._reading > (announced or 0)
        if everything or not page.rows or ended:
            return self._finish(pages=self._reading - 1 - (not page.rows))
        if self._reading > MOST_PAGES:
            raise Unreadable(f"{self.listing.request.path} does not end after {MOST_PAGES} pages")
        wanted = announced or 0
        if self.limit is not None:
            wanted = min(wanted, -(-self.limit // self._size))
        self._last = max(wanted, self._reading)
        return True

    def _announced(self, page: PageOf[T]) -> int | None:
        """The last page worth asking for: after a full last page there must be an empty one."""
        items = page.item_count
        last = page.page_count
        if last is None:
            last = None if items is None else -(-items // self._size)
        return last + 1 if last and items and items % self._size == 0 else last

    def _finish(self, *, pages: int) -> bool:
        if self.total is not None and self._read != self.total:
            return self._again(f"it has {self._read} rows where Trakt counts {self.total}")
        announced = (self._first.page_count if self._first else None) or 0
        if self.total is None and pages < announced and announced > 1:
            return self._again(f"it has {pages} pages where Trakt counts {announced}")
        self.done = True
        return True

    def _keys_of(self, rows: Sequence[T]) -> list[Hashable]:
        """The rows' keys; rows that have none are told apart by their order."""
        keys: list[Hashable] = list(map(self.listing.key, rows))
        if None in keys:
            for place, key in enumerate(keys):
                if key is None:
                    self._nameless += 1
                    keys[place] = ("nameless", self._nameless)
        return keys

    def _give(self, rows: Sequence[T], keys: list[Hashable]) -> None:
        if self._given:
            rows = [row for row, key in zip(rows, keys, strict=True) if key not in self._given]
        if self.limit is not None:
            rows = rows[: self.limit - self._given_count]
        self._given_count += len(rows)
        self._out.extend(rows)

    def _again(self, why: str) -> bool:
        if self.attempt > 1:
            raise Unreadable(f"{self.listing.request.path} cannot be read whole: {why}, twice; try again later")
        self.attempt, self._next, self._reading, self._read, self._last = 2, 1, 1, 0, None
        self._nameless, self._failed = 0, False
        self._arrived.clear()
        if self.whole:
            self._out.clear()
            self._given_count = 0
        else:
            self._given.update(*self._named)
        self._keys, self._named = set(), []
        if self._newest is not None and "end_at" not in self.listing.request.query:
            self._end_at = self._newest + timedelta(minutes=1)
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
    return Rows(listing, unchanged)


def unchanged(row: T) -> T:
    """The row itself."""
    return row


def _count(reply: Reply, header: str) -> int | None:
    text = reply.headers.get(header, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

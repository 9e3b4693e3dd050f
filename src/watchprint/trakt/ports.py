"""The two ways to run what is written once: one blocks, one awaits. And the port that an HTTP library fills."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Generic, Protocol, Self, TypeVar

from watchprint.trakt.flows import Flow
from watchprint.trakt.paging import Rows
from watchprint.trakt.parts import Part, part_of
from watchprint.trakt.tokens import TokenSource
from watchprint.trakt.wire import Call, NoReply, Reply

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Application:
    """The application that asks: its keys at Trakt, and where Trakt is. The secret is not in its repr."""

    client_id: str
    client_secret: str | None = None
    redirect_uri: str | None = None
    api_url: str = "https://api.trakt.tv"
    auth_url: str = "https://auth.trakt.tv"
    user_agent: str = "watchprint"
    timeout_s: float = 20.0

    def __repr__(self) -> str:
        return f"Application({self.client_id[:6]}…, api_url={self.api_url})"


class BlockingHttp(Protocol):
    """One HTTP library, blocking: bytes out, bytes in, and whether a request surely did not leave."""

    def send(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Reply | NoReply: ...

    def close(self) -> None: ...


class AwaitingHttp(Protocol):
    """One HTTP library, async."""

    async def send(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Reply | NoReply: ...

    async def aclose(self) -> None: ...

    def blocking(self) -> BlockingHttp:
        """The same library's blocking face, for what must run in one thread (a refresh under a host's lock)."""
        ...


class Pages(Generic[T]):
    """Rows of a paged endpoint, read lazily: `for row in pages`, or `pages.all()` for all of them at once.

    Each `for` is a new walk. Rows come in Trakt's order. A walk during which rows shift is made once more, and only
    what is new is given then; `all()` gives exactly the rows of the walk that came out whole.

    Raises (while iterating):
        Unreadable: Rows are missing, twice. And any TraktError of the calls.
    """

    def __init__(self, runner: Blocking, plan: Callable[[], Flow[Sequence[Rows[T]]]], limit: int | None) -> None:
        self._runner, self._plan, self._limit = runner, plan, limit

    def __iter__(self) -> Iterator[T]:
        return self._runner.read(self._plan(), self._limit, whole=False)

    def all(self) -> list[T]:
        """Every row."""
        return in_one(list(self._runner.batches(self._plan(), self._limit, whole=True)))

    def first(self) -> T | None:
        """The first row, in one small request; None where there is none."""
        return next(self._runner.read(self._plan(), least(self._limit), whole=False), None)

    def part(self, begin: int, most: int) -> Part[T]:
        """The rows from `begin` on (counted from 0), at most so many, and how many there are in all."""
        return self._runner.perform(part_of(self._plan(), begin, most, self._limit))


class AsyncPages(Generic[T]):
    """Rows of a paged endpoint, read lazily: `async for row in pages`, or `await pages.all()`; see `Pages`."""

    def __init__(self, runner: Awaiting, plan: Callable[[], Flow[Sequence[Rows[T]]]], limit: int | None) -> None:
        self._runner, self._plan, self._limit = runner, plan, limit

    def __aiter__(self) -> AsyncIterator[T]:
        return self._runner.read(self._plan(), self._limit, whole=False)

    async def all(self) -> list[T]:
        """Every row."""
        async with aclosing(self._runner.batches(self._plan(), self._limit, whole=True)) as batches:
            return in_one([batch async for batch in batches])

    async def first(self) -> T | None:
        """The first row, in one small request; None where there is none."""
        async with aclosing(self._runner.read(self._plan(), least(self._limit), whole=False)) as rows:
            return await anext(rows, None)

    async def part(self, begin: int, most: int) -> Part[T]:
        """The rows from `begin` on (counted from 0), at most so many, and how many there are in all."""
        return await self._runner.perform(part_of(self._plan(), begin, most, self._limit))


def in_one(batches: list[list[T]]) -> list[T]:
    """All rows of these batches; one that stands alone is not copied."""
    filled = [batch for batch in batches if batch]
    return filled[0] if len(filled) == 1 else list(chain.from_iterable(filled))


def least(limit: int | None) -> int:
    """Rows to ask for where one is wanted: one, unless even that is too many."""
    return 1 if limit is None else min(limit, 1)


class Blocking(ABC):
    """Runs calls, flows and walks in the calling thread."""

    app: Application

    @abstractmethod
    def now(self) -> datetime:
        """The instant as Trakt's clock has it (UTC)."""

    @abstractmethod
    def run(self, call: Call[T]) -> T: ...

    @abstractmethod
    def perform(self, flow: Flow[T]) -> T: ...

    @abstractmethod
    def batches(self, plan: Flow[Sequence[Rows[T]]], limit: int | None, *, whole: bool) -> Iterator[list[T]]:
        """The rows of a walk, as they become ready."""
        ...

    def read(self, plan: Flow[Sequence[Rows[T]]], limit: int | None, *, whole: bool) -> Iterator[T]:
        """The same, one by one."""
        for batch in self.batches(plan, limit, whole=whole):
            yield from batch

    @abstractmethod
    def as_user(self, source: TokenSource | None) -> Self: ...

    @abstractmethod
    def close(self) -> None: ...


class Awaiting(ABC):
    """Runs calls, flows and walks in the calling task.

    Attributes:
        patience: Lets so many seconds pass where others are told Throttled; then the call is made again.
        sent: How many requests have left so far, repeated ones too.
    """

    app: Application
    patience: Callable[[float], Awaitable[None]] | None = None
    sent: int = 0

    @abstractmethod
    def now(self) -> datetime:
        """The instant as Trakt's clock has it (UTC)."""

    @abstractmethod
    async def run(self, call: Call[T]) -> T: ...

    @abstractmethod
    async def perform(self, flow: Flow[T]) -> T: ...

    @abstractmethod
    def batches(self, plan: Flow[Sequence[Rows[T]]], limit: int | None, *, whole: bool) -> AsyncGenerator[list[T]]:
        """The rows of a walk, as they become ready."""
        ...

    async def read(self, plan: Flow[Sequence[Rows[T]]], limit: int | None, *, whole: bool) -> AsyncGenerator[T]:
        """The same, one by one."""
        async with aclosing(self.batches(plan, limit, whole=whole)) as batches:
            async for batch in batches:
                for row in batch:
                    yield row

    @abstractmethod
    def as_user(self, source: TokenSource | None) -> Self: ...

    @abstractmethod
    async def aclose(self) -> None: ...

"""Asking a source over HTTP: one request after the other at its pace, patient where it is busy, with bounds.

The only module here that knows an HTTP library. It only reads. Keys travel in headers; where a source takes its key
in the address alone, it is put there below the client, so that neither its log nor an error has it. A redirect to
another server is refused: that server would get the key.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Any, Final

import httpx2

from watchprint.titles.addresses import at_home, checked, host
from watchprint.titles.errors import (
    KeyRefused,
    SentElsewhere,
    SourceBroken,
    SourceBusy,
    SourceError,
    SourceSilent,
    SourceUnreadable,
)
from watchprint.trakt.clock import Clock, SystemClock

LONGEST_REST_S: Final = 60.0
"""A source that wants to be left alone for longer is asked another time."""
_ATTEMPTS: Final = 4
_FIRST_REST_S: Final = 1.0
_REDIRECTS: Final = 3


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long and how much is waited for.

    Args:
        timeout_s: Longest wait for a connection, and for each part of an answer [s].
        whole_s: Longest time for a whole answer [s].
        most_bytes: Largest answer.
    """

    timeout_s: float = 20.0
    whole_s: float = 120.0
    most_bytes: int = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: 200, 404, or a redirect that was not followed (`location`)."""

    status: int
    body: bytes = b""
    location: str | None = None


class Fetcher:
    """Asks one source.

    Args:
        name: What people call the source, for errors.
        base_url: Its address.
        pace_s: Least time between two requests [s].
        headers: What goes along with each request; keys among them.
        secret_query: A key that the source takes in the address only.
        clock: Tells the time and waits; the machine's own, since the source is real even when Trakt is not.
        bounds: How long and how much is waited for.
    """

    def __init__(
        self,
        name: str,
        base_url: str,
        *,
        pace_s: float,
        headers: Mapping[str, str] | None = None,
        secret_query: Mapping[str, str] | None = None,
        clock: Clock | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        self.name, self._base = name, checked(base_url, name)
        self._clock, self._bounds, self._pace_s = clock or SystemClock(), bounds or Bounds(), pace_s
        agent = {"User-Agent": f"watchprint/{version('watchprint')}", "Accept": "application/json"}
        self._secret_names = tuple(secret_query or ())
        transport = _Keyed(secret_query) if secret_query else None
        self._client = httpx2.AsyncClient(
            headers={**agent, **(headers or {})}, timeout=self._bounds.timeout_s, transport=transport
        )
        self._turn = asyncio.Lock()
        self._next_at = self._clock.now()
        self.requests = 0

    async def get(self, path: str, query: Mapping[str, str] | None = None, *, follow: bool = True) -> Reply:
        """The answer to a question: 200 or 404; with `follow=False` also a redirect on the same server.

        Raises:
            SourceError: There is no answer that can be used; its text says why and what to do.
        """
        rest_s = _FIRST_REST_S
        for attempt in range(1, _ATTEMPTS + 1):
            last = attempt == _ATTEMPTS
            try:
                reply = await self._followed(f"{self._base}{path}", query, follow=follow)
            except _Rest as busy:
                wait_s = rest_s if busy.wait_s is None else busy.wait_s
                if last or wait_s > LONGEST_REST_S:
                    raise busy.error(self.name, wait_s) from None
                await self._rest(wait_s)
            except SourceSilent:
                if last:
                    raise
                await self._rest(rest_s)
            else:
                return reply
            rest_s *= 2
        raise AssertionError("every attempt returns, raises or is followed by another")

    async def aclose(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def _followed(self, url: str, query: Mapping[str, str] | None, *, follow: bool) -> Reply:
        asked: str = str(httpx2.URL(url, params=dict(query)) if query else httpx2.URL(url))
        for _ in range(_REDIRECTS + 1):
            reply = await self._once(asked)
            if reply.location is None:
                return reply
            target = at_home(asked, reply.location)
            if target is None:
                raise SentElsewhere(
                    f"{self.name} sends on to another server ({host(reply.location)}), which gets no key. Give "
                    "the address at which it answers itself."
                )
            if not follow:
                return Reply(reply.status, b"", target)
            asked = self._without_key(target)
        raise SentElsewhere(f"{self.name} sends on and on. Check its address.")

    def _without_key(self, url: str) -> str:
        """The address without a key that the server has put into it: it is added below, where nothing logs it."""
        bare = httpx2.URL(url)
        for name in self._secret_names:
            bare = bare.copy_remove_param(name) if name in bare.params else bare
        return str(bare)

    async def _once(self, url: str) -> Reply:
        await self._admitted()
        try:
            async with asyncio.timeout(self._bounds.whole_s):
                async with self._client.stream("GET", url, follow_redirects=False) as response:
                    self.requests += 1
                    location = response.headers.get("location") if response.is_redirect else None
                    body = await self._body(response) if response.status_code == httpx2.codes.OK else b""
        except (httpx2.TimeoutException, TimeoutError):
            raise SourceSilent(f"{self.name} does not answer in time. Try again later.") from None
        except (httpx2.TransportError, httpx2.InvalidURL) as error:
            reason = type(error).__name__
            raise SourceSilent(
                f"{self.name} cannot be reached ({reason}). Check that it runs, and its address."
            ) from None
        except httpx2.DecodingError:
            raise SourceUnreadable(f"{self.name}'s answer is damaged. Try again later.") from None
        return self._judged(response, body, location)

    def _judged(self, response: httpx2.Response, body: bytes, location: str | None) -> Reply:
        status = response.status_code
        if location is not None:
            return Reply(status, b"", location)
        if status in (200, 404):
            return Reply(status, body)
        if status in (401, 403):
            raise KeyRefused(f"{self.name} does not accept the key or token ({status}). Check it, or make a new one.")
        if status == 429 or status >= 500:
            raise _Rest(status, self._rest_of(response))
        raise SourceBroken(f"{self.name} answers {status}, which it should not. Check its address and its version.")

    async def _body(self, response: httpx2.Response) -> bytes:
        chunks, size = [], 0
        async for chunk in response.aiter_bytes():
            size += len(chunk)
            if size > self._bounds.most_bytes:
                most = self._bounds.most_bytes // 1024
                raise SourceUnreadable(f"{self.name}'s answer is larger than {most:,} KiB. Check its address.")
            chunks.append(chunk)
        return b"".join(chunks)

    def _rest_of(self, response: httpx2.Response) -> float | None:
        """How long the source wants to be left alone [s], by `Retry-After`; None: it does not say."""
        said = response.headers.get("retry-after", "").strip()
        if said.isdecimal():
            return float(said)
        try:
            at = parsedate_to_datetime(said)
        except (TypeError, ValueError):
            return None
        return max(0.0, (at - self._clock.now()).total_seconds()) if at.tzinfo is not None else None

    async def _rest(self, wait_s: float) -> None:
        """Nobody asks for so long."""
        self._next_at = max(self._next_at, self._clock.now() + timedelta(seconds=wait_s))

    async def _admitted(self) -> None:
        """Wait for a turn."""
        async with self._turn:
            while (wait_s := (self._next_at - self._clock.now()).total_seconds()) > 0:
                await self._clock.asleep(wait_s)
            self._next_at = self._clock.now() + timedelta(seconds=self._pace_s)


class _Rest(Exception):
    """The source is busy or broken for now.

    Args:
        wait_s: How long it wants to be left alone [s].
    """

    def __init__(self, status: int, wait_s: float | None) -> None:
        super().__init__(status)
        self.status, self.wait_s = status, wait_s

    def error(self, name: str, wait_s: float) -> SourceError:
        if self.status == 429:
            return SourceBusy(f"{name} is asked too often and wants {wait_s:.0f} s of rest. Run this again later.")
        if self.wait_s is not None and wait_s > LONGEST_REST_S:
            return SourceBusy(f"{name} is out of order ({self.status}) for {wait_s:.0f} s. Run this again later.")
        return SourceBroken(f"{name} answers {self.status} again and again. Run this again later.")


class _Keyed(httpx2.AsyncBaseTransport):
    """Puts a key into the address of each request, where the client above does not see it."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self._query, self._inner = dict(query), httpx2.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        keyed = httpx2.Request(
            request.method,
            request.url.copy_merge_params(self._query),
            headers=request.headers,
            stream=request.stream,
            extensions=request.extensions,
        )
        return await self._inner.handle_async_request(keyed)

    async def aclose(self) -> None:
        await self._inner.aclose()


def documents_of(reply: Reply, name: str) -> Any:
    """What an answer of JSON says.

    Raises:
        SourceUnreadable: It is no JSON.
    """
    from watchprint.titles.answers.reading import document

    try:
        return document(reply.body)
    except ValueError:
        raise SourceUnreadable(
            f"{name} answers with something other than JSON, maybe a web page. Check that the address is its API's."
        ) from None

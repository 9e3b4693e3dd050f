"""The fast driver: pyreqwest (extra `fast`).

It calls every broken exchange a connection error, and a late answer a connection timeout: only the causes that it
lists tell whether a connection was made at all. Its clients keep no cookies.
"""

from __future__ import annotations

import atexit
import sys
from datetime import timedelta
from functools import cache
from time import sleep
from typing import TypeVar

from pyreqwest.client import BaseClientBuilder, ClientBuilder, SyncClientBuilder
from pyreqwest.exceptions import (
    BuilderError,
    ClientClosedError,
    DetailedPyreqwestError,
    PoolTimeoutError,
    PyreqwestError,
    RequestTimeoutError,
)
from pyreqwest.response import BaseResponse

from watchprint.trakt.wire import NoReply, Reply

_CONNECT_SHARE = 0.9
"""Its read timeout counts from before the connection is made; the connection's own has to end first, to be told."""
_SETTLING_S = 0.1
B = TypeVar("B", bound=BaseClientBuilder)


class BlockingPyreqwest:
    """Blocking.

    Args:
        timeout_s: Longest wait for a connection, and for each part of an answer [s].
    """

    def __init__(self, timeout_s: float = 20.0) -> None:
        self._client = _configured(SyncClientBuilder(), timeout_s).build()

    def send(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Reply | NoReply:
        try:
            request = self._client.request(method, url).headers(headers)
            ready = (request.body_bytes(body) if body is not None else request).build()
        except (PyreqwestError, ValueError) as error:
            return _not_sent(error)
        if (refused := _refused_here(url)) is not None:
            return refused
        try:
            response = ready.send()
            return Reply(response.status, _headers(response), bytes(response.bytes()))
        except PyreqwestError as error:
            return _no_reply(error)

    def close(self) -> None:
        self._client.close()


class AwaitingPyreqwest:
    """Async; see `BlockingPyreqwest`."""

    def __init__(self, timeout_s: float = 20.0) -> None:
        self._timeout_s = timeout_s
        self._client = _configured(ClientBuilder(), timeout_s).build()
        _settle_at_exit()

    async def send(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Reply | NoReply:
        try:
            request = self._client.request(method, url).headers(headers)
            ready = (request.body_bytes(body) if body is not None else request).build()
        except (PyreqwestError, ValueError) as error:
            return _not_sent(error)
        if (refused := _refused_here(url)) is not None:
            return refused
        try:
            response = await ready.send()
            return Reply(response.status, _headers(response), bytes(await response.bytes()))
        except PyreqwestError as error:
            return _no_reply(error)

    async def aclose(self) -> None:
        await self._client.close()

    def blocking(self) -> BlockingPyreqwest:
        return BlockingPyreqwest(self._timeout_s)


def _refused_here(url: str) -> NoReply | None:
    """What an audit hook of this interpreter has against the request. This library's sockets are not Python's, so that
    nobody would be told of it otherwise (a test's guard of the real Trakt)."""
    try:
        sys.audit("watchprint.trakt.send", url)
    except OSError as error:
        return NoReply(f"{type(error).__name__}: {error}", sent=False)
    return None


@cache
def _settle_at_exit() -> None:
    """Its threads let go of Python a moment after the last answer; an interpreter that ends meanwhile is aborted."""
    atexit.register(sleep, _SETTLING_S)


def _configured(builder: B, timeout_s: float) -> B:
    limit, connecting = timedelta(seconds=timeout_s), timedelta(seconds=timeout_s * _CONNECT_SHARE)
    timed = builder.connect_timeout(connecting).read_timeout(limit).pool_timeout(limit)
    return timed.follow_redirects(False).max_connections(32)


def _headers(response: BaseResponse) -> dict[str, str]:
    try:
        return dict(response.headers.items())  # their names come in lower case
    except ValueError:  # one of them is not ASCII, and none of those says anything that is needed
        return _readable(response)


def _readable(response: BaseResponse) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name in response.headers.keys():  # noqa: SIM118  (iterating would read the values too)
        try:
            headers[name] = response.headers[name]
        except ValueError:
            continue
    return headers


def _not_sent(error: Exception) -> NoReply:
    """The request could not be made; its text may hold a header, so that only the kind of error is told."""
    return NoReply(f"{type(error).__name__}: the request cannot be sent in this form", sent=False)


def _no_reply(error: PyreqwestError) -> NoReply:
    causes = _causes(error)
    unconnected = any("(Connect)" in cause for cause in causes)
    sent = not (unconnected or isinstance(error, PoolTimeoutError | BuilderError | ClientClosedError))
    kind = "no connection" if unconnected else "broken exchange" if sent else type(error).__name__
    reason = f"{kind}: {causes[-1]}" if causes else type(error).__name__
    return NoReply(reason, sent=sent, timed_out=isinstance(error, RequestTimeoutError))


def _causes(error: PyreqwestError) -> list[str]:
    if not isinstance(error, DetailedPyreqwestError) or not isinstance(error.details, dict):
        return []
    return [str(cause.get("message", "")) for cause in error.details.get("causes") or []]

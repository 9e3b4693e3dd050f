"""The fast driver: pyreqwest (extra `fast`).

It calls every broken exchange a connection error; only its causes tell whether a connection was made at all.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from pyreqwest.client import BaseClientBuilder, ClientBuilder, SyncClientBuilder
from pyreqwest.exceptions import (
    BuilderError,
    ConnectTimeoutError,
    DetailedPyreqwestError,
    PoolTimeoutError,
    PyreqwestError,
    RequestTimeoutError,
)
from pyreqwest.response import BaseResponse

from watchprint.trakt.wire import NoReply, Reply

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
            response = (request.body_bytes(body) if body is not None else request).build().send()
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

    async def send(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Reply | NoReply:
        try:
            request = self._client.request(method, url).headers(headers)
            response = await (request.body_bytes(body) if body is not None else request).build().send()
            return Reply(response.status, _headers(response), bytes(await response.bytes()))
        except PyreqwestError as error:
            return _no_reply(error)

    async def aclose(self) -> None:
        await self._client.close()

    def blocking(self) -> BlockingPyreqwest:
        return BlockingPyreqwest(self._timeout_s)


def _configured(builder: B, timeout_s: float) -> B:
    limit = timedelta(seconds=timeout_s)
    return builder.connect_timeout(limit).read_timeout(limit).follow_redirects(False).max_connections(32)


def _headers(response: BaseResponse) -> dict[str, str]:
    return {k.lower(): v for k, v in response.headers.items()}


def _no_reply(error: PyreqwestError) -> NoReply:
    causes = _causes(error)
    unconnected = any("(Connect)" in cause for cause in causes)
    sent = not (unconnected or isinstance(error, ConnectTimeoutError | PoolTimeoutError | BuilderError))
    reason = f"{type(error).__name__}: {causes[-1] if causes else 'no answer'}"
    return NoReply(reason, sent=sent, timed_out=isinstance(error, RequestTimeoutError))


def _causes(error: PyreqwestError) -> list[str]:
    if not isinstance(error, DetailedPyreqwestError) or not isinstance(error.details, dict):
        return []
    return [str(cause.get("message", "")) for cause in error.details.get("causes") or []]

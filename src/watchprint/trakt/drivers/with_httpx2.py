"""The default driver: httpx2."""

from __future__ import annotations

import httpx2

from watchprint.trakt.wire import NoReply, Reply

_NOT_SENT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.UnsupportedProtocol,
    httpx2.ProxyError,
)
_LIMITS = httpx2.Limits(max_connections=32, max_keepalive_connections=16, keepalive_expiry=15.0)


class BlockingHttpx2:
    """Blocking.

    Args:
        timeout_s: Longest wait for a connection, and for each part of an answer [s].
        client: An httpx2 client of the host's own (proxies, certificates); ours is made otherwise.
    """

    def __init__(self, timeout_s: float = 20.0, client: httpx2.Client | None = None) -> None:
        self._client = client or httpx2.Client(timeout=timeout_s, limits=_LIMITS, follow_redirects=False)

    def send(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Reply | NoReply:
        try:
            return _reply(self._client.request(method, url, headers=headers, content=body))
        except (httpx2.TransportError, httpx2.DecodingError, httpx2.InvalidURL) as error:
            return _no_reply(error)

    def close(self) -> None:
        self._client.close()


class AwaitingHttpx2:
    """Async; see `BlockingHttpx2`."""

    def __init__(self, timeout_s: float = 20.0, client: httpx2.AsyncClient | None = None) -> None:
        self._timeout_s = timeout_s
        self._client = client or httpx2.AsyncClient(timeout=timeout_s, limits=_LIMITS, follow_redirects=False)

    async def send(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Reply | NoReply:
        try:
            return _reply(await self._client.request(method, url, headers=headers, content=body))
        except (httpx2.TransportError, httpx2.DecodingError, httpx2.InvalidURL) as error:
            return _no_reply(error)

    async def aclose(self) -> None:
        await self._client.aclose()

    def blocking(self) -> BlockingHttpx2:
        return BlockingHttpx2(self._timeout_s)


def _reply(response: httpx2.Response) -> Reply:
    return Reply(response.status_code, {k.lower(): v for k, v in response.headers.items()}, response.content)


def _no_reply(error: Exception) -> NoReply:
    """A broken write counts as sent: part of it may have arrived."""
    sent = not isinstance(error, (*_NOT_SENT, httpx2.InvalidURL))
    reason = f"{type(error).__name__}: {error}".removesuffix(": ")
    return NoReply(reason, sent=sent, timed_out=isinstance(error, httpx2.TimeoutException))

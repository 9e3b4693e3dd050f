"""The default driver: httpx2."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx2

from watchprint.trakt.wire import NoReply, Reply

_NOT_SENT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.UnsupportedProtocol,
    httpx2.ProxyError,
    httpx2.InvalidURL,
)
_BROKEN = (httpx2.TransportError, httpx2.DecodingError, httpx2.InvalidURL, RuntimeError)
_LIMITS = httpx2.Limits(max_connections=32, max_keepalive_connections=16, keepalive_expiry=15.0)


class BlockingHttpx2:
    """Blocking.

    Args:
        timeout_s: Longest wait for a connection, and for each part of an answer [s].
        client: An httpx2 client of the host's own (proxies, certificates); ours is made otherwise, which keeps no
            cookies, since one client serves many users.
    """

    def __init__(self, timeout_s: float = 20.0, client: httpx2.Client | None = None) -> None:
        self._client = client or httpx2.Client(timeout=timeout_s, limits=_LIMITS, cookies=_no_cookies())
        if client is None:  # whoever forgets to close it is not warned of open sockets
            weakref.finalize(self, self._client.close)

    def send(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Reply | NoReply:
        try:
            return _reply(self._client.request(method, url, headers=headers, content=body, follow_redirects=False))
        except _BROKEN as error:
            return _no_reply(error, closed=self._client.is_closed)

    def close(self) -> None:
        self._client.close()


class AwaitingHttpx2:
    """Async; see `BlockingHttpx2`.

    Args:
        blocking: Makes the blocking face that renews tokens in a worker thread; give it together with `client`.
    """

    def __init__(
        self,
        timeout_s: float = 20.0,
        client: httpx2.AsyncClient | None = None,
        blocking: Callable[[], BlockingHttpx2] | None = None,
    ) -> None:
        self._client = client or httpx2.AsyncClient(timeout=timeout_s, limits=_LIMITS, cookies=_no_cookies())
        self._blocking = blocking or partial(BlockingHttpx2, timeout_s)

    async def send(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Reply | NoReply:
        try:
            sending = self._client.request(method, url, headers=headers, content=body, follow_redirects=False)
            return _reply(await sending)
        except _BROKEN as error:
            return _no_reply(error, closed=self._client.is_closed)

    async def aclose(self) -> None:
        await self._client.aclose()

    def blocking(self) -> BlockingHttpx2:
        return self._blocking()


def _no_cookies() -> CookieJar:
    return CookieJar(DefaultCookiePolicy(allowed_domains=[]))


def _reply(response: httpx2.Response) -> Reply:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers.raw}
    return Reply(response.status_code, headers, response.content)


def _no_reply(error: Exception, *, closed: bool) -> NoReply:
    """A broken write counts as sent: part of it may have arrived."""
    if isinstance(error, RuntimeError) and not closed:
        raise error
    sent = not isinstance(error, (*_NOT_SENT, RuntimeError))
    reason = f"{type(error).__name__}: {error}".removesuffix(": ")
    return NoReply(reason, sent=sent, timed_out=isinstance(error, httpx2.TimeoutException))

"""The clients: Trakt (blocking) and AsyncTrakt, made of the same definitions.

trakt = Trakt("client-id", tokens="access-token")
for row in trakt.sync.history(extended="full"): ...
"""

from __future__ import annotations

from typing import Generic, Literal, Self, TypeVar
from urllib.parse import urlsplit

from watchprint.trakt.clock import Clock, SystemClock
from watchprint.trakt.endpoints.lists import Lists
from watchprint.trakt.endpoints.lookups import Lookups
from watchprint.trakt.endpoints.movies import Movies
from watchprint.trakt.endpoints.oauth import OAuth
from watchprint.trakt.endpoints.scrobble import Checkin, Scrobble
from watchprint.trakt.endpoints.search import Search
from watchprint.trakt.endpoints.shows import Shows
from watchprint.trakt.endpoints.sync import Sync
from watchprint.trakt.endpoints.users import Users
from watchprint.trakt.errors import NotConfigured
from watchprint.trakt.flows import ABREAST
from watchprint.trakt.pacing import Pacing, by_clock
from watchprint.trakt.ports import Application, Awaiting, AwaitingHttp, Blocking, BlockingHttp
from watchprint.trakt.runners.awaiting import AwaitingRunner
from watchprint.trakt.runners.blocking import BlockingRunner
from watchprint.trakt.runners.session import Session
from watchprint.trakt.tokens import TokenSource, as_source

R = TypeVar("R", Blocking, Awaiting)
DriverName = Literal["httpx2", "pyreqwest"]

API_URL = "https://api.trakt.tv"
AUTH_URL = "https://auth.trakt.tv"
USER_AGENT = "watchprint/0.1"


class Groups(Generic[R]):
    """The endpoints by group, over one runner."""

    def __init__(self, runner: R) -> None:
        self.runner: R = runner
        self.oauth: OAuth[R] = OAuth(runner)
        self.scrobble: Scrobble[R] = Scrobble(runner)
        self.checkin: Checkin[R] = Checkin(runner)
        self.sync: Sync[R] = Sync(runner)
        self.users: Users[R] = Users(runner)
        self.lists: Lists[R] = Lists(runner)
        self.search: Search[R] = Search(runner)
        self.shows: Shows[R] = Shows(runner)
        self.movies: Movies[R] = Movies(runner)
        self.lookups: Lookups[R] = Lookups(runner)


class Trakt(Groups[Blocking]):
    """Trakt, blocking. One client serves any number of threads and users (`as_user`).

    Args:
        client_id: The application's key at Trakt.
        client_secret: Its secret, where a sign-in or a refresh needs one.
        tokens: The user: an access token (never renewed) or a TokenSource (renewed under its lock).
        api_url: Where Trakt is; a sandbox has its own.
        auth_url: Where its sign-in is; found from `api_url` unless given.
        redirect_uri: As registered for the application, where a sign-in or a refresh needs one.
        timeout_s: Longest wait for a connection and for each part of an answer [s].
        driver: The HTTP library: "httpx2", "pyreqwest" (extra `fast`), or an object of your own.
        pacing: Who may send when; shared by all clients of the process (and clock) unless given.
        clock: Tells the time and waits.
        abreast: Pages in flight at a time.
    """

    def __init__(
        self,
        client_id: str,
        client_secret: str | None = None,
        *,
        tokens: str | TokenSource | None = None,
        api_url: str = API_URL,
        auth_url: str | None = None,
        redirect_uri: str | None = None,
        timeout_s: float = 20.0,
        user_agent: str = USER_AGENT,
        driver: DriverName | BlockingHttp = "httpx2",
        pacing: Pacing | None = None,
        clock: Clock | None = None,
        abreast: int = ABREAST,
    ) -> None:
        app = application(client_id, client_secret, api_url, auth_url, redirect_uri, user_agent, timeout_s)
        clock = clock or SystemClock()
        session = Session(app, clock, pacing or by_clock(clock), abreast)
        http = _blocking_http(driver, timeout_s) if isinstance(driver, str) else driver
        super().__init__(BlockingRunner(session, http, None if tokens is None else as_source(tokens)))

    def as_user(self, tokens: str | TokenSource) -> Groups[Blocking]:
        """The same client for this user; connections, pacing and clock are shared."""
        return Groups[Blocking](self.runner.as_user(as_source(tokens)))

    def close(self) -> None:
        """Close the connections."""
        self.runner.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncTrakt(Groups[Awaiting]):
    """Trakt, async; see `Trakt`."""

    def __init__(
        self,
        client_id: str,
        client_secret: str | None = None,
        *,
        tokens: str | TokenSource | None = None,
        api_url: str = API_URL,
        auth_url: str | None = None,
        redirect_uri: str | None = None,
        timeout_s: float = 20.0,
        user_agent: str = USER_AGENT,
        driver: DriverName | AwaitingHttp = "httpx2",
        pacing: Pacing | None = None,
        clock: Clock | None = None,
        abreast: int = ABREAST,
    ) -> None:
        app = application(client_id, client_secret, api_url, auth_url, redirect_uri, user_agent, timeout_s)
        clock = clock or SystemClock()
        session = Session(app, clock, pacing or by_clock(clock), abreast)
        http = _awaiting_http(driver, timeout_s) if isinstance(driver, str) else driver
        super().__init__(AwaitingRunner(session, http, None if tokens is None else as_source(tokens)))

    def as_user(self, tokens: str | TokenSource) -> Groups[Awaiting]:
        """The same client for this user; connections, pacing and clock are shared."""
        return Groups[Awaiting](self.runner.as_user(as_source(tokens)))

    async def aclose(self) -> None:
        """Close the connections."""
        await self.runner.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


def application(
    client_id: str,
    client_secret: str | None,
    api_url: str,
    auth_url: str | None,
    redirect_uri: str | None,
    user_agent: str,
    timeout_s: float,
) -> Application:
    """The application's settings, checked.

    Raises:
        NotConfigured: The client id is blank, or a URL is not one.
    """
    if not isinstance(client_id, str) or not client_id.strip():
        raise NotConfigured("the application's client id is missing: set TRAKT_CLIENT_ID")
    for name, text in (("the client id", client_id.strip()), ("the user agent", user_agent)):
        if not text.isascii() or not text.isprintable():
            raise NotConfigured(f"{name} has characters that no header may have: check TRAKT_CLIENT_ID")
    if isinstance(timeout_s, bool) or not isinstance(timeout_s, int | float) or not 0 < timeout_s < float("inf"):
        raise NotConfigured(f"timeout_s is the longest wait in seconds, more than 0, not {timeout_s!r}")
    api_url = _checked_url(api_url, "TRAKT_API_URL")
    auth_url = _checked_url(auth_url, "auth_url") if auth_url else auth_url_for(api_url)
    secret = client_secret or None
    return Application(client_id.strip(), secret, redirect_uri, api_url, auth_url, user_agent, timeout_s)


def auth_url_for(api_url: str) -> str:
    """auth.trakt.tv for api.trakt.tv, otherwise the API's own origin."""
    if api_url == API_URL:
        return AUTH_URL
    parts = urlsplit(api_url)
    return f"{parts.scheme}://{parts.netloc}"


def _checked_url(url: str, name: str) -> str:
    """The address without its last slash. What is wrong with it is said without repeating a password in it."""
    try:
        parts = urlsplit(url)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except (ValueError, AttributeError, TypeError):
        whole = False
    if not whole or not url.isascii() or not url.isprintable() or " " in url:
        raise NotConfigured(f"{name} is not a web address (example: {API_URL})")
    if parts.username is not None or parts.query or parts.fragment:
        raise NotConfigured(f"{name} has more than a web address: no name, password, query or # (example: {API_URL})")
    return url.rstrip("/")


def _blocking_http(driver: str, timeout_s: float) -> BlockingHttp:
    if driver == "pyreqwest":
        try:
            from watchprint.trakt.drivers.with_pyreqwest import BlockingPyreqwest
        except ImportError:
            raise _lacks_fast() from None
        return BlockingPyreqwest(timeout_s)
    from watchprint.trakt.drivers.with_httpx2 import BlockingHttpx2

    return BlockingHttpx2(timeout_s)


def _awaiting_http(driver: str, timeout_s: float) -> AwaitingHttp:
    if driver == "pyreqwest":
        try:
            from watchprint.trakt.drivers.with_pyreqwest import AwaitingPyreqwest
        except ImportError:
            raise _lacks_fast() from None
        return AwaitingPyreqwest(timeout_s)
    from watchprint.trakt.drivers.with_httpx2 import AwaitingHttpx2

    return AwaitingHttpx2(timeout_s)


def _lacks_fast() -> NotConfigured:
    return NotConfigured("the driver pyreqwest is not installed: pip install 'watchprint[fast]'")

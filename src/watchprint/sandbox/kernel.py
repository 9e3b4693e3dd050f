"""What a route is: a pure function from a Call to an Answer, registered by method and path pattern.

Routes know neither sockets nor JSON text. The kernel (serving/) brings the parsed request, the user behind
the token and the world, and puts headers, ETags, rate limits and faults around the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from watchprint.sandbox.catalogue.catalogue import Catalogue
from watchprint.sandbox.shapes import Shape
from watchprint.sandbox.state import State, User

TOKEN_LIFETIME_S = 604_800
"""How long an access token lives when nobody says otherwise (7 days; it was 86,400 s in 2025)."""


@dataclass(slots=True)
class Options:
    """The switches of `watchprint sandbox`, and the lifetime of new access tokens [s]."""

    strict: bool = False
    rate_limits: bool = True
    pause_leaves_watching: bool = False
    expires_in: int = TOKEN_LIFETIME_S


@dataclass(slots=True)
class World:
    """What every route works on. `now` is the sandbox's clock at the arrival of the request (UTC)."""

    state: State
    catalogue: Catalogue
    options: Options
    now: datetime
    origin: str
    """Scheme, host and port of this server, for image and share links."""
    memo: dict[str, Any] = field(default_factory=dict)
    """What routes keep between requests (JSON fragments, indexes by revision). Derived, so it may be emptied at
    any time; one dict for the life of a server, handed on by whoever copies a World."""
    keep_seconds: bool = False
    """True during a request with the fault `seconds_kept`: `watched_at` is then stored uncut."""

    def to_minute(self, at: datetime) -> datetime:
        """The instant as history stores it: cut to the minute (never past it)."""
        return at.replace(microsecond=0) if self.keep_seconds else at.replace(second=0, microsecond=0)


@dataclass(slots=True)
class Call:
    """A request, read: path parts by name, query, JSON body, the user behind the token (None: no token)."""

    method: str
    path: str
    parts: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    headers: Mapping[str, str]
    user: User | None
    world: World

    @property
    def viewer(self) -> User:
        """The signed-in user; only for routes registered with `auth=True`."""
        assert self.user is not None
        return self.user

    @property
    def extended(self) -> frozenset[str]:
        return frozenset(x for x in self.query.get("extended", "").split(",") if x)


@dataclass(slots=True)
class Answer:
    """Status, JSON-able body (None = empty; bytes = sent as they are) and headers.

    `msgspec.Raw` inside a body passes through as it is. A route that keeps the finished bytes of a large
    answer may keep its strong ETag beside them (header ETag); else it is computed from the body.
    """

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"


class Refusal(Exception):
    """Raised by a route to answer with an error status at once."""

    def __init__(self, status: int, body: Any = None, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status)
        self.answer = Answer(status, body, dict(headers or {}))


Handler = Callable[[Call], Answer]
Host = Literal["api", "auth", "page", "image"]


@dataclass(frozen=True, slots=True)
class Route:
    """One row of the table. `{name}` in the pattern is one path part; `auth` asks for a token (401).

    `shape` says which fields a JSON body has (shapes.py): a wrong type or a null where none is allowed is
    400, an unknown field is 400 in strict mode. None: the body is not looked at. `host` is "api" for all that
    asks for the API key; tokens ("auth"), pages for browsers and pictures do not.
    """

    method: str
    pattern: str
    handler: Handler
    auth: bool
    shape: Shape | None = None
    host: Host = "api"


class Routes:
    """The routes of one module: `ROUTES = Routes()`, then `@ROUTES.get("/sync/history", "/sync/watched")`."""

    def __init__(self, host: Host = "api") -> None:
        self.table: list[Route] = []
        self.host: Host = host

    def on(
        self, method: str, *patterns: str, auth: bool = True, shape: Shape | None = None
    ) -> Callable[[Handler], Handler]:
        """Register a handler for these patterns."""

        def register(handler: Handler) -> Handler:
            self.table.extend(Route(method, p, handler, auth, shape, self.host) for p in patterns)
            return handler

        return register

    def get(self, *patterns: str, auth: bool = True) -> Callable[[Handler], Handler]:
        return self.on("GET", *patterns, auth=auth)

    def post(self, *patterns: str, auth: bool = True, shape: Shape | None = None) -> Callable[[Handler], Handler]:
        return self.on("POST", *patterns, auth=auth, shape=shape)

    def put(self, *patterns: str, auth: bool = True, shape: Shape | None = None) -> Callable[[Handler], Handler]:
        return self.on("PUT", *patterns, auth=auth, shape=shape)

    def delete(self, *patterns: str, auth: bool = True) -> Callable[[Handler], Handler]:
        return self.on("DELETE", *patterns, auth=auth)

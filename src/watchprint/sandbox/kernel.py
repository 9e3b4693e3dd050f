"""What a route is: a pure function from a Call to an Answer, registered by method and path pattern.

Routes know neither sockets nor JSON text. The kernel (dispatch.py) brings the parsed request, the user behind
the token and the world, and puts headers, paging, ETags, rate limits and faults around the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from watchprint.sandbox.catalogue.catalogue import Catalogue
from watchprint.sandbox.state import State, User


@dataclass(slots=True)
class Options:
    """The switches of `watchprint sandbox`."""

    strict: bool = False
    rate_limits: bool = True
    pause_leaves_watching: bool = False


@dataclass(slots=True)
class World:
    """What every route works on. `now` is the sandbox's clock at the arrival of the request (UTC)."""

    state: State
    catalogue: Catalogue
    options: Options
    now: datetime
    origin: str
    """Scheme, host and port of this server, for image and share links."""


@dataclass(slots=True)
class Call:
    """A request, read: path parts by name, query, JSON body, and the user behind the token (None: no token)."""

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
    """Status, JSON-able body (None = empty; bytes = sent as they are) and headers."""

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


@dataclass(frozen=True, slots=True)
class Route:
    """One row of the table. `{name}` in the pattern is one path part; `auth` asks for a token (401)."""

    method: str
    pattern: str
    handler: Handler
    auth: bool


class Routes:
    """The routes of one module: `ROUTES = Routes()`, then `@ROUTES.get("/sync/history", "/sync/history/{type}")`."""

    def __init__(self) -> None:
        self.table: list[Route] = []

    def on(self, method: str, *patterns: str, auth: bool = True) -> Callable[[Handler], Handler]:
        """Register a handler for these patterns."""

        def register(handler: Handler) -> Handler:
            self.table.extend(Route(method, p, handler, auth) for p in patterns)
            return handler

        return register

    def get(self, *patterns: str, auth: bool = True) -> Callable[[Handler], Handler]:
        return self.on("GET", *patterns, auth=auth)

    def post(self, *patterns: str, auth: bool = True) -> Callable[[Handler], Handler]:
        return self.on("POST", *patterns, auth=auth)

    def put(self, *patterns: str, auth: bool = True) -> Callable[[Handler], Handler]:
        return self.on("PUT", *patterns, auth=auth)

    def delete(self, *patterns: str, auth: bool = True) -> Callable[[Handler], Handler]:
        return self.on("DELETE", *patterns, auth=auth)

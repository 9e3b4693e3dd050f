"""Asks routes directly: matching, shapes and handlers are the real ones, sockets and tokens are left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from tests.sandbox.routes.small import small_world
from watchprint.sandbox.kernel import Call, Refusal, World
from watchprint.sandbox.routes import ROUTES, settle
from watchprint.sandbox.serving.observing import tell
from watchprint.sandbox.serving.table import Found, Table
from watchprint.sandbox.shapes import complaint
from watchprint.sandbox.state import User

TABLE = Table(ROUTES)


@dataclass(slots=True)
class Said:
    """One answer as a client sees it: status, JSON and headers."""

    status: int
    json: Any
    headers: dict[str, str]


class Asker:
    """One user (None: nobody) asking one world.

    Args:
        world: The world; the small one when left out.
        slug: The user behind the token.
    """

    def __init__(self, world: World | None = None, slug: str | None = "ada") -> None:
        self.world = small_world() if world is None else world
        self.slug = slug

    @property
    def user(self) -> User:
        assert self.slug is not None
        return self.world.state.users[self.slug]

    def as_(self, slug: str | None) -> Asker:
        """Another user of the same world."""
        return Asker(self.world, slug)

    def advance(self, **delta: float) -> None:
        """Let time pass (keyword arguments of timedelta)."""
        self.world.now += timedelta(**delta)

    def ask(self, method: str, address: str, body: Any = None) -> Said:
        """One request; time that has passed takes effect first, as in the server."""
        settle(self.world)
        path, _, query = address.partition("?")
        found = TABLE.find(method, path)
        assert isinstance(found, Found), f"no route for {method} {path}"
        user = None if self.slug is None else self.user
        if found.route.auth and user is None:
            return Said(401, None, {})
        if method in ("POST", "PUT"):
            body = {} if body is None else body
            known = found.route.shape is not None
            wrong = complaint(body, found.route.shape or {}, strict=known and self.world.options.strict)
            if wrong is not None:
                return Said(400, {"error": wrong}, {})
        asked = dict(parse_qsl(query, keep_blank_values=True))
        call = Call(method, path, found.parts, asked, body, {}, user, self.world)
        try:
            answer = found.route.handler(call)
        except Refusal as refusal:
            answer = refusal.answer
        tell(found.route, call, answer)
        text = answer.body if isinstance(answer.body, bytes) else msgspec.json.encode(answer.body)
        return Said(answer.status, msgspec.json.decode(text), answer.headers)

    def get(self, address: str, status: int = 200) -> Any:
        """The JSON of a GET that answers that status."""
        said = self.ask("GET", address)
        assert said.status == status, (address, said)
        return said.json

    def post(self, address: str, body: Any = None, status: int = 201) -> Any:
        """The JSON of a POST that answers that status."""
        said = self.ask("POST", address, body)
        assert said.status == status, (address, said)
        return said.json

    def walk(self, address: str, limit: int) -> list[Any]:
        """All rows, page by page, until Trakt's count of pages is reached."""
        rows: list[Any] = []
        mark = "&" if "?" in address else "?"
        page = 1
        while True:
            said = self.ask("GET", f"{address}{mark}page={page}&limit={limit}")
            assert said.status == 200, said
            rows += said.json
            if page >= int(said.headers["X-Pagination-Page-Count"]):
                return rows
            page += 1

"""A client of the standard library for the sandbox under test: sends what it is told, judges nothing."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from watchprint.sandbox import SandboxServer

JSON = "application/json"


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Person:
    """A user of the sandbox and the tokens it got."""

    slug: str
    access: str
    refresh: str


class Desk:
    """Asks one sandbox, on one connection that is opened anew when it was closed."""

    def __init__(self, server: SandboxServer) -> None:
        self.server = server
        self.client_id: str = server.greeting["client_id"]
        self.client_secret: str = server.greeting["client_secret"]
        self._connection: http.client.HTTPConnection | None = None

    def connection(self) -> http.client.HTTPConnection:
        """An open connection."""
        if self._connection is None:
            url = urlsplit(self.server.base_url)
            assert url.hostname is not None
            self._connection = http.client.HTTPConnection(url.hostname, url.port, timeout=10)
        return self._connection

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Send exactly this."""
        connection = self.connection()
        try:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            reply = Reply(answer.status, answer.headers, answer.read())
        except BaseException:
            self.close()
            raise
        if answer.will_close:
            self.close()
        return reply

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str | Person | None = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> Reply:
        """Send what a well-behaved client sends; a header of None is left out."""
        access = token.access if isinstance(token, Person) else token
        sent: dict[str, str | None] = {
            "Content-Type": JSON,
            "trakt-api-key": self.client_id,
            "trakt-api-version": "2",
            "Authorization": None if access is None else f"Bearer {access}",
            **(headers or {}),
        }
        data = None if body is None else json.dumps(body).encode()
        return self.send(method, path, data, {k: v for k, v in sent.items() if v is not None})

    def get(self, path: str, token: str | Person | None = None, **headers: str) -> Reply:
        return self.ask("GET", path, token=token, headers=headers)

    def post(self, path: str, body: Any = None, token: str | Person | None = None) -> Reply:
        return self.ask("POST", path, body, token=token)

    def control(self, method: str, path: str, body: Any = None) -> Reply:
        """A control call, without any header of the API."""
        data = None if body is None else json.dumps(body).encode()
        return self.send(method, f"/__sandbox__/{path}", data)

    def obey(self, method: str, path: str, body: Any = None) -> Any:
        """The JSON of a control call that works."""
        reply = self.control(method, path, body)
        assert reply.status == 200, reply.body
        return reply.json

    def user(self, slug: str = "ann", **traits: Any) -> Person:
        """A new user."""
        made = self.obey("POST", "users", {"slug": slug, **traits})
        return Person(slug, made["access_token"], made["refresh_token"])

    def freeze(self, now: str = "2026-03-01T20:15:00Z") -> None:
        """Let the clock stand still there."""
        self.obey("POST", "clock", {"now": now, "frozen": True})

    def advance(self, seconds: float) -> None:
        """Move the clock forward [s]."""
        self.obey("POST", "clock", {"advance_s": seconds})

    def fault(self, kind: str, path: str | None = None, **more: Any) -> None:
        """Arm a fault for that path (or all)."""
        match = {} if path is None else {"path": path}
        self.obey("POST", "faults", {"kind": kind, "match": {**match, **more.pop("match", {})}, **more})

    def requests(self) -> list[dict[str, Any]]:
        """The requests that the sandbox saw."""
        rows: list[dict[str, Any]] = self.obey("GET", "requests")
        return rows

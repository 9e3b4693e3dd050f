"""Both faces of the client behind one verb, so that a test is written once; and a note of what was called."""

from __future__ import annotations

import asyncio
import inspect
import json
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from watchprint.sandbox import SandboxServer
from watchprint.sandbox.state import User
from watchprint.trakt import AsyncPages, AsyncTrakt, Pages, Trakt
from watchprint.trakt.bind import Endpoints, endpoint, flow, pages
from watchprint.trakt.pacing import InProcess

Ask = Callable[[Any], Any]
"""What to call, on a client of either face."""


@dataclass
class SandboxClock:
    """The sandbox's clock: waiting moves it, and takes no time."""

    server: SandboxServer

    def now(self) -> datetime:
        return self.server.run(lambda sandbox: sandbox.world.now)

    def sleep(self, seconds: float) -> None:
        control(self.server, "clock", {"advance_s": seconds})

    async def asleep(self, seconds: float) -> None:
        await asyncio.to_thread(self.sleep, seconds)


@dataclass
class Noted:
    """A client that notes which endpoints are called."""

    inner: Any
    called: set[str]
    path: str = ""

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.inner, name)
        here = f"{self.path}{name}"
        if isinstance(value, Endpoints):
            return Noted(value, self.called, f"{here}.")
        self.called.add(here)
        return value


@dataclass
class Face:
    """One face of the client, as one user (or as nobody)."""

    name: str
    server: SandboxServer
    client: Any
    runner: asyncio.Runner
    slug: str | None = None
    called: set[str] = field(default_factory=set)

    def do(self, ask: Ask) -> Any:
        """The answer: of a walk, all its rows."""
        found = ask(Noted(self.client, self.called))
        if isinstance(found, Pages):
            return found.all()
        if isinstance(found, AsyncPages):
            return self.runner.run(found.all())
        return self.runner.run(found) if inspect.iscoroutine(found) else found

    def as_user(self, slug: str, access_token: str) -> Face:
        return Face(self.name, self.server, self.client.as_user(access_token), self.runner, slug, self.called)

    def me(self) -> User:
        """The user as the sandbox keeps them."""
        assert self.slug is not None
        slug = self.slug
        return self.server.run(lambda sandbox: sandbox.world.state.users[slug])


def both_faces(server: SandboxServer, runner: asyncio.Runner) -> Iterator[Face]:
    """The blocking and the async client of this server, without a user."""
    client_id, secret = server.greeting["client_id"], server.greeting["client_secret"]
    here: dict[str, Any] = {
        "api_url": server.base_url,
        "redirect_uri": "http://localhost/back",
        "pacing": InProcess(write_gap_s=0.0, get_limit=10**6),
        "clock": SandboxClock(server),
    }
    yield Face("blocking", server, Trakt(client_id, secret, **here), runner)
    yield Face("async", server, AsyncTrakt(client_id, secret, **here), runner)


def every_endpoint() -> set[str]:
    """All calls of the client, as "group.name"."""
    with Trakt("any") as trakt:
        groups = {name: type(value) for name, value in vars(trakt).items() if isinstance(value, Endpoints)}
    return {
        f"{group}.{name}"
        for group, kind in groups.items()
        for name in dir(kind)
        if isinstance(inspect.getattr_static(kind, name), endpoint | flow | pages)
    }


def control(server: SandboxServer, word: str, wish: dict[str, Any]) -> Any:
    """A control call of the sandbox."""
    url = f"{server.base_url}/__sandbox__/{word}"
    with urllib.request.urlopen(urllib.request.Request(url, json.dumps(wish).encode(), method="POST")) as answer:
        return json.load(answer)


def minute(at: datetime) -> datetime:
    """The instant as Trakt keeps it for plays."""
    return at.astimezone(UTC).replace(second=0, microsecond=0)

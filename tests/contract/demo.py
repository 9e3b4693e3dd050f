"""The demo user of a sandbox in this process, and a client that asks as that user. Judges nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.contract.addresses import Known
from tests.sandbox.desk import Desk, Person, Reply
from watchprint.sandbox import SandboxServer, ServerOptions
from watchprint.sandbox.serving.sandbox import Sandbox

NOW = datetime(2026, 3, 1, 20, 15, 30, tzinfo=UTC)


def demo_server() -> SandboxServer:
    """A sandbox with its demo user, at a fixed time, without rate limits."""
    return SandboxServer(ServerOptions(port=0, now=NOW, rate_limits=False))


@dataclass(slots=True)
class Demo:
    """A signed-in user of one sandbox."""

    desk: Desk
    person: Person
    known: Known

    def ask(self, method: str, address: str, body: Any = None) -> Reply:
        """What the sandbox answers to the user."""
        return self.desk.ask(method, address, body, token=self.person)

    def get(self, address: str) -> Any:
        """The JSON of a GET that works; None when it is empty (204)."""
        reply = self.ask("GET", address)
        assert reply.status in (200, 204), (address, reply.status, reply.body)
        return reply.json if reply.body else None


def signed_in(desk: Desk) -> Demo:
    """The demo user of the sandbox that the desk asks."""
    first = desk.server.greeting["users"][0]
    return Demo(desk, Person(first["slug"], first["access_token"], first["refresh_token"]), desk.server.run(_known))


def _known(sandbox: Sandbox) -> Known:
    user, catalogue = sandbox.world.state.users["demo"], sandbox.world.catalogue
    movie = next(play.trakt for play in user.history if play.type == "movie")
    episodes = [catalogue.episodes[play.trakt] for play in user.history if play.type == "episode"]
    episode = next(e for e in episodes if any(one.item.trakt == e.trakt for one in user.collection))
    mixed = next(one for one in user.lists if {entry.item.type for entry in one.entries} >= {"person", "season"})
    names = tuple(name for one in user.lists for name in (str(one.id), str(one.slug)))
    return Known(
        movie,
        episode.show.trakt,
        episode.season.trakt,
        episode.trakt,
        episode.season.number,
        episode.number,
        next(iter(catalogue.people)),
        names,
        str(mixed.id),
    )

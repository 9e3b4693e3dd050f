"""The demo person's history and ratings, read through the client from a sandbox whose clock stands still.

What pictures are drawn from: the same rows every time. Keeps nothing, and asks no server elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from watchprint.insights import PlayRow
from watchprint.sandbox.server import SandboxServer
from watchprint.sandbox.serving.options import ServerOptions
from watchprint.trakt import Trakt

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ZONE = "Europe/Berlin"
_PLACES = (
    *(("home", "Living room"),) * 9, *(("friends", "At Jo's"),) * 2, ("cinema", "Babylon"), ("travel", "Night train"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoHistory:
    """What was read; `stats` are Trakt's own figures."""

    plays: list[Any]
    ratings: list[Any]
    stats: Any


def demo_history() -> DemoHistory:
    """Ten years of an invented person."""
    with SandboxServer(ServerOptions(port=0, now=NOW)) as server:
        user = server.greeting["users"][0]["access_token"]
        with Trakt(server.greeting["client_id"], tokens=user, api_url=server.base_url) as trakt:
            return DemoHistory(
                trakt.sync.history(extended="full").all(),
                trakt.sync.ratings(extended="full").all(),
                trakt.users.stats(),
            )


def planted_places() -> list[PlayRow]:
    """A hundred plays with places, which the demo's history has none of."""
    return [
        PlayRow(
            id=number,
            watched_at=NOW - timedelta(days=3 * number, hours=number % 5),
            kind="movie",
            title=number,
            name=f"Film {number}",
            runtime_min=90 + number % 50,
            place_kind=_PLACES[number % len(_PLACES)][0],
            place=_PLACES[number % len(_PLACES)][1],
        )
        for number in range(100)
    ]

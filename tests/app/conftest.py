"""An installation for each test: a store on either database, and a real sandbox as its Trakt."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from datetime import datetime, timedelta

import pytest

from tests.sandbox.desk import Desk, Person
from tests.store.conftest import place, postgres, template
from tests.store.places import Place
from watchprint.app import Watchprint
from watchprint.sandbox import SandboxServer, ServerOptions
from watchprint.settings import Settings
from watchprint.trakt.clock import Clock
from watchprint.trakt.tokens import Tokens

__all__ = ["place", "postgres", "template"]


@pytest.fixture(scope="session")
def app_server() -> Iterator[SandboxServer]:
    """The server that the tests of a process share."""
    with SandboxServer(ServerOptions(port=0, demo=False, rate_limits=False)) as server:
        yield server


@pytest.fixture
def desk(app_server: SandboxServer) -> Iterator[Desk]:
    """The control of that server, which was reset; its clock stands still."""
    desk = Desk(app_server)
    desk.obey("POST", "reset")
    desk.freeze("2026-03-01T20:15:30Z")
    yield desk
    desk.close()


@pytest.fixture
def ann(desk: Desk) -> Person:
    """A user with some plays, in Tokyo."""
    return desk.user("ann", plays=120, zone="Asia/Tokyo")


@pytest.fixture
def at_desk(desk: Desk, place: Place) -> Settings:
    """The settings of an installation whose Trakt is the sandbox."""
    return settings(place, desk)


@pytest.fixture
def app(at_desk: Settings) -> Generator[Watchprint]:
    """That installation, open."""
    with Watchprint.open(at_desk) as opened:
        yield opened


def settings(place: Place, desk: Desk | None = None, **more: str) -> Settings:
    """The settings of an installation; without a desk it asks no Trakt."""
    env = {"WATCHPRINT_HOME": str(place.home)}
    if place.url is not None:
        env["WATCHPRINT_DATABASE_URL"] = place.url
    if desk is not None:
        env["TRAKT_CLIENT_ID"], env["TRAKT_CLIENT_SECRET"] = desk.client_id, desk.client_secret
        env["TRAKT_API_URL"] = desk.server.base_url
    return Settings.from_env(env | more)


def pair(desk: Desk, person: Person) -> Tokens:
    """The person's pair, as Trakt issued it."""
    at = datetime.fromisoformat(desk.obey("GET", "clock")["now"])
    return Tokens(person.access, person.refresh, at, 7 * 86_400)


def let_pass(desk: Desk, seconds: float, *clocks: Clock) -> None:
    """Move the sandbox's clock, and return when those that follow it show that: moves are pushed, and take a moment."""
    desk.advance(seconds)
    shown = datetime.fromisoformat(desk.obey("GET", "clock")["now"])
    until_s = time.monotonic() + 10
    while any(clock.now() < shown - timedelta(seconds=1) for clock in clocks) and time.monotonic() < until_s:
        time.sleep(0.005)


def asked(desk: Desk) -> list[str]:
    """The paths that were asked for, in order, since they were last forgotten."""
    return [row["path"] for row in desk.requests()]

"""The pytest plugin: `trakt`, a Trakt on this desk, and `trakt_user`, a fresh user of it in every test.

One sandbox a process (so that xdist's workers have their own), started with the first test that asks for it. While
it is installed no test reaches trakt.tv.
"""

from __future__ import annotations

from collections.abc import Generator
from itertools import count
from typing import TYPE_CHECKING

import pytest

from watchprint.testing.guard import Guard

if TYPE_CHECKING:
    from watchprint.testing.desk import TestTrakt, TestUser

_MARKER = (
    "trakt_user(vip, limits, zone, plays, seed, private, locked, connections, expires_in, name): "
    "traits of the user that `trakt_user` gives"
)
_GUARD = pytest.StashKey[Guard]()
_numbers = count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Settings of the sandbox, in the project's pytest configuration."""
    parser.addini("trakt_rate_limits", "on: the sandbox keeps Trakt's rate limits", default="off")
    parser.addini("trakt_strict", "on: the sandbox refuses what Trakt only tolerates", default="off")


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known and start the guard."""
    config.addinivalue_line("markers", _MARKER)
    guard = config.stash[_GUARD] = Guard()
    guard.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the guard."""
    config.stash[_GUARD].stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test that tried to reach the real Trakt, even if it swallowed the error."""
    guard = item.config.stash[_GUARD]
    guard.taken()
    result = yield
    caught = guard.taken()
    if caught:
        pytest.fail(f"the test tried to reach the real Trakt ({', '.join(sorted(set(caught)))})", pytrace=False)
    return result


@pytest.fixture(scope="session")
def trakt_server(request: pytest.FixtureRequest) -> Generator[TestTrakt]:
    """The sandbox of this process, with whatever the tests before have left in it."""
    from watchprint.sandbox.server import SandboxServer
    from watchprint.sandbox.serving.options import ServerOptions
    from watchprint.testing.desk import TestTrakt

    options = ServerOptions(
        port=0,
        demo=False,
        rate_limits=request.config.getini("trakt_rate_limits") == "on",
        strict=request.config.getini("trakt_strict") == "on",
    )
    with SandboxServer(options) as server:
        yield TestTrakt(server.greeting)


@pytest.fixture
def trakt(trakt_server: TestTrakt, monkeypatch: pytest.MonkeyPatch) -> TestTrakt:
    """A Trakt of this test's own: empty, unbroken, at the machine's time; the environment points at it."""
    trakt_server.reset()
    for name, value in trakt_server.env.items():
        monkeypatch.setenv(name, value)
    return trakt_server


@pytest.fixture
def trakt_user(trakt: TestTrakt, request: pytest.FixtureRequest) -> TestUser:
    """A fresh user; `@pytest.mark.trakt_user(vip=True, zone="Europe/Paris", plays=100)` gives it traits."""
    marker = request.node.get_closest_marker("trakt_user")
    return trakt.user(f"user-{next(_numbers)}", **(marker.kwargs if marker else {}))

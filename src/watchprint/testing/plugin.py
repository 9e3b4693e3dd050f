"""The pytest plugin: `trakt`, a Trakt on this desk, and `trakt_user`, a fresh user of it in every test.

One sandbox a process (so that xdist's workers have their own), started with the first test that asks for it. While
the plugin is installed no test reaches trakt.tv; `-p no:watchprint` leaves it out. Knows no async plugin and needs
none: the fixtures are plain values.
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
    parser.addini("trakt_rate_limits", "on: the sandbox keeps Trakt's rate limits", type="bool", default=False)
    parser.addini("trakt_strict", "on: the sandbox refuses what Trakt only tolerates", type="bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known and start the guard."""
    config.addinivalue_line("markers", _MARKER)
    guard = config.stash[_GUARD] = Guard()
    guard.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the guard."""
    config.stash[_GUARD].stop()


# --- the guard: a test that tried to reach the real Trakt fails, even if it swallowed the error


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    """Watch the fixtures as they are made; and tell what was tried before, when no test was running."""
    if early := item.config.stash[_GUARD].taken():
        pytest.fail(
            f"before this test, at an import or in a thread that outlived its test, {_words(early)}", pytrace=False
        )
    return (yield from _guarded(item, "setup"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Watch the test."""
    return (yield from _guarded(item, "call"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """Watch the fixtures as they end."""
    return (yield from _guarded(item, "teardown"))


def _guarded(item: pytest.Item, when: str) -> Generator[None, object, object]:
    guard = item.config.stash[_GUARD]
    try:
        result = yield
    except (pytest.skip.Exception, pytest.xfail.Exception):
        if caught := guard.taken():
            pytest.fail(_words(caught), pytrace=False)
        raise
    except BaseException:
        if caught := guard.taken():
            item.add_report_section(when, "trakt", _words(caught))
        raise
    if caught := guard.taken():
        pytest.fail(_words(caught), pytrace=False)
    return result


def _words(caught: list[str]) -> str:
    return f"the test tried to reach the real Trakt ({', '.join(sorted(set(caught)))}): use the fixture `trakt`"


# --- the fixtures


@pytest.fixture(scope="session")
def trakt_server(request: pytest.FixtureRequest) -> Generator[TestTrakt]:
    """The sandbox of this process, with whatever the tests before have left in it."""
    try:
        from watchprint.sandbox.server import SandboxServer
        from watchprint.sandbox.serving.options import ServerOptions
        from watchprint.testing.desk import TestTrakt
    except ModuleNotFoundError as missing:
        pytest.fail(f"{missing.name} is missing: pip install 'watchprint[testing]'", pytrace=False)

    ini = request.config.getini
    options = ServerOptions(port=0, demo=False, rate_limits=ini("trakt_rate_limits"), strict=ini("trakt_strict"))
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
    if marker is not None and marker.args:
        pytest.fail(f"the marker takes names, as in trakt_user(plays=100), not {marker.args[0]!r}", pytrace=False)
    return trakt.user(f"user-{next(_numbers)}", **(marker.kwargs if marker else {}))

"""A real sandbox and a real `watchprint serve` for the tests of the HTTP face, and the table that they fill."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.sandbox.desk import Desk, Person
from tests.service.table import TABLE
from tests.web.face import Http
from tests.web.running import Served, of_desk, serving
from watchprint.sandbox import SandboxServer, ServerOptions

CACHE = Path(__file__).resolve().parents[2] / ".cache"


@pytest.fixture(scope="session")
def web_sandbox() -> Iterator[SandboxServer]:
    """The sandbox that the tests of a process share: strict, no user, no rate limits."""
    with SandboxServer(ServerOptions(port=0, demo=False, strict=True, rate_limits=False)) as server:
        yield server


@pytest.fixture(scope="session")
def servers(web_sandbox: SandboxServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Served]]:
    """A server for each address of Trakt, kept for the whole run."""
    desk, kept = Desk(web_sandbox), dict[str, Served]()
    with ExitStack() as until_the_end:

        def server(api_url: str) -> Served:
            if api_url not in kept:
                folder = tmp_path_factory.mktemp("served")
                env = of_desk(desk, folder / "home") | {"TRAKT_API_URL": api_url}
                kept[api_url] = until_the_end.enter_context(serving(env, folder))
            return kept[api_url]

        yield server
    desk.close()


@pytest.fixture
def desk(web_sandbox: SandboxServer) -> Iterator[Desk]:
    """The control of that sandbox, which was reset; its clock stands still in the middle of a minute."""
    desk = Desk(web_sandbox)
    desk.obey("POST", "reset")
    desk.freeze("2026-03-01T20:15:30Z")
    yield desk
    desk.close()


@pytest.fixture
def served(desk: Desk, servers: Callable[[str], Served]) -> Served:
    """The server at that sandbox. What one test keeps in its store, others find."""
    return servers(desk.server.base_url)


@pytest.fixture
def own(desk: Desk, tmp_path: Path) -> Iterator[Served]:
    """A server of the test's own, with an empty store."""
    with serving(of_desk(desk, tmp_path / "home"), tmp_path) as served:
        yield served


@pytest.fixture
def face(desk: Desk, served: Served, servers: Callable[[str], Served]) -> Http:
    """The HTTP face, as the tests of the library's faces call it."""
    return Http(desk, served, servers)


@pytest.fixture
def ann(desk: Desk) -> Person:
    """A user with VIP and a connected network."""
    return desk.user("ann", vip=True, connections={"twitter": True})


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table of methods and errors, and keep it in .cache."""
    text = TABLE.text()
    if "  http  " not in text:
        return
    terminalreporter.write_sep("-", "27 methods over HTTP")
    terminalreporter.write_line(text)
    CACHE.mkdir(exist_ok=True)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    (CACHE / f"http-methods{worker}.txt").write_text(text + "\n", encoding="utf-8")

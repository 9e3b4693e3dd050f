"""A real sandbox for all tests of this folder, both faces of the service over HTTP, and the table that they fill."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox.desk import Desk, Person
from tests.service.faces import Async, Blocking, Face
from tests.service.table import TABLE
from watchprint.sandbox import SandboxServer, ServerOptions

CACHE = Path(__file__).resolve().parents[2] / ".cache"


@pytest.fixture(scope="session")
def service_server() -> Iterator[SandboxServer]:
    """The server that the tests of a process share: strict, no user, no rate limits."""
    with SandboxServer(ServerOptions(port=0, demo=False, strict=True, rate_limits=False)) as server:
        yield server


@pytest.fixture
def desk(service_server: SandboxServer) -> Iterator[Desk]:
    """The control of that server, which was reset; its clock stands still in the middle of a minute."""
    desk = Desk(service_server)
    desk.obey("POST", "reset")
    desk.freeze("2026-03-01T20:15:30Z")
    yield desk
    desk.close()


@pytest.fixture
def ann(desk: Desk) -> Person:
    """A user with VIP and a connected network."""
    return desk.user("ann", vip=True, connections={"twitter": True})


@pytest.fixture(params=["blocking", "async"])
def face(request: pytest.FixtureRequest, desk: Desk) -> Iterator[Face]:
    """Each face of the service, at that sandbox."""
    made = Blocking(desk) if request.param == "blocking" else Async(desk)
    yield made
    made.close()


@pytest.fixture
def service(desk: Desk) -> Iterator[Blocking]:
    """The blocking face alone, for what does not depend on the face."""
    made = Blocking(desk)
    yield made
    made.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table of methods and errors, and keep it in .cache."""
    text = TABLE.text()
    if not text:
        return
    terminalreporter.write_sep("-", "27 methods, both faces")
    terminalreporter.write_line(text)
    CACHE.mkdir(exist_ok=True)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    (CACHE / f"service-methods{worker}.txt").write_text(text + "\n", encoding="utf-8")

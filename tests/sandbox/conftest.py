"""A real sandbox on a free port for all tests of this folder; each test finds it as it was at the start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sandbox.desk import Desk
from tests.sandbox.probes import ROUTES
from watchprint.sandbox import SandboxServer, ServerOptions


@pytest.fixture(scope="session")
def sandbox_server() -> Iterator[SandboxServer]:
    """The server that the tests of a process share: no user, rate limits on, routes of the tests' own."""
    with SandboxServer(ServerOptions(port=0, demo=False), ROUTES.table) as server:
        yield server


@pytest.fixture
def desk(sandbox_server: SandboxServer) -> Iterator[Desk]:
    """A client of that server, which was reset."""
    desk = Desk(sandbox_server)
    desk.obey("POST", "reset")
    yield desk
    desk.close()

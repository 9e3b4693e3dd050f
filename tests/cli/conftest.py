"""A real sandbox for the tests of the command line, the command line pointed at it, and the table they fill."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import Cli
from tests.cli.table import TABLE
from tests.sandbox.desk import Desk, Person
from watchprint.sandbox import SandboxServer, ServerOptions

CACHE = Path(__file__).resolve().parents[2] / ".cache"


@pytest.fixture(scope="session")
def cli_server() -> Iterator[SandboxServer]:
    """The server that the tests of a process share: strict, no user, no rate limits."""
    with SandboxServer(ServerOptions(port=0, demo=False, strict=True, rate_limits=False)) as server:
        yield server


@pytest.fixture
def desk(cli_server: SandboxServer) -> Iterator[Desk]:
    """The control of that server, which was reset; its clock stands still in the middle of a minute."""
    desk = Desk(cli_server)
    desk.obey("POST", "reset")
    desk.freeze("2026-03-01T20:15:30Z")
    yield desk
    desk.close()


@pytest.fixture
def ann(desk: Desk) -> Person:
    """A user with VIP and a connected network."""
    return desk.user("ann", vip=True, connections={"twitter": True})


@pytest.fixture
def nobody(desk: Desk, tmp_path: Path) -> Cli:
    """The command line at that sandbox, with nobody signed in."""
    env = {
        "TRAKT_CLIENT_ID": desk.client_id,
        "TRAKT_CLIENT_SECRET": desk.client_secret,
        "TRAKT_API_URL": desk.server.base_url,
        "WATCHPRINT_HOME": str(tmp_path / "home"),
    }
    return Cli(env, (desk.client_secret,))


@pytest.fixture
def cli(nobody: Cli, ann: Person) -> Cli:
    """The same for Ann."""
    return nobody.having(WATCHPRINT_TOKEN=ann.access).hiding(ann.access, ann.refresh)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table of methods and exit codes, and keep it in .cache."""
    text = TABLE.text()
    if not text:
        return
    terminalreporter.write_sep("-", "27 methods, command line")
    terminalreporter.write_line(text)
    CACHE.mkdir(exist_ok=True)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    (CACHE / f"cli-methods{worker}.txt").write_text(text + "\n", encoding="utf-8")

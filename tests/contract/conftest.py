"""The demo user of one sandbox for all tests of this folder; each test finds the account as it was at the start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contract.demo import Demo, demo_server, signed_in
from tests.contract.observing import Watch, watch
from tests.sandbox.desk import Desk
from watchprint.sandbox import SandboxServer


@pytest.fixture(scope="session")
def demo_sandbox() -> Iterator[SandboxServer]:
    """The server that the tests of a process share."""
    with demo_server() as server:
        yield server


@pytest.fixture
def demo(demo_sandbox: SandboxServer) -> Iterator[Demo]:
    """The demo user, as at the start."""
    desk = Desk(demo_sandbox)
    desk.obey("POST", "reset")
    yield signed_in(desk)
    desk.close()


@pytest.fixture
def watching() -> Watch:
    """What sees the answers of this process."""
    made = watch()
    assert made is not None, "the reference material is missing"
    return made

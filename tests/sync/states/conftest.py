"""A sandbox, a user of it, and a store for each database: what every part is tested between."""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Iterator
from itertools import count

import pytest

from tests.store.conftest import place, postgres, template
from tests.store.places import Place
from tests.sync.states.desk import Desk, control
from watchprint.sandbox import SandboxServer, ServerOptions

__all__ = ["place", "postgres", "template"]

numbers = count(1)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[SandboxServer]:
    """One server for all tests here; each has a user of its own."""
    options = ServerOptions(port=0, rate_limits=False, strict=True, demo=False)
    with SandboxServer(options) as server:
        yield server


@pytest.fixture(scope="session")
def loop() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def desk(sandbox: SandboxServer, loop: asyncio.Runner, place: Place) -> Generator[Desk]:
    """A new user with VIP, linked to an account of an empty store."""
    slug = f"user-{next(numbers)}"
    token = control(sandbox, "POST", "users", {"slug": slug, "vip": True, "expires_in": 10**9})["access_token"]
    with Desk.at(sandbox, loop, place, slug, token) as made:
        yield made
    control(sandbox, "DELETE", "faults")

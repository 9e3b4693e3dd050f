"""A sandbox, a user of it, and a store for each database: what the copy is tested between."""

from __future__ import annotations

import asyncio
from collections.abc import Generator

import pytest

from tests.store.conftest import place, postgres, template
from tests.store.places import Place
from tests.sync.desk import CopyDesk
from tests.sync.states.conftest import loop, numbers, sandbox
from tests.sync.states.desk import control
from watchprint.sandbox import SandboxServer

__all__ = ["loop", "place", "postgres", "sandbox", "template"]


@pytest.fixture
def copying(sandbox: SandboxServer, loop: asyncio.Runner, place: Place) -> Generator[CopyDesk]:
    """A new user with VIP, linked to an account of an empty store."""
    slug = f"user-{next(numbers)}"
    token = control(sandbox, "POST", "users", {"slug": slug, "vip": True, "expires_in": 10**9})["access_token"]
    with CopyDesk.at(sandbox, loop, place, slug, token) as made:
        assert isinstance(made, CopyDesk)
        yield made
    control(sandbox, "DELETE", "faults")

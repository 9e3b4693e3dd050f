"""A strict sandbox with its demo user, and both faces of the client before it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import count

import pytest

from tests.trakt.against_sandbox.faces import Face, both_faces, control
from watchprint.sandbox import SandboxServer, ServerOptions

numbers = count(1)


@pytest.fixture(scope="session")
def strict_sandbox() -> Iterator[SandboxServer]:
    """One server for all: it refuses unknown fields and nulls, and its demo user is only read."""
    options = ServerOptions(port=0, rate_limits=False, strict=True, redirect_uris=("http://localhost/back",))
    with SandboxServer(options) as server:
        yield server


@pytest.fixture(scope="session")
def faces(strict_sandbox: SandboxServer) -> Iterator[dict[str, Face]]:
    with asyncio.Runner() as runner:
        made = {face.name: face for face in both_faces(strict_sandbox, runner)}
        yield made
        made["blocking"].client.close()
        runner.run(made["async"].client.aclose())


@pytest.fixture(params=["blocking", "async"])
def nobody(request: pytest.FixtureRequest, faces: dict[str, Face]) -> Face:
    """The client without a user."""
    face = faces[request.param]
    face.called.clear()
    return face


@pytest.fixture
def demo(nobody: Face) -> Face:
    """The client as the demo user."""
    user = nobody.server.greeting["users"][0]
    return nobody.as_user(user["slug"], user["access_token"])


@pytest.fixture
def vip(nobody: Face) -> Face:
    """The client as a new user with VIP and no history."""
    slug = f"vip-{next(numbers)}"
    made = control(nobody.server, "users", {"slug": slug, "vip": True})
    return nobody.as_user(slug, made["access_token"])

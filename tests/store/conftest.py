"""A store for each test, once on SQLite and once on PostgreSQL."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.store import bringing
from tests.store.places import Place, Template
from watchprint.store import Store


@pytest.fixture(scope="session")
def postgres() -> Generator[str]:
    """The address of a PostgreSQL server."""
    with bringing.server() as address:
        yield address


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Generator[Template]:
    """A migrated store of each kind."""
    server = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    made = Template(request.param, tmp_path_factory.mktemp("template"), server)
    yield made
    made.drop()


@pytest.fixture
def place(template: Template, tmp_path: Path) -> Generator[Place]:
    """An address and a home, with an empty store of this program's revision."""
    with template.begun(tmp_path / "home") as begun:
        yield begun


@pytest.fixture
def bare(template: Template, tmp_path: Path) -> Generator[Place]:
    """The same without any table."""
    with template.empty(tmp_path / "home") as empty:
        yield empty


@pytest.fixture
def store(place: Place) -> Generator[Store]:
    """The store, open."""
    with place.open() as opened:
        yield opened

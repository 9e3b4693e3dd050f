"""Where a test's store is: an address and a home of its own, on either database."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from watchprint.store import Store


@dataclass
class Hands:
    """A clock whose hands a test moves."""

    at: datetime = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

    async def asleep(self, seconds: float) -> None:
        self.sleep(seconds)


@dataclass
class Place:
    """A database with nothing of another test in it, and a home."""

    kind: str
    home: Path
    url: str | None
    clock: Hands = field(default_factory=Hands)

    def open(self) -> Store:
        """The store there, by the test's clock."""
        return Store.open(home=self.home, url=self.url, clock=self.clock)


class Template:
    """A store that was migrated once, to begin others from."""

    def __init__(self, kind: str, folder: Path, server: str | None) -> None:
        self.kind, self._folder, self._server = kind, folder, server
        self._name = f"watchprint_{uuid.uuid4().hex[:12]}"
        if server is not None:
            self._run(f'CREATE DATABASE "{self._name}"')
        Store.open(home=folder / "template", url=self.address(self._name)).close()

    def address(self, database: str) -> str | None:
        """The address of one of the server's databases."""
        return None if self._server is None else self._server.replace("/postgres?", f"/{database}?", 1)

    @contextmanager
    def empty(self, home: Path) -> Generator[Place]:
        """A database without even tables."""
        with self._place(home, template=None) as place:
            yield place

    @contextmanager
    def begun(self, home: Path) -> Generator[Place]:
        """A store that is ready."""
        with self._place(home, template=self._name) as place:
            yield place

    @contextmanager
    def _place(self, home: Path, template: str | None) -> Generator[Place]:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._server is None:
            if template is not None:
                shutil.copy(self._folder / "template" / "watchprint.db", home / "watchprint.db")
            yield Place(self.kind, home, None)
            return
        name = f"watchprint_{uuid.uuid4().hex[:12]}"
        self._run(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
        try:
            yield Place(self.kind, home, self.address(name))
        finally:
            self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def drop(self) -> None:
        """Leave nothing on the server."""
        if self._server is not None:
            self._run(f'DROP DATABASE "{self._name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        assert self._server is not None
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(statement.encode())

"""PostgreSQL through psycopg and a pool: one transaction a piece of work, done again when two have clashed."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final, TypeVar

from sqlalchemy import URL, Connection, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from watchprint.store.engine.database import Database, Work
from watchprint.store.engine.failures import RETRIED, in_our_words, sqlstate

T = TypeVar("T")

CONNECTIONS: Final = 10
TRIES: Final = 8
_MIGRATION: Final = 0x77617463
"""The key of the advisory lock that one migration holds at a time."""
_PLANNED: Final = {"prepare_threshold": None}
"""Statements are planned with their values: a plan for any values searches a list of them row by row."""
_NAMED: Final = 0x6873
"""The first half of the keys of locks by name."""


class Postgres(Database):
    """A store in a PostgreSQL database.

    Args:
        url: Where it is, with the driver psycopg.
    """

    kind = "postgresql"

    def __init__(self, url: URL) -> None:
        self.url = url
        self.where = url.set(password=None, query={}).render_as_string(hide_password=True)
        self._engine = create_engine(
            url,
            pool_size=CONNECTIONS,
            max_overflow=CONNECTIONS,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args=_PLANNED,
        )
        self._snapshots = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._alone = create_engine(url, poolclass=NullPool, hide_parameters=True, isolation_level="AUTOCOMMIT")
        self._threads = ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="watchprint-store")
        self._inside = threading.local()

    def read(self, work: Work[T]) -> T:
        with in_our_words(self.kind, self.where), self._snapshots.begin() as connection:
            return work(connection)

    def write(self, work: Work[T]) -> T:
        if getattr(self._inside, "writing", False):
            raise RuntimeError("work that writes may not hand in more writing: use the transaction it was given")
        self._inside.writing = True
        try:
            with in_our_words(self.kind, self.where):
                return self._tried(work)
        finally:
            self._inside.writing = False

    def _tried(self, work: Work[T]) -> T:
        for left in reversed(range(TRIES)):
            try:
                with self._engine.begin() as connection:
                    return work(connection)
            except DBAPIError as error:
                if left == 0 or sqlstate(error) not in RETRIED:
                    raise
        raise AssertionError("the last try returns or raises")

    def submit_read(self, work: Work[T]) -> Future[T]:
        return self._threads.submit(lambda: self.read(work))

    def submit_write(self, work: Work[T]) -> Future[T]:
        return self._threads.submit(lambda: self.write(work))

    @contextmanager
    def migrating(self) -> Generator[Connection]:
        with in_our_words(self.kind, self.where), self._engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION})
            yield connection

    @contextmanager
    def holding(self, name: str) -> Generator[None]:
        """A session's advisory lock on a connection of its own, which ends with the connection."""
        key = {"space": _NAMED, "key": zlib.crc32(name.encode()) - 2**31}
        with in_our_words(self.kind, self.where):
            connection = self._alone.connect()
        try:
            with in_our_words(self.kind, self.where):
                connection.execute(text("SELECT pg_advisory_lock(:space, :key)"), key)
            try:
                yield
            finally:
                if not connection.invalidated:
                    connection.execute(text("SELECT pg_advisory_unlock(:space, :key)"), key)
        finally:
            connection.close()

    def room(self, name: str) -> None:
        return None

    def close(self) -> None:
        self._threads.shutdown()
        self._engine.dispose()

"""SQLite: one writer thread with group commit, a pool of readers, WAL, and a commit that is on the disk.

Other libraries with an SQLite of their own (an Arrow driver, DuckDB) must never open this file in a process that has
it open here: the locks of a file belong to the process, and the stranger's opening cuts the shared index short and
its closing drops the locks (https://www.sqlite.org/howtocorrupt.html, 2.2.1). For the same reason nothing in this
program opens the file to read its bytes.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool, QueuePool

from watchprint.store.engine.database import Database, Work
from watchprint.store.engine.failures import in_our_words
from watchprint.store.engine.filelock import held
from watchprint.store.engine.room import Room
from watchprint.store.engine.writer import Writer
from watchprint.store.errors import StoreUnwritable

T = TypeVar("T")

BUSY_S: Final = 30.0
READERS: Final = 8


class Sqlite(Database):
    """A store in one file.

    Args:
        path: The file; it and its folder are made, for this user alone.
        busy_s: How long to wait for other processes [s].
        locks: The folder of the locks that processes share; None: `locks` beside the file.
    """

    kind = "sqlite"

    def __init__(self, path: Path, *, busy_s: float = BUSY_S, locks: Path | None = None) -> None:
        self.path, self.where, self._busy_s = path, str(path), busy_s
        self._locks = locks or path.parent / "locks"
        self._make()
        self._writing = self._engine("BEGIN IMMEDIATE", read_only=False)
        self._reading = self._engine("BEGIN", read_only=True)
        self._writer = Writer(self._writing, self.where)
        self._threads = ThreadPoolExecutor(READERS, thread_name_prefix="watchprint-reader")

    def read(self, work: Work[T]) -> T:
        with in_our_words(self.kind, self.where), self._reading.connect() as connection, connection.begin():
            return work(connection)

    def write(self, work: Work[T]) -> T:
        return self.submit_write(work).result()

    def submit_read(self, work: Work[T]) -> Future[T]:
        return self._threads.submit(lambda: self.read(work))

    def submit_write(self, work: Work[T]) -> Future[T]:
        return self._writer.submit(work)

    @contextmanager
    def migrating(self) -> Generator[Connection]:
        with held(self._locks / "migration.lock"), in_our_words(self.kind, self.where):
            engine = self._engine("BEGIN IMMEDIATE", read_only=False)
            try:
                with engine.begin() as connection:
                    yield connection
            finally:
                engine.dispose()

    def holding(self, name: str) -> AbstractContextManager[object]:
        return held(self._locks / f"{name}.lock")

    def room(self, name: str) -> Room:
        return Room(self._locks / f"{name}.room")

    def close(self) -> None:
        self._threads.shutdown()
        self._writer.close()
        self._reading.dispose()
        self._writing.dispose()

    def _make(self) -> None:
        """The file, private, in WAL mode; whoever comes first makes it, and nobody opens it past SQLite after that."""
        with held(self._locks / "migration.lock"), in_our_words(self.kind, self.where):
            try:
                self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                if not self.path.exists():
                    os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
            except OSError as error:
                raise StoreUnwritable(
                    f"The store {self.path} cannot be made ({error.strerror}): free some space or set WATCHPRINT_HOME."
                ) from error
            connection = sqlite3.connect(self.path, isolation_level=None, timeout=self._busy_s)
            try:
                connection.execute("PRAGMA journal_mode=WAL")
            finally:
                connection.close()

    def _engine(self, begin: str, *, read_only: bool) -> Engine:
        pool: dict[str, Any] = (
            {"poolclass": QueuePool, "pool_size": READERS, "max_overflow": READERS, "pool_timeout": self._busy_s}
            if read_only
            else {"poolclass": NullPool}
        )
        arguments = {"timeout": self._busy_s, "check_same_thread": False, "isolation_level": None}
        engine = create_engine(f"sqlite:///{self.path}", connect_args=arguments, hide_parameters=True, **pool)

        @event.listens_for(engine, "connect")
        def prepare(raw: sqlite3.Connection, record: object) -> None:
            for pragma in _PRAGMAS:
                raw.execute(f"PRAGMA {pragma}")
            raw.execute("PRAGMA query_only=ON" if read_only else f"PRAGMA cache_size=-{_WRITERS_CACHE_KB}")

        @event.listens_for(engine, "begin")
        def start(connection: Connection) -> None:
            connection.exec_driver_sql(begin)

        return engine


_WRITERS_CACHE_KB: Final = 65_536
"""A transaction that takes in a whole history writes each page once, instead of again and again."""
_PRAGMAS: Final = (
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",  # what is forgotten is not left in free pages
    "cache_size=-16384",
    "temp_store=MEMORY",
    "journal_size_limit=67108864",
)

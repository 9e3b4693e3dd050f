"""The one thread that writes to SQLite: what waits is committed together, and each is told when it is durable.

One piece of work that fails takes nothing of the others with it. It never runs work out of turn and never drops any.
"""

from __future__ import annotations

import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from watchprint.store.engine.failures import of_sqlite

MOST_TOGETHER: Final = 1000
LONGEST_TOGETHER_S: Final = 0.02
"""No more work is taken into a commit once it has been open for so long."""


@dataclass(slots=True)
class Job:
    """A piece of work, and where its result goes."""

    work: Callable[[Connection], Any]
    future: Future[Any]
    result: Any = None
    error: BaseException | None = None

    def settle(self) -> None:
        """Tell whoever waits, unless nobody does any more."""
        if self.future.cancelled():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class Writer:
    """Takes work from all threads and does it in one.

    Args:
        engine: Its transactions begin with BEGIN IMMEDIATE.
        where: The file, for messages.
    """

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine, self._where = engine, where
        self._waiting: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._closing = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="watchprint-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Connection], Any]) -> Future[Any]:
        """Hand in work; the future has its result once that is durable."""
        if threading.current_thread() is self._thread:
            raise RuntimeError("work that writes may not hand in more writing: use the transaction it was given")
        future: Future[Any] = Future()
        with self._closing:
            if self._closed:
                raise RuntimeError("the store is closed")
            self._waiting.put(Job(work, future))
        return future

    def close(self) -> None:
        """Do what was handed in, and end."""
        with self._closing:
            if not self._closed:
                self._closed = True
                self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        connection: Connection | None = None
        while (job := self._waiting.get()) is not None:
            done: list[Job] = []
            try:
                connection = connection or self._engine.connect()
                self._commit(connection, job, done)
            except BaseException as error:
                self._given_up(connection, done or [job], error)
                connection = None
            for each in done or [job]:
                each.settle()
        if connection is not None:
            connection.close()

    def _commit(self, connection: Connection, first: Job, done: list[Job]) -> None:
        """Do the first and whatever else waits, and commit; in `done` is what was done."""
        with connection.begin():
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            until_s, job = monotonic() + LONGEST_TOGETHER_S, first
            while True:
                if job.future.set_running_or_notify_cancel():
                    done.append(job)
                    self._do(job, connection, raw)
                if len(done) >= MOST_TOGETHER or monotonic() >= until_s:
                    return
                try:
                    following = self._waiting.get_nowait()
                except queue.Empty:
                    return
                if following is None:
                    self._waiting.put(None)
                    return
                job = following

    def _do(self, job: Job, connection: Connection, raw: sqlite3.Connection) -> None:
        raw.execute("SAVEPOINT job")
        try:
            job.result = job.work(connection)
        except BaseException as error:
            if not raw.in_transaction:  # SQLite has given up the whole transaction by itself
                raise
            raw.execute("ROLLBACK TO job")
            job.error = self._told(error)
        raw.execute("RELEASE job")

    def _given_up(self, connection: Connection | None, jobs: list[Job], error: BaseException) -> None:
        """Nothing of these was kept; the connection is not trusted any more."""
        told = self._told(error)
        for job in jobs:
            job.error = job.error or told
        if connection is not None:
            connection.invalidate()
            connection.close()

    def _told(self, error: BaseException) -> BaseException:
        if isinstance(error, SQLAlchemyError | sqlite3.Error):
            ours = of_sqlite(error, self._where)
            if ours is not None:
                ours.__cause__ = error
                return ours
        return error

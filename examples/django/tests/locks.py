"""The lock of a user's row, taken from outside or looked at: on PostgreSQL the row's own, on SQLite the database's."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager

import psycopg
from psycopg.errors import LockNotAvailable

from .running import Site


@contextmanager
def locked(site: Site, slug: str) -> Generator[None]:
    """Hold it, as a renewal does.

    Raises:
        BlockingIOError: Somebody else holds it.
    """
    if site.database.startswith("sqlite:///"):
        with closing(
            sqlite3.connect(site.database.removeprefix("sqlite:///"), timeout=0, isolation_level=None)
        ) as file:
            try:
                file.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                raise BlockingIOError from error
            yield
        return
    with psycopg.connect(site.database) as connection:
        try:
            query = "SELECT id FROM accounts_traktaccount WHERE slug = %s FOR UPDATE NOWAIT"
            connection.execute(query, [slug]).fetchone()
        except LockNotAvailable as error:
            raise BlockingIOError from error
        yield


def is_locked(site: Site, slug: str) -> bool:
    """Somebody holds it."""
    try:
        with locked(site, slug):
            return False
    except BlockingIOError:
        return True

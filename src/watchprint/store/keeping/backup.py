"""A back-up is one SQLite file with the tables of the store, whichever database the store is on.

From SQLite it is made by the database's own online copy, from PostgreSQL out of one snapshot; both while others write.
Keys are never in it: tokens are, sealed. It can be brought back to either database.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Final, cast

from sqlalchemy import Connection, select

from watchprint.store.engine.database import Database
from watchprint.store.engine.failures import in_our_words
from watchprint.store.engine.many import inserting, write_many
from watchprint.store.engine.sqlite import Sqlite
from watchprint.store.errors import StoreUnwritable
from watchprint.store.migrations import migrating
from watchprint.store.schema import kept_tables, metadata, schema_versions, titles
from watchprint.store.unit import chunks

ROWS_AT_ONCE: Final = 5000


def write(database: Database, file: Path) -> None:
    """Write a back-up, whole or not at all, for this user alone.

    Raises:
        StoreUnwritable: The file cannot be written, or it is the store itself.
    """
    if isinstance(database, Sqlite) and file.resolve() == database.path.resolve():
        raise StoreUnwritable(f"{file} is the store itself. Name another file for the back-up.")
    beside = file.with_name(f".{file.name}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
        with in_our_words("sqlite", str(file)):
            if isinstance(database, Sqlite):
                _copied(database.path, beside)
            else:
                _gathered(database, beside)
        _settled(beside, file)
    except OSError as error:
        raise StoreUnwritable(f"The back-up {file} cannot be written ({error.strerror}). Nothing was kept.") from error
    finally:
        with suppress(OSError):
            beside.unlink()


@contextmanager
def alone(path: Path) -> Generator[Sqlite]:
    """The store in a file that nobody else has open, of this program's revision; one file again afterwards."""
    with tempfile.TemporaryDirectory(prefix="watchprint-locks-") as locks:
        store = Sqlite(path, locks=Path(locks))
        try:
            migrating.ready(store)
            yield store
        finally:
            store.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA journal_mode=DELETE")


def _copied(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def _gathered(database: Database, target: Path) -> None:
    with alone(target) as copy:
        copy.write(lambda into: database.read(lambda out_of: copy_rows(out_of, into, leaving_out=_NOT_COPIED)))


_NOT_COPIED: Final = frozenset({schema_versions.name, kept_tables.name})


def copy_rows(out_of: Connection, into: Connection, *, leaving_out: frozenset[str]) -> None:
    """Copy the rows of all tables but these, each after what it refers to."""
    for table in metadata.sorted_tables:
        if table.name in leaving_out:
            continue
        asked = select(table)
        if table is titles:
            asked = asked.order_by(titles.c.show_id.is_not(None), titles.c.id)
        adding = inserting(into.dialect.name, table, tuple(table.columns.keys()))
        rows = out_of.execution_options(yield_per=ROWS_AT_ONCE).execute(asked).mappings()
        for some in chunks(rows, ROWS_AT_ONCE):
            write_many(into, adding, table, cast("list[Mapping[str, Any]]", some))


def _settled(beside: Path, file: Path) -> None:
    descriptor = os.open(beside, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    os.replace(beside, file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

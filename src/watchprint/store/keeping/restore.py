"""Bringing a back-up back, in one transaction, while others read and write: they see the old store or the new one.

Revisions go on from the highest there was, and every account is to be loaded anew, so that no cache takes new rows for
old ones. Tokens that are newer than
the back-up stay: a refresh token that was spent since is good for nothing. Leases end: what somebody does under one
rests on rows that are no more.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, delete, func, literal, select, text, update

from watchprint.store.engine.database import Database
from watchprint.store.engine.sqlite import Sqlite
from watchprint.store.errors import NotABackup
from watchprint.store.keeping.backup import alone, copy_rows
from watchprint.store.schema import (
    accounts,
    budgets,
    counters,
    credentials,
    cursors,
    first_answers,
    imports,
    kept_tables,
    leases,
    lists,
    metadata,
    schema_versions,
    written_files,
)
from watchprint.store.schema.columns import Json

_STAYS: Final = frozenset(
    table.name for table in (schema_versions, leases, budgets, written_files, counters, first_answers)
)
"""What is of this installation and this moment, and no part of what a back-up brings back."""
_NUMBERED: Final = (accounts, lists, imports)


def bring_back(database: Database, file: Path) -> None:
    """Let the store hold what a back-up holds.

    Raises:
        NotABackup: The file is none; nothing is changed.
        StoreTooNew: It is of a newer program; nothing is changed.
    """
    if isinstance(database, Sqlite) and file.resolve() == database.path.resolve():
        raise NotABackup(f"{file} is the store itself.")
    with _opened(file) as backup:
        database.write(lambda connection: backup.read(lambda out_of: _replaced(connection, out_of)))


@contextmanager
def _opened(file: Path) -> Generator[Sqlite]:
    """A copy of the back-up, brought to this program's revision."""
    with tempfile.TemporaryDirectory(prefix="watchprint-restore-") as folder:
        copy = Path(folder, "store.db")
        try:
            shutil.copyfile(file, copy)
            copy.chmod(0o600)
            with closing(sqlite3.connect(copy)) as connection:
                there = connection.execute("SELECT name FROM sqlite_master WHERE name = 'schema_versions'").fetchone()
        except OSError as error:
            raise NotABackup(f"The back-up {file} cannot be read ({error.strerror}). Check the path.") from error
        except sqlite3.DatabaseError as error:
            raise NotABackup(f"{file} is no back-up of Watchprint, or is damaged.") from error
        if there is None:
            raise NotABackup(f"{file} is no back-up of Watchprint.")
        with alone(copy) as backup:
            yield backup


def _replaced(connection: Connection, backup: Connection) -> None:
    newer = _newer_tokens(connection, backup)
    highest = max(_highest(connection), _highest(backup))
    last = {table.name: _last(connection, table) for table in _NUMBERED}
    for table in reversed(metadata.sorted_tables):
        if table.name not in _STAYS:
            connection.execute(delete(table))
    copy_rows(backup, connection, leaving_out=_STAYS | {kept_tables.name})
    connection.execute(delete(leases))
    connection.execute(update(accounts).values(revision=highest + 1))
    connection.execute(delete(cursors).where(cursors.c.name == "titles"))
    anew = select(accounts.c.id, literal("titles"), literal(highest + 1, Json))
    connection.execute(cursors.insert().from_select(["account_id", "name", "value"], anew))
    for row in newer:
        connection.execute(delete(credentials).where(credentials.c.account_id == row["account_id"]))
        connection.execute(credentials.insert().values(row))
    _counted_on(connection, backup, last)


def _newer_tokens(connection: Connection, backup: Connection) -> list[dict[str, Any]]:
    """The pairs that are younger here than in the back-up, of the same account of the same Trakt user."""
    both = select(accounts.c.trakt_uuid, accounts.c.created_at, credentials).join_from(credentials, accounts)
    theirs = {row.account_id: row for row in backup.execute(both)}
    newer = []
    for row in connection.execute(both):
        old = theirs.get(row.account_id)
        if old is None or (old.trakt_uuid, old.created_at) != (row.trakt_uuid, row.created_at):
            continue
        if row.issued_at is not None and (old.issued_at is None or row.issued_at > old.issued_at):
            newer.append({column.name: row._mapping[column.name] for column in credentials.columns})
    return newer


def _highest(connection: Connection) -> int:
    return connection.execute(select(func.max(accounts.c.revision))).scalar() or 0


def _last(connection: Connection, table: Table) -> int:
    """The highest number that the table has given, also to rows that are gone."""
    if connection.dialect.name == "sqlite":
        asked = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        return connection.execute(asked, {"name": table.name}).scalar() or 0
    number: int | None = connection.exec_driver_sql(
        f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {table.name}_id_seq"
    ).scalar()
    return number or 0


def _counted_on(connection: Connection, backup: Connection, last: dict[str, int]) -> None:
    """Numbers go on after the highest that was ever given, here or there."""
    for table in _NUMBERED:
        highest = max(last[table.name], _last(backup, table))
        if connection.dialect.name == "sqlite":
            known = text("UPDATE sqlite_sequence SET seq = :seq WHERE name = :name")
            if connection.execute(known, {"name": table.name, "seq": highest}).rowcount == 0:
                new = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)")
                connection.execute(new, {"name": table.name, "seq": highest})
        elif highest:
            connection.execute(text("SELECT setval(:name, :seq)"), {"name": f"{table.name}_id_seq", "seq": highest})
    theirs = {row.name: row.next_id for row in backup.execute(select(counters))}
    ours = {row.name: row.next_id for row in connection.execute(select(counters))}
    connection.execute(delete(counters))
    rows = [{"name": n, "next_id": max(theirs.get(n, 0), ours.get(n, 0))} for n in sorted(theirs.keys() | ours.keys())]
    if rows:
        connection.execute(counters.insert(), rows)

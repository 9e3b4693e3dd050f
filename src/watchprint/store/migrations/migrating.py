"""Brings a store to this program's revision, or refuses one that is newer. Loads Alembic only when there is work."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, select

from watchprint.store.engine.database import Database
from watchprint.store.errors import StoreDamaged, StoreTooNew
from watchprint.store.migrations.revisions import HEAD, REVISIONS
from watchprint.store.schema import schema_versions

_HERE: Final = Path(__file__).parent


def ready(database: Database) -> None:
    """Make the database one of this program's revision, whoever else starts at the same time.

    Raises:
        StoreTooNew: A newer program has changed it; it is left as it is.
        StoreDamaged: It holds tables, and they are not a store's.
    """
    if database.read(revision) == HEAD:
        return
    with database.migrating() as connection:
        if revision(connection) != HEAD:
            upgrade(connection, HEAD)


def upgrade(connection: Connection, to: str) -> None:
    """Run the revisions up to this one, in the connection's transaction, and note each."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    known = list(REVISIONS)
    noted = set(connection.execute(select(schema_versions.c.revision)).scalars())
    for each in known[: known.index(to) + 1]:
        if each not in noted:
            row = {"revision": each, "needs_version": REVISIONS[each], "applied_at": datetime.now(UTC)}
            connection.execute(schema_versions.insert().values(row))


def revision(connection: Connection) -> str | None:
    """The newest revision of the store; None: it is empty.

    Raises:
        StoreTooNew, StoreDamaged: It is not for us.
    """
    names = inspect(connection).get_table_names()
    if schema_versions.name not in names:
        if names:
            raise StoreDamaged("The database holds tables of something else. Give Watchprint a database of its own.")
        return None
    there = {row.revision: row.needs_version for row in connection.execute(select(schema_versions))}
    if unknown := sorted(there.keys() - REVISIONS.keys()):
        needs = there[unknown[-1]]
        raise StoreTooNew(
            f"A newer program has changed this store: it needs Watchprint {needs} or later. "
            f"Install that (pip install 'watchprint>={needs}'), or bring back a back-up from before.",
            needs,
        )
    return next(revision for revision in reversed(REVISIONS) if revision in there)

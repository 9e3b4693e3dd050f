"""Imports, and what each changed, so that it can be undone exactly."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from watchprint.store.schema.columns import BigId, Instant, Json, metadata, of_account

imports = Table(
    "imports",
    metadata,
    Column("id", BigId, primary_key=True),
    of_account(indexed=True),
    Column("kind", Text, nullable=False),
    Column("file_name", Text),
    Column("file_hash", Text),
    Column("began_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("undone_at", Instant),
    Column("report", Json),
    sqlite_autoincrement=True,
)

import_changes = Table(
    "import_changes",
    metadata,
    Column("import_id", BigId, ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("row_kind", Text, nullable=False),
    Column("row_key", Text, nullable=False),
    Column("before", Json),
    Column("after", Json),
)

"""What lets several processes work together, and what the store says of itself."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, LargeBinary, Table, Text

from watchprint.store.schema.columns import Instant, Json, metadata, of_account

budgets = Table(
    "budgets",
    metadata,
    Column("account", Text, primary_key=True),
    Column("bucket", Text, primary_key=True),
    Column("next_at", Instant),
    Column("rest_until", Instant),
    Column("taken", LargeBinary),
    Column("taken_by_copy", LargeBinary),
    Column("used_at", Instant, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until_at", Instant, nullable=False),
)

cursors = Table(
    "cursors",
    metadata,
    of_account(primary=True),
    Column("name", Text, primary_key=True),
    Column("value", Json, nullable=False),
)

first_answers = Table(
    "first_answers",
    metadata,
    Column("name", Text, primary_key=True),
    Column("account_id", BigInteger, index=True),
    Column("fingerprint", Text, nullable=False),
    Column("holder", Text, nullable=False),
    Column("until_at", Instant, nullable=False),
    Column("made_at", Instant, nullable=False, index=True),
    Column("key_id", Text),
    Column("answer", LargeBinary),
)

kept_tables = Table(
    "kept_tables",
    metadata,
    of_account(primary=True),
    Column("revision", BigInteger, nullable=False),
    Column("form", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("name", Text, primary_key=True),
    Column("next_id", BigInteger, nullable=False),
)

written_files = Table(
    "written_files",
    metadata,
    Column("path", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("written_at", Instant, nullable=False),
)

schema_versions = Table(
    "schema_versions",
    metadata,
    Column("revision", Text, primary_key=True),
    Column("needs_version", Text, nullable=False),
    Column("applied_at", Instant, nullable=False),
)

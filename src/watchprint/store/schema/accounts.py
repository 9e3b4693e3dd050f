"""Accounts, their time zones, their tokens (sealed)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, Table, Text, UniqueConstraint, false, text

from watchprint.store.schema.columns import BigId, Instant, Json, metadata, of_account

accounts = Table(
    "accounts",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, unique=True),
    Column("is_default", Boolean, nullable=False, server_default=false()),
    Column("day_start_min", Integer, nullable=False),
    Column("trakt_url", Text),
    Column("trakt_uuid", Text),
    Column("trakt_slug", Text),
    Column("trakt_vip", Boolean),
    Column("trakt_limits", Json),
    Column("link_status", Text),
    Column("link_status_at", Instant),
    Column("link_reason", Text),
    Column("revision", BigInteger, nullable=False, server_default=text("1")),
    Column("created_at", Instant, nullable=False),
    Column("sync_due_at", Instant, index=True),
    UniqueConstraint("trakt_url", "trakt_uuid"),
    sqlite_autoincrement=True,
)

account_zones = Table(
    "account_zones",
    metadata,
    of_account(primary=True),
    Column("place", Integer, primary_key=True),
    Column("began_at", Instant),
    Column("zone", Text, nullable=False),
)

credentials = Table(
    "credentials",
    metadata,
    of_account(primary=True),
    Column("key_id", Text, nullable=False),
    Column("access_token", LargeBinary, nullable=False),
    Column("refresh_token", LargeBinary),
    Column("issued_at", Instant),
    Column("expires_in_s", BigInteger),
    Column("renewing_at", Instant),
)

"""Plays, and their sources: the doors through which each was reported.

`revision` is the account's when the row last changed, so that a reader can ask for what changed since.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text

from watchprint.store.schema.columns import BigId, Instant, Json, metadata, of_account, of_title

plays = Table(
    "plays",
    metadata,
    Column("id", Text, primary_key=True),
    of_account(),
    Column("kind", Text),
    of_title(null=True),
    Column("watched_at", BigInteger),
    Column("finished_at", BigInteger),
    Column("action", Text),
    Column("state", Text, nullable=False),
    Column("trakt_id", BigInteger),
    Column("place", Json),
    Column("created_at", Instant, nullable=False),
    Column("removed_at", Instant),
    Column("folded_into", Text),
    Column("revision", BigInteger, nullable=False),
    Index("ux_plays_trakt", "account_id", "trakt_id", unique=True),
    Index("ix_plays_title", "account_id", "title_id", "watched_at"),
    Index("ix_plays_time", "account_id", "watched_at"),
    Index("ix_plays_state", "account_id", "state", "kind"),
    Index("ix_plays_revision", "account_id", "revision"),
)

play_sources = Table(
    "play_sources",
    metadata,
    of_account(primary=True),
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("play_id", Text, ForeignKey("plays.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("import_id", BigId, index=True),
    Column("arrived_at", Instant, nullable=False),
)

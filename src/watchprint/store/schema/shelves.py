"""What stands on a person's shelves, each entry with when it appeared and disappeared; positions; what is on now."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, Table, Text, text

from watchprint.store.schema.columns import BigId, Instant, Json, metadata, of_account, of_title

ratings = Table(
    "ratings",
    metadata,
    Column("id", Text, primary_key=True),
    of_account(),
    of_title(),
    Column("rating", Integer, nullable=False),
    Column("rated_at", Instant),
    Column("community_rating", Float(53)),
    Column("community_votes", BigInteger),
    Column("community_at", Instant),
    Column("at_rating_time", Boolean),
    Column("appeared_at", Instant, nullable=False),
    Column("disappeared_at", Instant),
)
Index(
    "ux_ratings_present",
    ratings.c.account_id,
    ratings.c.title_id,
    unique=True,
    sqlite_where=text("disappeared_at IS NULL"),
    postgresql_where=text("disappeared_at IS NULL"),
)

lists = Table(
    "lists",
    metadata,
    Column("id", BigId, primary_key=True),
    of_account(indexed=True),
    Column("trakt_id", BigInteger),
    Column("slug", Text),
    Column("name", Text, nullable=False),
    Column("description", Text),
    Column("privacy", Text),
    Column("rank", Integer),
    Column("appeared_at", Instant, nullable=False),
    Column("disappeared_at", Instant),
    sqlite_autoincrement=True,
)

shelf_entries = Table(
    "shelf_entries",
    metadata,
    Column("id", Text, primary_key=True),
    of_account(),
    Column("shelf", Text, nullable=False),
    Column("list_id", BigId, ForeignKey("lists.id", ondelete="CASCADE"), index=True),
    of_title(),
    Column("listed_at", Instant),
    Column("rank", Integer),
    Column("notes", Text),
    Column("trakt_id", BigInteger),
    Column("details", Json),
    Column("appeared_at", Instant, nullable=False),
    Column("disappeared_at", Instant),
)
Index(
    "ux_shelf_entries_shelf",
    shelf_entries.c.account_id,
    shelf_entries.c.shelf,
    shelf_entries.c.title_id,
    unique=True,
    sqlite_where=text("disappeared_at IS NULL AND list_id IS NULL"),
    postgresql_where=text("disappeared_at IS NULL AND list_id IS NULL"),
)
Index(
    "ux_shelf_entries_list",
    shelf_entries.c.list_id,
    shelf_entries.c.title_id,
    unique=True,
    sqlite_where=text("disappeared_at IS NULL AND list_id IS NOT NULL"),
    postgresql_where=text("disappeared_at IS NULL AND list_id IS NOT NULL"),
)

playback = Table(
    "playback",
    metadata,
    of_account(primary=True),
    of_title(primary=True),
    Column("progress_pct", Float(53), nullable=False),
    Column("paused_at", Instant),
    Column("trakt_id", BigInteger),
)

watching = Table(
    "watching",
    metadata,
    of_account(primary=True),
    of_title(null=True),
    Column("action", Text),
    Column("progress_pct", Float(53)),
    Column("started_at", Instant),
    Column("expires_at", Instant),
)

"""Titles, what other services call them, the ids they had before a merge, and what each source says of them.

The columns of `titles` hold of each fact what the most trusted source says; `sources` names it.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, Table, Text, text

from watchprint.store.schema.columns import BigId, Day, Instant, Json, metadata, of_title

titles = Table(
    "titles",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("show_id", BigId, ForeignKey("titles.id"), index=True),
    Column("season", Integer),
    Column("number", Integer),
    Column("name", Text),
    Column("year", Integer),
    Column("runtime_min", Integer),
    Column("genres", Json),
    Column("country", Text),
    Column("language", Text),
    Column("network", Text),
    Column("certification", Text),
    Column("released_on", Day),
    Column("first_aired_at", Instant),
    Column("rating", Float(53)),
    Column("votes", BigInteger),
    Column("status", Text),
    Column("aired_episodes", Integer),
    Column("sources", Json),
)
Index(
    "ux_titles_episode",
    titles.c.show_id,
    titles.c.season,
    titles.c.number,
    unique=True,
    sqlite_where=text("kind = 'episode'"),
    postgresql_where=text("kind = 'episode'"),
)
Index(
    "ux_titles_season",
    titles.c.show_id,
    titles.c.season,
    unique=True,
    sqlite_where=text("kind = 'season'"),
    postgresql_where=text("kind = 'season'"),
)

title_ids = Table(
    "title_ids",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("scheme", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    of_title(),
)

title_aliases = Table(
    "title_aliases",
    metadata,
    Column("old_id", BigId, primary_key=True, autoincrement=False),
    of_title(),
)

title_facts = Table(
    "title_facts",
    metadata,
    of_title(primary=True),
    Column("source", Text, primary_key=True),
    Column("facts", Json, nullable=False),
    Column("learned_at", Instant, nullable=False),
)

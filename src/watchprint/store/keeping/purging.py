"""What has had its time goes: removed rows after thirty days, titles that no account refers to any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, delete, exists, select, union_all, update

from watchprint.store.schema import (
    kept_tables,
    leases,
    lists,
    playback,
    plays,
    ratings,
    shelf_entries,
    title_aliases,
    title_facts,
    title_ids,
    titles,
    watching,
)
from watchprint.store.unit import Unit

KEPT_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Purged:
    """How many rows went: plays, ratings, titles; and how many entries keep their title and their times only."""

    plays: int
    ratings: int
    entries: int
    titles: int


def purge(unit: Unit) -> Purged:
    """Let go of what has had its time; no account's revision moves, since readers see none of it."""
    connection, before = unit.connection, unit.now - timedelta(days=KEPT_DAYS)
    _drop_kept_tables(unit, before)
    gone_plays = connection.execute(delete(plays).where(plays.c.removed_at <= before)).rowcount
    gone_ratings = connection.execute(delete(ratings).where(ratings.c.disappeared_at <= before)).rowcount
    old = shelf_entries.c.disappeared_at <= before
    more = (
        shelf_entries.c.notes.is_not(None)
        | shelf_entries.c.details.is_not(None)
        | shelf_entries.c.trakt_id.is_not(None)
        | shelf_entries.c.rank.is_not(None)
        | shelf_entries.c.list_id.is_not(None)
    )
    bare = {"notes": None, "details": None, "trakt_id": None, "rank": None, "list_id": None, "listed_at": None}
    entries = connection.execute(update(shelf_entries).where(old, more).values(bare)).rowcount
    connection.execute(delete(lists).where(lists.c.disappeared_at <= before))
    connection.execute(delete(leases).where(leases.c.until_at <= unit.now))
    return Purged(gone_plays, gone_ratings, entries, forget_titles(unit))


def _drop_kept_tables(unit: Unit, before: datetime) -> None:
    """Tables kept ready that show a play of which nothing will say any more that it was removed."""
    going = select(plays.c.id).where(
        plays.c.account_id == kept_tables.c.account_id,
        plays.c.removed_at <= before,
        plays.c.revision > kept_tables.c.revision,
    )
    unit.connection.execute(delete(kept_tables).where(exists(going)))


def forget_titles(unit: Unit) -> int:
    """Let go of titles that no account refers to; how many there were.

    Episodes of a show of which somebody has played one stay: when they were aired is part of how far one is.
    """
    referring = [select(t.c.title_id) for t in (plays, ratings, shelf_entries, playback, watching)]
    used = union_all(*(asked.where(asked.selected_columns[0].is_not(None)) for asked in referring)).subquery()
    played = select(plays.c.title_id).where(plays.c.title_id.is_not(None))
    of_played = select(titles.c.show_id).where(titles.c.id.in_(played), titles.c.show_id.is_not(None))
    airing = (titles.c.kind == "episode") & titles.c.show_id.is_not(None) & titles.c.show_id.in_(of_played)
    unused = titles.c.id.not_in(select(used.c[0])) & (titles.c.kind != "show")
    count = _without(unit, select(titles.c.id).where(unused, ~airing))
    with_parts = select(titles.c.show_id).where(titles.c.show_id.is_not(None))
    shows = select(titles.c.id).where(
        titles.c.kind == "show", titles.c.id.not_in(select(used.c[0])), titles.c.id.not_in(with_parts)
    )
    return count + _without(unit, shows)


def _without(unit: Unit, these: Select[Any]) -> int:
    connection = unit.connection
    for table in (title_ids, title_facts, title_aliases):
        connection.execute(delete(table).where(table.c.title_id.in_(these)))
    return connection.execute(delete(titles).where(titles.c.id.in_(these))).rowcount

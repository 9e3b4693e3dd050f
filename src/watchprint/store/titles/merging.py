"""What refers to a title that is merged into another: all of it goes over, in the transaction of the merge."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Table, delete, select, update

from watchprint.store.schema import (
    playback,
    plays,
    ratings,
    shelf_entries,
    title_aliases,
    title_facts,
    titles,
    watching,
)
from watchprint.store.unit import Unit


def merged(unit: Unit, loser: int, winner: int) -> None:
    """Let everything that was about the loser be about the winner; the loser's number stays as an alias."""
    connection = unit.connection
    touched = {account for table in (plays, ratings, shelf_entries, playback) for account in _whose(unit, table, loser)}
    for account_id in sorted(touched):
        revision = unit.changing(account_id)
        mine = (plays.c.account_id == account_id) & (plays.c.title_id == loser)
        connection.execute(update(plays).where(mine).values(title_id=winner, revision=revision))
    _ratings(unit, loser, winner)
    _entries(unit, loser, winner)
    _positions(unit, loser, winner)
    _facts(unit, loser, winner)
    for table in (ratings, shelf_entries, playback, watching, title_aliases):
        connection.execute(update(table).where(table.c.title_id == loser).values(title_id=winner))
    connection.execute(update(titles).where(titles.c.show_id == loser).values(show_id=winner))
    connection.execute(title_aliases.insert().values(old_id=loser, title_id=winner))
    connection.execute(delete(titles).where(titles.c.id == loser))
    unit.title_changed([winner])
    unit.merged.append(winner)


def _whose(unit: Unit, table: Table, title_id: int) -> set[int]:
    return set(unit.connection.execute(select(table.c.account_id).where(table.c.title_id == title_id)).scalars())


def _ratings(unit: Unit, loser: int, winner: int) -> None:
    """Where both are rated, the later rating holds; the other one's time ends."""
    both = select(ratings).where(ratings.c.title_id.in_([loser, winner]), ratings.c.disappeared_at.is_(None))
    rated: dict[int, list[tuple[float, int, str]]] = {}
    for row in unit.connection.execute(both):
        at = (row.rated_at or row.appeared_at).timestamp()
        rated.setdefault(row.account_id, []).append((at, int(row.title_id == winner), row.id))
    older = [min(found)[2] for found in rated.values() if len(found) == 2]
    if older:
        ended = update(ratings).where(ratings.c.id.in_(older)).values(disappeared_at=unit.now)
        unit.connection.execute(ended)


def _entries(unit: Unit, loser: int, winner: int) -> None:
    """Where both stand on one shelf, one entry stays, with the time at which the first of them appeared."""
    present = shelf_entries.c.disappeared_at.is_(None)
    both = select(shelf_entries).where(shelf_entries.c.title_id.in_([loser, winner]), present)
    standing: dict[tuple[object, ...], list[tuple[int, str, datetime]]] = {}
    for row in unit.connection.execute(both):
        shelf = (row.account_id, row.shelf, row.list_id)
        standing.setdefault(shelf, []).append((int(row.title_id != winner), row.id, row.appeared_at))
    for found in standing.values():
        if len(found) == 2:
            (_, kept, _), (_, gone, _) = sorted(found)
            first = min(at for _, _, at in found)
            unit.connection.execute(update(shelf_entries).where(shelf_entries.c.id == kept).values(appeared_at=first))
            unit.connection.execute(delete(shelf_entries).where(shelf_entries.c.id == gone))


def _positions(unit: Unit, loser: int, winner: int) -> None:
    """Where both have a saved position, the winner's stays."""
    having = select(playback.c.account_id).where(playback.c.title_id == winner).scalar_subquery()
    unit.connection.execute(delete(playback).where(playback.c.title_id == loser, playback.c.account_id.in_(having)))


def _facts(unit: Unit, loser: int, winner: int) -> None:
    """What each source said of either; where it said both, of the winner."""
    connection = unit.connection
    rows = connection.execute(select(title_facts).where(title_facts.c.title_id.in_([loser, winner]))).all()
    theirs = {row.source: row for row in rows if row.title_id == loser}
    for row in rows:
        if row.title_id == winner and row.source in theirs:
            own = (title_facts.c.title_id == winner) & (title_facts.c.source == row.source)
            facts = {**theirs.pop(row.source).facts, **row.facts}
            connection.execute(update(title_facts).where(own).values(facts=facts))
    moving = (title_facts.c.title_id == loser) & title_facts.c.source.in_(theirs)
    connection.execute(update(title_facts).where(moving).values(title_id=winner))
    connection.execute(delete(title_facts).where(title_facts.c.title_id == loser))

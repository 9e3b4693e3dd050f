"""When episodes were aired that nobody has watched, of shows that somebody does: how far one is, and what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from watchprint.store.schema import plays, titles
from watchprint.store.schema.columns import instant, us
from watchprint.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Airs:
    """What is known of an episode's airing."""

    title_id: int
    first_aired_at: datetime | None


class Airing:
    """Shows and the airing of their episodes, within one transaction."""

    def __init__(self, unit: Unit) -> None:
        self._unit, self._connection = unit, unit.connection

    def shows_played(self, account_id: int, since: datetime) -> dict[int, datetime]:
        """The shows of which the account has played an episode since then, by number: the latest play of each."""
        asked = (
            select(titles.c.show_id, plays.c.watched_at)
            .join(titles, titles.c.id == plays.c.title_id)
            .where(plays.c.account_id == account_id, plays.c.removed_at.is_(None))
            .where(plays.c.watched_at >= us(since), titles.c.show_id.is_not(None))
            .order_by(plays.c.watched_at)
        )
        return {row.show_id: instant(row.watched_at) for row in self._connection.execute(asked)}

    def episodes(self, show_id: int) -> Mapping[tuple[int, int], Airs]:
        """The episodes of a show that are known, by season and number."""
        asked = select(titles).where(titles.c.show_id == show_id, titles.c.kind == "episode")
        rows = self._connection.execute(asked.where(titles.c.season.is_not(None), titles.c.number.is_not(None)))
        return {(row.season, row.number): Airs(row.id, row.first_aired_at) for row in rows}

    def changed(self, show_id: int) -> None:
        """What is known of the show's episodes has changed, and so have the accounts that refer to any of them."""
        self._unit.made_titles.discard(show_id)
        self._unit.title_changed([show_id])

"""Ratings: the present ones, each with what the community gave its title when it was first seen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, select, true

from watchprint.store.plays.ids import new_ids
from watchprint.store.schema import ratings
from watchprint.store.shelves.telling import end, tell
from watchprint.store.shelves.values import AT_RATING_TIME_H, Difference, KeptRating, RatingSeen
from watchprint.store.unit import Unit, chunks


class Ratings:
    """The ratings, within one transaction."""

    def __init__(self, unit: Unit) -> None:
        self._unit, self._connection = unit, unit.connection

    def put(self, account_id: int, seen: Iterable[RatingSeen], *, complete: bool = False) -> Difference:
        """Let these be the account's ratings.

        A rating that is given anew takes the community's rating of now; else the one first seen stays.

        Args:
            complete: Ratings that are not told are gone.

        Returns:
            The titles whose ratings are new, other, gone.
        """
        told = {each.title_id: each for each in seen}
        before = {each.title_id: each for each in self.all(account_id)}
        ids = new_ids(self._unit.now)
        rows = {title: self._row(each, before.get(title)) | {"id": next(ids)} for title, each in told.items()}
        found = tell(self._unit, account_id, ratings, "rating", true(), rows, complete=complete)
        return Difference(found.added, found.changed, found.gone)

    def drop(self, account_id: int, title_ids: Iterable[int]) -> Difference:
        """Note that these titles are not rated any more."""
        gone: list[tuple[int, str]] = []
        self._unit.lock(account_id)
        for some in chunks(sorted(set(title_ids))):
            mine = (ratings.c.account_id == account_id) & ratings.c.disappeared_at.is_(None)
            rows = self._connection.execute(select(ratings).where(mine, ratings.c.title_id.in_(some)))
            gone += [(row.title_id, row.id) for row in rows]
        if gone:
            self._unit.changing(account_id)
            end(self._unit, ratings, "rating", [row_id for _, row_id in gone])
        return Difference(gone=tuple(title for title, _ in gone))

    def all(self, account_id: int, *, gone: bool = False) -> list[KeptRating]:
        """The account's ratings, by title; with those that are gone if asked for."""
        asked = select(ratings).where(ratings.c.account_id == account_id)
        if not gone:
            asked = asked.where(ratings.c.disappeared_at.is_(None))
        rows = self._connection.execute(asked.order_by(ratings.c.title_id, ratings.c.appeared_at))
        return [_kept(row) for row in rows]

    def _row(self, seen: RatingSeen, before: KeptRating | None) -> dict[str, Any]:
        now = self._unit.now
        row = {"title_id": seen.title_id, "rating": seen.rating, "rated_at": seen.rated_at, "appeared_at": now}
        again = before is not None and (before.rating, before.rated_at) == (seen.rating, seen.rated_at)
        if again and before is not None and before.community_rating is not None:
            kept = ("community_rating", "community_votes", "community_at", "at_rating_time")
            return row | {name: getattr(before, name) for name in kept}
        known = seen.community_rating is not None
        fresh = seen.rated_at is not None and now - seen.rated_at <= timedelta(hours=AT_RATING_TIME_H)
        return row | {
            "community_rating": seen.community_rating,
            "community_votes": seen.community_votes,
            "community_at": now if known else None,
            "at_rating_time": fresh if known else None,
        }


def _kept(row: Row[Any]) -> KeptRating:
    names = (
        "title_id", "rating", "rated_at", "community_rating", "community_votes", "community_at", "at_rating_time",
        "appeared_at", "disappeared_at",
    )  # fmt: skip
    return KeptRating(**{name: row._mapping[name] for name in names})

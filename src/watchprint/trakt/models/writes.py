"""What bulk writes answer: how many titles were added, changed, there already, removed, or not found."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct


class Counts(Struct, frozen=True, gc=False):
    """Titles by kind. `season` is how answers about hidden titles may spell `seasons`."""

    movies: int = 0
    shows: int = 0
    seasons: int = 0
    episodes: int = 0
    people: int = 0
    users: int = 0
    season: int = 0

    @property
    def total(self) -> int:
        """All kinds together."""
        return self.movies + self.shows + max(self.seasons, self.season) + self.episodes + self.people + self.users


class NotFound(Struct, frozen=True):
    """What Trakt does not know, each as it was sent; `ids` are plays that are not there."""

    movies: list[dict[str, Any]] = []
    shows: list[dict[str, Any]] = []
    seasons: list[dict[str, Any]] = []
    episodes: list[dict[str, Any]] = []
    people: list[dict[str, Any]] = []
    users: list[dict[str, Any]] = []
    ids: list[int] = []


class ListState(Struct, frozen=True, gc=False):
    """The list after the write."""

    updated_at: datetime | None = None
    item_count: int | None = None


class Added(Struct, frozen=True):
    """The answer to an addition."""

    added: Counts = Counts()
    updated: Counts = Counts()
    existing: Counts = Counts()
    not_found: NotFound = NotFound()
    list: ListState | None = None


class Removed(Struct, frozen=True):
    """The answer to a removal; of history, plays are counted."""

    deleted: Counts = Counts()
    not_found: NotFound = NotFound()
    list: ListState | None = None


class Reordered(Struct, frozen=True):
    """The answer to a new order; ids that are not there are skipped."""

    updated: int = 0
    skipped_ids: tuple[int, ...] = ()
    list: ListState | None = None

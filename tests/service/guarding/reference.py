"""What the guard must leave in a history, worked out slowly from the catalogue: every asked title taken apart into its
films and episodes by Trakt's ids, every pair compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from watchprint.sandbox import catalogue
from watchprint.sandbox.catalogue.titles import Episode, Movie, Season, Show
from watchprint.sandbox.rules.instants import released_at, viewing_time
from watchprint.trakt.facts import RELEASED, UNKNOWN, Moment

BOOK = catalogue.builtin()
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Leaf = Movie | Episode
Play = tuple[str, int, datetime]
"""Type, Trakt's id, minute."""


@dataclass(frozen=True)
class Wish:
    """A title of the catalogue, how the caller names it, and when it was watched."""

    title: Movie | Show | Season | Episode
    item: Any
    when: datetime | Moment | None


@dataclass(frozen=True)
class Expected:
    """The plays that must be there afterwards, how many came, and how many were left out."""

    plays: Counter[Play]
    added: int
    skipped: int


def expected(existing: Sequence[Play], wishes: Sequence[Wish], now: datetime) -> Expected:
    """What must be there afterwards."""
    plays = list(existing)
    leaves = [(leaf, wish.when) for wish in wishes for leaf in parts(wish.title, now)]
    added = skipped = 0
    for exact in (True, False):
        for leaf, when in leaves:
            first_at, last_at, at = span(leaf, when, now)
            if (first_at == last_at) is not exact:
                continue
            name = (type(leaf).__name__.lower(), leaf.trakt)
            if any(play[:2] == name and first_at <= play[2] <= last_at for play in plays):
                skipped += 1
            else:
                plays.append((*name, at))
                added += 1
    return Expected(Counter(plays), added, skipped)


def parts(title: Movie | Show | Season | Episode, now: datetime) -> list[Leaf]:
    """The films and episodes that Trakt takes a title for in the history."""
    match title:
        case Show():
            return [e for season in title.seasons if season.number != 0 for e in parts(season, now)]
        case Season():
            return [e for e in title.episodes if e.first_aired is not None and e.first_aired <= now]
    return [title]


def span(leaf: Leaf, when: datetime | Moment | None, now: datetime) -> tuple[datetime, datetime, datetime]:
    """Between which minutes a play is this one, and which it gets."""
    if when is None:
        at = minute(now)
        return at - timedelta(minutes=10), at + timedelta(minutes=1), at
    if when is UNKNOWN:
        return EPOCH, EPOCH, EPOCH
    if when is RELEASED:
        out_at = released_at(leaf)
        if out_at is None:
            return EPOCH, EPOCH, EPOCH
        at = minute(out_at + viewing_time(leaf))
        return at - timedelta(days=1), at + timedelta(days=1), at
    assert isinstance(when, datetime)
    return minute(when), minute(when), minute(when)


def minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)

"""Ratings of what was seen: near the community's, with a bent of one's own, given soon after the end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from watchprint.sandbox.catalogue.titles import Episode, Movie, Season, Show
from watchprint.sandbox.life.record import Viewing, item_of
from watchprint.sandbox.state import UNKNOWN, Item, Rating

SHARES = {"movie": 0.55, "show": 0.6, "season": 0.09, "episode": 0.02}
"""Which part of what was seen gets a rating."""
BENT = {"science-fiction": 0.9, "animation": 0.7, "mystery": 0.4, "superhero": -1.2, "romance": -0.8, "war": -0.4}
"""How far off the community this person is, by genre."""
Rated = Movie | Show | Season | Episode


def own_rating(rng: Random, title: Rated) -> int:
    """1..10."""
    whole = title if isinstance(title, Movie | Show) else title.show
    bent = sum(BENT.get(genre, 0.0) for genre in whole.genres)
    near = 7.1 + 0.9 * ((whole.rating or 7.0) - 7.1)
    spoilt = 3.5 if rng.random() < 0.06 else 0.0
    return max(1, min(10, round(near + bent - spoilt + rng.gauss(0, 1.4))))


def ratings(rng: Random, viewings: Iterable[Viewing], since: datetime, now: datetime) -> list[Rating]:
    """Ratings of each type, oldest first.

    Args:
        rng: The dice.
        viewings: What was seen, oldest first; each title is judged once, after its first dated viewing.
        since: When the account began; nothing is rated before.
        now: The sandbox's clock; nothing is rated after.
    """
    made: list[Rating] = []
    decided: set[Item] = set()
    for seen in viewings:
        for title in _parts(seen.title):
            item = item_of(title)
            if seen.at == UNKNOWN or item in decided:
                continue
            decided.add(item)
            if rng.random() < SHARES[item.type]:
                at = max(since, seen.at) + timedelta(seconds=rng.randint(20, 90_000))
                made.append(Rating(item, own_rating(rng, title), min(now, at)))
    return sorted(made, key=lambda rating: rating.rated_at)


def _parts(title: Movie | Episode) -> tuple[Rated, ...]:
    return (title,) if isinstance(title, Movie) else (title, title.season, title.show)

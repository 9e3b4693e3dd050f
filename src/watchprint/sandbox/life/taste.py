"""What somebody likes, and how that changes: eras of a life, each with its genres and countries.

A likeable title is drawn with a chance that follows its genres, its country and how well it is known.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

from watchprint.sandbox.catalogue.titles import Movie, Show

T = TypeVar("T", Movie, Show)
TRIES = 12
"""How often the dice are thrown over all titles before the allowed ones are sought out."""


@dataclass(frozen=True, slots=True)
class Era:
    """A stretch of a life with one taste; `share` is its part of the whole life."""

    name: str
    share: float
    genres: Mapping[str, float]
    countries: Mapping[str, float] = field(default_factory=dict)
    elsewhere: float = 1.0
    """Weight of countries that are not named."""


ERAS = (
    Era(
        "jokes and crimes",
        0.34,
        {"comedy": 9, "crime": 6, "drama": 1.5, "thriller": 1.5, "romance": 1},
        {"us": 1.0},
        elsewhere=0.25,
    ),
    Era(
        "ships and capes",
        0.33,
        {"science-fiction": 10, "superhero": 7, "fantasy": 4, "adventure": 2, "action": 1.5},
        {"us": 1.0, "gb": 0.8},
        elsewhere=0.4,
    ),
    Era(
        "far from home",
        0.33,
        {"mystery": 6, "drama": 5, "anime": 7, "history": 4, "thriller": 3, "horror": 2, "documentary": 2},
        {"us": 0.22},
        elsewhere=3.0,
    ),
)
UNLIKED = 0.12
"""Weight of a title none of whose genres are liked."""


def liking(title: Movie | Show, era: Era) -> float:
    """How likely a title is chosen in an era, relative to others."""
    genre = max((era.genres.get(g, UNLIKED) for g in title.genres), default=UNLIKED)
    place = era.countries.get(title.country or "", era.elsewhere)
    fame: float = (title.votes + 100.0) ** 0.3
    return genre * place * fame


def era_at(part: float, eras: tuple[Era, ...] = ERAS) -> int:
    """Which era it is when that part [0-1] of the life has gone by."""
    ends = list(accumulate(era.share for era in eras))
    return min(bisect(ends, part), len(eras) - 1)


class Palette(Generic[T]):
    """Titles with their chances in one era."""

    def __init__(self, titles: Iterable[T], era: Era) -> None:
        self._era = era
        self._titles: list[T] = list(titles)
        self._sums = list(accumulate(liking(title, era) for title in self._titles))

    def pick(self, rng: Random, allowed: Callable[[T], bool]) -> T | None:
        """A title that is allowed, by the chances; None if there is none."""
        for _ in range(TRIES if self._titles else 0):
            place = bisect(self._sums, rng.random() * self._sums[-1])
            title = self._titles[min(place, len(self._titles) - 1)]
            if allowed(title):
                return title
        left = [(t, liking(t, self._era)) for t in self._titles if allowed(t)]
        return rng.choices([t for t, _ in left], [weight for _, weight in left])[0] if left else None

"""Everything of a Trakt account that is not plays, one module a part. Each is read whole or not at all.

Not kept, so not read: what is hidden or dropped, notes, comments, likes, whom one follows.
"""

from __future__ import annotations

from typing import Final

from watchprint.sync.states.library import library_of
from watchprint.sync.states.lists import LISTS
from watchprint.sync.states.now import on_now
from watchprint.sync.states.part import Keep, Part, Told
from watchprint.sync.states.positions import POSITIONS
from watchprint.sync.states.ratings import ratings_of
from watchprint.sync.states.seasons import air_dates
from watchprint.sync.states.settings import SETTINGS, AnotherUser, told_of_zone
from watchprint.sync.states.shortlists import FAVORITES, WATCHLIST

__all__ = ["PARTS", "AnotherUser", "Keep", "Part", "Told", "air_dates", "on_now", "told_of_zone"]

PARTS: Final[tuple[Part, ...]] = (
    SETTINGS,
    WATCHLIST,
    POSITIONS,
    ratings_of("movies"),
    ratings_of("shows"),
    ratings_of("seasons"),
    ratings_of("episodes"),
    FAVORITES,
    LISTS,
    library_of("movies"),
    library_of("episodes"),
)
"""Settings first: whose the tokens are is known before anything else is stored."""

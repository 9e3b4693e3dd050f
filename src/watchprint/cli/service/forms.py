"""How an item is typed: the examples that help texts and errors show."""

from __future__ import annotations

FORMS = (
    "movie:tmdb:949, movie:heat-1995, 'movie:Heat (1995)', show:tmdb:1396, season:tmdb:1396:1, episode:tmdb:1396:1x02"
)

"""What `/users/{id}/stats` says, from the tables alone (trakt-api.md 12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from watchprint.sandbox.kernel import World
from watchprint.sandbox.rules.instants import runtime_min
from watchprint.sandbox.rules.reading.index import viewed
from watchprint.sandbox.state import Play, User


def stats(user: User, world: World) -> dict[str, Any]:
    """Plays, distinct titles, minutes, owned and rated titles; computed once a revision."""
    return viewed(user, world).keep("stats", lambda: _stats(user, world))


def _stats(user: User, world: World) -> dict[str, Any]:
    index = viewed(user, world)
    owned = Counter(row.item.type for row in user.collection)
    rated = Counter(row.item.type for row in user.ratings)
    shows = {
        episode.show.trakt
        for row in user.collection
        if row.item.type == "episode" and (episode := world.catalogue.episodes.get(row.item.trakt))
    }
    points = Counter(row.rating for row in user.ratings)
    return {
        "movies": {
            "plays": len(index.movies),
            "watched": len(index.by_movie),
            "minutes": _minutes(index.by_movie, "movie", world),
            "collected": owned["movie"],
            "ratings": rated["movie"],
            "comments": 0,
        },
        "shows": {
            "watched": len(index.by_show),
            "collected": len(shows),
            "ratings": rated["show"],
            "comments": 0,
        },
        "seasons": {"ratings": rated["season"], "comments": 0},
        "episodes": {
            "plays": len(index.episodes),
            "watched": len(index.by_episode),
            "minutes": _minutes(index.by_episode, "episode", world),
            "collected": owned["episode"],
            "ratings": rated["episode"],
            "comments": 0,
        },
        "network": {"friends": 0, "followers": 0, "following": 0},
        "ratings": {
            "total": len(user.ratings),
            "distribution": {str(n): points[n] for n in range(1, 11)},
        },
    }


def _minutes(by_title: Mapping[int, list[Play]], kind: str, world: World) -> int:
    """The runtimes of all plays [min]; a title without one counts nothing, an episode its show's."""
    titles = world.catalogue.movies if kind == "movie" else world.catalogue.episodes
    known = ((titles.get(trakt), len(plays)) for trakt, plays in by_title.items())
    return sum((runtime_min(title) or 0) * n for title, n in known if title is not None)

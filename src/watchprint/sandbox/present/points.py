"""How a title is rated by everybody: `/ratings` of films, shows, seasons and episodes (trakt-api.md 15)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from watchprint.sandbox.catalogue.titles import Episode, Movie, Season, Show
from watchprint.sandbox.present.facts import facts


def points_json(title: Movie | Show | Season | Episode, now: datetime, *, external: bool) -> dict[str, Any]:
    """Rating, votes and their distribution; with `external` nested under `trakt`, other sites being unknown."""
    known = facts(title, now)
    rating, votes = float(known["rating"]), int(known["votes"])
    row = {"rating": rating, "votes": votes, "distribution": distribution(rating, votes)}
    if not external:
        return row
    site = {"rating": None, "votes": None, "link": None}
    others: dict[str, Any] = {
        "tmdb": site,
        "imdb": site,
        "metascore": {"rating": None, "link": None},
        "rotten_tomatoes": dict.fromkeys(("rating", "link", "user_rating", "state", "user_state")),
    }
    last = {"letterboxd": site} if isinstance(title, Movie) else {"mal": site}
    return {"trakt": row, **others, **last}


def distribution(rating: float, votes: int) -> dict[str, int]:
    """Votes by points, 1..10: those next to the rating, so that their sum and mean agree with it."""
    clamped = min(max(rating, 1.0), 10.0)
    low = min(int(clamped), 9)
    upper = round(votes * (clamped - low))
    counts = {str(n): 0 for n in range(1, 11)}
    counts[str(low)], counts[str(low + 1)] = votes - upper, upper
    return counts

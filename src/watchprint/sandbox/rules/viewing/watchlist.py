"""What watching does to the watchlist: a watched title leaves it (trakt-api.md 11.7)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from watchprint.sandbox.catalogue.catalogue import Catalogue
from watchprint.sandbox.rules.activities import touch
from watchprint.sandbox.state import Item, User


def drop_watched(user: User, catalogue: Catalogue, watched: Iterable[Item], at: datetime) -> list[Item]:
    """Take watched films and episodes off the watchlist; an episode takes its show and its season along.

    Returns:
        The items that were on the watchlist and left it.
    """
    if user.watchlist is None or not user.watchlist.entries:
        return []
    leaving = set(watched)
    for item in list(leaving):
        episode = catalogue.episodes.get(item.trakt) if item.type == "episode" else None
        if episode is not None:
            leaving |= {Item("show", episode.show.trakt), Item("season", episode.season.trakt)}
    gone = [entry.item for entry in user.watchlist.entries if entry.item in leaving]
    if gone:
        user.watchlist.entries = [entry for entry in user.watchlist.entries if entry.item not in leaving]
        for rank, entry in enumerate(user.watchlist.entries, 1):
            entry.rank = rank
        user.watchlist.updated_at = at
        touch(user, at, "watchlist.updated_at", *sorted({f"{item.type}s.watchlisted_at" for item in gone}))
    return gone

"""The history table: putting plays in and taking them out, with all that follows from it.

Every play, from whichever endpoint, goes in through `record`: it keeps the table ordered, takes what was
watched off the watchlist and moves `last_activities`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import datetime

from watchprint.sandbox.catalogue.catalogue import Catalogue
from watchprint.sandbox.catalogue.titles import Episode
from watchprint.sandbox.rules.activities import touch
from watchprint.sandbox.rules.viewing.watchlist import drop_watched
from watchprint.sandbox.state import Item, Play, User

MANY = 200
"""From this many plays on, sorting the table once is cheaper than placing each."""


def order(play: Play) -> tuple[float, int]:
    """What the history is sorted by, ascending: newest `watched_at` first, then the newest id."""
    return -play.watched_at.timestamp(), -play.id


def record(user: User, catalogue: Catalogue, plays: Sequence[Play], at: datetime) -> None:
    """Add plays to the user's history.

    Args:
        user: Whose history.
        catalogue: Where the titles are.
        plays: New plays, `watched_at` already cut to the minute.
        at: The instant of the change, for `last_activities`.
    """
    if not plays:
        return
    _insert(user.history, plays)
    for key in {group_key(catalogue, play) for play in plays}:
        user.watched_updated_at[key] = at
    touch(user, at, *sorted({f"{play.type}s.watched_at" for play in plays}))
    drop_watched(user, catalogue, [Item(play.type, play.trakt) for play in plays], at)


def _insert(history: list[Play], plays: Sequence[Play]) -> None:
    if len(plays) < MANY:
        for play in plays:
            history.insert(bisect_left(history, order(play), key=order), play)
    else:
        history.extend(plays)
        history.sort(key=order)


def group_key(catalogue: Catalogue, play: Play) -> str:
    """The row of `/sync/watched` that the play counts in: "movies/12" or "shows/7"."""
    episode = catalogue.episodes.get(play.trakt) if play.type == "episode" else None
    return f"movies/{play.trakt}" if episode is None else f"shows/{episode.show.trakt}"


def take_out(user: User, catalogue: Catalogue, items: Iterable[Item], ids: Iterable[int], at: datetime) -> list[Play]:
    """Remove all plays of these items, and the single plays with these ids.

    Returns:
        The plays removed. `last_updated_at` of what remains does not move (trakt-api.md 11.4), and an item
        whose last scrobble is gone may be scrobbled again at once.
    """
    titles = {(item.type, item.trakt) for item in items}
    wanted = set(ids)
    gone = [play for play in user.history if (play.type, play.trakt) in titles or play.id in wanted]
    if not gone:
        return []
    _keep_updated_at(user, catalogue, gone)
    taken = {play.id for play in gone}
    user.history = [play for play in user.history if play.id not in taken]
    if user.last_scrobble is not None and user.last_scrobble.id in taken:
        user.last_scrobble = None
    touch(user, at, *sorted({f"{play.type}s.watched_at" for play in gone}))
    return gone


def _keep_updated_at(user: User, catalogue: Catalogue, gone: Sequence[Play]) -> None:
    """Write down the newest play of every row that is about to lose one, where nothing newer is known."""
    loose = {group_key(catalogue, play) for play in gone} - user.watched_updated_at.keys()
    if not loose:
        return
    shows = {int(key[6:]) for key in loose if key.startswith("shows/")}
    movies = {int(key[7:]) for key in loose if key.startswith("movies/")}
    for play in reversed(user.history):
        if (play.type == "movie" and play.trakt in movies) or _show_of(catalogue, play) in shows:
            user.watched_updated_at[group_key(catalogue, play)] = play.watched_at


def _show_of(catalogue: Catalogue, play: Play) -> int | None:
    episode: Episode | None = catalogue.episodes.get(play.trakt) if play.type == "episode" else None
    return None if episode is None else episode.show.trakt

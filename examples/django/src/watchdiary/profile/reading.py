"""What an account shows of itself, read from Trakt: each shelf as rows for a page. Changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, TypeVar

from watchdiary.profile.titles import Row, row
from watchdiary.trakt import service
from watchprint import List, TokenSource, UserStats, Watching

T = TypeVar("T")
ABREAST: Final = 4
"""Parts of the first page that are read at the same time."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What Trakt counts, and the hours that it took."""

    plays: int
    hours: int
    movies: int
    episodes: int
    shows: int
    ratings: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page: totals, what is on now, and the newest of each shelf."""

    totals: Totals
    watching: Watching | None
    now: Row | None
    history: list[Row]
    watchlist: list[Row]
    collection: list[Row]
    favourites: list[Row]
    lists: list[List]

    @property
    def empty(self) -> bool:
        """There is nothing to show yet."""
        return not (self.history or self.watchlist or self.collection or self.favourites or self.lists)


def overview_of(tokens: TokenSource, rows_n: int) -> Overview:
    """Everything on one page, read side by side in a few threads."""
    with ThreadPoolExecutor(ABREAST, thread_name_prefix="overview") as pool:
        stats = pool.submit(service().get_user_stats, tokens)
        now = pool.submit(service().get_user_watching, tokens)
        lists = pool.submit(lists_of, tokens)
        history, watchlist, collection, favourites = (
            pool.submit(read, tokens, rows_n) for read in (history_of, watchlist_of, collection_of, favourites_of)
        )
    watching = now.result()
    return Overview(
        totals=totals_of(stats.result()),
        watching=watching,
        now=row(watching.item) if watching else None,
        history=history.result(),
        watchlist=watchlist.result(),
        collection=collection.result(),
        favourites=favourites.result(),
        lists=lists.result(),
    )


def totals_of(stats: UserStats) -> Totals:
    """Trakt's totals in the words of the page; what it does not say is 0."""
    movies, episodes = stats.movies, stats.episodes
    return Totals(
        plays=(movies.plays or 0) + (episodes.plays or 0),
        hours=((movies.minutes or 0) + (episodes.minutes or 0)) // 60,
        movies=movies.watched or 0,
        episodes=episodes.watched or 0,
        shows=stats.shows.watched or 0,
        ratings=stats.ratings.total or 0,
    )


Reading = Callable[[TokenSource, int], list[Row]]
"""Rows of a shelf: whose, and how many at most."""


def history_of(tokens: TokenSource, rows_n: int) -> list[Row]:
    """Plays, newest first."""
    plays = service().get_history(tokens, limit=rows_n).all()
    return [row(play.item, play.watched_at, play_id=play.id) for play in plays]


def watchlist_of(tokens: TokenSource, rows_n: int) -> list[Row]:
    """What is to be watched, in the order that the user has set at Trakt."""
    entries = service().get_watchlist(tokens, limit=rows_n).all()
    return [row(entry.item, entry.listed_at, entry.notes) for entry in entries]


def collection_of(tokens: TokenSource, rows_n: int) -> list[Row]:
    """What is owned: films, then episodes."""
    owned = service().get_collection(tokens, limit=rows_n).all()
    return [row(one.item, one.at, one.media_type) for one in owned]


def favourites_of(tokens: TokenSource, rows_n: int) -> list[Row]:
    """Films, then shows, with a rating of 10."""
    rated = service().get_favorites(tokens, limit=rows_n).all()
    return [row(one.item, one.rated_at) for one in rated]


def lists_of(tokens: TokenSource) -> list[List]:
    """The user's own lists, the private ones too."""
    return service().get_user_lists(tokens).all()

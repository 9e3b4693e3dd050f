"""Integration point "user profile": everything that an account shows of itself, read side by side from Trakt."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Annotated, TypeVar

from fastapi import APIRouter, Query
from pydantic import BaseModel

from mediaapp.asked import SignedIn, Trakt, User
from mediaapp.titles import Title
from watchprint import AsyncPages, AsyncTraktService, UserStats, Watching

router = APIRouter(tags=["profile"])
T = TypeVar("T")


class Totals(BaseModel):
    """What Trakt counts."""

    plays: int
    minutes: int
    movies: int
    episodes: int
    shows: int
    ratings: int

    @classmethod
    def of(cls, stats: UserStats) -> Totals:
        movies, episodes = stats.movies, stats.episodes
        return cls(
            plays=(movies.plays or 0) + (episodes.plays or 0),
            minutes=(movies.minutes or 0) + (episodes.minutes or 0),
            movies=movies.watched or 0,
            episodes=episodes.watched or 0,
            shows=stats.shows.watched or 0,
            ratings=stats.ratings.total or 0,
        )


class Now(BaseModel):
    """What is watched at this moment."""

    title: Title
    progress_pct: float | None
    ends_at: datetime | None

    @classmethod
    def of(cls, watching: Watching | None) -> Now | None:
        if watching is None:
            return None
        return cls(title=Title.of(watching.item), progress_pct=watching.progress_pct, ends_at=watching.expires_at)


class Entry(BaseModel):
    """A title, since when it is there, and what else is known of it (a rating, notes, the kind of copy)."""

    title: Title
    at: datetime | None = None
    note: str | None = None


class ListOut(BaseModel):
    """One of the user's own lists; `slug` names it in addresses."""

    name: str
    slug: str
    privacy: str | None
    items_n: int


class Profile(BaseModel):
    """The whole profile. The rows are the first of each kind; the shelves have them all."""

    name: str
    slug: str
    watching: Now | None
    stats: Totals
    history: list[Entry]
    collection: list[Entry]
    watchlist: list[Entry]
    favorites: list[Entry]
    lists: list[ListOut]


@router.get("/profile")
async def profile(trakt: Trakt, user: SignedIn, rows: Annotated[int, Query(ge=1, le=100)] = 10) -> Profile:
    """Everything on one page: one round of requests, all under way at the same time."""
    (stats, watching, lists), (history, collection, watchlist, favorites) = await asyncio.gather(
        asyncio.gather(
            trakt.get_user_stats(user.tokens),
            trakt.get_user_watching(user.tokens),
            lists_of(trakt, user),
        ),
        asyncio.gather(
            history_of(trakt, user, rows),
            collection_of(trakt, user, rows),
            watchlist_of(trakt, user, rows),
            favorites_of(trakt, user, rows),
        ),
    )
    return Profile(
        name=user.account.name,
        slug=user.account.slug,
        watching=Now.of(watching),
        stats=Totals.of(stats),
        history=history,
        collection=collection,
        watchlist=watchlist,
        favorites=favorites,
        lists=lists,
    )


async def history_of(trakt: AsyncTraktService, user: User, rows: int | None) -> list[Entry]:
    """Plays, newest first."""
    plays = await read(trakt.get_history(user.tokens, limit=rows))
    return [Entry(title=Title.of(play.item), at=play.watched_at, note=play.action) for play in plays]


async def collection_of(trakt: AsyncTraktService, user: User, rows: int | None) -> list[Entry]:
    """What is owned: films, then episodes."""
    owned = await read(trakt.get_collection(user.tokens, limit=rows))
    return [Entry(title=Title.of(one.item), at=one.at, note=one.media_type) for one in owned]


async def watchlist_of(trakt: AsyncTraktService, user: User, rows: int | None) -> list[Entry]:
    """What is to be watched."""
    listed = await read(trakt.get_watchlist(user.tokens, limit=rows))
    return [Entry(title=Title.of(one.item), at=one.listed_at, note=one.notes) for one in listed]


async def favorites_of(trakt: AsyncTraktService, user: User, rows: int | None) -> list[Entry]:
    """Films, then shows, with a rating of 10."""
    rated = await read(trakt.get_favorites(user.tokens, limit=rows))
    return [Entry(title=Title.of(one.item), at=one.rated_at, note=f"{one.rating}/10") for one in rated]


async def lists_of(trakt: AsyncTraktService, user: User) -> list[ListOut]:
    """The user's own lists."""
    lists = await read(trakt.get_user_lists(user.tokens))
    return [
        ListOut(
            name=one.name, slug=one.ids.slug or str(one.ids.trakt), privacy=one.privacy, items_n=one.item_count or 0
        )
        for one in lists
    ]


async def read(pages: AsyncPages[T]) -> list[T]:
    """All rows of a walk; its `limit` says how many."""
    return await pages.all()

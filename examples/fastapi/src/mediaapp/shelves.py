"""Integration point "user profile", the writing half: history, library, watchlist, favourites and the user's own lists.

All of these may be called again after an error: what is there stays there once.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from mediaapp.asked import SignedIn, Trakt
from mediaapp.profile import Entry, ListOut, collection_of, favorites_of, history_of, lists_of, read, watchlist_of
from mediaapp.titles import Anything, Changed, Title, Whole
from watchprint import Seen

router = APIRouter(tags=["shelves"])


class Shelf(StrEnum):
    """Where a title can be put. Favourites take films and shows, and are kept as ratings of 10."""

    HISTORY = "history"
    COLLECTION = "collection"
    WATCHLIST = "watchlist"


class Items(BaseModel):
    """Titles to put somewhere, or to take from there. `at`: when they were watched (history only); none: now."""

    items: Annotated[list[Anything], Field(min_length=1, max_length=500)]
    at: str | None = None


class Favorites(BaseModel):
    """Films and shows."""

    items: Annotated[list[Whole], Field(min_length=1, max_length=500)]


class NewList(BaseModel):
    """A list to be."""

    name: Annotated[str, Field(min_length=1)]
    description: str | None = None


@router.get("/shelves/favorites")
async def show_favorites(trakt: Trakt, user: SignedIn) -> list[Entry]:
    """All favourites."""
    return await favorites_of(trakt, user, None)


@router.post("/shelves/favorites")
async def add_favorites(wish: Favorites, trakt: Trakt, user: SignedIn) -> Changed:
    """Make them favourites; other ratings of theirs are replaced."""
    done = await trakt.add_to_favorites(user.tokens, [one.item() for one in wish.items])
    return Changed(changed=done.added, already=done.existing, unknown=[Title.of(item) for item in done.not_found])


@router.post("/shelves/favorites/remove")
async def remove_favorites(wish: Favorites, trakt: Trakt, user: SignedIn) -> Changed:
    """Take the tens back; other ratings stay."""
    return Changed.of(await trakt.remove_from_favorites(user.tokens, [one.item() for one in wish.items]))


@router.get("/shelves/{shelf}")
async def show(shelf: Shelf, trakt: Trakt, user: SignedIn) -> list[Entry]:
    """All of a shelf."""
    match shelf:
        case Shelf.HISTORY:
            return await history_of(trakt, user, None)
        case Shelf.COLLECTION:
            return await collection_of(trakt, user, None)
        case Shelf.WATCHLIST:
            return await watchlist_of(trakt, user, None)


@router.post("/shelves/{shelf}")
async def add(shelf: Shelf, wish: Items, trakt: Trakt, user: SignedIn) -> Changed:
    """Put titles there. A play that is there at that minute is not added again."""
    items = [one.item() for one in wish.items]
    match shelf:
        case Shelf.HISTORY:
            seen = [Seen(item, wish.at) for item in items]
            return Changed.of(await trakt.add_to_history(user.tokens, seen))
        case Shelf.COLLECTION:
            return Changed.of(await trakt.add_to_collection(user.tokens, items))
        case Shelf.WATCHLIST:
            return Changed.of(await trakt.add_to_watchlist(user.tokens, items))


@router.post("/shelves/{shelf}/remove")
async def remove(shelf: Shelf, wish: Items, trakt: Trakt, user: SignedIn) -> Changed:
    """Take titles from there; from the history every play of theirs."""
    items = [one.item() for one in wish.items]
    match shelf:
        case Shelf.HISTORY:
            return Changed.of(await trakt.remove_from_history(user.tokens, items, all_plays=True))
        case Shelf.COLLECTION:
            return Changed.of(await trakt.remove_from_collection(user.tokens, items))
        case Shelf.WATCHLIST:
            return Changed.of(await trakt.remove_from_watchlist(user.tokens, items))


# --- lists


@router.get("/lists")
async def show_lists(trakt: Trakt, user: SignedIn) -> list[ListOut]:
    """The user's own lists, the private ones too."""
    return await lists_of(trakt, user)


@router.post("/lists", status_code=201)
async def create_list(wish: NewList, trakt: Trakt, user: SignedIn) -> ListOut:
    """A new list, private. After a lost answer look first: Trakt takes the same name twice."""
    made = await trakt.create_list(user.tokens, wish.name, description=wish.description)
    return ListOut(name=made.name, slug=made.ids.slug or str(made.ids.trakt), privacy=made.privacy, items_n=0)


@router.delete("/lists/{slug}", status_code=204)
async def delete_list(slug: str, trakt: Trakt, user: SignedIn) -> None:
    """The list and its entries."""
    await trakt.delete_list(user.tokens, slug)


@router.get("/lists/{slug}/items")
async def show_list(slug: str, trakt: Trakt, user: SignedIn) -> list[Entry]:
    """What stands in a list."""
    rows = await read(trakt.get_list_items(user.tokens, slug))
    return [Entry(title=Title.of(row.item), at=row.listed_at, note=row.notes) for row in rows]


@router.post("/lists/{slug}/items")
async def add_to_list(slug: str, wish: Items, trakt: Trakt, user: SignedIn) -> Changed:
    """Put titles into a list."""
    return Changed.of(await trakt.add_to_list(user.tokens, slug, [one.item() for one in wish.items]))


@router.post("/lists/{slug}/items/remove")
async def remove_from_list(slug: str, wish: Items, trakt: Trakt, user: SignedIn) -> Changed:
    """Take titles from a list."""
    return Changed.of(await trakt.remove_from_list(user.tokens, slug, [one.item() for one in wish.items]))


@router.get("/search")
async def search(text: str, trakt: Trakt, user: SignedIn, rows: Annotated[int, Query(ge=1, le=50)] = 10) -> list[Title]:
    """Titles by words or id ("tmdb:949"), to put them somewhere."""
    return [Title.of(found.item) for found in await read(trakt.search(user.tokens, text, limit=rows))]

"""The watchlist and the favourites list. A favourite in TraktService is a rating of 10; this is Trakt's own list."""

from __future__ import annotations

from typing import Final

from watchprint.store import Store
from watchprint.store.shelves.values import Shelf
from watchprint.store.work import Work
from watchprint.sync.states import entries
from watchprint.sync.states.part import Keep, Part, Told
from watchprint.sync.states.reading import named
from watchprint.sync.states.telling import known_untitled, told
from watchprint.trakt import AsyncTrakt
from watchprint.trakt.endpoints.sync import Sync
from watchprint.trakt.models.lists import ListItem
from watchprint.trakt.paging import Listing

_WATCHLISTED: Final = frozenset({f"{kind}.watchlisted_at" for kind in ("movies", "shows", "seasons", "episodes")})
_FAVORITED: Final = frozenset({"movies.favorited_at", "shows.favorited_at"})


def _part(name: str, shelf: Shelf, fields: frozenset[str], listing: Listing[ListItem]) -> Part:
    async def read(trakt: AsyncTrakt, store: Store, account_id: int) -> Keep:
        known = await known_untitled(store, account_id, name)
        rows = await named(trakt, fields, listing, entries.mark, known)

        def keep(work: Work) -> Told:
            return told(work, account_id, name, rows, entries.put(work, account_id, shelf, rows))

        return keep

    return Part(name, fields, read)


WATCHLIST: Final = _part(
    "watchlist",
    "watchlist",
    _WATCHLISTED | {"watchlist.updated_at"},
    Sync.watchlist.listing(sort_by=entries.SORT_BY, sort_how=entries.SORT_HOW, extended="full"),
)
FAVORITES: Final = _part(
    "favourites",
    "favorites",
    _FAVORITED | {"favorites.updated_at"},
    Sync.favorites.listing(sort_by=entries.SORT_BY, sort_how=entries.SORT_HOW, extended="full"),
)

"""Trakt's own list of favourites: films and shows only (a list of its own, not the ratings of 10)."""

from __future__ import annotations

from collections.abc import Sequence

from watchprint.trakt.bind import Endpoints, R, endpoint, pages
from watchprint.trakt.endpoints import feeds
from watchprint.trakt.endpoints.feeds import Favourable, SortHow
from watchprint.trakt.models.bodies import SyncItems
from watchprint.trakt.models.lists import ListItem, TraktList
from watchprint.trakt.models.writes import Added, Removed, Reordered
from watchprint.trakt.paging import Listing
from watchprint.trakt.requests import bulk, path_of, post, rank_of, send, set_values
from watchprint.trakt.wire import Call


class SyncFavorites(Endpoints[R]):
    """The favourites."""

    @pages
    def favorites(
        self,
        *,
        kind: Favourable | None = None,
        sort_by: str | None = None,
        sort_how: SortHow | None = None,
        extended: str | None = None,
        limit: int | None = None,
    ) -> Listing[ListItem]:
        """Entries of the favourites.

        Args:
            kind: movies or shows; None = both.
            sort_by: rank, added, title, released, runtime, popularity and more; None = as the list is set.
            sort_how: asc or desc.
            extended: "full" for all facts about the titles.
            limit: Most rows in all.

        Source: GET /sync/favorites/{type}/{sort_by}/{sort_how}
        """
        return feeds.entries(("sync", "favorites"), kind, sort_by, sort_how, extended, True)

    @endpoint
    def add_to_favorites(self, items: SyncItems) -> Call[Added]:
        """Make films and shows favourites, each with `notes` if it has some (up to 500 characters).

        Not repeatable: the second answer says `existing` of what the first has added. Nothing is stored twice.

        Raises:
            AccountLimit: The list is full; nothing was stored.

        Source: POST /sync/favorites
        """
        return bulk(Added, "/sync/favorites", items, repeatable=False)

    @endpoint
    def remove_from_favorites(self, items: SyncItems) -> Call[Removed]:
        """Take titles off the favourites. Not repeatable: the second answer counts nothing.

        Source: POST /sync/favorites/remove
        """
        return bulk(Removed, "/sync/favorites/remove", items, repeatable=False)

    @endpoint
    def reorder_favorites(self, item_ids: Sequence[int]) -> Call[Reordered]:
        """Put entries into this order; those not named follow. Repeatable: the order is the same.

        Args:
            item_ids: Ids of entries (`ListItem.id`).

        Source: POST /sync/favorites/reorder
        """
        return post(Reordered, "/sync/favorites/reorder", rank_of(item_ids), repeatable=True)

    @endpoint
    def update_favorites(
        self, *, description: str | None = None, sort_by: str | None = None, sort_how: SortHow | None = None
    ) -> Call[TraktList]:
        """Describe the favourites, or set its order. Repeatable: it sets values.

        Source: PUT /sync/favorites
        """
        body = set_values(description=description, sort_by=sort_by, sort_how=sort_how)
        return post(TraktList, "/sync/favorites", body, repeatable=True, method="PUT")

    @endpoint
    def update_favorites_item(self, item_id: int, *, notes: str) -> Call[None]:
        """Put a note to an entry. Repeatable: it sets a value.

        Args:
            item_id: Id of the entry (`ListItem.id`).
            notes: Up to 500 characters.

        Source: PUT /sync/favorites/{list_item_id}
        """
        return send("PUT", path_of("sync", "favorites", item_id), {"notes": notes}, repeatable=True)

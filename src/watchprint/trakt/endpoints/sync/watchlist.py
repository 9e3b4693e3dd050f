"""The user's watchlist. What is watched leaves it by itself."""

from __future__ import annotations

from collections.abc import Sequence

from watchprint.trakt.bind import Endpoints, R, endpoint, pages
from watchprint.trakt.endpoints import feeds
from watchprint.trakt.endpoints.feeds import Plural, SortHow
from watchprint.trakt.models.bodies import SyncItems
from watchprint.trakt.models.lists import ListItem, TraktList
from watchprint.trakt.models.writes import Added, Removed, Reordered
from watchprint.trakt.paging import Listing
from watchprint.trakt.requests import bulk, path_of, post, rank_of, send, set_values
from watchprint.trakt.wire import Call


class SyncWatchlist(Endpoints[R]):
    """The watchlist."""

    @pages
    def watchlist(
        self,
        *,
        kind: Plural | None = None,
        sort_by: str | None = None,
        sort_how: SortHow | None = None,
        extended: str | None = None,
        limit: int | None = None,
    ) -> Listing[ListItem]:
        """Entries of the watchlist.

        Args:
            kind: movies, shows, seasons or episodes; None = all.
            sort_by: rank, added, title, released, runtime, popularity and more; None = as the list is set.
            sort_how: asc or desc.
            extended: "full" for all facts about the titles.
            limit: Most rows in all.

        Source: GET /sync/watchlist/{type}/{sort_by}/{sort_how}
        """
        return feeds.entries(("sync", "watchlist"), kind, sort_by, sort_how, extended, True)

    @endpoint
    def add_to_watchlist(self, items: SyncItems) -> Call[Added]:
        """Put titles on the watchlist, each with `notes` if it has some (VIP).

        Not repeatable: the second answer says `existing` of what the first has added. Nothing is stored twice.

        Raises:
            AccountLimit: The watchlist is full; nothing was stored.

        Source: POST /sync/watchlist
        """
        return bulk(Added, "/sync/watchlist", items, repeatable=False)

    @endpoint
    def remove_from_watchlist(self, items: SyncItems) -> Call[Removed]:
        """Take titles off the watchlist. Not repeatable: the second answer counts nothing.

        Source: POST /sync/watchlist/remove
        """
        return bulk(Removed, "/sync/watchlist/remove", items, repeatable=False)

    @endpoint
    def reorder_watchlist(self, item_ids: Sequence[int]) -> Call[Reordered]:
        """Put entries into this order; those not named follow. Repeatable: the order is the same.

        Args:
            item_ids: Ids of entries (`ListItem.id`).

        Source: POST /sync/watchlist/reorder
        """
        return post(Reordered, "/sync/watchlist/reorder", rank_of(item_ids), repeatable=True)

    @endpoint
    def update_watchlist(
        self, *, description: str | None = None, sort_by: str | None = None, sort_how: SortHow | None = None
    ) -> Call[TraktList]:
        """Describe the watchlist, or set its order. Repeatable: it sets values.

        Source: PUT /sync/watchlist
        """
        body = set_values(description=description, sort_by=sort_by, sort_how=sort_how)
        return post(TraktList, "/sync/watchlist", body, repeatable=True, method="PUT")

    @endpoint
    def update_watchlist_item(self, item_id: int, *, notes: str) -> Call[None]:
        """Put a note to an entry (VIP). Repeatable: it sets a value.

        Args:
            item_id: Id of the entry (`ListItem.id`).
            notes: Up to 500 characters.

        Source: PUT /sync/watchlist/{list_item_id}
        """
        return send("PUT", path_of("sync", "watchlist", item_id), {"notes": notes}, repeatable=True)

"""The watchlist. What is watched leaves it by itself.

Source: POST /sync/watchlist, POST /sync/watchlist/remove, GET /sync/watchlist/{type}/{sort_by}/{sort_how}.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from watchprint.service.answers import ListedItem, Removed, Written
from watchprint.service.arguments import OneOrMore, asked, known_kind
from watchprint.service.writing.entries import entry, listed, order
from watchprint.service.writing.removing import removed
from watchprint.trakt.bind import Endpoints, R, flow, pages
from watchprint.trakt.endpoints.sync import Sync
from watchprint.trakt.facts import Listed
from watchprint.trakt.flows import Flow, result_of
from watchprint.trakt.items import Item, Kind
from watchprint.trakt.paging import Rows

WatchlistKind = Literal["movie", "show", "season", "episode"]
KINDS: Final[tuple[Kind, ...]] = ("movie", "show", "season", "episode")
_PATHS: Final[dict[str, Literal["movies", "shows", "seasons", "episodes"]]] = {
    "movie": "movies", "show": "shows", "season": "seasons", "episode": "episodes",
}  # fmt: skip


class Watchlist(Endpoints[R]):
    """The watchlist."""

    @flow
    def add_to_watchlist(self, items: OneOrMore[Item | Listed]) -> Flow[Written]:
        """How many entries are new, and how many were there.

        Args:
            items: Films, shows, seasons, episodes, or Listed with notes (those need VIP); one or many.

        Raises:
            Invalid: An item is a person.
            AccountLimit: The watchlist is full; nothing of that request was stored.
            PartlyWritten: A batch of more than a hundred stopped midway.

        Source: POST /sync/watchlist
        """
        return listed(asked(items, KINDS, "the watchlist", Listed), Sync.add_to_watchlist.call)

    @flow
    def remove_from_watchlist(self, items: OneOrMore[Item]) -> Flow[Removed]:
        """How many entries are gone.

        Raises:
            Invalid: An item is a person.
            PartlyWritten: A batch of more than a hundred stopped midway.

        Source: POST /sync/watchlist/remove
        """
        return removed(asked(items, KINDS, "the watchlist"), Sync.remove_from_watchlist.call)

    @pages
    def get_watchlist(
        self, *, kind: WatchlistKind | None = None, sort: str | None = None, limit: int | None = None
    ) -> Flow[Sequence[Rows[ListedItem]]]:
        """Entries of the watchlist.

        Args:
            kind: movie, show, season or episode; None: all.
            sort: For example "added/desc", "title", "released/asc"; None: as the user has set it.
            limit: Most rows in all.

        Raises:
            Invalid: The kind or the order is none of Trakt's.

        Source: GET /sync/watchlist/{type}/{sort_by}/{sort_how}
        """
        wanted = known_kind(kind, KINDS, "the watchlist")
        by, how = order(sort)
        path = _PATHS[wanted] if wanted else None
        return result_of([Rows(Sync.watchlist.listing(kind=path, sort_by=by, sort_how=how, extended="full"), entry)])

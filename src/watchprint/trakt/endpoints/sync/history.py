"""The user's plays. Trakt removes no duplicates: the same play sent twice is two plays."""

from __future__ import annotations

from datetime import datetime

from watchprint.trakt.bind import Endpoints, R, endpoint, pages
from watchprint.trakt.endpoints import feeds
from watchprint.trakt.endpoints.feeds import Plural
from watchprint.trakt.models.bodies import SyncItems
from watchprint.trakt.models.history import HistoryRow
from watchprint.trakt.models.writes import Added, Removed
from watchprint.trakt.paging import Listing
from watchprint.trakt.requests import bulk
from watchprint.trakt.wire import Call


class SyncHistory(Endpoints[R]):
    """Plays."""

    @pages
    def history(
        self,
        *,
        kind: Plural | None = None,
        trakt_id: int | None = None,
        start_at: datetime | None = None,
        end_at: datetime | None = None,
        extended: str | None = None,
        limit: int | None = None,
    ) -> Listing[HistoryRow]:
        """Plays, newest first; of a show or a season, those of its episodes.

        Args:
            kind: movies, shows, seasons or episodes; None = all.
            trakt_id: Only this title of that kind.
            start_at: Ended from this instant on.
            end_at: Ended up to this instant.
            extended: "full" adds runtime, genres and dates.
            limit: Most rows in all.

        Source: GET /sync/history/{type}/{id}
        """
        return feeds.history(feeds.ME, kind, trakt_id, start_at, end_at, extended)

    @endpoint
    def add_to_history(self, items: SyncItems) -> Call[Added]:
        """Store plays; a show stands for all its episodes.

        Never repeatable: sent twice, everything is played twice.

        Args:
            items: `watched_at` of each: an instant, "released" or "unknown"; None = now.

        Source: POST /sync/history
        """
        return bulk(Added, "/sync/history", items, repeatable=False)

    @endpoint
    def remove_from_history(self, items: SyncItems) -> Call[Removed]:
        """Remove all plays of titles, or single plays (`items.ids`); plays are counted.

        Not repeatable: the second answer finds nothing any more. The state is the same; look, or send it again.

        Source: POST /sync/history/remove
        """
        return bulk(Removed, "/sync/history/remove", items, repeatable=False)

"""`/sync`: the signed-in user's own data."""

from __future__ import annotations

from datetime import datetime

from watchprint.trakt.bind import Endpoints, R, endpoint, pages
from watchprint.trakt.models.activities import Activities
from watchprint.trakt.models.history import HistoryRow
from watchprint.trakt.paging import Listing
from watchprint.trakt.requests import get, listing
from watchprint.trakt.wire import Call


class Sync(Endpoints[R]):
    """What belongs to the user behind the token."""

    @endpoint
    def last_activities(self) -> Call[Activities]:
        """When each corner of the account last changed.

        Source: GET /sync/last_activities
        """
        return get(Activities, "/sync/last_activities")

    @pages
    def history(
        self,
        *,
        kind: str | None = None,
        trakt_id: int | None = None,
        start_at: datetime | None = None,
        end_at: datetime | None = None,
        extended: str | None = None,
        limit: int | None = None,
    ) -> Listing[HistoryRow]:
        """Plays, newest first.

        Args:
            kind: movies, shows, seasons or episodes; None = all.
            trakt_id: Only this title of that kind.
            start_at: From this instant on.
            end_at: Up to this instant.
            extended: "full" adds runtime, genres and dates.
            limit: Most rows in all.

        Source: GET /sync/history/{type}/{id}
        """
        path = "/".join(str(part) for part in ("/sync/history", kind, trakt_id) if part is not None)
        return listing(
            HistoryRow,
            path,
            lambda row: row.id,
            stamp=lambda row: row.watched_at,
            start_at=start_at,
            end_at=end_at,
            extended=extended,
        )

"""When the account last changed, and the positions at which the user stopped."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from watchprint.trakt.bind import Endpoints, R, endpoint, pages
from watchprint.trakt.models.playing import PlaybackRow
from watchprint.trakt.models.users import Activities
from watchprint.trakt.paging import Listing
from watchprint.trakt.requests import get, given, listing, path_of, send
from watchprint.trakt.wire import Call


class SyncActivity(Endpoints[R]):
    """Changes and saved positions."""

    @endpoint
    def last_activities(self) -> Call[Activities]:
        """When each corner of the account last changed, by additions and removals.

        Source: GET /sync/last_activities
        """
        return get(Activities, "/sync/last_activities")

    @pages
    def playback(
        self,
        kind: Literal["movies", "episodes"] | None = None,
        *,
        start_at: datetime | None = None,
        end_at: datetime | None = None,
        extended: str | None = None,
        limit: int | None = None,
    ) -> Listing[PlaybackRow]:
        """Saved positions, one a title.

        Args:
            kind: movies or episodes; None = both.
            start_at: Paused from this instant on.
            end_at: Paused up to this instant.
            extended: "full" for all facts about the titles.
            limit: Most rows in all.

        Source: GET /sync/playback/{type}
        """
        return listing(
            PlaybackRow,
            path_of("sync", "playback", *given(kind)),
            lambda row: row.id,
            start_at=start_at,
            end_at=end_at,
            extended=extended,
        )

    @endpoint
    def remove_playback(self, playback_id: int) -> Call[None]:
        """Forget a saved position. Not repeatable: the second answer is 404.

        Raises:
            NotFound: There is no such position.

        Source: DELETE /sync/playback/{id}
        """
        return send("DELETE", path_of("sync", "playback", playback_id), repeatable=False)

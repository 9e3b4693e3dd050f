"""The user's library ("collection"): what they own, and in which quality."""

from __future__ import annotations

from watchprint.trakt.bind import Endpoints, R, endpoint, pages
from watchprint.trakt.endpoints import feeds
from watchprint.trakt.endpoints.feeds import Collectable
from watchprint.trakt.models.bodies import SyncItems
from watchprint.trakt.models.collection import CollectedRow, CollectedShowTimes, CollectedTimes
from watchprint.trakt.models.writes import Added, Removed
from watchprint.trakt.paging import Listing
from watchprint.trakt.requests import bulk, get
from watchprint.trakt.wire import Call


class SyncCollection(Endpoints[R]):
    """The library."""

    @pages
    def collection(
        self,
        kind: Collectable = "media",
        *,
        extended: str | None = None,
        available_on: str | None = None,
        limit: int | None = None,
    ) -> Listing[CollectedRow]:
        """What is owned, one row a title.

        Args:
            kind: movies, shows (one row a show, with its episodes), episodes, or media (all three mixed).
            extended: full, metadata (the quality), available_on; several with commas.
            available_on: Only what this server has ("plex").
            limit: Most rows in all.

        Source: GET /sync/collection/{type}
        """
        return feeds.collection(feeds.ME, kind, extended, available_on)

    @endpoint
    def collection_movies_map(self) -> Call[CollectedTimes]:
        """When each film came into the library, by Trakt id.

        Source: GET /sync/collection/minimal/movies
        """
        return get(CollectedTimes, "/sync/collection/minimal/movies")

    @endpoint
    def collection_episodes_map(self) -> Call[CollectedTimes]:
        """When each episode came into the library, by Trakt id.

        Source: GET /sync/collection/minimal/episodes
        """
        return get(CollectedTimes, "/sync/collection/minimal/episodes")

    @endpoint
    def collection_shows_map(self) -> Call[CollectedShowTimes]:
        """The same by show, season and episode.

        Source: GET /sync/collection/minimal/shows
        """
        return get(CollectedShowTimes, "/sync/collection/minimal/shows")

    @endpoint
    def add_to_collection(self, items: SyncItems) -> Call[Added]:
        """Put titles into the library, or change what is known of them there.

        Not repeatable: the second answer says `existing` of what the first has added. Nothing is stored twice,
        so that it may be sent again by whoever does not need to know.

        Raises:
            AccountLimit: The library is full; nothing was stored.

        Source: POST /sync/collection
        """
        return bulk(Added, "/sync/collection", items, repeatable=False)

    @endpoint
    def remove_from_collection(self, items: SyncItems) -> Call[Removed]:
        """Take titles out of the library. Not repeatable: the second answer counts nothing.

        Source: POST /sync/collection/remove
        """
        return bulk(Removed, "/sync/collection/remove", items, repeatable=False)

"""The user's ratings."""

from __future__ import annotations

from watchprint.trakt.bind import Endpoints, R, endpoint, pages
from watchprint.trakt.endpoints import feeds
from watchprint.trakt.endpoints.feeds import Plural
from watchprint.trakt.errors import Invalid
from watchprint.trakt.models.bodies import SyncItems
from watchprint.trakt.models.ratings import RatingRow
from watchprint.trakt.models.writes import Added, Removed
from watchprint.trakt.paging import Listing
from watchprint.trakt.requests import bulk
from watchprint.trakt.wire import Call


class SyncRatings(Endpoints[R]):
    """Ratings."""

    @pages
    def ratings(
        self,
        *,
        kind: Plural | None = None,
        only: tuple[int, ...] = (),
        extended: str | None = None,
        limit: int | None = None,
    ) -> Listing[RatingRow]:
        """Ratings.

        Args:
            kind: movies, shows, seasons or episodes; None = all.
            only: Only these ratings, of 1 to 10.
            extended: "full" for all facts about the titles.
            limit: Most rows in all.

        Source: GET /sync/ratings/{type}/{rating}
        """
        return feeds.ratings(feeds.ME, kind, only, extended)

    @endpoint
    def add_ratings(self, items: SyncItems) -> Call[Added]:
        """Rate titles; a rating that is there is replaced.

        Repeatable: the second answer says `added` again, and stores the same rating (at most some seconds later
        where no `rated_at` is given).

        Args:
            items: `rating` of each, 1 to 10; `rated_at`, None = now.

        Raises:
            Invalid: A title has no rating.

        Source: POST /sync/ratings
        """
        _all_rated(items)
        return bulk(Added, "/sync/ratings", items, repeatable=True)

    @endpoint
    def remove_ratings(self, items: SyncItems) -> Call[Removed]:
        """Remove ratings. Not repeatable: the second answer counts nothing.

        Source: POST /sync/ratings/remove
        """
        return bulk(Removed, "/sync/ratings/remove", items, repeatable=False)


def _all_rated(items: SyncItems) -> None:
    for entry in items.entries():
        inner = [s.rating or any(e.rating for e in s.episodes) for s in entry.seasons]
        if entry.rating is None and not (inner and all(inner)):
            raise Invalid("a title to rate has no rating: give a whole number from 1 to 10")

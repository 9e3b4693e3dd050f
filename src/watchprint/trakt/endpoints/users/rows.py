"""A user's rows, as they and others may see them: the reads of `/sync` by user."""

from __future__ import annotations

from datetime import datetime

from watchprint.trakt.bind import Endpoints, R, endpoint, pages
from watchprint.trakt.endpoints import feeds
from watchprint.trakt.endpoints.feeds import Collectable, Favourable, Plural, SortHow, needs_user, of_user
from watchprint.trakt.models.collection import CollectedRow
from watchprint.trakt.models.history import HistoryRow
from watchprint.trakt.models.lists import ListItem
from watchprint.trakt.models.ratings import RatingRow
from watchprint.trakt.models.watched import PlayTimes, ShowPlayTimes, WatchedEpisode, WatchedMovie, WatchedShow
from watchprint.trakt.paging import Listing
from watchprint.trakt.requests import get, path_of
from watchprint.trakt.wire import Call


class UserRows(Endpoints[R]):
    """What a user has watched, rated, listed and owns. Arguments are those of `trakt.sync`."""

    @pages
    def history(
        self,
        user: str = "me",
        *,
        kind: Plural | None = None,
        trakt_id: int | None = None,
        start_at: datetime | None = None,
        end_at: datetime | None = None,
        extended: str | None = None,
        limit: int | None = None,
    ) -> Listing[HistoryRow]:
        """Plays, newest first.

        Source: GET /users/{id}/history/{type}/{item_id}
        """
        return feeds.history(of_user(user), kind, trakt_id, start_at, end_at, extended)

    @pages
    def watched_movies(
        self, user: str = "me", *, extended: str | None = None, limit: int | None = None
    ) -> Listing[WatchedMovie]:
        """Watched films, with the number of plays.

        Source: GET /users/{id}/watched/movies
        """
        return feeds.watched_movies(of_user(user), extended)

    @pages
    def watched_shows(
        self,
        user: str = "me",
        *,
        extended: str | None = None,
        specials: bool | None = None,
        limit: int | None = None,
    ) -> Listing[WatchedShow]:
        """Watched shows, with the number of plays.

        Source: GET /users/{id}/watched/shows
        """
        return feeds.watched_shows(of_user(user), extended, specials)

    @pages
    def watched_episodes(
        self, user: str = "me", *, extended: str | None = None, limit: int | None = None
    ) -> Listing[WatchedEpisode]:
        """Watched episodes, with the number of plays.

        Source: GET /users/{id}/watched/episodes
        """
        return feeds.watched_episodes(of_user(user), extended)

    @endpoint
    def watched_movies_map(self, user: str = "me") -> Call[PlayTimes]:
        """The times of all plays by film.

        Source: GET /users/{id}/watched/movies, extended=min
        """
        base: tuple[str, ...] = of_user(user)
        return get(PlayTimes, path_of(*base, "watched", "movies"), needs_user=needs_user(base), extended="min")

    @endpoint
    def watched_shows_map(
        self, user: str = "me", *, specials: bool | None = None, season_numbers: bool | None = None
    ) -> Call[ShowPlayTimes]:
        """The times of all plays by show, season and episode.

        Source: GET /users/{id}/watched/shows, extended=min
        """
        base: tuple[str, ...] = of_user(user)
        return get(
            ShowPlayTimes,
            path_of(*base, "watched", "shows"),
            needs_user=needs_user(base),
            extended="min",
            specials=specials,
            season_numbers=season_numbers,
        )

    @pages
    def ratings(
        self,
        user: str = "me",
        *,
        kind: Plural | None = None,
        only: tuple[int, ...] = (),
        extended: str | None = None,
        limit: int | None = None,
    ) -> Listing[RatingRow]:
        """Ratings.

        Source: GET /users/{id}/ratings/{type}/{rating}
        """
        return feeds.ratings(of_user(user), kind, only, extended)

    @pages
    def watchlist(
        self,
        user: str = "me",
        *,
        kind: Plural | None = None,
        sort_by: str | None = None,
        sort_how: SortHow | None = None,
        extended: str | None = None,
        limit: int | None = None,
    ) -> Listing[ListItem]:
        """Entries of the watchlist.

        Source: GET /users/{id}/watchlist/{type}/{sort_by}/{sort_how}
        """
        base: tuple[str, ...] = of_user(user)
        return feeds.entries((*base, "watchlist"), kind, sort_by, sort_how, extended, needs_user(base))

    @pages
    def favorites(
        self,
        user: str = "me",
        *,
        kind: Favourable | None = None,
        sort_by: str | None = None,
        sort_how: SortHow | None = None,
        extended: str | None = None,
        limit: int | None = None,
    ) -> Listing[ListItem]:
        """Entries of Trakt's own favourites.

        Source: GET /users/{id}/favorites/{type}/{sort_by}/{sort_how}
        """
        base: tuple[str, ...] = of_user(user)
        return feeds.entries((*base, "favorites"), kind, sort_by, sort_how, extended, needs_user(base))

    @pages
    def collection(
        self,
        user: str = "me",
        kind: Collectable = "media",
        *,
        extended: str | None = None,
        available_on: str | None = None,
        limit: int | None = None,
    ) -> Listing[CollectedRow]:
        """What is owned, one row a title.

        Source: GET /users/{id}/collection/{type}
        """
        return feeds.collection(of_user(user), kind, extended, available_on)

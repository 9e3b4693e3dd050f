"""What the user has watched, one row a title; and the compact maps of all plays, in one answer each."""

from __future__ import annotations

from watchprint.trakt.bind import Endpoints, R, endpoint, pages
from watchprint.trakt.endpoints import feeds
from watchprint.trakt.models.watched import PlayTimes, ShowPlayTimes, WatchedEpisode, WatchedMovie, WatchedShow
from watchprint.trakt.paging import Listing
from watchprint.trakt.requests import get
from watchprint.trakt.wire import Call


class SyncWatched(Endpoints[R]):
    """Watched titles."""

    @pages
    def watched_movies(self, *, extended: str | None = None, limit: int | None = None) -> Listing[WatchedMovie]:
        """Watched films, with the number of plays.

        Args:
            extended: "full" for all facts about the films.
            limit: Most rows in all.

        Source: GET /sync/watched/movies
        """
        return feeds.watched_movies(feeds.ME, extended)

    @pages
    def watched_shows(
        self, *, extended: str | None = None, specials: bool | None = None, limit: int | None = None
    ) -> Listing[WatchedShow]:
        """Watched shows, with the number of plays.

        Args:
            extended: "progress" for the plays of each episode, "full" for all facts; "full,progress" for both.
            specials: Season 0 too.
            limit: Most rows in all.

        Source: GET /sync/watched/shows
        """
        return feeds.watched_shows(feeds.ME, extended, specials)

    @pages
    def watched_episodes(self, *, extended: str | None = None, limit: int | None = None) -> Listing[WatchedEpisode]:
        """Watched episodes, with the number of plays.

        Args:
            extended: "full" for all facts about the titles.
            limit: Most rows in all.

        Source: GET /sync/watched/episodes
        """
        return feeds.watched_episodes(feeds.ME, extended)

    @endpoint
    def watched_movies_map(self) -> Call[PlayTimes]:
        """The times of all plays by film.

        Source: GET /sync/watched/movies, extended=min
        """
        return get(PlayTimes, "/sync/watched/movies", extended="min")

    @endpoint
    def watched_shows_map(
        self, *, specials: bool | None = None, season_numbers: bool | None = None
    ) -> Call[ShowPlayTimes]:
        """The times of all plays by show, season and episode.

        Args:
            specials: Season 0 too.
            season_numbers: Seasons are named "<Trakt id>|<number>".

        Source: GET /sync/watched/shows, extended=min
        """
        return get(
            ShowPlayTimes, "/sync/watched/shows", extended="min", specials=specials, season_numbers=season_numbers
        )

    @endpoint
    def watched_episodes_map(self) -> Call[PlayTimes]:
        """The times of all plays by episode.

        Source: GET /sync/watched/episodes, extended=min
        """
        return get(PlayTimes, "/sync/watched/episodes", extended="min")

"""Shows: facts, seasons and episodes, and how far the user is."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from watchprint.trakt.bind import Endpoints, R, endpoint
from watchprint.trakt.models.progress import ShowProgress, ShowReset
from watchprint.trakt.models.titles import Episode, Season, Show
from watchprint.trakt.requests import get, maybe, path_of, post, send, utc_text
from watchprint.trakt.wire import Call

ShowId = int | str
"""Trakt id, slug or IMDb id."""


class Shows(Endpoints[R]):
    """Shows, by Trakt id, slug or IMDb id (`show`)."""

    @endpoint
    def summary(self, show: ShowId, *, extended: str | None = "full") -> Call[Show]:
        """A show.

        Source: GET /shows/{id}
        """
        return get(Show, path_of("shows", show), needs_user=False, extended=extended)

    @endpoint
    def seasons(self, show: ShowId, *, extended: str | None = "full") -> Call[list[Season]]:
        """The seasons of a show, specials (0) too.

        Args:
            show: Trakt id, slug or IMDb id.
            extended: full, episodes (each season with its episodes), or "full,episodes".

        Source: GET /shows/{id}/seasons
        """
        return get(list[Season], path_of("shows", show, "seasons"), needs_user=False, extended=extended)

    @endpoint
    def season(self, show: ShowId, season: int, *, extended: str | None = "full") -> Call[list[Episode]]:
        """The episodes of a season.

        Source: GET /shows/{id}/seasons/{season}
        """
        return get(list[Episode], path_of("shows", show, "seasons", season), needs_user=False, extended=extended)

    @endpoint
    def season_info(self, show: ShowId, season: int, *, extended: str | None = "full") -> Call[Season]:
        """A season itself.

        Source: GET /shows/{id}/seasons/{season}/info
        """
        return get(Season, path_of("shows", show, "seasons", season, "info"), needs_user=False, extended=extended)

    @endpoint
    def episode(self, show: ShowId, season: int, number: int, *, extended: str | None = "full") -> Call[Episode]:
        """An episode.

        Source: GET /shows/{id}/seasons/{season}/episodes/{episode}
        """
        path = path_of("shows", show, "seasons", season, "episodes", number)
        return get(Episode, path, needs_user=False, extended=extended)

    @endpoint
    def next_episode(self, show: ShowId, *, extended: str | None = "full") -> Call[Episode | None]:
        """The next episode to be aired, None where none is known.

        Source: GET /shows/{id}/next_episode
        """
        return maybe(Episode, path_of("shows", show, "next_episode"), needs_user=False, extended=extended)

    @endpoint
    def last_episode(self, show: ShowId, *, extended: str | None = "full") -> Call[Episode | None]:
        """The episode aired last, None where none was.

        Source: GET /shows/{id}/last_episode
        """
        return maybe(Episode, path_of("shows", show, "last_episode"), needs_user=False, extended=extended)

    @endpoint
    def progress_watched(
        self,
        show: ShowId,
        *,
        hidden: bool | None = None,
        specials: bool | None = None,
        count_specials: bool | None = None,
        last_activity: Literal["aired", "watched"] | None = None,
        include_stats: bool | None = None,
    ) -> Call[ShowProgress]:
        """What the user has watched of a show, by season and episode.

        Args:
            show: Trakt id, slug or IMDb id.
            hidden: Hidden seasons too.
            specials: Season 0 too.
            count_specials: Specials count in the totals (they do, if asked for).
            last_activity: What "last" and "next" go by: the order of airing, or the last play.
            include_stats: With plays and minutes.

        Source: GET /shows/{id}/progress/watched
        """
        return get(
            ShowProgress,
            path_of("shows", show, "progress", "watched"),
            hidden=hidden,
            specials=specials,
            count_specials=count_specials,
            last_activity=last_activity,
            include_stats=include_stats,
        )

    @endpoint
    def progress_collection(
        self,
        show: ShowId,
        *,
        hidden: bool | None = None,
        specials: bool | None = None,
        count_specials: bool | None = None,
        last_activity: Literal["aired", "collected"] | None = None,
    ) -> Call[ShowProgress]:
        """What the user owns of a show, by season and episode; arguments as in `progress_watched`.

        Source: GET /shows/{id}/progress/collection
        """
        return get(
            ShowProgress,
            path_of("shows", show, "progress", "collection"),
            hidden=hidden,
            specials=specials,
            count_specials=count_specials,
            last_activity=last_activity,
        )

    @endpoint
    def reset_progress(self, show: ShowId, *, reset_at: datetime | None = None) -> Call[ShowReset]:
        """Begin a show anew: only later plays count for its progress (VIP); the history stays.

        Repeatable where `reset_at` is given; else the second would move it.

        Args:
            show: Trakt id, slug or IMDb id.
            reset_at: From when on; None = now.

        Source: POST /shows/{id}/progress/watched/reset
        """
        path = path_of("shows", show, "progress", "watched", "reset")
        body = {} if reset_at is None else {"reset_at": utc_text(reset_at)}
        return post(ShowReset, path, body, repeatable=reset_at is not None)

    @endpoint
    def undo_reset_progress(self, show: ShowId) -> Call[None]:
        """Count all plays again (VIP). Not repeatable: Trakt does not say what the second answer is.

        Source: DELETE /shows/{id}/progress/watched/reset
        """
        return send("DELETE", path_of("shows", show, "progress", "watched", "reset"), repeatable=False)

"""Where the user is in their shows: Trakt's feeds, the most recent first. Trakt says that they may be incomplete."""

from __future__ import annotations

from typing import Any, Literal

from watchprint.trakt.bind import Endpoints, R, pages
from watchprint.trakt.endpoints.feeds import PROGRESS_PAGE_SIZE, SortHow, title_key
from watchprint.trakt.models.progress import ProgressRow
from watchprint.trakt.paging import Listing
from watchprint.trakt.requests import listing


class SyncProgress(Endpoints[R]):
    """Progress feeds."""

    @pages
    def progress_watched(
        self,
        *,
        sort_by: str | None = None,
        sort_how: SortHow | None = None,
        hide_completed: bool | None = None,
        hide_not_completed: bool | None = None,
        only_rewatching: bool | None = None,
        lifetime_stats: bool | None = None,
        extended: str | None = None,
        limit: int | None = None,
    ) -> Listing[ProgressRow]:
        """Watched shows with their progress.

        Args:
            sort_by: added, completed, episodes, last_activity, runtime, title and more; None = Trakt's own.
            sort_how: asc or desc.
            hide_completed: Without the shows that are watched to their end.
            hide_not_completed: Only those.
            only_rewatching: Only shows that were begun anew.
            lifetime_stats: Count all plays, not only those of the current run.
            extended: "full" for all facts about the titles.
            limit: Most rows in all.

        Source: GET /sync/progress/watched
        """
        return _feed(
            "watched",
            sort_by=sort_by,
            sort_how=sort_how,
            hide_completed=hide_completed,
            hide_not_completed=hide_not_completed,
            only_rewatching=only_rewatching,
            lifetime_stats=lifetime_stats,
            extended=extended,
        )

    @pages
    def up_next(
        self,
        *,
        sort_by: str | None = None,
        sort_how: SortHow | None = None,
        include_stats: bool | None = None,
        lifetime_stats: bool | None = None,
        extended: str | None = None,
        limit: int | None = None,
    ) -> Listing[ProgressRow]:
        """Shows that can be gone on with, each with its next episode.

        Args:
            sort_by: Trakt's key of the order; None = Trakt's own.
            sort_how: asc or desc.
            include_stats: With plays and minutes.
            lifetime_stats: Count all plays, not only those of the current run.
            extended: "full" for all facts about the titles.
            limit: Most rows in all.

        Source: GET /sync/progress/up_next
        """
        return _feed(
            "up_next",
            sort_by=sort_by,
            sort_how=sort_how,
            include_stats=include_stats,
            lifetime_stats=lifetime_stats,
            extended=extended,
        )

    @pages
    def up_next_nitro(
        self,
        *,
        intent: Literal["all", "continue", "start", "completed"] | None = None,
        sort_by: str | None = None,
        sort_how: SortHow | None = None,
        limit: int | None = None,
    ) -> Listing[ProgressRow]:
        """The same from Trakt's newer feed.

        Args:
            intent: Shows to continue, to start, completed ones, or all.
            sort_by: Trakt's key of the order; None = Trakt's own.
            sort_how: asc or desc.
            limit: Most rows in all.

        Source: GET /sync/progress/up_next_nitro
        """
        return _feed("up_next_nitro", intent=intent, sort_by=sort_by, sort_how=sort_how)


def _feed(name: str, **query: Any) -> Listing[ProgressRow]:
    path = f"/sync/progress/{name}"
    return listing(ProgressRow, path, title_key, page_size=PROGRESS_PAGE_SIZE, **query)

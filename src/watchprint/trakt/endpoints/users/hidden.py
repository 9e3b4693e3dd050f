"""What the user has hidden, by section: calendar, progress, recommendations, comments, dropped shows."""

from __future__ import annotations

from typing import Literal, TypeAlias

from watchprint.trakt.bind import Endpoints, R, endpoint, pages
from watchprint.trakt.endpoints.feeds import title_key
from watchprint.trakt.models.bodies import SyncItems
from watchprint.trakt.models.users import HiddenRow
from watchprint.trakt.models.writes import Added, Removed
from watchprint.trakt.paging import Listing
from watchprint.trakt.requests import bulk, listing, path_of
from watchprint.trakt.wire import Call

Section: TypeAlias = Literal[
    "calendar",
    "progress_watched",
    "progress_watched_reset",
    "progress_collected",
    "recommendations",
    "comments",
    "dropped",
]
"""`progress_watched_reset` can only be read. Films can be hidden in calendar and recommendations; users in comments."""


class UserHidden(Endpoints[R]):
    """Hidden titles. A dropped show leaves the progress; its history stays."""

    @pages
    def hidden(
        self,
        section: Section,
        *,
        kind: Literal["movie", "show", "season", "user"] | None = None,
        extended: str | None = None,
        limit: int | None = None,
    ) -> Listing[HiddenRow]:
        """What is hidden in a section.

        Args:
            section: Where it is hidden.
            kind: movie, show, season or user; None = all.
            extended: "full" for all facts about the titles.
            limit: Most rows in all.

        Source: GET /users/hidden/{section}
        """
        return listing(HiddenRow, path_of("users", "hidden", section), title_key, type=kind, extended=extended)

    @endpoint
    def hide(self, section: Section, items: SyncItems) -> Call[Added]:
        """Hide titles in a section. Not repeatable: Trakt does not say what the second answer counts.

        Source: POST /users/hidden/{section}
        """
        return bulk(Added, path_of("users", "hidden", section), items, repeatable=False)

    @endpoint
    def unhide(self, section: Section, items: SyncItems) -> Call[Removed]:
        """Show titles in a section again. Not repeatable: the second answer counts nothing.

        Source: POST /users/hidden/{section}/remove
        """
        return bulk(Removed, path_of("users", "hidden", section, "remove"), items, repeatable=False)

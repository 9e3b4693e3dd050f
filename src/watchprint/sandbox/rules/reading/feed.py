"""The progress of all shows of a user at once: `/sync/progress/*` (trakt-api.md 11.9).

Dropped and hidden shows are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from watchprint.sandbox.kernel import World
from watchprint.sandbox.rules.instants import has_aired
from watchprint.sandbox.rules.keeping.hidden import hidden_ids
from watchprint.sandbox.rules.reading.filters import passes
from watchprint.sandbox.rules.reading.index import viewed
from watchprint.sandbox.rules.reading.progress import Marks, Progress, View, progress
from watchprint.sandbox.rules.requests.query import flag
from watchprint.sandbox.state import User

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def watched_marks(user: User, world: World) -> Marks:
    """When each episode was watched."""
    index = viewed(user, world)
    return index.keep(
        "marks", lambda: {t: [play.watched_at for play in plays] for t, plays in index.by_episode.items()}
    )


def collected_marks(user: User) -> Marks:
    """When each episode was put into the library."""
    return {row.item.trakt: [row.collected_at] for row in user.collection if row.item.type == "episode"}


def watched_view(user: User, show: int, world: World, query: Mapping[str, str]) -> View:
    """How a user looks at the watched progress of a show."""
    hidden = frozenset() if flag(query, "hidden") else frozenset(hidden_ids(user, "season", "progress_watched"))
    return View(
        now=world.now,
        specials=flag(query, "specials"),
        count_specials=flag(query, "count_specials", default=True),
        by_activity=query.get("last_activity") == "watched",
        hidden=hidden,
        since=user.reset_at.get(show),
        lifetime=flag(query, "lifetime_stats"),
    )


def watched_progress(user: User, world: World, query: Mapping[str, str]) -> list[Progress]:
    """All watched shows with their progress, the most recently watched first, as the query filters and sorts.

    `hide_completed`, `hide_not_completed`, `only_rewatching`; `sort_by` activity, aired, completed, percentage,
    title; `sort_how`.
    """
    rows = [one for one in _all(user, world, query) if passes(one.show, query)]
    if flag(query, "hide_completed"):
        rows = [one for one in rows if one.completed < one.aired]
    if flag(query, "hide_not_completed"):
        rows = [one for one in rows if one.completed >= one.aired]
    if flag(query, "only_rewatching"):
        rows = [one for one in rows if one.show.trakt in user.reset_at]
    return _sorted(rows, query)


def up_next(user: User, world: World, query: Mapping[str, str]) -> list[Progress]:
    """The shows with an aired episode to watch next. `intent`: continue (begun), start (watchlisted, not begun),
    completed (nothing left), all."""
    intent = query.get("intent", "continue")
    begun = [one for one in _all(user, world, query) if passes(one.show, query)]
    rows = []
    if intent in ("all", "continue"):
        rows += [one for one in begun if _has_next(one, world.now)]
    if intent in ("all", "start"):
        rows += [one for one in _listed(user, world, query) if _has_next(one, world.now)]
    if intent == "completed":
        rows += [one for one in begun if not _has_next(one, world.now)]
    return _sorted(rows, query)


def _all(user: User, world: World, query: Mapping[str, str]) -> list[Progress]:
    gone = hidden_ids(user, "show", "progress_watched", "dropped")
    marks = watched_marks(user, world)
    base = watched_view(user, 0, world, query)
    return [
        progress(world.catalogue.shows[trakt], marks, replace(base, since=user.reset_at.get(trakt)))
        for trakt in viewed(user, world).by_show
        if trakt not in gone
    ]


def _listed(user: User, world: World, query: Mapping[str, str]) -> list[Progress]:
    """Watchlisted shows of which nothing was watched."""
    begun = viewed(user, world).by_show
    listed = (
        [entry.item.trakt for entry in user.watchlist.entries if entry.item.type == "show"] if user.watchlist else []
    )
    known = [world.catalogue.shows[trakt] for trakt in listed if trakt in world.catalogue.shows]
    return [
        progress(show, {}, watched_view(user, show.trakt, world, query))
        for show in known
        if show.trakt not in begun and passes(show, query)
    ]


def _has_next(one: Progress, now: datetime) -> bool:
    return one.next_episode is not None and has_aired(one.next_episode, now)


_SORTS: Final[dict[str, Callable[[Progress], Any]]] = {
    "activity": lambda one: one.last_at or _EPOCH,
    "added": lambda one: one.last_at or _EPOCH,
    "aired": lambda one: one.aired,
    "completed": lambda one: one.completed,
    "percentage": lambda one: one.completed / one.aired if one.aired else 0.0,
    "episodes": lambda one: one.aired - one.completed,
    "title": lambda one: one.show.title.casefold(),
    "released": lambda one: one.show.first_aired or _EPOCH,
    "popularity": lambda one: one.show.votes,
    "runtime": lambda one: one.show.runtime_min or 0,
}


def _sorted(rows: list[Progress], query: Mapping[str, str]) -> list[Progress]:
    key = _SORTS.get(query.get("sort_by", ""), _SORTS["activity"])
    return sorted(rows, key=lambda one: (key(one), one.show.trakt), reverse=query.get("sort_how", "desc") == "desc")

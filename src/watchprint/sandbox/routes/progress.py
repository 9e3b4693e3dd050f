"""Progress of one show and of all shows (trakt-api.md 11.9, 15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from watchprint.sandbox.catalogue.titles import Episode, Show
from watchprint.sandbox.kernel import Answer, Call, Routes
from watchprint.sandbox.paging import page_of
from watchprint.sandbox.present.facts import minimal, season_title
from watchprint.sandbox.present.fragments import fragments, level_of
from watchprint.sandbox.present.rows import Row, embedded
from watchprint.sandbox.routes.titles import titled
from watchprint.sandbox.rules.activities import touch
from watchprint.sandbox.rules.instants import stamp, stamp_or_none, to_second
from watchprint.sandbox.rules.keeping.hidden import hidden_ids
from watchprint.sandbox.rules.limits import needs_vip
from watchprint.sandbox.rules.reading.feed import (
    collected_marks,
    up_next,
    watched_marks,
    watched_progress,
    watched_view,
)
from watchprint.sandbox.rules.reading.progress import Progress, SeasonProgress, Tally, progress
from watchprint.sandbox.rules.requests.query import flag
from watchprint.sandbox.rules.requests.shapes import WHEN
from watchprint.sandbox.rules.requests.when import asked_instant
from watchprint.sandbox.state import Item

ROUTES = Routes()
RESET = "/shows/{id}/progress/watched/reset"


@ROUTES.get("/shows/{id}/progress/watched")
def watched(call: Call) -> Answer:
    """How far the user has watched a show."""
    show = titled(call, "show", Show)
    view = watched_view(call.viewer, show.trakt, call.world, call.query)
    made = progress(show, watched_marks(call.viewer, call.world), view)
    return Answer(200, _show(call, made, "last_watched_at", view.since, hidden="progress_watched"))


@ROUTES.get("/shows/{id}/progress/collection")
def collected(call: Call) -> Answer:
    """How much of a show the user owns."""
    show, user = titled(call, "show", Show), call.viewer
    view = replace(
        watched_view(user, show.trakt, call.world, call.query),
        by_activity=call.query.get("last_activity") == "collected",
        hidden=frozenset()
        if flag(call.query, "hidden")
        else frozenset(hidden_ids(user, "season", "progress_collected")),
        since=None,
    )
    made = progress(show, collected_marks(user), view)
    return Answer(200, _show(call, made, "last_collected_at", None, hidden="progress_collected"))


@ROUTES.post(RESET, shape={"reset_at": WHEN})
def reset(call: Call) -> Answer:
    """200 with the instant from which plays count anew; VIP only."""
    needs_vip(call.viewer)
    show = titled(call, "show", Show)
    at = asked_instant(call.body["reset_at"], call.world) if "reset_at" in call.body else call.world.now
    call.viewer.reset_at[show.trakt] = to_second(at)
    touch(call.viewer, call.world.now, "shows.hidden_at")
    return Answer(200, {"reset_at": stamp(at)})


@ROUTES.delete(RESET)
def undo_reset(call: Call) -> Answer:
    """204, also when nothing was reset; VIP only."""
    needs_vip(call.viewer)
    show = titled(call, "show", Show)
    if call.viewer.reset_at.pop(show.trakt, None) is not None:
        touch(call.viewer, call.world.now, "shows.hidden_at")
    return Answer(204)


@ROUTES.get("/sync/progress/watched")
def feed(call: Call) -> Answer:
    """All watched shows with their progress."""
    return _feed(call, watched_progress(call.viewer, call.world, call.query), stats=True)


@ROUTES.get("/sync/progress/up_next", "/sync/progress/up_next_nitro")
def next_up(call: Call) -> Answer:
    """The shows with an episode to watch next."""
    stats = call.path.rstrip("/").endswith("nitro") or flag(call.query, "include_stats")
    return _feed(call, up_next(call.viewer, call.world, call.query), stats=stats)


def _feed(call: Call, rows: Sequence[Progress], *, stats: bool) -> Answer:
    page, headers = page_of(call, rows)
    level = level_of(call.extended)
    body = [
        embedded(Item("show", one.show.trakt), level, call.world)
        | {"progress": _totals(call, one, "last_watched_at", call.viewer.reset_at.get(one.show.trakt), stats=stats)}
        for one in page
    ]
    return Answer(200, body, headers)


def _totals(call: Call, made: Progress, last: str, reset_at: datetime | None, *, stats: bool) -> Row:
    row: Row = {
        "aired": made.aired,
        "completed": made.completed,
        last: stamp_or_none(made.last_at),
        "reset_at": stamp_or_none(reset_at),
        "next_episode": _episode(call, made.next_episode),
        "last_episode": _episode(call, made.last_episode),
    }
    return row | {"stats": _tally(made.tally)} if stats else row


def _show(call: Call, made: Progress, last: str, reset_at: datetime | None, *, hidden: str) -> Row:
    stats = flag(call.query, "include_stats")
    gone = hidden_ids(call.viewer, "season", hidden)
    row = _totals(call, made, last, reset_at, stats=stats)
    row["seasons"] = [_season(one, last, stats=stats) for one in made.seasons]
    row["hidden_seasons"] = [minimal(season) for season in made.show.seasons if season.trakt in gone]
    return row


def _season(made: SeasonProgress, last: str, *, stats: bool) -> Row:
    at = "collected_at" if last == "last_collected_at" else last
    episodes = []
    for one in made.episodes:
        row: Row = {
            "number": one.episode.number,
            "completed": one.at is not None,
            at: stamp_or_none(one.at),
        }
        episodes.append(row | {"stats": _tally(one.tally)} if stats else row)
    season = {
        "number": made.season.number,
        "title": season_title(made.season),
        "aired": len(made.episodes),
        "completed": made.completed,
        "episodes": episodes,
    }
    return season | {"stats": _tally(made.tally)} if stats else season


def _tally(tally: Tally) -> dict[str, int]:
    return {
        "play_count": tally.play_count,
        "minutes_watched": tally.minutes_watched,
        "minutes_left": tally.minutes_left,
    }


def _episode(call: Call, episode: Episode | None) -> Any:
    if episode is None:
        return None
    return fragments(call.world).of(Item("episode", episode.trakt), level_of(call.extended), call.world.now)

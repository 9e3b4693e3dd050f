"""`/sync/last_activities` and the history: reading it by type and title, adding, removing (trakt-api.md 11.1, 11.5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from watchprint.sandbox.kernel import Answer, Call, Refusal, Routes
from watchprint.sandbox.paging import page_of
from watchprint.sandbox.present.fragments import level_of
from watchprint.sandbox.present.rows import history_page
from watchprint.sandbox.rules.activities import FIELDS, activity, latest
from watchprint.sandbox.rules.instants import stamp
from watchprint.sandbox.rules.privacy import owner_of, privacy_headers
from watchprint.sandbox.rules.reading.index import Viewed, viewed, within
from watchprint.sandbox.rules.requests.query import span
from watchprint.sandbox.rules.requests.shapes import WHEN, items_shape
from watchprint.sandbox.rules.viewing.history import add_plays, remove_plays
from watchprint.sandbox.state import Item, Kind, Play

ROUTES = Routes()
SEVERAL: dict[str, Kind] = {"movies": "movie", "shows": "show", "seasons": "season", "episodes": "episode"}


@ROUTES.get("/sync/last_activities")
def last_activities(call: Call) -> Answer:
    """When each kind of thing last changed; `all` is the newest."""
    user = call.viewer
    body: dict[str, Any] = {"all": stamp(latest(user))}
    for group, names in FIELDS.items():
        body[group] = {name: stamp(activity(user, f"{group}.{name}")) for name in names}
    return Answer(200, body)


@ROUTES.get("/sync/history", "/sync/history/{type}", "/sync/history/{type}/{id}")
def history(call: Call) -> Answer:
    """Plays, newest first."""
    return _history(call)


@ROUTES.get("/users/{user}/history", "/users/{user}/history/{type}", "/users/{user}/history/{type}/{id}", auth=False)
def user_history(call: Call) -> Answer:
    """The same of any user that may be seen."""
    return _history(call)


def _history(call: Call) -> Answer:
    user = owner_of(call)
    plays = _plays(call, viewed(user, call.world) if "type" in call.parts else None, user.history)
    page, headers = page_of(call, within(plays, *span(call)))
    body = history_page(page, level_of(call.extended), call.world)
    return Answer(200, body, headers | privacy_headers(call, user))


def _plays(call: Call, index: Viewed | None, everything: Sequence[Play]) -> Sequence[Play]:
    """The plays that the path means.

    Raises:
        Refusal: 404 for an unknown type or title; a known title without plays has none.
    """
    if index is None:
        return everything
    kind = SEVERAL.get(call.parts["type"])
    if kind is None:
        raise Refusal(404)
    if "id" not in call.parts:
        return index.movies if kind == "movie" else index.episodes
    text = call.parts["id"]
    trakt = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else -1
    if call.world.catalogue.get(Item(kind, trakt)) is None:
        raise Refusal(404)
    match kind:
        case "movie":
            return index.by_movie.get(trakt, [])
        case "episode":
            return index.by_episode.get(trakt, [])
        case "show":
            return index.by_show.get(trakt, [])
    season = call.world.catalogue.seasons[trakt]
    held = {episode.trakt for episode in season.episodes}
    return [play for play in index.by_show.get(season.show.trakt, []) if play.trakt in held]


@ROUTES.post("/sync/history", shape=items_shape({"watched_at": WHEN}))
def history_add(call: Call) -> Answer:
    """201 with what was added and what was not found."""
    return Answer(201, add_plays(call.viewer, call.body, call.world))


@ROUTES.post("/sync/history/remove", shape=items_shape({"watched_at": WHEN}, ids=[int]))
def history_remove(call: Call) -> Answer:
    """200 with what was deleted and what was not found."""
    return Answer(200, remove_plays(call.viewer, call.body, call.world))

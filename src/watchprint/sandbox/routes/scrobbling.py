"""`/scrobble/*`, `/checkin`, `/sync/playback`, `/users/{id}/watching`: what a user watches now.

Source: trakt-api.md 9, 10, 11.2, 12.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from watchprint.sandbox.catalogue.titles import Episode, Movie
from watchprint.sandbox.kernel import Answer, Call, Refusal, Routes, World
from watchprint.sandbox.paging import page_of
from watchprint.sandbox.present.fragments import level_of
from watchprint.sandbox.present.rows import embedded, typed
from watchprint.sandbox.rules.instants import stamp
from watchprint.sandbox.rules.privacy import owner_of, privacy_headers
from watchprint.sandbox.rules.requests.items import item_of
from watchprint.sandbox.rules.requests.query import span
from watchprint.sandbox.rules.requests.shapes import subject_shape
from watchprint.sandbox.rules.requests.subject import shared_to, subject
from watchprint.sandbox.rules.viewing.checkins import check_in, delete_checkin
from watchprint.sandbox.rules.viewing.scrobbling import (
    Scrobbled,
    drop_playback,
    pause,
    positions,
    progress_of,
    start,
    stop,
)
from watchprint.sandbox.shapes import Nullable
from watchprint.sandbox.state import User

ROUTES = Routes()
SCROBBLE = subject_shape(progress=Nullable(object))
CHECKIN = subject_shape(message=str, venue_id=str, venue_name=str)

Act = Callable[[User, Movie | Episode, float, World], Scrobbled]


@ROUTES.post("/scrobble/start", shape=SCROBBLE)
def scrobble_start(call: Call) -> Answer:
    """201 with what is watched now."""
    return _scrobble(call, start)


@ROUTES.post("/scrobble/pause", shape=SCROBBLE)
def scrobble_pause(call: Call) -> Answer:
    """201 with the saved position; 422 below 1 % and from 80 % on."""
    return _scrobble(call, pause)


@ROUTES.post("/scrobble/stop", shape=SCROBBLE)
def scrobble_stop(call: Call) -> Answer:
    """201 with the play, or below 80 % the saved position; 409 when the title was just scrobbled."""
    return _scrobble(call, stop)


def _scrobble(call: Call, act: Act) -> Answer:
    progress = progress_of(call.body)
    title = subject(call.body, call.world)
    done = act(call.viewer, title, progress, call.world)
    row: dict[str, Any] = {
        "id": done.id,
        "action": done.action,
        "progress": progress,
        "sharing": shared_to(call.body, call.viewer),
    }
    return Answer(201, row | embedded(item_of(title), "min", call.world))


@ROUTES.post("/checkin", shape=CHECKIN)
def checkin(call: Call) -> Answer:
    """201 with the id and time of the play to be; 409 while a check-in is running."""
    title = subject(call.body, call.world)
    running = check_in(call.viewer, title, call.world)
    row = {
        "id": running.checkin_id,
        "watched_at": stamp(running.expires_at),
        "sharing": shared_to(call.body, call.viewer),
    }
    return Answer(201, row | embedded(running.item, "min", call.world))


@ROUTES.delete("/checkin")
def checkin_delete(call: Call) -> Answer:
    """204, also when none is running."""
    delete_checkin(call.viewer, call.world)
    return Answer(204)


@ROUTES.get("/sync/playback", "/sync/playback/{type}")
def playback(call: Call) -> Answer:
    """The saved positions, newest first."""
    kind = call.parts.get("type", "all")
    if kind not in ("all", "movies", "episodes"):
        raise Refusal(404)
    since, until = span(call)
    rows = [
        saved
        for saved in positions(call.viewer, call.world.now)
        if kind in ("all", f"{saved.item.type}s")
        and (since is None or saved.paused_at >= since)
        and (until is None or saved.paused_at <= until)
    ]
    page, headers = page_of(call, rows, optional=True)
    level = level_of(call.extended)
    body = [
        {"id": one.id, "progress": one.progress, "paused_at": stamp(one.paused_at)} | typed(one.item, level, call.world)
        for one in page
    ]
    return Answer(200, body, headers)


@ROUTES.delete("/sync/playback/{id}")
def playback_delete(call: Call) -> Answer:
    """204; 404 for an unknown id."""
    kept = positions(call.viewer, call.world.now)
    saved = next((one for one in kept if str(one.id) == call.parts["id"]), None)
    if saved is None:
        raise Refusal(404)
    drop_playback(call.viewer, saved.item, call.world.now)
    return Answer(204)


@ROUTES.get("/users/{user}/watching", auth=False)
def watching(call: Call) -> Answer:
    """What the user watches now; 204 when that is nothing."""
    user = owner_of(call)
    now = user.watching
    if now is None or now.expires_at <= call.world.now:
        return Answer(204, None, privacy_headers(call, user))
    row = {"expires_at": stamp(now.expires_at), "started_at": stamp(now.started_at), "action": now.action}
    body = row | typed(now.item, level_of(call.extended), call.world)
    return Answer(200, body, privacy_headers(call, user))

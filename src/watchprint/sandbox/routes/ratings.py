"""`/sync/ratings/*` and `/users/{id}/ratings/*` (trakt-api.md 11.6)."""

from __future__ import annotations

from watchprint.sandbox.catalogue.titles import Season
from watchprint.sandbox.kernel import Answer, Call, Refusal, Routes
from watchprint.sandbox.paging import page_of
from watchprint.sandbox.present.fragments import level_of, title_json
from watchprint.sandbox.present.rows import Row, typed
from watchprint.sandbox.rules.instants import has_aired, stamp
from watchprint.sandbox.rules.keeping.ratings import rate, unrate
from watchprint.sandbox.rules.privacy import owner_of, privacy_headers
from watchprint.sandbox.rules.requests.query import words
from watchprint.sandbox.rules.requests.shapes import WHEN, items_shape
from watchprint.sandbox.shapes import Nullable
from watchprint.sandbox.state import Rating

ROUTES = Routes()
RATED = items_shape({"rating": Nullable(object), "rated_at": WHEN})
TYPES = ("all", "movies", "shows", "seasons", "episodes")


@ROUTES.get("/sync/ratings", "/sync/ratings/{type}", "/sync/ratings/{type}/{rating}")
def ratings(call: Call) -> Answer:
    """Ratings, newest first; of one type, of some points. Paged only when asked for."""
    return _ratings(call)


@ROUTES.get(
    "/users/{user}/ratings", "/users/{user}/ratings/{type}", "/users/{user}/ratings/{type}/{rating}", auth=False
)
def user_ratings(call: Call) -> Answer:
    """The same of any user that may be seen."""
    return _ratings(call)


def _ratings(call: Call) -> Answer:
    user, kind = owner_of(call), call.parts.get("type", "all")
    if kind not in TYPES:
        raise Refusal(404)
    points = {int(word) for word in words(call.parts.get("rating")) if word.isascii() and word.isdigit()}
    rows = [
        row
        for row in sorted(user.ratings, key=lambda row: row.rated_at, reverse=True)
        if kind in ("all", f"{row.item.type}s") and (row.rating in points or "rating" not in call.parts)
    ]
    page, headers = page_of(call, rows, optional=True)
    return Answer(200, [_row(row, call) for row in page], headers | privacy_headers(call, user))


def _row(row: Rating, call: Call) -> Row:
    level = level_of(call.extended)
    body = {"rated_at": stamp(row.rated_at), "rating": row.rating} | typed(row.item, level, call.world)
    season = call.world.catalogue.get(row.item) if row.item.type == "season" else None
    if isinstance(season, Season) and level != "full":
        aired = sum(has_aired(episode, call.world.now) for episode in season.episodes)
        title = title_json(season, level, call.world.now, call.world.origin)
        body["season"] = title | {"aired_episodes": aired}
    return body


@ROUTES.post("/sync/ratings", shape=RATED)
def ratings_add(call: Call) -> Answer:
    """201 with what was rated and not found; 422 for points that are not 1..10."""
    return Answer(201, rate(call.viewer, call.body, call.world))


@ROUTES.post("/sync/ratings/remove", shape=RATED)
def ratings_remove(call: Call) -> Answer:
    """200 with what was deleted and not found."""
    return Answer(200, unrate(call.viewer, call.body, call.world))

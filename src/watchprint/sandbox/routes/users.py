"""`/users/*` but lists and what `/sync` has too: settings, profile, statistics, hidden titles (trakt-api.md 12)."""

from __future__ import annotations

from typing import Any

from watchprint.sandbox.kernel import Answer, Call, Refusal, Routes
from watchprint.sandbox.paging import page_of
from watchprint.sandbox.present.fragments import level_of
from watchprint.sandbox.present.items import nothing as no_rows
from watchprint.sandbox.present.people import stranger_json, user_json
from watchprint.sandbox.present.rows import Row, typed
from watchprint.sandbox.present.settings import merged, settings_json
from watchprint.sandbox.rules.activities import touch
from watchprint.sandbox.rules.instants import read_instant, stamp
from watchprint.sandbox.rules.keeping.hidden import hidden_in, hide, unhide
from watchprint.sandbox.rules.limits import needs_vip
from watchprint.sandbox.rules.privacy import owner_of, privacy_headers
from watchprint.sandbox.rules.reading.stats import stats
from watchprint.sandbox.rules.requests.query import words
from watchprint.sandbox.rules.requests.shapes import WHEN, items_shape
from watchprint.sandbox.rules.requests.when import invalid
from watchprint.sandbox.shapes import Nullable
from watchprint.sandbox.state import Hidden, User

ROUTES = Routes()
PROFILE = dict.fromkeys(("name", "about", "location", "dob"), Nullable(str))
BROWSING: dict[str, Any] = {
    "genres": {"favorites": [str], "disliked": [str]},
    "spoilers": dict.fromkeys(("episodes", "shows", "movies"), str),
    "watchnow": {"country": Nullable(str), "favorites": [str], "only_favorites": bool},
    "dark_knight": str,
    "watch_only_once": bool,
    "show_rating_prompt": bool,
    "locale": str,
}
SETTINGS = {"user": Nullable({**PROFILE, "private": Nullable(bool)}), "browsing": Nullable(BROWSING)}
HIDDEN = items_shape({"hidden_at": WHEN}, users=[{"ids": {"slug": str, "trakt": int}}])


@ROUTES.get("/users/settings")
def settings(call: Call) -> Answer:
    """The account as its owner sees it."""
    return Answer(200, settings_json(call.viewer, call.world, browsing="browsing" in call.extended))


@ROUTES.put("/users/settings", shape=SETTINGS)
def settings_put(call: Call) -> Answer:
    """201, empty; writes the given fields."""
    user, body = call.viewer, call.body
    asked: dict[str, Any] = body.get("user") or {}
    browsing = {name: value for name, value in (body.get("browsing") or {}).items() if name in BROWSING}
    if asked.get("dob") and read_instant(asked["dob"]) is None:
        raise invalid(f"Invalid date: {asked['dob'][:60]}")
    for name in PROFILE:
        if name in asked:
            setattr(user, name, asked[name])
    if asked.get("private") is not None:
        user.private = asked["private"]
    user.browsing = merged(user.browsing, browsing)
    touch(user, call.world.now, "account.settings_at")
    return Answer(201)


@ROUTES.get("/users/{user}", auth=False)
def profile(call: Call) -> Answer:
    """A user; of a private one strangers see the name only."""
    slug = call.parts["user"]
    user = call.world.state.users.get(slug)
    if slug == "me" or user is None:
        user = owner_of(call)
    if user.private and user is not call.user:
        return Answer(200, stranger_json(user), privacy_headers(call, user))
    return Answer(200, user_json(user, call.world, call.extended), privacy_headers(call, user))


@ROUTES.get("/users/{user}/stats", auth=False)
def user_stats(call: Call) -> Answer:
    """Counts over everything of a user."""
    user = owner_of(call)
    return Answer(200, stats(user, call.world), privacy_headers(call, user))


@ROUTES.get("/users/hidden/{section}")
def hidden(call: Call) -> Answer:
    """The hidden titles of a section, newest first."""
    kinds = words(call.query.get("type"))
    rows = [row for row in hidden_in(call.viewer, call.parts["section"]) if not kinds or row.item.type in kinds]
    page, headers = page_of(call, rows, default=10)
    return Answer(200, [_hidden_row(row, call) for row in page], headers)


def _hidden_row(row: Hidden, call: Call) -> Row:
    body: Row = {"hidden_at": stamp(row.hidden_at)}
    if row.item.type != "user":
        return body | typed(row.item, level_of(call.extended), call.world)
    users = call.world.state.users.values()
    blocked = next((user for user in users if user.trakt == row.item.trakt), None)
    return body | {"type": "user", "user": None if blocked is None else user_json(blocked, call.world)}


@ROUTES.post("/users/hidden/{section}", shape=HIDDEN)
def hidden_add(call: Call) -> Answer:
    """200 with what was hidden and not found."""
    return Answer(200, hide(call.viewer, call.parts["section"], call.body, call.world))


@ROUTES.post("/users/hidden/{section}/remove", shape=HIDDEN)
def hidden_remove(call: Call) -> Answer:
    """200 with what is shown again and what was not found."""
    return Answer(200, unhide(call.viewer, call.parts["section"], call.body, call.world))


@ROUTES.get("/users/saved_filters", "/users/saved_filters/{section}")
def saved_filters(call: Call) -> Answer:
    """426 without VIP; none with it."""
    needs_vip(call.viewer)
    return no_rows(call)


@ROUTES.get(
    "/users/requests",
    "/users/requests/following",
    "/users/blocked",
    "/users/likes",
    "/users/likes/{type}",
    "/users/reactions/comments",
)
def own_nothing(call: Call) -> Answer:
    """The sandbox has no social graph: nothing was asked, liked, blocked."""
    return no_rows(call)


@ROUTES.get(
    "/users/{user}/friends",
    "/users/{user}/followers",
    "/users/{user}/following",
    "/users/{user}/likes",
    "/users/{user}/likes/{type}",
    "/users/{user}/comments",
    "/users/{user}/comments/{comment_type}",
    "/users/{user}/comments/{comment_type}/{type}",
    "/users/{user}/notes",
    "/users/{user}/notes/{type}",
    "/users/{user}/smart-lists",
    "/users/{user}/lists/collaborations",
    auth=False,
)
def nothing(call: Call) -> Answer:
    """The same of any user that may be seen."""
    user: User = owner_of(call)
    answer = no_rows(call)
    answer.headers |= privacy_headers(call, user)
    return answer


@ROUTES.get("/users/{user}/smart-lists/{list}", "/smart-lists/{list}", auth=False)
def unknown(call: Call) -> Answer:
    """There is no smart list."""
    raise Refusal(404)

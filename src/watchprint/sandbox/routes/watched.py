"""`/sync/watched/*` and `/users/{id}/watched/*` in all their forms (trakt-api.md 11.4). Never with images."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from watchprint.sandbox.kernel import Answer, Call, Refusal, Routes
from watchprint.sandbox.paging import page_of
from watchprint.sandbox.present.fragments import Level
from watchprint.sandbox.present.rows import Row, embedded
from watchprint.sandbox.rules.privacy import owner_of, privacy_headers
from watchprint.sandbox.rules.reading import watched as reading
from watchprint.sandbox.rules.reading.index import viewed
from watchprint.sandbox.rules.requests.items import SINGULAR
from watchprint.sandbox.rules.requests.query import flag
from watchprint.sandbox.state import Item, User

ROUTES = Routes()
PROGRESS_LIMIT = 100
"""The largest page with `extended=progress`."""


@ROUTES.get("/sync/watched/{type}")
def watched(call: Call) -> Answer:
    """Watched titles with their plays, or with `extended=min` a map of them."""
    return _watched(call)


@ROUTES.get("/users/{user}/watched/{type}", auth=False)
def user_watched(call: Call) -> Answer:
    """The same of any user that may be seen."""
    return _watched(call)


def _watched(call: Call) -> Answer:
    user, kind = owner_of(call), call.parts["type"]
    if kind not in ("movies", "shows", "episodes"):
        raise Refusal(404)
    rows = reading.watched(user, call.world, kind)
    if "min" in call.extended:
        return _map(call, user, kind, rows)
    with_seasons = kind == "shows" and "progress" in call.extended
    page, headers = page_of(call, rows, maximum=PROGRESS_LIMIT if with_seasons else 250)
    body = [_row(call, user, kind, counted, with_seasons=with_seasons) for counted in page]
    return Answer(200, body, headers | privacy_headers(call, user))


def _row(call: Call, user: User, kind: str, counted: reading.Counted, *, with_seasons: bool) -> Row:
    trakt, plays = counted
    level: Level = "watched" if with_seasons and "full" not in call.extended else "facts"
    row = reading.counts(user, kind, counted)
    if kind == "shows":
        row["reset_at"] = reading.reset_at(user, trakt)
    row |= embedded(Item(SINGULAR[kind], trakt), level, call.world)
    if with_seasons:
        row["seasons"] = reading.seasons(plays, call.world, specials=flag(call.query, "specials"))
    return row


def _map(call: Call, user: User, kind: str, rows: Sequence[reading.Counted]) -> Answer:
    page, headers = page_of(call, rows, optional=True)
    flags = {name: flag(call.query, name) for name in ("specials", "season_numbers")}
    index = viewed(user, call.world)

    def made() -> bytes:
        body: Mapping[str, Any]
        body = reading.deep_map(page, index, **flags) if kind == "shows" else reading.flat_map(page)
        return msgspec.json.encode(body)

    whole = index.keep(("map", kind, *flags.values()), made) if page is rows else made()
    return Answer(200, whole, headers | privacy_headers(call, user))

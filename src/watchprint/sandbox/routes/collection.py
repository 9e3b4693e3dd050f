"""`/sync/collection/*` and `/users/{id}/collection/*`: the library (trakt-api.md 11.3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from watchprint.sandbox.kernel import Answer, Call, Refusal, Routes, World
from watchprint.sandbox.paging import page_of
from watchprint.sandbox.present.fragments import level_of
from watchprint.sandbox.present.rows import Row, embedded
from watchprint.sandbox.rules.instants import stamp
from watchprint.sandbox.rules.keeping.collection import META, collect, uncollect
from watchprint.sandbox.rules.privacy import owner_of, privacy_headers
from watchprint.sandbox.rules.reading.filters import passes
from watchprint.sandbox.rules.requests.shapes import WHEN, items_shape
from watchprint.sandbox.state import Collected, Item, User

ROUTES = Routes()
OWNED = items_shape({"collected_at": WHEN, **dict.fromkeys(META, str), "3d": bool})
Owned = Collected | list[Collected]
"""An owned film or episode, or all owned episodes of one show, newest first."""


@ROUTES.get("/sync/collection/{type}")
def collection(call: Call) -> Answer:
    """Owned movies, episodes, shows with their owned episodes, or all mixed (`media`)."""
    return _collection(call)


@ROUTES.get("/users/{user}/collection/{type}", auth=False)
def user_collection(call: Call) -> Answer:
    """The same of any user that may be seen."""
    return _collection(call)


def _collection(call: Call) -> Answer:
    user, kind = owner_of(call), call.parts["type"]
    readers: dict[str, Callable[[User, World], Sequence[Owned]]] = {
        "movies": lambda user, _: _newest(user, "movie"),
        "episodes": lambda user, _: _newest(user, "episode"),
        "shows": _by_show,
        "media": _media,
    }
    if kind not in readers:
        raise Refusal(404)
    owned = [] if "available_on" in call.query else readers[kind](user, call.world)
    page, headers = page_of(call, [one for one in owned if _passes(one, call)])
    body = [_row(one, call) for one in page]
    return Answer(200, body, headers | privacy_headers(call, user))


def _newest(user: User, kind: str) -> list[Collected]:
    rows = [row for row in user.collection if row.item.type == kind]
    return sorted(rows, key=lambda row: (row.collected_at, row.item.trakt), reverse=True)


def _by_show(user: User, world: World) -> list[list[Collected]]:
    shows: dict[int, list[Collected]] = {}
    for row in _newest(user, "episode"):
        episode = world.catalogue.episodes.get(row.item.trakt)
        if episode is not None:
            shows.setdefault(episode.show.trakt, []).append(row)
    return list(shows.values())


def _media(user: User, world: World) -> list[Owned]:
    mixed: list[Owned] = [*_newest(user, "movie"), *_by_show(user, world)]
    return sorted(mixed, key=lambda one: (one[0] if isinstance(one, list) else one).collected_at, reverse=True)


def _passes(one: Owned, call: Call) -> bool:
    title = call.world.catalogue.get((one[0] if isinstance(one, list) else one).item)
    return title is None or passes(title, call.query)


def _row(one: Owned, call: Call) -> Row:
    level = level_of(call.extended)
    if isinstance(one, list):
        show = call.world.catalogue.episodes[one[0].item.trakt].show
        row: Row = {
            "type": "show",
            "last_collected_at": stamp(one[0].collected_at),
            "last_updated_at": stamp(max(row.updated_at for row in one)),
        }
        return row | embedded(Item("show", show.trakt), level, call.world) | {"seasons": _seasons(one, call)}
    row = {
        "type": one.item.type,
        "collected_at": stamp(one.collected_at),
        "updated_at": stamp(one.updated_at),
    }
    return row | _copy(one, call) | embedded(one.item, level, call.world)


def _seasons(owned: list[Collected], call: Call) -> list[Row]:
    seasons: dict[int, dict[int, Row]] = {}
    for one in owned:
        episode = call.world.catalogue.episodes[one.item.trakt]
        row = {"number": episode.number, "collected_at": stamp(one.collected_at)} | _copy(one, call)
        seasons.setdefault(episode.season.number, {})[episode.number] = row
    return [
        {"number": number, "episodes": [row for _, row in sorted(episodes.items())]}
        for number, episodes in sorted(seasons.items())
    ]


def _copy(one: Collected, call: Call) -> Row:
    """What is known of the copy, as far as the request asks for it."""
    row: Row = {}
    if "metadata" in call.extended:
        known = one.metadata
        row["metadata"] = None if known is None else {name: known.get(name) for name in (*META, "3d")}
    if "available_on" in call.extended:
        row["available_on"] = []
    return row


@ROUTES.get("/sync/collection/minimal/{type}")
def minimal(call: Call) -> Answer:
    """Trakt ids to the time of collecting; shows by show, season and episode id. Paged only when asked for."""
    kind = call.parts["type"]
    if kind not in ("movies", "episodes", "shows"):
        raise Refusal(404)
    if kind == "shows":
        shows, headers = page_of(call, _by_show(call.viewer, call.world), optional=True)
        return Answer(200, {_show_id(one, call): _ids(one, call) for one in shows}, headers)
    page, headers = page_of(call, _newest(call.viewer, kind[:-1]), optional=True)
    return Answer(200, {str(one.item.trakt): stamp(one.collected_at) for one in page}, headers)


def _show_id(owned: list[Collected], call: Call) -> str:
    return str(call.world.catalogue.episodes[owned[0].item.trakt].show.trakt)


def _ids(owned: list[Collected], call: Call) -> dict[str, dict[str, str]]:
    seasons: dict[str, dict[str, str]] = {}
    for one in owned:
        season = str(call.world.catalogue.episodes[one.item.trakt].season.trakt)
        seasons.setdefault(season, {})[str(one.item.trakt)] = stamp(one.collected_at)
    return seasons


@ROUTES.post("/sync/collection", shape=OWNED)
def collection_add(call: Call) -> Answer:
    """201 with what was added, updated, there already, and not found."""
    body: dict[str, Any] = collect(call.viewer, call.body, call.world)
    return Answer(201, body)


@ROUTES.post("/sync/collection/remove", shape=OWNED)
def collection_remove(call: Call) -> Answer:
    """200 with what was deleted and not found."""
    return Answer(200, uncollect(call.viewer, call.body, call.world))

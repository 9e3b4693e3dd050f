"""Whatever fits a route's shape gets an answer, never a failure; and whatever is refused changes nothing."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sandbox.routes.asking import Asker
from tests.sandbox.routes.small import ALIEN, ANIME, HEAT, WIRE, WIRE_S1, WIRE_S1E1, small_world
from watchprint.sandbox.kernel import Route
from watchprint.sandbox.routes import ROUTES
from watchprint.sandbox.shapes import Nullable

WRITES = [route for route in ROUTES if route.method in ("POST", "PUT")]
READS = [route for route in ROUTES if route.method == "GET"]
NUMBERS = st.sampled_from([0, 1, 2, 3, 8, HEAT, ALIEN, WIRE, ANIME, WIRE_S1, WIRE_S1E1, 10**18]) | st.integers()
TEXTS = st.sampled_from(
    ["unknown", "released", "2026-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "asc", "ada"]
) | st.text(max_size=5)
ANYTHING = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)
PARTS = {
    "user": ["me", "ada", "vic", "pam", "nobody"],
    "list": ["mine", "1", "none"],
    "type": ["movies", "shows", "all", "episodes", "seasons", "media", "movie,show", "list,movie", "odd"],
    "section": ["calendar", "dropped", "comments", "progress_watched", "progress_watched_reset", "odd"],
    "id": ["28", "71", "heat-1995", "0", "99999999999999999999", "²"],
    "season": ["0", "1", "x"],
    "episode": ["1", "9"],
    "start_date": ["2026-03-01", "9999-12-31", "x"],
    "days": ["7", "0", "99999999999", "x"],
    "sort_by": ["rank", "title", "random", "my_rating", "votes", "released", "odd"],
    "sort_how": ["asc", "desc", "odd"],
    "rating": ["8", "1,2", "²"],
    "id_type": ["trakt", "tmdb", "odd"],
}


def fitting(shape: Any) -> st.SearchStrategy[Any]:
    """Values of a shape."""
    if isinstance(shape, Nullable):
        return st.none() | fitting(shape.shape)
    if isinstance(shape, dict):
        return st.fixed_dictionaries({}, optional={name: fitting(inner) for name, inner in shape.items()})
    if isinstance(shape, list):
        return st.lists(fitting(shape[0]), max_size=2)
    if shape is object:
        return ANYTHING.filter(lambda value: value is not None)
    numbers = NUMBERS if shape is int else st.floats(0, 100)
    return {str: TEXTS, bool: st.booleans()}.get(shape, numbers)


def addresses(route: Route) -> st.SearchStrategy[str]:
    """Paths of a pattern."""
    parts = [
        st.sampled_from(PARTS.get(part[1:-1], ["all", "1"])) if part.startswith("{") else st.just(part)
        for part in route.pattern.strip("/").split("/")
    ]
    return st.tuples(*parts).map(lambda chosen: "/" + "/".join(chosen))


def asker(slug: str, *, strict: bool) -> Asker:
    """A user who has something of everything."""
    user = Asker(small_world(strict=strict), slug)
    titles = {
        "movies": [{"ids": {"trakt": HEAT}}],
        "shows": [{"ids": {"trakt": ANIME}}],
        "seasons": [{"ids": {"trakt": WIRE_S1}}],
        "episodes": [{"ids": {"trakt": WIRE_S1E1}}],
    }
    rated = {kind: [{**item, "rating": 7} for item in items] for kind, items in titles.items()}
    user.post("/users/me/lists", {"name": "Mine", "privacy": "public"})
    for path in ("/sync/history", "/sync/collection", "/users/me/lists/mine/items", "/sync/watchlist"):
        user.post(path, titles)
    user.post("/sync/ratings", rated)
    user.post("/sync/favorites", {"movies": titles["movies"]})
    user.post("/checkin", {"movie": titles["movies"][0]})
    return user


@pytest.mark.parametrize("route", WRITES, ids=lambda route: f"{route.method} {route.pattern}")
@given(data=st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_write_answers(route: Route, data: st.DataObject) -> None:
    user = asker(data.draw(st.sampled_from(["ada", "vic"])), strict=data.draw(st.booleans()))
    before = msgspec.json.encode(user.user)
    said = user.ask(route.method, data.draw(addresses(route)), data.draw(fitting(route.shape or {})))
    assert said.status < 500
    if said.status >= 400:
        assert msgspec.json.encode(user.user) == before


@pytest.mark.parametrize("route", READS, ids=lambda route: route.pattern)
@given(data=st.data())
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_read_answers_and_changes_nothing(route: Route, data: st.DataObject) -> None:
    user = asker("ada", strict=False)
    before = msgspec.json.encode(user.world.state)
    level = data.draw(st.sampled_from(["", "full", "min", "full,progress", "images", "metadata", "episodes", "odd"]))
    text = data.draw(st.sampled_from(["heat", "the", ""]))
    said = user.ask("GET", f"{data.draw(addresses(route))}?extended={level}&query={text}&page=1&limit=2")
    assert said.status < 500
    assert msgspec.json.encode(user.world.state) == before

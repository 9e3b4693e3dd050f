"""Every GET of every endpoint for the demo user: it answers, it fits the contract, and no list lacks a type of row.

That the answers fit is judged by the fixture around every test (observing.py).
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.addresses import EMPTY_SECTIONS, GROUPS, SECTIONS, every
from tests.contract.demo import Demo
from tests.contract.observing import Watch
from watchprint.sandbox.routes import ROUTES
from watchprint.sandbox.serving.table import Found, Table

pytestmark = pytest.mark.shared
NOT_FOR_FREE = {"/users/saved_filters", "/users/saved_filters/{section}"}
NOTHING_THERE = {"/users/{user}/smart-lists/{list}", "/smart-lists/{list}"}


@pytest.mark.parametrize("group", GROUPS)
def test_every_address_answers(demo: Demo, watching: Watch, group: str) -> None:
    before, asked = watching.answers, 0
    for address in dict.fromkeys(GROUPS[group](demo.known)):
        reply = demo.ask("GET", address)
        assert reply.status == (204 if not reply.body else 200), (address, reply.status)
        asked += 1
    assert watching.answers - before == asked, "each was seen by the watch"


def test_the_addresses_are_those_of_every_route_that_reads(demo: Demo) -> None:
    table = Table(ROUTES)
    found = [table.find("GET", address.partition("?")[0]) for address in every(demo.known)]
    asked = {one.route.pattern for one in found if isinstance(one, Found)}
    assert {route.pattern for route in ROUTES if route.method == "GET"} - asked == NOT_FOR_FREE | NOTHING_THERE


def test_what_needs_vip_answers_for_vip(demo: Demo) -> None:
    demo.desk.obey("PATCH", "users/demo", {"vip": True})
    for address in ("/users/saved_filters", "/users/saved_filters/movies"):
        assert demo.get(address) == []
    assert demo.ask("GET", "/users/me/smart-lists/7").status == 404


def types(rows: list[dict[str, Any]]) -> set[str]:
    """The types of rows that carry the object of their type."""
    assert all(row[row["type"]]["ids"]["trakt"] for row in rows)
    return {row["type"] for row in rows}


FOUR, FILMS_AND_SHOWS = {"movie", "show", "season", "episode"}, {"movie", "show"}


@pytest.mark.parametrize("base", ["/sync", "/users/me"])
@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("history?limit=250", {"movie", "episode"}),
        ("ratings", FOUR),
        ("watchlist", FOUR),
        ("favorites", FILMS_AND_SHOWS),
        ("collection/movies", {"movie"}),
        ("collection/episodes", {"episode"}),
        ("collection/shows", {"show"}),
        ("collection/media", FILMS_AND_SHOWS),
    ],
)
def test_a_list_has_rows_of_each_type(demo: Demo, base: str, path: str, wanted: set[str]) -> None:
    assert types(demo.get(f"{base}/{path}")) == wanted


@pytest.mark.parametrize("which", ["ratings", "watchlist"])
def test_each_type_has_a_list_of_its_own(demo: Demo, which: str) -> None:
    for kind in FOUR:
        assert types(demo.get(f"/sync/{which}/{kind}s")) == {kind}


def test_positions_lists_and_watched_titles_have_rows_of_each_type(demo: Demo) -> None:
    assert types(demo.get("/sync/playback")) == {"movie", "episode"}
    assert types(demo.get(f"/users/me/lists/{demo.known.mixed_list}/items")) == FOUR | {"person"}
    assert {one["privacy"] for one in demo.get("/users/me/lists")} >= {"private", "public"}
    for kind in ("movies", "shows", "episodes"):
        assert demo.get(f"/sync/watched/{kind}")
        assert demo.get(f"/sync/watched/{kind}?extended=min")
        assert demo.get(f"/sync/collection/minimal/{kind}")
    assert any(show["seasons"] for show in demo.get("/sync/watched/shows?extended=progress"))
    kept = demo.get("/sync/collection/movies?extended=metadata")
    assert {row["metadata"] is None for row in kept} == {True, False}


def test_hidden_sections_have_rows_of_each_type_that_they_hold(demo: Demo) -> None:
    held = {section: types(demo.get(f"/users/hidden/{section}?limit=100")) for section in SECTIONS}
    assert held == {
        "calendar": FILMS_AND_SHOWS,
        "progress_watched": {"show", "season"},
        "progress_collected": {"show", "season"},
        "recommendations": FILMS_AND_SHOWS,
        "dropped": {"show"},
    }
    for section in EMPTY_SECTIONS:
        assert demo.get(f"/users/hidden/{section}") == [], "the only user, without VIP"

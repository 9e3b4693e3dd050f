"""The waivers are few and true: each is still needed, says why, and names what exists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.contract.addresses import every
from tests.contract.contract import Contract
from tests.contract.demo import Demo
from tests.contract.faults import Fault
from tests.contract.observing import FOLDER, Watch
from tests.contract.waivers import BEYOND, ECHOED, ELSEWHERE, WAIVERS, Waiver, fits
from watchprint.sandbox.routes import ROUTES
from watchprint.sandbox.serving.observing import OBSERVERS, Observed
from watchprint.sandbox.serving.sandbox import Sandbox

pytestmark = pytest.mark.shared


def film_without_a_year(sandbox: Sandbox) -> int:
    """A film that the catalogue has no year of."""
    return next(movie.trakt for movie in sandbox.world.catalogue.movies.values() if movie.year is None)


def test_each_waiver_is_needed(demo: Demo) -> None:
    contract = Contract(FOLDER)
    watch = Watch(contract)
    OBSERVERS.append(watch.see)
    try:
        ask_for_what_is_waived(demo)
    finally:
        OBSERVERS.remove(watch.see)
    assert watch.complaints() == []
    assert [waiver for waiver in WAIVERS if waiver not in contract.used] == []


def ask_for_what_is_waived(demo: Demo) -> None:
    """One answer for every waiver, of the sort that it speaks of."""
    film = {"ids": {"trakt": demo.known.movie}}
    yearless = {"ids": {"trakt": demo.desk.server.run(film_without_a_year)}}
    demo.desk.user("neighbour")
    writes: list[tuple[str, str, dict[str, Any], int]] = [
        ("POST", "/sync/history", {"movies": [yearless]}, 201),
        ("POST", "/scrobble/stop", {"movie": film, "progress": 90}, 201),
        ("POST", "/checkin", {"movie": film}, 201),
        ("PUT", "/sync/watchlist", {"description": "Mine"}, 200),
        ("PUT", "/sync/favorites", {"description": "Mine"}, 200),
        ("POST", "/users/hidden/comments", {"users": [{"ids": {"slug": "neighbour"}}]}, 200),
    ]
    for method, path, body, status in writes:
        assert demo.ask(method, path, body).status == status, path
    mixed = demo.known.mixed_list
    reads = ["/sync/playback", "/sync/watchlist", "/sync/watched/movies?limit=250", "/users/hidden/comments"]
    reads += [f"/users/me/lists/{mixed}/items", f"/lists/{mixed}/items"]
    reads += [f"/users/hidden/{section}" for section in ("calendar", "progress_watched", "progress_collected")]
    for address in reads:
        assert demo.get(address), address


@pytest.mark.parametrize("waiver", WAIVERS, ids=lambda w: f"{w.method} {w.path} {w.pointer} {','.join(w.rows)}")
def test_a_waiver_is_narrow_and_says_why(waiver: Waiver, shared_dir: Path) -> None:
    headings = re.findall(r"^##+ (\d+(?:\.\d+)?)\.? ", (shared_dir / "trakt-api.md").read_text(), re.MULTILINE)
    assert waiver.source in headings
    assert waiver.reason
    assert waiver.pointer not in ("", "/", "/*", "/**", "/*/**"), "a pointer, never a whole body or row"
    assert not waiver.pointer.endswith("**")


def test_a_waiver_covers_its_own_place_only() -> None:
    waiver = Waiver("GET", "/a/{type}", 200, "/*/type", "22", "so", ("person",))
    fault = Fault("/*/type", "", "person")
    assert waiver.covers("GET", "/a/{type}", 200, fault)
    assert not waiver.covers("POST", "/a/{type}", 200, fault)
    assert not waiver.covers("GET", "/a/{id}", 200, fault)
    assert not waiver.covers("GET", "/a/{type}", 201, fault)
    assert not waiver.covers("GET", "/a/{type}", 200, Fault("/*/type", "", "movie"))
    assert not waiver.covers("GET", "/a/{type}", 200, Fault("/*/type/x", "", "person"))


@pytest.mark.parametrize(
    ("pointer", "inside"),
    [
        ("/not_found/movies/*", True),
        ("/not_found/shows/*/ids/trakt", True),
        ("/not_found/movies", False),
        ("/not_found", False),
        ("/added/movies/*", False),
    ],
)
def test_what_is_echoed_is_what_stands_in_rows_of_not_found(pointer: str, inside: bool) -> None:
    assert fits(pointer, ECHOED) is inside


def test_what_is_judged_elsewhere_or_not_at_all_exists_and_says_why() -> None:
    contract, routes = Contract(FOLDER), {(route.method, route.pattern): route for route in ROUTES}
    for asked, elsewhere in ELSEWHERE.items():
        assert elsewhere.reason
        assert asked in routes
        assert contract.find("GET", elsewhere.path) == elsewhere.path
    for (method, pattern), reason in BEYOND.items():
        assert reason
        seen = Observed(routes[method, pattern], pattern, frozenset(), 200, b"[]", "application/json")
        assert contract.paths(seen) == ()
        assert (method, pattern) not in contract.templates, "the contract has it now"


def test_paths_are_found_as_the_reference_material_finds_them_but_more_literally(demo: Demo) -> None:
    contract = Contract(FOLDER)
    for path in {address.partition("?")[0] for address in every(demo.known)}:
        own, hit = contract.find("GET", path), contract.spec.find("GET", path)
        if hit is None or own is None:
            assert own is hit is None, path
        elif own != hit[0]:
            parts = path.split("/")
            assert literal(own, parts) > literal(hit[0], parts), path


def literal(template: str, parts: list[str]) -> int:
    """How many parts of a path stand in a template as they are."""
    return sum(one == part for one, part in zip(template.rstrip("/").split("/"), parts, strict=False))

"""Reading: it changes nothing, an unknown title is told from one without rows, and time alone moves what is due."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tests.contract.addresses import every
from tests.contract.demo import Demo
from tests.sandbox.routes.asking import Asker
from tests.sandbox.routes.small import ALIEN, HEAT, WIRE, WIRE_S1, WIRE_S1E1
from watchprint.sandbox.serving.sandbox import Sandbox

KINDS = {"movies": "movies", "shows": "shows", "seasons": "seasons", "episodes": "episodes"}


def tables(sandbox: Sandbox) -> bytes:
    """Everything that the sandbox keeps."""
    return msgspec.json.encode(sandbox.world.state)


def test_no_get_changes_anything(demo: Demo) -> None:
    demo.desk.obey("POST", "clock", {"advance_s": 0, "frozen": True})
    before = demo.desk.server.run(tables)
    for address in every(demo.known):
        demo.get(address)
    assert demo.desk.server.run(tables) == before


def test_what_is_due_happens_with_whatever_is_read_next() -> None:
    ada = Asker()
    ada.post("/checkin", {"movie": {"ids": {"trakt": HEAT}}})
    ada.advance(hours=3)
    ada.get("/genres/movies")
    assert ada.user.watching is None
    assert [play.action for play in ada.user.history] == ["checkin"]


@given(st.sampled_from(sorted(KINDS)), st.integers(1, 400) | st.sampled_from([HEAT, ALIEN, WIRE_S1, WIRE_S1E1, 70]))
def test_a_known_title_without_plays_is_an_empty_list_and_an_unknown_one_404(kind: str, trakt: int) -> None:
    ada = Asker()
    known = trakt in getattr(ada.world.catalogue, KINDS[kind])
    said = ada.ask("GET", f"/sync/history/{kind}/{trakt}")
    assert (said.status, said.json) == ((200, []) if known else (404, None))


MOVIE: dict[str, Any] = {"movies": [{"ids": {"trakt": HEAT}}]}


def moved(ada: Asker, method: str, address: str, body: Any) -> set[str]:
    """The fields of last_activities that a write moves, a minute later."""
    before = ada.get("/sync/last_activities")
    ada.advance(minutes=1)
    assert ada.ask(method, address, body).status in (200, 201, 204)
    after = ada.get("/sync/last_activities")
    assert after["all"] >= before["all"]
    groups = [(group, name) for group, names in after.items() if group != "all" for name in names]
    return {f"{group}.{name}" for group, name in groups if before[group][name] != after[group][name]}


def test_changing_the_order_or_the_items_of_lists_moves_the_lists() -> None:
    vic = Asker(slug="vic")
    first = vic.post("/users/me/lists", {"name": "a"})["ids"]["trakt"]
    vic.post("/users/me/lists", {"name": "b"})
    vic.post("/users/me/lists/a/items", {"movies": [*MOVIE["movies"], {"ids": {"trakt": ALIEN}}]})
    row = vic.get("/users/me/lists/a/items")[1]["id"]
    writes = [
        ("POST", "/users/me/lists/reorder", {"rank": [first]}),
        ("POST", "/users/me/lists/a/items/reorder", {"rank": [row]}),
        ("PUT", f"/users/me/lists/a/items/{row}", {"notes": "n"}),
        ("POST", "/users/me/lists/a/items/remove", MOVIE),
    ]
    for method, address, body in writes:
        assert moved(vic, method, address, body) == {"lists.updated_at"}, address


def test_showing_again_what_was_hidden_moves_its_field() -> None:
    ada = Asker()
    show = {"shows": [{"ids": {"trakt": WIRE}}]}
    assert moved(ada, "POST", "/users/hidden/calendar", show) == {"shows.hidden_at"}
    assert moved(ada, "POST", "/users/hidden/calendar/remove", show) == {"shows.hidden_at"}
    assert moved(ada, "POST", "/users/hidden/progress_watched", show) == {"shows.hidden_at"}

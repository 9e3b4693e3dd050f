"""Two hundred random writes to the demo account; after each, what it may have changed is read and checked again.

That every answer fits the contract is judged by the fixture around every test (observing.py).
"""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import pytest

from tests.contract.demo import Demo
from tests.contract.observing import Watch
from tests.contract.writes import Holdings, Ids, Write, Writer
from tests.sandbox.desk import Reply
from watchprint.sandbox.routes import ROUTES
from watchprint.sandbox.serving.sandbox import Sandbox

pytestmark = pytest.mark.shared
WRITES = 100
REFUSALS = {400, 404, 409, 420, 422, 426}


def ids_of(sandbox: Sandbox) -> Ids:
    """Some titles of each type: the user's own, watched and listed, and others."""
    user, catalogue = sandbox.world.state.users["demo"], sandbox.world.catalogue
    assert user.watchlist is not None
    own: dict[str, list[int]] = {"movie": [], "show": [], "season": [], "episode": [], "person": []}
    for item in (*(e.item for e in user.watchlist.entries), *(row.item for row in user.ratings[:60])):
        own[item.type].append(item.trakt)
    for play in user.history[:40]:
        own[play.type].append(play.trakt)
    return {
        "movies": [*own["movie"], *list(catalogue.movies)[:20]],
        "shows": [*own["show"], *list(catalogue.shows)[:20]],
        "seasons": own["season"],
        "episodes": own["episode"],
        "people": list(catalogue.people)[:20],
    }


def holdings(demo: Demo) -> Holdings:
    """What the user has now."""
    lists = demo.get("/users/me/lists")
    first = demo.get(f"/users/me/lists/{lists[0]['ids']['trakt']}/items")
    return Holdings(
        lists,
        [row["id"] for row in first],
        [row["id"] for row in demo.get("/sync/watchlist")],
        [row["id"] for row in demo.get("/sync/favorites")],
        [row["id"] for row in demo.get("/sync/playback")],
        [row["id"] for row in demo.get("/sync/history?limit=20")],
    )


def assert_echoed(write: Write, said: dict[str, Any]) -> None:
    """What was not found comes back as it was sent; of a known show only what it lacks."""
    for name, lost in said.get("not_found", {}).items():
        sent = (write.body or {}).get(name, [])
        for one in lost:
            whole = [{k: v for k, v in other.items() if k != "seasons"} for other in sent if isinstance(other, dict)]
            assert one in sent or {k: v for k, v in one.items() if k != "seasons"} in whole, (write, one)


def tried(demo: Demo, write: Write) -> Reply:
    """Send a write, then read all that it may have changed."""
    reply = demo.ask(write.method, write.path, write.body)
    assert reply.status in REFUSALS or reply.status in (200, 201, 204), (write, reply)
    if reply.status in (200, 201) and reply.body and write.path != "/users/settings":
        assert_echoed(write, reply.json)
    for address in write.affects:
        demo.get(address)
    return reply


@pytest.mark.parametrize("vip", [False, True], ids=["free", "vip"])
def test_after_each_write_what_it_affects_fits(demo: Demo, watching: Watch, vip: bool) -> None:
    demo.desk.obey("PATCH", "users/demo", {"vip": vip})
    rng, before = Random(f"writes {vip}"), watching.answers
    writer = Writer(rng, demo.desk.server.run(ids_of), holdings(demo))
    deck = writer.makers() + [rng.choice(writer.makers()) for _ in range(WRITES - len(writer.makers()))]
    statuses: Counter[int] = Counter()
    for number, maker in enumerate(deck):
        writer.good = number < len(writer.makers())
        statuses[tried(demo, maker()).status] += 1
        demo.desk.advance(rng.choice([7, 61, 1_800, 9_000]))
        writer.has = holdings(demo)
    assert statuses.total() == WRITES
    assert statuses[200] + statuses[201] + statuses[204] > WRITES / 2
    assert watching.answers - before > 5 * WRITES


def test_the_writers_know_every_endpoint_that_writes(demo: Demo, watching: Watch) -> None:
    demo.desk.obey("PATCH", "users/demo", {"vip": True})
    writer = Writer(Random(1), demo.desk.server.run(ids_of), holdings(demo))
    watching.routes.clear()
    for maker in writer.makers():
        write = maker()
        reply = demo.ask(write.method, write.path, write.body)
        assert reply.status in (200, 201, 204, 409), (write, reply)
        demo.desk.advance(9_000)
        writer.has = holdings(demo)
    answered = {(method, pattern) for method, pattern, _ in watching.routes}
    assert {(route.method, route.pattern) for route in ROUTES if route.method != "GET"} <= answered

"""The watch over all answers: it sees every one, judges each shape once, and loses no fault by that."""

from __future__ import annotations

import copy
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.json import encode

from tests.contract.contract import Contract
from tests.contract.demo import Demo, demo_server, signed_in
from tests.contract.faults import faults_in
from tests.contract.observing import FOLDER, Watch
from tests.sandbox.desk import Desk
from tests.sandbox.routes.asking import Asker
from watchprint.sandbox.routes import ROUTES
from watchprint.sandbox.serving.observing import Observed
from watchprint.sandbox.serving.table import Found, Table

pytestmark = pytest.mark.shared
ROOT = Path(__file__).resolve().parents[2]
TABLE = Table(ROUTES)
ADDRESSES = (
    "/users/me/history",
    "/users/me/ratings",
    "/users/me/watched/shows",
    "/users/me/collection/media",
    "/users/me/lists",
    "/users/me/stats",
    "/users/settings",
    "/sync/last_activities",
    "/sync/progress/watched",
)

OTHER_VALUES: list[Any] = [None, "other", "2026-03-01T20:15:00.000Z", 0, 11, 5, 2.5, True, [], {}]


@cache
def contract() -> Contract:
    """One contract for the tests of this module."""
    return Contract(FOLDER)


def observed(path: str, body: Any, method: str = "GET", status: int = 200) -> Observed:
    """An answer as the sandbox would tell of it."""
    found = TABLE.find(method, path)
    assert isinstance(found, Found)
    return Observed(found.route, path, frozenset(), status, encode(body), "application/json")


@cache
def true_bodies() -> dict[str, Any]:
    """What the demo user is answered; a few rows of each list."""
    with demo_server() as server:
        demo = signed_in(Desk(server))
        bodies = {address: demo.get(address) for address in ADDRESSES}
        demo.desk.close()
    return {address: body[:12] if isinstance(body, list) else body for address, body in bodies.items()}


def places(value: Any, *steps: int | str) -> Iterator[tuple[int | str, ...]]:
    """The way to everything inside a body."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inner:
        yield (*steps, name)
        yield from places(one, *steps, name)


def test_a_wrong_answer_is_said_with_path_pointer_and_message() -> None:
    watch = Watch(contract())
    rows = copy.deepcopy(true_bodies()["/users/me/history"])
    watch.see(observed("/users/me/history", rows))
    assert watch.complaints() == []
    film = next(row for row in rows if row["type"] == "movie")
    del film["movie"]["ids"]["slug"]
    film["watched_at"] = "2026-03-01T20:15:00Z"
    watch.see(observed("/users/me/history", rows))
    assert sorted(watch.complaints()) == [
        "GET /users/me/history 200 (/users/{id}/history/) at /*/movie/ids/slug of a row of type movie: "
        "'slug' is a required property",
        "GET /users/me/history 200 (/users/{user}/history) at /*/watched_at: "
        "'2026-03-01T20:15:00Z' is no instant as Trakt writes it",
    ]


@settings(max_examples=150)
@given(st.data())
def test_what_a_plain_check_of_the_whole_body_finds_the_watch_finds_too(data: st.DataObject) -> None:
    address = data.draw(st.sampled_from(ADDRESSES))
    watch, body = Watch(contract()), copy.deepcopy(true_bodies()[address])
    watch.see(observed(address, body))
    assert watch.complaints() == []
    *way, last = data.draw(st.sampled_from(list(places(body))))
    spot = body
    for step in way:
        spot = spot[step]
    if data.draw(st.booleans()) and isinstance(spot, dict):
        del spot[last]
    else:
        spot[last] = data.draw(
            st.sampled_from([None, "other", "2026-03-01T20:15:00.000Z", 0, 11, 5, 2.5, True, [], {}])
        )
    seen = observed(address, body)
    judges = [contract().validator("GET", path, 200) for path in contract().paths(seen)]
    plain = [fault for judge in judges for fault in faults_in(judge, body)]
    watch.see(seen)
    said = [text for text in watch.complaints() if "no instant as Trakt writes it" not in text]
    assert bool(said) == bool(plain), (said, plain)


def test_the_watch_judges_a_page_of_rows_by_their_few_shapes(demo: Demo) -> None:
    watch = Watch(contract())
    for page in range(1, 6):
        rows = demo.get(f"/sync/history?extended=full&limit=250&page={page}")
        watch.see(observed("/sync/history", rows))
    assert watch.complaints() == []
    assert watch.judged < 200, "of 1,250 rows"


def test_a_status_that_the_contract_does_not_declare_is_a_fault() -> None:
    watch = Watch(contract())
    watch.see(observed("/sync/last_activities", true_bodies()["/sync/last_activities"], status=206))
    assert [text.partition(" at ")[2] for text in watch.complaints()] == ["status: 206 is not declared, only 200"]


def test_answers_that_are_no_success_and_those_that_a_fault_bent_are_left_alone(demo: Demo, watching: Watch) -> None:
    assert demo.ask("GET", "/movies/nowhere").status == 404
    demo.desk.fault("null_rows", "/sync/history")
    row = demo.get("/sync/history")[0]
    assert row[row["type"]] is None
    assert watching.complaints() == []


def test_questions_to_routes_without_a_server_are_seen_as_well(watching: Watch) -> None:
    before = watching.answers
    Asker().get("/users/me/stats")
    assert watching.answers == before + 1


WRONG = """
import json, urllib.request
from tests.contract.observing import answers_fit_the_contract
from watchprint.sandbox import SandboxServer
from watchprint.sandbox.kernel import Answer, Routes

ROUTES = Routes(host="auth")

@ROUTES.get("/users/me/unheard_of", auth=False)
def unheard_of(call):
    return Answer(200, {})

def test_asks():
    with SandboxServer(extra_routes=ROUTES.table) as server:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        assert json.load(opener.open(server.base_url + "/users/me/unheard_of")) == {}
"""


def test_a_test_that_gets_a_wrong_answer_fails(tmp_path: Path) -> None:
    wrong = tmp_path / "test_wrong.py"
    wrong.write_text(WRONG)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", str(wrong)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout
    assert "GET /users/me/unheard_of 200 () at /: the contract has no such path" in done.stdout

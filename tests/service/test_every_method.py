"""Every method in every situation, on both faces; the run ends with the table of what was seen."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest

from tests.sandbox.desk import Desk, Person
from tests.service.cases import CASES, Case
from tests.service.faces import Face
from tests.service.table import TABLE
from watchprint import Invalid, Throttled, TokenExpired, Unreachable, UserService


def raised(call: Callable[[], Any]) -> tuple[Any, Any]:
    """The kind of error, and the error or the value."""
    try:
        return None, call()
    except Exception as error:
        return type(error), error


@pytest.fixture(scope="session")
def closed_port() -> str:
    """An address at which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return f"http://127.0.0.1:{port}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.method)
def test_a_method_in_every_situation(case: Case, face: Face, desk: Desk, ann: Person, closed_port: str) -> None:
    def note(column: str, seen: str) -> None:
        TABLE.note(case.method, face.name, column, seen)

    def call(token: str, which: Face = face) -> Any:
        return which.call(case.method, token, *case.args, **case.kwargs)

    # blank token: told before anything is sent
    desk.obey("DELETE", "requests")
    kind, _ = raised(lambda: call("  "))
    assert kind is Invalid
    assert desk.requests() == []
    note("blank token", "Invalid")

    # a token that was revoked
    spare = desk.obey("POST", "tokens", {"user": "ann"})["access_token"]
    body = {"token": spare, "client_id": desk.client_id, "client_secret": desk.client_secret}
    assert desk.post("/oauth/revoke", body).status == 200
    kind, error = raised(lambda: call(spare))
    assert kind is TokenExpired
    assert spare not in f"{error!r} {error} {error.request} {error.reply} {vars(error)}"
    note("revoked token", "TokenExpired")

    # too fast
    desk.fault("429", times=None, retry_after_s=300)
    kind, error = raised(lambda: call(desk.obey("POST", "tokens", {"user": "ann"})["access_token"]))
    assert kind is Throttled
    assert 250 < error.retry_after_s <= 300
    desk.obey("DELETE", "faults")
    note("throttled", f"Throttled {error.retry_after_s:.0f} s")

    # Trakt is down, or cannot be reached at all
    desk.fault("503", times=None)
    kind, _ = raised(lambda: call(ann.access))
    assert kind is case.down
    desk.obey("DELETE", "faults")
    note("Trakt down", case.down.__name__)
    nowhere = face.at(closed_port)
    kind, _ = raised(lambda: call(ann.access, nowhere))
    nowhere.close()
    assert kind is Unreachable
    note("unreachable", "Unreachable")

    # the effect, read back from the sandbox's own tables
    case.prepare(face, ann.access)
    answer = call(ann.access)
    state = desk.obey("GET", "users/ann")
    assert case.effect(state, answer), (answer, state)
    note("effect", "ok")
    note("TMDB ids", "ok" if case.args or "item" in case.kwargs else "–")

    # something that Trakt does not know
    note("unknown id", "–" if case.unknown is None else unknown(case, face, ann.access))
    assert TABLE.complete(case.method, face.name)


def unknown(case: Case, face: Face, token: str) -> str:
    """What the method says of an unknown id, after it was checked."""
    assert case.unknown is not None
    args, kwargs, expected = case.unknown
    kind, seen = raised(lambda: face.call(case.method, token, *args, **kwargs))
    if isinstance(expected, type):
        assert kind is expected, seen
        return str(expected.__name__)
    assert kind is None, seen
    assert expected(seen), seen
    return "no rows" if seen == [] else "not_found"


def test_the_cases_are_the_27_methods() -> None:
    methods = {name for name in dir(UserService) if not name.startswith("_")} - {"runner"}
    assert sorted(case.method for case in CASES) == sorted(methods)
    assert len(CASES) == 27

"""The server as a process: it ends in order, without Trakt it says what to set, and it starts only where it can."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cli.running import Cli
from tests.sandbox.desk import Desk, Person
from tests.web.running import Served, environment, of_desk, serving

LIST = {"name": "To show"}


@pytest.mark.parametrize("server", ["granian", "uvicorn"])
def test_a_stop_answers_what_is_under_way(server: str, desk: Desk, ann: Person, tmp_path: Path) -> None:
    with serving(of_desk(desk, tmp_path / "home"), tmp_path, server) as served:
        desk.fault("slow", "/users/me/lists", times=1, delay_s=1.5, match={"method": "POST"})
        with ThreadPoolExecutor(1) as pool:
            under_way = pool.submit(served.ask, "POST", "/api/v1/lists", LIST, ann.access)
            until_s = time.monotonic() + 60
            while not any(row["method"] == "POST" for row in desk.requests()):
                assert time.monotonic() < until_s
                time.sleep(0.02)
            assert served.stop() == 0
            assert under_way.result().status == 201
    assert len(desk.obey("GET", "users/ann")["lists"]) == 1


def test_uvicorn_serves_the_same(desk: Desk, ann: Person, tmp_path: Path, served: Served) -> None:
    with serving(of_desk(desk, tmp_path / "home"), tmp_path, "uvicorn") as other:
        for path in ("/healthz", "/api/v1/stats", "/api/v1/lists", "/problems/throttled"):
            assert other.ask("GET", path, token=ann.access).body == served.ask("GET", path, token=ann.access).body


def test_without_an_application_it_says_what_to_set_and_asks_nobody(tmp_path: Path) -> None:
    with serving(environment(tmp_path / "home"), tmp_path) as served:
        assert served.ask("GET", "/readyz").json == {"status": "ready", "trakt": "none"}
        for verb, path, body in (
            ("GET", "/api/v1/history", None),
            ("POST", "/api/v1/lists", LIST),
            ("GET", "/api/v1/insights/totals", None),
            ("GET", "/api/v1/accounts/ann", None),
        ):
            answer = served.ask(verb, path, body, "a-token")
            assert (path, answer.status, answer.problem) == (path, 503, "not-configured")
            assert "TRAKT_CLIENT_ID" in answer.json["detail"]
        pair = {"access_token": "a", "refresh_token": "b", "expires_in_s": 60}
        assert served.ask("POST", "/api/v1/accounts", pair).problem == "not-configured"
        assert served.ask("GET", "/api/v1/insights").status == 200
        assert "local mode" in served.logged()


def test_an_address_in_use_is_told_before_anything_starts(served: Served, tmp_path: Path) -> None:
    ended = Cli({"WATCHPRINT_HOME": str(tmp_path / "home")}).process("serve", "--port", str(served.port))
    assert ended.code == 12
    assert f"127.0.0.1:{served.port}" in ended.sentence

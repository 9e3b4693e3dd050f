"""Answers about viewing have the shapes of the recorded ones in ../shared/payloads/trakt, field by field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.contract.demo import Demo
from tests.contract.faults import faults_in
from tests.contract.observing import Watch

pytestmark = pytest.mark.shared
MATRIX = {"ids": {"trakt": 481, "slug": "the-matrix-1999", "imdb": "tt0133093", "tmdb": 603}}


def shape(value: Any) -> Any:
    """Names and JSON types; whole and broken numbers are one type."""
    if isinstance(value, dict):
        return {name: shape(one) for name, one in value.items()}
    return "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__


@pytest.fixture
def recorded(shared_dir: Path) -> dict[str, Any]:
    """The recorded answers by name."""
    return {path.stem: json.loads(path.read_text()) for path in (shared_dir / "payloads/trakt").glob("*.json")}


def test_scrobbles_and_check_ins_have_the_recorded_shapes(demo: Demo, recorded: dict[str, Any]) -> None:
    said: dict[str, Any] = {}

    def send(name: str, path: str, status: int, **body: Any) -> None:
        reply = demo.ask("POST", path, {"movie": MATRIX, **body})
        assert reply.status == status, (name, reply.status)
        said[name] = reply.json

    send("scrobble_start_201", "/scrobble/start", 201, progress=1.25)
    send("scrobble_stop_201_pause", "/scrobble/stop", 201, progress=75)
    send("scrobble_stop_201_scrobble", "/scrobble/stop", 201, progress=99.9)
    send("scrobble_stop_409", "/scrobble/stop", 409, progress=99.9)
    send("a check-in", "/checkin", 201)
    send("checkin_409", "/checkin", 409)
    assert recorded.keys() == said.keys() - {"a check-in"}
    for name, known in recorded.items():
        assert shape(said[name]) == shape(known), name
    same = ("id", "action", "progress", "sharing", "movie")
    for name in ("scrobble_start_201", "scrobble_stop_201_scrobble"):
        assert {k: said[name][k] for k in same[1:]} == {k: recorded[name][k] for k in same[1:]}, name
    assert said["scrobble_start_201"]["id"] == recorded["scrobble_start_201"]["id"] == 0
    assert said["scrobble_stop_201_scrobble"]["id"] == demo.get("/sync/history?limit=1")[0]["id"]


def test_the_refusal_of_a_check_in_is_the_contracts(demo: Demo, watching: Watch) -> None:
    assert demo.ask("POST", "/checkin", {"movie": MATRIX}).status == 201
    refused = demo.ask("POST", "/checkin", {"movie": MATRIX})
    assert refused.status == 409
    validator = watching.contract.validator("POST", "/checkin", 409)
    assert list(faults_in(validator, refused.json)) == []
    assert list(faults_in(validator, {})) != []

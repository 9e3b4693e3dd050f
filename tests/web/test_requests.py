"""Requests that are not as they should be: told which field, in plain words, with nothing sent to Trakt."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from tests.sandbox.desk import Desk, Person
from tests.web.running import Served

HISTORY = "/api/v1/history"
HEAT = {"type": "movie", "ids": {"tmdb": 949}}


@pytest.mark.parametrize(
    ("body", "field", "word"),
    [
        ({}, "$", "items"),
        ({"items": []}, "$.items", "length"),
        ({"items": [HEAT], "wenn": 1}, "$", "wenn"),
        ({"items": [{"type": "film"}]}, "$.items[0].type", "film"),
        ({"items": [HEAT, {"type": "movie", "ids": {"tmdb": "949"}}]}, "$.items[1].ids.tmdb", "int"),
        ({"items": [HEAT, {"type": "movie", "ids": {"tmdb": 0}}]}, "$.items[1].ids.tmdb", ">= 1"),
        ({"items": [{"type": "movie", "ids": {"tvdb": 1}}]}, "$.items[0].ids", "tvdb"),
        ({"items": [{"type": "movie"}]}, "$.items[0]", "nothing to find it by"),
        ({"items": [{"type": "person", "ids": {"tmdb": 1}}]}, "$.items[0].type", "person"),
        ({"items": [HEAT | {"at": "2024-05-01T20:15"}]}, "$.items[0].at", "time zone"),
        ({"items": [HEAT], "at": "yesterday"}, "$.at", "not a time"),
        ([], "$", "object"),
        (None, None, None),
    ],
)
def test_a_wrong_field_is_named(
    body: Any, field: str | None, word: str | None, served: Served, desk: Desk, ann: Person
) -> None:
    desk.obey("DELETE", "requests")
    answer = served.ask("POST", HISTORY, b"null" if body is None else body, ann.access)
    assert (answer.status, answer.problem) == (422, "invalid")
    if field is not None and word is not None:
        assert answer.json["errors"][0]["field"] == field
        assert word in answer.json["errors"][0]["detail"]
        assert word in answer.json["detail"]
    assert desk.requests() == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "?limit"),
        ("limit=251", "?limit"),
        ("limit=ten", "?limit"),
        ("page=0", "?page"),
        ("kind=movies", "?kind"),
        ("page=1&page=2", "?page"),
        ("sort=added", "?"),
        ("item=heat", None),
        ("since=2024-05-01T20:15:00", None),
    ],
)
def test_a_wrong_parameter_is_named(query: str, field: str | None, served: Served, desk: Desk, ann: Person) -> None:
    answer = served.ask("GET", f"{HISTORY}?{query}", token=ann.access)
    assert (answer.status, answer.problem) == (422, "invalid")
    assert field is None or answer.json["errors"][0]["field"] == field


@pytest.mark.parametrize(
    ("data", "media_type", "status", "word"),
    [
        (b"{", "application/json", 400, "malformed"),
        (b"", "application/json", 400, "malformed"),
        (b'{"items": [], "\xff": 1}', "application/json", 422, "invalid"),
        (b'{"items": [{"type": "movie", "title": "\xff"}]}', "application/json", 400, "malformed"),
        (b"[" * 100_000, "application/json", 422, "invalid"),
        (b'{"items":' + b"[" * 100_000, "application/json", 422, "invalid"),
        (b"{}", "text/plain", 415, "not-json"),
        (b"{}", "application/x-www-form-urlencoded", 415, "not-json"),
        (b"{}", "application/json; charset=latin-1", 415, "not-json"),
        (b" " * (4 * 2**20 + 1), "application/json", 413, "too-large"),
    ],
    ids=["open", "empty", "no field", "no UTF-8", "deep", "deeper", "text", "form", "latin", "large"],
)
def test_what_is_no_body_is_refused(
    data: bytes, media_type: str, status: int, word: str, served: Served, desk: Desk, ann: Person
) -> None:
    desk.obey("DELETE", "requests")
    answer = served.ask("POST", HISTORY, data, ann.access, Content_Type=media_type)
    assert (answer.status, answer.problem) == (status, word)
    assert desk.requests() == []


def test_a_body_that_does_not_say_how_long_it_is_is_cut_off(served: Served, ann: Person) -> None:
    head = f"POST {HISTORY} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {ann.access}\r\n"
    head += "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    with socket.create_connection(("127.0.0.1", served.port), 60) as raw:
        raw.sendall(head.encode())
        chunk = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
        try:
            for _ in range(6):
                raw.sendall(chunk)
            raw.sendall(b"0\r\n\r\n")
        except (BrokenPipeError, ConnectionResetError):
            return  # it would not hear more
        assert b" 413 " in raw.recv(65536).split(b"\r\n")[0]


@pytest.mark.parametrize(("verb", "path"), [("PUT", HISTORY), ("DELETE", HISTORY), ("POST", "/api/v1/stats")])
def test_what_is_not_done_here_says_what_is(verb: str, path: str, served: Served, ann: Person) -> None:
    answer = served.ask(verb, path, token=ann.access)
    assert (answer.status, answer.problem) == (405, "method-not-allowed")
    assert "GET" in answer.headers["Allow"].split(", ")
    assert verb not in answer.headers["Allow"].split(", ")


@pytest.mark.parametrize("path", ["/", "/api/v1", "/api/v2/history", "/api/v1/history/x", "/api/v1/../etc/passwd"])
def test_where_nothing_is_is_said(path: str, served: Served, ann: Person) -> None:
    assert served.ask("GET", path, token=ann.access).problem == "no-such-route"


def test_every_answer_has_its_headers_and_its_id(served: Served, ann: Person) -> None:
    for path, said in (("/healthz", "mine-1"), ("/nothing", "mine-2"), ("/api/v1/stats", "mine-3")):
        answer = served.ask("GET", path, token=ann.access, X_Request_Id=said, Origin="https://elsewhere.example")
        assert answer.headers["X-Request-Id"] == said
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]
    assert served.ask("GET", "/healthz", X_Request_Id="a b<script>").headers["X-Request-Id"].isalnum()
    assert "GET /api/v1/stats 200" in served.logged()
    assert "mine-3" in served.logged()


def test_what_is_sent_comes_into_no_log(served: Served, desk: Desk, ann: Person) -> None:
    seen = {"items": [HEAT | {"title": "Secret title"}]}
    assert served.ask("POST", HISTORY, seen, ann.access).status == 200
    served.ask("GET", f"/api/v1/search?q=secret-words&token={ann.access}", token=ann.access)
    served.ask("GET", f"/api/v1/lists/{ann.access}/items", token=ann.access)
    served.ask("POST", HISTORY, f'{{"{ann.access}": 1}}'.encode(), ann.access)
    logged = served.logged()
    for secret in (ann.access, desk.client_secret, "Secret title", "secret-words"):
        assert secret not in logged

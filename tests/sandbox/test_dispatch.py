"""What surrounds every route: paths, keys, tokens, content types, JSON, ETags, dates, CORS."""

from __future__ import annotations

import json
from email.utils import parsedate_to_datetime

import pytest

from tests.sandbox.desk import JSON, Desk

ACCESS = {"trakt-api-key", "Authorization", "trakt-api-version"}


def test_paths_work_with_and_without_trailing_slash(desk: Desk) -> None:
    assert desk.get("/probe/rows").status == desk.get("/probe/rows/").status == 200
    assert desk.get("/probe/parts/a/b/").json["parts"] == {"first": "a", "second": "b"}


def test_a_literal_part_wins_over_a_placeholder_but_does_not_hide_it(desk: Desk) -> None:
    assert desk.get("/probe/parts/one/only").json == {"only": True}
    assert desk.get("/probe/parts/one/fixed").json["parts"] == {"first": "one"}
    assert desk.get("/probe/parts/one/other").json["parts"] == {"first": "one", "second": "other"}


def test_parts_and_query_are_decoded(desk: Desk) -> None:
    said = desk.get("/probe/parts/a%2Fb/%C3%BC?q=%26+x&empty=").json
    assert said == {"parts": {"first": "a/b", "second": "ü"}, "query": {"q": "& x", "empty": ""}}


@pytest.mark.parametrize("path", ["/", "/nothing", "/probe/parts", "/probe//parts/a/b", "/oauth", "/probe/parts/a//"])
def test_an_unknown_path_is_404(desk: Desk, path: str) -> None:
    reply = desk.get(path)
    assert (reply.status, reply.body) == (404, b"")


def test_a_known_path_with_another_method_is_405_and_says_which_there_are(desk: Desk) -> None:
    reply = desk.ask("DELETE", "/probe/rows")
    assert (reply.status, reply.body, reply.headers["Allow"]) == (405, b"", "GET")
    assert desk.get("/probe/note").headers["Allow"] == "DELETE, POST, PUT"
    assert desk.ask("PATCH", "/probe/note").status == 405


@pytest.mark.parametrize("key", [None, "", "somebody else's"])
def test_a_missing_or_wrong_api_key_is_403(desk: Desk, key: str | None) -> None:
    assert desk.ask("GET", "/probe/rows", headers={"trakt-api-key": key}).status == 403


def test_the_api_version_matters_in_strict_mode_only(desk: Desk) -> None:
    without = {"trakt-api-version": None}
    assert desk.ask("GET", "/probe/rows", headers=without).status == 200
    desk.obey("POST", "settings", {"strict": True})
    assert desk.ask("GET", "/probe/rows", headers=without).status == 400
    assert desk.ask("GET", "/probe/rows", headers={"trakt-api-version": "1"}).status == 400
    assert desk.get("/probe/rows").status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_writes_need_a_token(desk: Desk, method: str) -> None:
    reply = desk.ask(method, "/probe/note", {"text": "x"} if method != "DELETE" else None)
    assert (reply.status, reply.body) == (401, b"")
    assert "Doorkeeper" in reply.headers["WWW-Authenticate"]


def test_a_write_needs_a_token_even_if_its_route_does_not_ask(desk: Desk) -> None:
    assert desk.post("/probe/open").status == 401
    assert desk.post("/probe/open", token=desk.user()).status == 201


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer ", "Bearer", "Basic YTpi", "nonsense"])
def test_a_token_that_is_not_good_is_401_even_where_none_is_needed(desk: Desk, header: str) -> None:
    for path in ("/probe/mine", "/probe/maybe"):
        assert desk.ask("GET", path, headers={"Authorization": header}).status == 401


def test_an_open_route_knows_who_asks(desk: Desk) -> None:
    ann = desk.user()
    assert desk.get("/probe/maybe").json == {"slug": None}
    assert desk.get("/probe/maybe", ann).json == {"slug": "ann"}
    assert desk.ask("GET", "/probe/maybe", headers={"Authorization": f"bearer {ann.access}"}).status == 200


def test_a_token_works_with_its_own_application_only(desk: Desk) -> None:
    ann, other = desk.user(), desk.obey("POST", "apps", {"name": "Other"})
    assert desk.ask("GET", "/probe/mine", token=ann, headers={"trakt-api-key": other["client_id"]}).status == 401
    assert desk.ask("GET", "/probe/rows", headers={"trakt-api-key": other["client_id"]}).status == 200


def test_a_locked_account_is_423_with_its_headers(desk: Desk) -> None:
    ann = desk.user(locked=True)
    reply = desk.get("/probe/mine", ann)
    assert (reply.status, reply.body) == (423, b"")
    assert reply.headers["X-Account-Locked"] == "true"
    assert reply.headers["X-Account-Deactivated"] == "false"
    desk.obey("POST", "users/ann", {"locked": False})
    assert desk.get("/probe/mine", ann).status == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_that_is_not_json_by_its_content_type_is_412(desk: Desk, kind: str) -> None:
    ann = desk.user()
    reply = desk.ask("POST", "/probe/note", {"text": "x"}, token=ann, headers={"Content-Type": kind})
    assert (reply.status, reply.body) == (412, b"")
    assert desk.get("/probe/mine", ann).json["note"] is None


def test_no_body_needs_no_content_type(desk: Desk) -> None:
    reply = desk.ask("POST", "/probe/note", token=desk.user(), headers={"Content-Type": None})
    assert (reply.status, reply.json["body"]) == (201, {})


def test_json_with_a_charset_is_json(desk: Desk) -> None:
    kind = {"Content-Type": "Application/JSON; charset=utf-8"}
    assert desk.ask("POST", "/probe/note", {"text": "x"}, token=desk.user(), headers=kind).status == 201


@pytest.mark.parametrize("text", [b"{", b"{'a': 1}", b"\xff\xfe", b"nul", b"[" * 9999 + b"]" * 9999])
def test_text_that_is_no_json_is_400_with_an_error(desk: Desk, text: bytes) -> None:
    ann = desk.user()
    headers = {"Content-Type": JSON, "trakt-api-key": desk.client_id, "Authorization": f"Bearer {ann.access}"}
    reply = desk.send("POST", "/probe/note", text, headers)
    assert reply.status == 400
    assert "not valid JSON" in reply.json["error"]
    assert desk.requests()[-1]["status"] == 400


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"text": None}, "Expected string, received null"),
        ({"text": 3}, "Expected string, received number"),
        ({"n": "3"}, "Expected number, received string"),
        ({"n": 3.5}, "Expected integer, received float"),
        ({"n": True}, "Expected number, received boolean"),
        ({"inner": []}, "Expected object, received array"),
        ({"inner": {"text": None}}, "Expected string, received null"),
        ({"many": {}}, "Expected array, received object"),
        ({"many": [{"id": 1}, {"id": None}]}, "Expected number, received null"),
        ([], "Expected object, received array"),
        ("text", "Expected object, received string"),
    ],
)
def test_a_body_of_another_shape_is_400_in_the_validators_words(desk: Desk, body: object, error: str) -> None:
    reply = desk.post("/probe/note", body, desk.user())
    assert (reply.status, reply.json) == (400, {"error": error})


def test_null_is_taken_where_it_is_allowed(desk: Desk) -> None:
    assert desk.post("/probe/note", {"maybe": None}, desk.user()).status == 201


def test_unknown_fields_are_refused_in_strict_mode_only(desk: Desk) -> None:
    ann, body = desk.user(), {"text": "x", "inner": {"other": 1}}
    assert desk.post("/probe/note", body, ann).status == 201
    desk.obey("POST", "settings", {"strict": True, "rate_limits": False})
    assert desk.post("/probe/note", body, ann).json == {"error": "Unrecognized key(s) in object: 'other'"}
    assert desk.post("/probe/note", {"text": "x"}, ann).status == 201


def test_a_route_without_a_shape_still_gets_an_object(desk: Desk) -> None:
    assert desk.ask("PUT", "/probe/note", [1], token=desk.user()).status == 400


def test_a_refusal_keeps_its_body_and_headers(desk: Desk) -> None:
    reply = desk.get("/probe/refused")
    assert (reply.status, reply.json, reply.headers["X-Why"]) == (422, {"errors": ["no"]}, "because")


def test_a_mistake_in_a_route_is_500_and_the_server_goes_on(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    assert desk.get("/probe/broken").status == 500
    assert "ZeroDivisionError" in caplog.text
    assert desk.get("/probe/rows").status == 200


def test_the_date_is_the_sandboxs(desk: Desk) -> None:
    desk.freeze("2019-07-04T10:00:00Z")
    date = parsedate_to_datetime(desk.get("/probe/rows").headers["Date"])
    assert date.isoformat() == "2019-07-04T10:00:00+00:00"
    desk.advance(61)
    assert desk.get("/probe/rows").headers["Date"] == "Thu, 04 Jul 2019 10:01:01 GMT"


def test_an_etag_saves_the_body(desk: Desk) -> None:
    first = desk.get("/probe/rows?count=4")
    etag = first.headers["ETag"]
    assert etag.startswith('"')
    for header in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        reply = desk.ask("GET", "/probe/rows?count=4", headers={"If-None-Match": header})
        assert (reply.status, reply.body) == (304, b"")
        assert reply.headers["ETag"] == etag
        assert reply.headers["X-Pagination-Item-Count"] == "4"
    changed = desk.ask("GET", "/probe/rows?count=2", headers={"If-None-Match": etag})
    assert changed.status == 200
    assert changed.headers["ETag"] != etag


def test_a_post_has_no_etag_and_knows_no_304(desk: Desk) -> None:
    ann = desk.user()
    reply = desk.ask("POST", "/probe/note", {"text": "x"}, token=ann, headers={"If-None-Match": "*"})
    assert reply.status == 201
    assert reply.headers["ETag"] is None


def test_head_is_get_without_the_body(desk: Desk) -> None:
    got, head = desk.get("/probe/rows"), desk.ask("HEAD", "/probe/rows")
    assert (head.status, head.body) == (200, b"")
    for name in ("ETag", "Content-Length", "X-Pagination-Item-Count", "Content-Type"):
        assert head.headers[name] == got.headers[name]


def test_scripts_of_web_pages_may_read_the_headers(desk: Desk) -> None:
    reply = desk.get("/probe/rows")
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    exposed = reply.headers["Access-Control-Expose-Headers"].split(", ")
    assert {"X-Pagination-Item-Count", "X-Ratelimit", "Retry-After", "X-Private-User"} <= set(exposed)


def test_options_is_answered_for_any_path(desk: Desk) -> None:
    reply = desk.send("OPTIONS", "/sync/history", None, {"Origin": "https://app.example"})
    assert (reply.status, reply.body) == (204, b"")
    allowed = {name.strip() for name in reply.headers["Access-Control-Allow-Headers"].split(",")}
    assert allowed >= ACCESS
    assert "DELETE" in reply.headers["Access-Control-Allow-Methods"]


def test_an_answer_without_a_body_says_so(desk: Desk) -> None:
    ann = desk.user()
    reply = desk.ask("PUT", "/probe/note", {"text": "kept"}, token=ann)
    assert (reply.status, reply.body, reply.headers["Content-Type"]) == (204, b"", None)
    assert json.loads(desk.get("/probe/mine", ann).body)["note"] == "kept"

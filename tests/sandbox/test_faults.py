"""Faults on demand, as a client sees them over a real connection."""

from __future__ import annotations

import http.client
import json
import select
import socket
import struct
import time
from urllib.parse import urlsplit

import pytest

from tests.sandbox.desk import JSON, Desk, Person
from watchprint.sandbox.faults.armed import KINDS

ISSUE = (
    "401|403|423|426|429|429_html|429_bare|500|502|503|504|520|521|522|empty_420|reset|slow|truncated|"
    "stored_504|lost_refresh|expired_token|null_rows|bad_count|bad_json|lag|seconds_kept"
)


def note_of(desk: Desk, who: Person) -> object:
    return desk.get("/probe/mine", who).json["note"]


def test_every_kind_is_known_and_an_unknown_one_names_them(desk: Desk) -> None:
    assert tuple(ISSUE.split("|")) == KINDS
    for kind in KINDS:
        desk.fault(kind, "/never")
    assert [fault["kind"] for fault in desk.obey("GET", "faults")] == list(KINDS)
    reply = desk.control("POST", "faults", {"kind": "teapot"})
    assert reply.status == 400
    assert all(kind in reply.json["error"] for kind in (*KINDS, "teapot"))


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"kind": "500", "tims": 2},
        {"kind": "500", "match": {"verb": "GET"}},
        {"kind": "500", "times": 0},
        {"kind": "500", "times": "two"},
        {"kind": "500", "skip": -1},
        {"kind": "slow", "delay_s": -1},
        {"kind": "null_rows", "every": 0},
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(desk: Desk, wish: dict[str, object]) -> None:
    reply = desk.control("POST", "faults", wish)
    assert reply.status == 400
    assert reply.json["error"]
    assert desk.obey("GET", "faults") == []


@pytest.mark.parametrize("kind", ["401", "403", "423", "426", "429", "429_html", "429_bare", "500", "empty_420"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_refusal_comes_instead_of_the_answer(desk: Desk, kind: str, method: str) -> None:
    ann, path = desk.user(), "/probe/mine" if method == "GET" else "/probe/note"
    desk.fault(kind, path)
    reply = desk.ask(method, path, {"text": "x"} if method == "POST" else None, token=ann)
    assert reply.status == int(kind.removeprefix("empty_")[:3])
    assert note_of(desk, ann) is None
    assert desk.obey("GET", "faults") == []


def test_401_and_423_and_426_and_420_look_like_trakts(desk: Desk) -> None:
    for kind in ("401", "423", "426", "empty_420"):
        desk.fault(kind, "/probe/rows")
    answers = {reply.status: reply for reply in (desk.get("/probe/rows") for _ in range(4))}
    assert all(reply.body == b"" for reply in answers.values())
    assert "Doorkeeper" in answers[401].headers["WWW-Authenticate"]
    assert answers[423].headers["X-Account-Locked"] == "true"
    assert answers[426].headers["X-Upgrade-URL"] == "https://app.trakt.tv/vip"
    assert answers[420].headers["X-Account-Limit"] is None


def test_the_three_429s_differ_in_what_they_tell(desk: Desk) -> None:
    ann = desk.user()
    desk.freeze()
    for kind in ("429", "429_html", "429_bare"):
        desk.fault(kind, "/probe/*")
    api, html, bare = (desk.get("/probe/mine", ann) for _ in range(3))
    assert json.loads(api.headers["X-Ratelimit"])["name"] == "AUTHED_API_GET_LIMIT"
    assert api.headers["Retry-After"] == "300"
    assert "Please wait 300 seconds" in api.text
    assert (html.headers["Retry-After"], html.headers["X-Ratelimit"]) == ("300", None)
    assert html.headers["Content-Type"].startswith("text/html")
    assert "Cloudflare" in html.text
    assert (bare.headers["Retry-After"], bare.headers["X-Ratelimit"]) == (None, None)


def test_retry_after_can_be_chosen(desk: Desk) -> None:
    desk.fault("429", retry_after_s=7)
    desk.fault("503", retry_after_s=30)
    assert desk.get("/probe/rows").headers["Retry-After"] == "7"
    assert desk.get("/probe/rows").headers["Retry-After"] == "30"


@pytest.mark.parametrize("kind", ["502", "503", "504", "520", "521", "522"])
def test_the_edge_answers_html(desk: Desk, kind: str) -> None:
    ann = desk.user()
    desk.fault(kind, "/probe/note")
    reply = desk.post("/probe/note", {"text": "x"}, ann)
    assert reply.status == int(kind)
    assert reply.headers["Content-Type"].startswith("text/html")
    assert (reply.headers["Server"], reply.headers["Retry-After"]) == ("cloudflare", None)
    assert kind in reply.text
    assert note_of(desk, ann) is None


def test_times_skip_and_match(desk: Desk) -> None:
    desk.fault("500", "/probe/ro*", times=2, skip=1, match={"method": "get"})
    assert desk.get("/probe/maybe").status == 200
    assert [desk.get("/probe/rows").status for _ in range(4)] == [200, 500, 500, 200]
    desk.fault("502", "/probe/rows", times=None)
    assert [desk.get("/probe/rows/").status for _ in range(3)] == [502] * 3
    assert desk.get("/probe/rows/x").status == 404
    desk.obey("DELETE", "faults")
    assert desk.get("/probe/rows").status == 200


def test_a_fault_can_be_for_one_user(desk: Desk) -> None:
    ann, ben = desk.user("ann"), desk.user("ben")
    desk.fault("500", match={"user": "ben"})
    assert desk.get("/probe/mine", ann).status == desk.get("/probe/maybe").status == 200
    assert desk.get("/probe/mine", ben).status == 500


def test_faults_take_turns_and_never_hit_control_calls(desk: Desk) -> None:
    desk.fault("503")
    desk.fault("504")
    assert desk.control("GET", "clock").status == 200
    assert [desk.get("/probe/rows").status for _ in range(3)] == [503, 504, 200]


def test_a_reset_connection_has_no_answer_and_no_effect(desk: Desk) -> None:
    ann = desk.user()
    desk.fault("reset", "/probe/note")
    with pytest.raises(ConnectionResetError):
        desk.post("/probe/note", {"text": "x"}, ann)
    assert note_of(desk, ann) is None
    seen = desk.requests()[0]
    assert (seen["path"], seen["status"]) == ("/probe/note", None)


def test_a_reset_can_come_after_the_effect(desk: Desk) -> None:
    ann = desk.user()
    desk.fault("reset", "/probe/note", applied=True)
    with pytest.raises(ConnectionResetError):
        desk.post("/probe/note", {"text": "x"}, ann)
    assert note_of(desk, ann) == "x"


def test_a_reset_is_a_tcp_reset(desk: Desk) -> None:
    """Not an orderly end: the next read of the plain socket fails."""
    desk.fault("reset", "/probe/rows")
    url = urlsplit(desk.server.base_url)
    with socket.create_connection((url.hostname, url.port), timeout=5) as plain:
        plain.sendall(b"GET /probe/rows HTTP/1.1\r\nHost: x\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            plain.recv(1)
        assert struct.unpack("i", plain.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR, 4)) == (0,)


def test_slow_waits_and_then_answers(desk: Desk) -> None:
    desk.fault("slow", "/probe/rows", delay_s=0.5)
    began = time.monotonic()
    assert desk.get("/probe/rows").status == 200
    assert time.monotonic() - began >= 0.5
    assert desk.obey("GET", "faults") == []


def test_slow_goes_together_with_another_fault(desk: Desk) -> None:
    desk.fault("slow", delay_s=0.1)
    desk.fault("503")
    began = time.monotonic()
    assert desk.get("/probe/rows").status == 503
    assert time.monotonic() - began >= 0.1


def test_a_slow_answer_holds_up_nobody_else(desk: Desk) -> None:
    desk.fault("slow", "/probe/rows", delay_s=3)
    slow = desk.connection()
    slow.request("GET", "/probe/rows", headers={"trakt-api-key": desk.client_id})
    other = Desk(desk.server)
    began = time.monotonic()
    while not other.requests():
        assert time.monotonic() - began < 3
    assert other.get("/probe/maybe").status == 200
    assert not select.select([slow.sock], [], [], 0)[0], "the slow answer was there first"
    assert slow.getresponse().read()
    other.close()


def test_truncated_says_the_whole_length_and_sends_half(desk: Desk) -> None:
    ann = desk.user()
    whole = desk.get("/probe/rows").body
    desk.fault("truncated", "/probe/rows")
    with pytest.raises(http.client.IncompleteRead) as caught:
        desk.get("/probe/rows")
    assert caught.value.partial == whole[: len(whole) // 2]
    assert len(caught.value.partial) + (caught.value.expected or 0) == len(whole)
    desk.fault("truncated", "/probe/note")
    with pytest.raises(http.client.IncompleteRead):
        desk.post("/probe/note", {"text": "kept"}, ann)
    assert note_of(desk, ann) == "kept"


@pytest.mark.parametrize("kind", ["stored_504", "lost_refresh"])
def test_a_fault_of_writes_lets_reads_pass(desk: Desk, kind: str) -> None:
    ann = desk.user()
    desk.fault(kind, "/probe/*")
    assert desk.get("/probe/mine", ann).status == 200
    assert [fault["kind"] for fault in desk.obey("GET", "faults")] == [kind]


def test_stored_504_has_its_effect(desk: Desk) -> None:
    ann = desk.user()
    desk.fault("stored_504", "/probe/note")
    reply = desk.post("/probe/note", {"text": "stored"}, ann)
    assert (reply.status, reply.headers["Content-Type"]) == (504, "text/html; charset=UTF-8")
    assert note_of(desk, ann) == "stored"


def refresh(desk: Desk, token: str) -> dict[str, str]:
    return {
        "grant_type": "refresh_token",
        "refresh_token": token,
        "client_id": desk.client_id,
        "client_secret": desk.client_secret,
    }


def test_a_lost_refresh_has_spent_the_token(desk: Desk) -> None:
    ann = desk.user()
    desk.obey("POST", "settings", {"rate_limits": False})
    desk.fault("lost_refresh")
    assert desk.get("/probe/mine", ann).status == 200
    assert desk.post("/oauth/token", refresh(desk, "unknown")).status == 400
    with pytest.raises((ConnectionResetError, http.client.RemoteDisconnected)):
        desk.post("/oauth/token", refresh(desk, ann.refresh))
    again = desk.post("/oauth/token", refresh(desk, ann.refresh))
    assert (again.status, again.json["error_description"]) == (400, "session not found")
    assert len(desk.obey("GET", "state")["grants"]) == 2
    assert desk.get("/probe/mine", ann).status == 200


def test_an_expired_token_stays_expired_until_it_is_refreshed(desk: Desk) -> None:
    ann = desk.user()
    desk.fault("expired_token", "/probe/*")
    assert desk.get("/probe/rows").status == 200
    assert [desk.get("/probe/mine", ann).status for _ in range(2)] == [401, 401]
    new = desk.post("/oauth/token", refresh(desk, ann.refresh)).json["access_token"]
    assert desk.get("/probe/mine", new).status == 200


def test_null_rows_hit_lists_of_titles_only(desk: Desk) -> None:
    ann = desk.user()
    desk.fault("null_rows", every=2)
    assert desk.get("/probe/mine", ann).json == {"slug": "ann", "note": None}
    rows = desk.get("/probe/rows?limit=5").json
    assert [row["movie"] is None for row in rows] == [True, False, True, False, True]
    assert [row["n"] for row in rows] == [0, 1, 2, 3, 4]
    assert all(row["movie"] for row in desk.get("/probe/rows?limit=5").json)


def test_bad_count_is_off_by_delta(desk: Desk) -> None:
    desk.fault("bad_count", "/probe/*", delta=-2)
    assert desk.get("/probe/maybe").status == 200
    assert desk.get("/probe/rows?count=7").headers["X-Pagination-Item-Count"] == "5"
    assert desk.get("/probe/rows?count=7").headers["X-Pagination-Item-Count"] == "7"


def test_bad_json_is_cut_but_whole_as_http(desk: Desk) -> None:
    whole = desk.get("/probe/rows").body
    desk.fault("bad_json", "/probe/rows")
    reply = desk.get("/probe/rows")
    assert (reply.status, reply.headers["Content-Type"]) == (200, JSON)
    assert reply.body == whole[: len(whole) // 2]
    assert reply.headers["Content-Length"] == str(len(reply.body))


def test_answers_to_writes_can_be_bad_json_too(desk: Desk) -> None:
    """What was asked is done; only its answer is cut."""
    ann = desk.user()
    desk.fault("bad_json", "/probe/note")
    reply = desk.post("/probe/note", {"text": "kept"}, ann)
    assert (reply.status, reply.headers["Content-Type"]) == (201, JSON)
    assert reply.body.startswith(b"{")
    assert not reply.body.endswith(b"}")
    assert note_of(desk, ann) == "kept"


def test_lag_hides_a_write_for_a_while(desk: Desk) -> None:
    ann, ben = desk.user("ann"), desk.user("ben")
    desk.freeze()
    desk.fault("lag", "/probe/note", lag_s=2, match={"user": "ann"})
    desk.post("/probe/note", {"text": "late"}, ann)
    desk.post("/probe/note", {"text": "at once"}, ben)
    assert (note_of(desk, ann), note_of(desk, ben)) == (None, "at once")
    desk.advance(1.9)
    assert note_of(desk, ann) is None
    assert desk.obey("GET", "state?user=ann")["about"] == "late"
    desk.advance(0.1)
    assert note_of(desk, ann) == "late"


def test_lag_can_be_counted_in_reads(desk: Desk) -> None:
    ann = desk.user()
    desk.fault("lag", "/probe/note", gets=2)
    desk.post("/probe/note", {"text": "late"}, ann)
    desk.get("/probe/rows")
    assert [note_of(desk, ann) for _ in range(3)] == [None, None, "late"]


def test_writes_within_a_lag_are_kept(desk: Desk) -> None:
    ann = desk.user()
    desk.freeze()
    desk.fault("lag", "/probe/note", lag_s=5, times=2)
    desk.post("/probe/note", {"text": "one"}, ann)
    desk.advance(4)
    desk.post("/probe/note", {"text": "two"}, ann)
    desk.advance(4)
    assert note_of(desk, ann) is None
    desk.advance(1)
    assert note_of(desk, ann) == "two"


def test_seconds_are_kept_only_while_that_fault_is_armed(desk: Desk) -> None:
    ann = desk.user()
    desk.freeze("2026-03-01T20:15:42Z")
    desk.obey("POST", "settings", {"rate_limits": False})
    desk.fault("seconds_kept")
    desk.get("/probe/rows")
    times = [desk.post("/probe/note", {}, ann).json["at"] for _ in range(2)]
    assert times == ["2026-03-01T20:15:42+00:00", "2026-03-01T20:15:00+00:00"]


def test_a_reset_of_the_sandbox_disarms(desk: Desk) -> None:
    desk.fault("500", times=None)
    desk.obey("POST", "reset")
    assert desk.get("/probe/rows").status == 200

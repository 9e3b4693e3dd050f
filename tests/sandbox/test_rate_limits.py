"""Rate limits: the windows by themselves against a slow reference, and what the server answers."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.sandbox.desk import Desk
from watchprint.sandbox.rate_limits import Bucket, RateLimits

START = datetime(2026, 3, 1, 20, 15, tzinfo=UTC)
SMALL = Bucket("SMALL", 10, 3)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 9)), max_size=60))
def test_windows_agree_with_counting_by_hand(steps: list[tuple[str, int]]) -> None:
    """The reference keeps every admitted instant and looks for the window that the request falls into."""
    limits, now = RateLimits(), START
    admitted: dict[str, list[datetime]] = {"a": [], "b": []}
    begins: dict[str, datetime] = {}
    for who, pause_s in steps:
        now += timedelta(seconds=pause_s)
        if who not in begins or now - begins[who] >= timedelta(seconds=SMALL.period_s):
            begins[who] = now
        used = sum(at >= begins[who] for at in admitted[who])
        verdict = limits.admit(SMALL, "api", who, now)
        assert verdict.allowed == (used < SMALL.limit)
        if verdict.allowed:
            admitted[who].append(now)
            assert verdict.remaining == SMALL.limit - used - 1
        left_s = (begins[who] + timedelta(seconds=SMALL.period_s) - now).total_seconds()
        assert verdict.wait_s == left_s


def test_a_clock_set_back_opens_a_new_window() -> None:
    limits = RateLimits()
    for _ in range(3):
        assert limits.admit(SMALL, "api", "a", START).allowed
    assert not limits.admit(SMALL, "api", "a", START).allowed
    assert limits.admit(SMALL, "api", "a", START - timedelta(days=1)).allowed


def test_one_write_a_second_and_user(desk: Desk) -> None:
    ann, ben = desk.user("ann"), desk.user("ben")
    desk.freeze("2026-03-01T20:15:00Z")
    first = desk.post("/probe/note", {"text": "one"}, ann)
    assert first.status == 201
    assert json.loads(first.headers["X-Ratelimit"]) == {
        "name": "AUTHED_API_POST_LIMIT",
        "period": 1,
        "limit": 1,
        "remaining": 0,
        "until": "2026-03-01T20:15:01Z",
    }
    second = desk.post("/probe/note", {"text": "two"}, ann)
    assert second.status == 429
    assert second.text == "AUTHED_API_POST_LIMIT rate limit exceeded. Please wait 1 seconds then retry your request."
    assert second.headers["Retry-After"] == "1"
    assert json.loads(second.headers["X-Ratelimit"])["remaining"] == 0
    assert second.headers["Content-Type"].startswith("text/")
    assert desk.ask("DELETE", "/probe/note", token=ann).status == 429
    assert desk.post("/probe/note", {"text": "hers"}, ben).status == 201
    assert desk.get("/probe/mine", ann).json["note"] == "one"
    desk.advance(0.999)
    assert desk.ask("PUT", "/probe/note", {"text": "x"}, token=ann).status == 429
    desk.advance(0.001)
    assert desk.ask("PUT", "/probe/note", {"text": "x"}, token=ann).status == 204


def test_500_reads_in_five_minutes_by_token_and_500_without(desk: Desk) -> None:
    ann, ben = desk.user("ann"), desk.user("ben")
    desk.freeze("2026-03-01T20:15:00Z")
    for _ in range(500):
        assert desk.get("/probe/maybe", ann).status == 200
    desk.advance(10.5)
    refused = desk.get("/probe/maybe", ann)
    assert refused.status == 429
    assert refused.headers["Retry-After"] == "290"
    assert json.loads(refused.headers["X-Ratelimit"]) == {
        "name": "AUTHED_API_GET_LIMIT",
        "period": 300,
        "limit": 500,
        "remaining": 0,
        "until": "2026-03-01T20:20:00Z",
    }
    assert desk.get("/probe/maybe", ben).status == desk.get("/probe/maybe").status == 200
    assert desk.post("/probe/note", {}, ann).status == 201
    for _ in range(499):
        assert desk.get("/probe/maybe").status == 200
    name = json.loads(desk.get("/probe/maybe").headers["X-Ratelimit"])["name"]
    assert name == "UNAUTHED_API_GET_LIMIT"
    other = desk.obey("POST", "apps", {})["client_id"]
    assert desk.ask("GET", "/probe/maybe", headers={"trakt-api-key": other}).status == 200
    desk.advance(289.5)
    assert (desk.get("/probe/maybe", ann).status, desk.get("/probe/maybe").status) == (200, 429)
    desk.advance(10.5)
    assert desk.get("/probe/maybe").status == 200


def test_ordinary_reads_carry_no_rate_limit_header(desk: Desk) -> None:
    assert desk.get("/probe/rows").headers["X-Ratelimit"] is None


def test_limits_can_be_switched_off(desk: Desk) -> None:
    ann = desk.user()
    desk.freeze()
    desk.obey("POST", "settings", {"rate_limits": False})
    for _ in range(3):
        reply = desk.post("/probe/note", {"text": "x"}, ann)
        assert (reply.status, reply.headers["X-Ratelimit"]) == (201, None)


def test_the_sign_in_host_counts_writes_of_its_own(desk: Desk) -> None:
    ann = desk.user()
    desk.freeze()
    body = {"client_id": desk.client_id}
    assert desk.post("/oauth/device/code", body).status == 200
    assert desk.post("/oauth/device/code", body).status == 429
    assert desk.post("/probe/note", {}, ann).status == 201
    refresh = {
        "grant_type": "refresh_token",
        "refresh_token": ann.refresh,
        "client_id": desk.client_id,
        "client_secret": desk.client_secret,
    }
    assert desk.post("/oauth/token", refresh).status == 200
    assert desk.post("/oauth/token", refresh).status == 429
    desk.advance(1)
    assert desk.post("/oauth/token", refresh).status == 400
    assert desk.post("/oauth/device/code", body).status == 200


def test_refused_requests_use_nothing_up(desk: Desk) -> None:
    ann = desk.user()
    desk.freeze()
    assert desk.ask("POST", "/probe/note", {}, token="wrong").status == 401
    assert desk.ask("POST", "/probe/note", {}, token=ann, headers={"trakt-api-key": None}).status == 403
    assert desk.post("/probe/nothing", {}, ann).status == 404
    assert desk.post("/probe/note", {}, ann).status == 201

"""The verdict about every outcome: accept, send again, renew, give up."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trakt.replaying import read, write
from watchprint.trakt import errors
from watchprint.trakt.conversation.policy import BACKOFF_CAP_S, Accept, Again, Fresh, GiveUp, Verdict, backoff_s, judge
from watchprint.trakt.wire import Call, NoReply, Reply

CALLS = {"read": read(), "repeatable write": write(repeatable=True), "write": write()}
HTML = b"<!DOCTYPE html><title>429</title>"


def slow_verdict(call: Call[Any], status: int) -> str:
    """What the guides say, one sentence a line."""
    if 200 <= status < 300:
        return "Accept"
    if status == 401:
        return "Fresh"
    if status == 429:
        return "Again"
    if status >= 500:
        return "Again" if call.repeatable else "GiveUp UnknownOutcome"
    return "GiveUp"


def shown(verdict: Verdict) -> str:
    name = type(verdict).__name__
    unknown = isinstance(verdict, GiveUp) and isinstance(verdict.error, errors.UnknownOutcome)
    return f"{name} UnknownOutcome" if unknown else name


@pytest.mark.parametrize("name", CALLS)
def test_every_status(name: str) -> None:
    call = CALLS[name]
    for status in range(100, 600):
        verdict = judge(Reply(status, {}, b""), call, 1, renewable=True)
        assert shown(verdict) == slow_verdict(call, status), status


@pytest.mark.parametrize("status", [409, 420, 422, 423, 426])
@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("headers", [{}, {"retry-after": "1"}])
def test_never_again(name: str, status: int, headers: dict[str, str]) -> None:
    assert isinstance(judge(Reply(status, headers, b""), CALLS[name], 1), GiveUp)


@pytest.mark.parametrize(
    ("name", "outcome", "expected"),
    [
        ("read", NoReply("x", sent=True), "Again"),
        ("read", NoReply("x", sent=True, timed_out=True), "Again"),
        ("read", NoReply("x", sent=False), "Again"),
        ("repeatable write", NoReply("x", sent=True), "Again"),
        ("write", NoReply("x", sent=False), "Again"),
        ("write", NoReply("x", sent=True), "GiveUp UnknownOutcome"),
        ("write", NoReply("x", sent=True, timed_out=True), "GiveUp UnknownOutcome"),
    ],
)
def test_missing_answers(name: str, outcome: NoReply, expected: str) -> None:
    assert shown(judge(outcome, CALLS[name], 1)) == expected


def test_the_last_try_is_the_last() -> None:
    for outcome in (NoReply("x", sent=False), Reply(429, {}, b""), Reply(503, {}, HTML)):
        assert isinstance(judge(outcome, CALLS["read"], 3, attempts=4), Again)
        assert isinstance(judge(outcome, CALLS["read"], 4, attempts=4), GiveUp)


def test_a_token_is_renewed_only_where_it_can_be() -> None:
    assert isinstance(judge(Reply(401, {}, b""), CALLS["write"], 4, renewable=True), Fresh)
    assert isinstance(judge(Reply(401, {}, b""), CALLS["write"], 1, renewable=False), GiveUp)
    private = judge(Reply(401, {"x-private-user": "true"}, b""), CALLS["read"], 1, renewable=True)
    assert isinstance(private, GiveUp)
    public = judge(Reply(401, {"x-private-user": "false"}, b""), CALLS["read"], 1, renewable=True)
    assert isinstance(public, Fresh)


def test_what_a_call_accepts_is_an_answer() -> None:
    call = Call(read().request, read().read, repeatable=False, bucket="auth", accepts=frozenset({400, 429}))
    assert isinstance(judge(Reply(400, {}, b""), call, 1), Accept)
    assert isinstance(judge(Reply(429, {}, HTML), call, 1), Accept)
    assert isinstance(judge(Reply(418, {}, b""), call, 1), GiveUp)


UNTIL = '{"name":"AUTHED_API_GET_LIMIT","period":300,"limit":500,"remaining":0,"until":"2026-11-22T10:05:00Z"}'
DATE = "Sun, 22 Nov 2026 10:04:52 GMT"


@pytest.mark.parametrize(
    ("headers", "after_s"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "7", "x-ratelimit": UNTIL, "date": DATE}, 7.0),
        ({"retry-after": "soon", "x-ratelimit": UNTIL, "date": DATE}, 8.0),
        ({"x-ratelimit": UNTIL, "date": DATE}, 8.0),
        ({"retry-after": "Sun, 22 Nov 2026 10:05:01 GMT", "date": DATE}, 9.0),
    ],
)
@pytest.mark.parametrize("name", CALLS)
def test_trakt_is_waited_for_as_long_as_it_asks(name: str, headers: dict[str, str], after_s: float) -> None:
    verdict = judge(Reply(429, headers, HTML), CALLS[name], 1)
    assert isinstance(verdict, Again)
    assert after_s <= verdict.after_s <= after_s + 0.1


@pytest.mark.parametrize("name", CALLS)
def test_a_429_that_says_nothing_backs_off(name: str) -> None:
    for attempt in (1, 2, 3):
        verdict = judge(Reply(429, {}, HTML), CALLS[name], attempt, jitter=0.0)
        assert verdict == Again(backoff_s(attempt, 0.0))
    given_up = judge(Reply(429, {}, HTML), CALLS[name], 4)
    assert isinstance(given_up, GiveUp)
    assert isinstance(given_up.error, errors.Throttled)
    assert given_up.error.retry_after_s == 30.0


@pytest.mark.parametrize(
    ("headers", "waited_s", "told_s"),
    [
        ({"retry-after": "300"}, 0.0, 300.0),
        ({"retry-after": "61"}, 0.0, 61.0),
        ({"retry-after": "50"}, 11.0, 50.0),
        ({"x-ratelimit": '{"period":300}'}, 0.0, 300.0),
    ],
)
def test_nobody_sleeps_longer_than_a_minute(headers: dict[str, str], waited_s: float, told_s: float) -> None:
    verdict = judge(Reply(429, headers, HTML), CALLS["read"], 1, waited_s=waited_s)
    assert isinstance(verdict, GiveUp)
    assert isinstance(verdict.error, errors.Throttled)
    assert verdict.error.retry_after_s == told_s
    assert f"{told_s:.0f} s" in str(verdict.error)


def test_a_503_may_name_its_time_too() -> None:
    assert judge(Reply(503, {"retry-after": "20"}, b""), CALLS["read"], 1) == Again(20.0)
    assert isinstance(judge(Reply(503, {"retry-after": "200"}, b""), CALLS["read"], 1), GiveUp)


@given(st.integers(1, 50), st.floats(0, 1))
def test_back_off_doubles_to_its_cap(attempt: int, jitter: float) -> None:
    full = min(BACKOFF_CAP_S, 0.5 * 2 ** (attempt - 1))
    assert full / 2 <= backoff_s(attempt, jitter) <= full

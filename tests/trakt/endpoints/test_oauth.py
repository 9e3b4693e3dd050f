"""Signing in: what is asked, and how a sign-in by device waits, on both faces, against an HTTP library that is ours."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchprint.trakt import AsyncTrakt, DeviceAnswer, DeviceCode, Tokens, Trakt
from watchprint.trakt.conversation import grants
from watchprint.trakt.endpoints.oauth import challenge_of, pkce
from watchprint.trakt.errors import (
    Invalid,
    NotConfigured,
    NotFound,
    SignInDenied,
    SignInExpired,
    TraktError,
    UnknownOutcome,
    Unreachable,
)
from watchprint.trakt.ports import Application
from watchprint.trakt.wire import Call, NoReply, Reply

APP = Application("the-id", "the-secret", "https://app.example/back", auth_url="https://auth.example")
TOKENS = b'{"access_token":"a1","token_type":"bearer","expires_in":604800,"refresh_token":"r1","created_at":1767225600}'
CODE = DeviceCode("d" * 64, "5055CC52", "https://auth.trakt.tv/activate", expires_in_s=600, interval_s=5)
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def sent(call: Call[Any]) -> Any:
    assert call.request.body is not None
    return msgspec.json.decode(call.request.body)


def test_every_call_goes_to_the_sign_in_host_as_a_secret_without_a_user() -> None:
    calls: list[Call[Any]] = [
        grants.device_code(APP),
        grants.device_token(APP, "c"),
        grants.exchange_code(APP, "c", "v"),
        grants.refresh(APP, "r"),
        grants.revoke(APP, "t"),
    ]
    for call in calls:
        assert (call.request.method, call.request.on_auth_host, call.request.secret) == ("POST", True, True)
        assert (call.bucket, call.needs_user) == ("auth", False)
    assert [call.request.path for call in calls] == [
        "/oauth/device/code", "/oauth/device/token", "/oauth/token", "/oauth/token", "/oauth/revoke",
    ]  # fmt: skip
    assert [call.repeatable for call in calls] == [True, False, False, False, True]


def test_what_the_calls_send() -> None:
    assert sent(grants.device_code(APP)) == {"client_id": "the-id"}
    assert sent(grants.device_token(APP, "c")) == {
        "code": "c", "client_id": "the-id", "client_secret": "the-secret",
    }  # fmt: skip
    base = {
        "code": "c", "grant_type": "authorization_code", "client_id": "the-id",
        "redirect_uri": "https://app.example/back",
    }  # fmt: skip
    assert sent(grants.exchange_code(APP, "c", "v")) == {**base, "code_verifier": "v"}
    assert sent(grants.exchange_code(APP, "c", None)) == {**base, "client_secret": "the-secret"}
    assert sent(grants.revoke(APP, "t")) == {"token": "t", "client_id": "the-id", "client_secret": "the-secret"}
    assert sent(grants.revoke(Application("the-id"), "t")) == {"token": "t", "client_id": "the-id"}


def test_what_is_missing_is_named() -> None:
    bare = Application("the-id")
    with pytest.raises(NotConfigured, match="TRAKT_CLIENT_SECRET"):
        grants.device_token(bare, "c")
    with pytest.raises(NotConfigured, match="TRAKT_CLIENT_SECRET"):
        grants.exchange_code(bare, "c", None)
    with pytest.raises(NotConfigured, match="TRAKT_REDIRECT_URI"):
        grants.exchange_code(bare, "c", "v")
    with Trakt("the-id") as trakt, pytest.raises(NotConfigured, match="TRAKT_REDIRECT_URI"):
        trakt.oauth.authorize_url(state="s", code_challenge="c")


def test_the_address_to_send_a_browser_to() -> None:
    back = "https://app.example/back?to=1&x= y"
    with Trakt("the-id", redirect_uri=back, api_url="http://desk.example:8177") as trakt:
        url = urlsplit(trakt.oauth.authorize_url(state="s&1", code_challenge="c"))
        more = trakt.oauth.authorize_url(state="s", code_challenge="c", signup=True, force_login=True)
    assert (url.scheme, url.netloc, url.path) == ("http", "desk.example:8177", "/oauth/authorize")
    assert parse_qs(url.query, strict_parsing=True) == {
        "response_type": ["code"], "client_id": ["the-id"], "redirect_uri": [back], "state": ["s&1"],
        "code_challenge": ["c"], "code_challenge_method": ["S256"],
    }  # fmt: skip
    assert "signup=true" in more
    assert "prompt=login" in more


def test_the_challenge_is_that_of_the_standard() -> None:
    # RFC 7636, appendix B
    assert challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_a_proof_is_fresh_and_of_the_form_that_trakt_takes() -> None:
    proofs = [pkce() for _ in range(50)]
    assert len({proof.verifier for proof in proofs}) == 50
    for proof in proofs:
        assert re.fullmatch(r"[A-Za-z0-9\-._~]{43,128}", proof.verifier)
        assert proof.challenge == challenge_of(proof.verifier)


# --- how a device's sign-in stands

STATES = [
    (200, TOKENS, "approved"),
    (400, b"", "pending"),
    (400, b"<html>no</html>", "pending"),
    (400, b"{}", "pending"),
    (400, b'{"error":"authorization_pending"}', "pending"),
    (400, b'{"error":"slow_down"}', "slow_down"),
    (400, b'{"error":"expired_token"}', "expired"),
    (400, b'{"error":"access_denied"}', "denied"),
    (404, b"", "unknown"),
    (409, b"", "used"),
    (410, b"", "expired"),
    (418, b"", "denied"),
    (429, b"<html>slow</html>", "slow_down"),
]


@pytest.mark.parametrize(("status", "body", "state"), STATES)
def test_a_status_is_a_state(status: int, body: bytes, state: str) -> None:
    call = grants.device_token(APP, "c")
    assert status == 200 or status in call.accepts
    answer = call.read(Reply(status, {"retry-after": "12"}, body))
    assert answer.state == state
    assert (answer.tokens is not None) is (state == "approved")
    assert answer.retry_after_s == (12.0 if state == "slow_down" else None)


def test_a_wrong_application_is_no_state() -> None:
    for said in ("invalid_client", "invalid_request"):
        reply = Reply(400, {}, f'{{"error":"{said}"}}'.encode())
        with pytest.raises(Invalid, match="400"):
            grants.device_token(APP, "c").read(reply)


def test_a_code_is_read_and_hides_its_secret_half() -> None:
    body = (
        b'{"device_code":"abc","user_code":"5055CC52","verification_url":"https://x.example/activate/",'
        b'"expires_in":600,"interval":5}'
    )
    code = grants.device_code(APP).read(Reply(200, {}, body))
    assert (code.user_code, code.expires_in_s, code.interval_s) == ("5055CC52", 600, 5)
    assert code.prefilled_url == "https://x.example/activate/5055CC52"
    assert "abc" not in repr(code)


# --- waiting for the user


class ScriptedHttp:
    """Answers from a list, on either face; the last answer again and again."""

    def __init__(self, answers: list[Reply | NoReply]) -> None:
        self.answers, self.asked = answers, 0

    def send(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Reply | NoReply:
        assert (method, url) == ("POST", "https://auth.example/oauth/device/token")
        self.asked += 1
        return self.answers[min(self.asked, len(self.answers)) - 1]

    def close(self) -> None:
        """Nothing is open."""


class AwaitedHttp:
    """The same, awaited."""

    def __init__(self, inner: ScriptedHttp) -> None:
        self.inner = inner

    async def send(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Reply | NoReply:
        return self.inner.send(method, url, headers, body)

    async def aclose(self) -> None:
        """Nothing is open."""

    def blocking(self) -> ScriptedHttp:
        return self.inner


class HandClock:
    """Time passes only by waiting."""

    def __init__(self) -> None:
        self.at, self.slept = NOON, list[float]()

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += timedelta(seconds=seconds)

    async def asleep(self, seconds: float) -> None:
        self.sleep(seconds)


SignIn = Callable[[ScriptedHttp, HandClock, DeviceCode], Tokens]
AUTH_URL = "https://auth.example"


def blocking(http: ScriptedHttp, clock: HandClock, code: DeviceCode) -> Tokens:
    with Trakt("the-id", "the-secret", auth_url=AUTH_URL, driver=http, clock=clock) as trakt:
        return trakt.oauth.sign_in_by_device(code)


def awaiting(http: ScriptedHttp, clock: HandClock, code: DeviceCode) -> Tokens:
    async def run() -> Tokens:
        driver = AwaitedHttp(http)
        async with AsyncTrakt("the-id", "the-secret", auth_url=AUTH_URL, driver=driver, clock=clock) as trakt:
            return await trakt.oauth.sign_in_by_device(code)

    return asyncio.run(run())


faces = pytest.mark.parametrize("sign_in", [blocking, awaiting])
PENDING, APPROVED, SLOW = Reply(400, {}, b""), Reply(200, {}, TOKENS), Reply(429, {}, b"")


@faces
def test_it_waits_until_the_user_has_approved(sign_in: SignIn) -> None:
    http, clock = ScriptedHttp([PENDING, PENDING, APPROVED]), HandClock()
    tokens = sign_in(http, clock, CODE)
    assert (tokens.access_token, tokens.refresh_token, tokens.expires_in_s) == ("a1", "r1", 604800)
    assert clock.slept == [5, 5, 5]


@faces
def test_it_asks_more_slowly_when_told_to(sign_in: SignIn) -> None:
    slower = Reply(429, {"retry-after": "30"}, b"")
    http, clock = ScriptedHttp([SLOW, PENDING, slower, PENDING, APPROVED]), HandClock()
    sign_in(http, clock, CODE)
    assert clock.slept == [5, 10, 10, 30, 30]


@faces
@pytest.mark.parametrize(
    ("status", "error", "text"),
    [
        (418, SignInDenied, "refused"),
        (410, SignInExpired, "ran out"),
        (409, SignInExpired, "already used"),
        (404, NotFound, "does not know"),
    ],
)
def test_it_ends_when_it_cannot_succeed(sign_in: SignIn, status: int, error: type[TraktError], text: str) -> None:
    http, clock = ScriptedHttp([PENDING, Reply(status, {}, b"")]), HandClock()
    with pytest.raises(error, match=text):
        sign_in(http, clock, CODE)
    assert http.asked == 2


@faces
def test_it_ends_when_the_code_has_run_out(sign_in: SignIn) -> None:
    http, clock = ScriptedHttp([PENDING]), HandClock()
    with pytest.raises(SignInExpired, match="ran out"):
        sign_in(http, clock, CODE)
    assert clock.at - NOON == timedelta(seconds=600)
    assert http.asked == 120


@faces
def test_a_question_without_an_answer_is_asked_again(sign_in: SignIn) -> None:
    lost: list[Reply | NoReply] = [NoReply("reset", sent=True), Reply(503, {}, b"<html>"), NoReply("down", sent=False)]
    http = ScriptedHttp([*lost, PENDING, APPROVED])
    assert sign_in(http, HandClock(), CODE).access_token == "a1"


@faces
@pytest.mark.parametrize(("sent_", "error"), [(False, Unreachable), (True, UnknownOutcome)])
def test_if_nobody_ever_answers_the_error_says_so(sign_in: SignIn, sent_: bool, error: type[TraktError]) -> None:
    http, clock = ScriptedHttp([NoReply("down", sent=sent_)]), HandClock()
    with pytest.raises(error):
        sign_in(http, clock, CODE)
    assert clock.at - NOON >= timedelta(seconds=600)


@faces
def test_an_answer_lost_early_does_not_hide_that_the_code_ran_out(sign_in: SignIn) -> None:
    with pytest.raises(SignInExpired):
        sign_in(ScriptedHttp([NoReply("reset", sent=True), PENDING]), HandClock(), CODE)


@given(
    st.lists(st.sampled_from(["pending", "slow", "lost"]), max_size=12),
    st.sampled_from([200, 404, 409, 410, 418]),
    st.integers(0, 10),
)
def test_it_never_asks_faster_than_told_and_both_faces_agree(steps: list[str], end: int, interval_s: int) -> None:
    script: dict[str, Reply | NoReply] = {"pending": PENDING, "slow": SLOW, "lost": NoReply("reset", sent=True)}
    code = msgspec.structs.replace(CODE, interval_s=interval_s, expires_in_s=10_000)
    ended: list[tuple[str, list[float]]] = []
    for sign_in in (blocking, awaiting):
        last = APPROVED if end == 200 else Reply(end, {}, b"")
        http, clock = ScriptedHttp([*(script[step] for step in steps), last]), HandClock()
        try:
            how = sign_in(http, clock, code).access_token
        except TraktError as error:
            how = type(error).__name__
        ended.append((how, clock.slept))
        assert http.asked == len(steps) + 1
        expected, now_s = [], float(max(interval_s, 1))
        for step in [*steps, "end"]:
            expected.append(now_s)
            now_s += 5.0 if step == "slow" else 0.0
        assert clock.slept == expected
    assert ended[0] == ended[1]


def test_an_answer_shows_no_token() -> None:
    answer = DeviceAnswer("approved", Tokens("secret-token"))
    assert "secret-token" not in repr(answer)

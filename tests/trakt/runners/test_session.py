"""What the runners share: Trakt's time, the user behind a token, headers and addresses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trakt.ticking import SetClock
from watchprint.trakt.errors import NotConfigured, Throttled, TokenExpired, Unreachable
from watchprint.trakt.ports import Application
from watchprint.trakt.requests import get
from watchprint.trakt.runners import session as sessions
from watchprint.trakt.runners.held import LONG_PAUSE_S, PAUSE_S, Held
from watchprint.trakt.runners.session import Session, bearable
from watchprint.trakt.tokens import FixedToken, Tokens
from watchprint.trakt.wire import Request, Send

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
APP = Application("the-client-id", "the-client-secret", api_url="https://api.example", auth_url="https://auth.example")


def http_date(at: datetime) -> str:
    return at.strftime("%a, %d %b %Y %H:%M:%S GMT")


@given(st.integers(-(10**8), 10**8))
def test_our_clock_is_corrected_by_trakts(off_s: int) -> None:
    session = Session(APP, SetClock(NOW + timedelta(seconds=off_s)))
    session.learn({"date": http_date(NOW)})
    assert abs(session.now() - NOW) <= timedelta(seconds=2)
    session.learn({"date": http_date(NOW + timedelta(seconds=60))})
    assert abs(session.now() - NOW - timedelta(seconds=60)) <= timedelta(seconds=2)


@pytest.mark.parametrize(
    "text", ["", "soon", "Mon, 99 Jun 2026 12:00:00 GMT", "Mon, 01 Jun 2026 12:00:00 -0000", "2026"]
)
def test_a_date_that_is_none_teaches_nothing(text: str) -> None:
    session = Session(APP, SetClock(NOW))
    session.learn({"date": text})
    session.learn({})
    assert session.now() == NOW


def test_the_user_stays_the_same_through_all_renewals() -> None:
    session = Session(APP, SetClock(NOW))
    first = session.who(Tokens("a0"))
    other = session.who(Tokens("b0"))
    for number in range(50):
        session.same_user(f"a{number}", f"a{number + 1}")
        session.same_user(f"a{number}", f"a{number + 1}")
    assert session.who(Tokens("a50")) == session.who(Tokens("a1")) == first
    assert session.who(Tokens("b0")) == other != first
    session.same_user("a50", "a0")
    assert session.who(Tokens("a0")) == first
    assert len({session.who(None), first, other}) == 3
    assert "a0" not in first


def test_names_are_bounded() -> None:
    session = Session(APP, SetClock(NOW))
    for number in range(sessions.MOST_NAMES + 50):
        session.same_user(f"a{number}", f"a{number + 1}")
    assert len(session._names) == sessions.MOST_NAMES


def test_headers_and_addresses() -> None:
    session = Session(APP)
    request = Request("GET", "/search/movie", {"query": "a&b é", "page": "1"}, headers={"If-None-Match": "x"})
    assert session.url(request) == "https://api.example/search/movie?query=a%26b+%C3%A9&page=1"
    assert session.url(Request("POST", "/oauth/token", on_auth_host=True)) == "https://auth.example/oauth/token"
    headers = session.headers(Send(request, "token", "get"))
    assert headers["Authorization"] == "Bearer token"
    assert headers["Content-Type"] == "application/json"
    assert headers["If-None-Match"] == "x"
    assert "Authorization" not in session.headers(Send(request, None, "get"))
    assert "the-client-secret" not in str(headers)


plain = st.text("aZ09._-&= %é+", max_size=6)


@given(st.dictionaries(plain.filter(bool), plain, max_size=4))
def test_a_query_means_the_same_to_the_server(query: dict[str, str]) -> None:
    url = Session(APP).url(Request("GET", "/x", query))
    assert dict(parse_qsl(urlsplit(url).query, keep_blank_values=True)) == query
    assert url.isascii()
    assert " " not in url


def test_a_wait_that_nobody_minds() -> None:
    assert bearable(60.0, Request("GET", "/x")) == 60.0
    with pytest.raises(Throttled, match=r"again in 61 s \(GET /x\)") as caught:
        bearable(61.0, Request("GET", "/x"))
    assert caught.value.retry_after_s == 61.0


# --- tokens between calls

CALL = get(int, "/x")
PUBLIC = get(int, "/x", needs_user=False)


def test_which_calls_carry_a_token() -> None:
    source = FixedToken("token")
    assert Held(Session(APP), source).for_call(CALL) is source
    assert Held(Session(APP), None).for_call(PUBLIC) is None
    with pytest.raises(NotConfigured, match="needs a user"):
        Held(Session(APP), None).for_call(CALL)


def test_after_a_failed_renewal_there_is_a_pause() -> None:
    clock = SetClock(NOW)
    held = Held(Session(APP, clock), FixedToken("token"))
    old = Tokens("a", "r", NOW - timedelta(days=4), 604_800)
    for error, pause_s in ((Unreachable("x"), PAUSE_S), (TokenExpired("x"), LONG_PAUSE_S)):
        assert held.due(old)
        held.rest(error)
        clock.sleep(pause_s - 1)
        assert not held.due(old)
        clock.sleep(1)
    assert held.due(old)
    assert not held.due(Tokens("a", None, old.created_at, 604_800))
    assert not held.due(Tokens("a", "r", clock.now(), 604_800))

"""The clients themselves: settings checked once, one client for many users, nothing shared that should not be."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.trakt.servers import Server, told
from tests.trakt.ticking import SetClock
from watchprint.trakt.clients import AUTH_URL, AsyncTrakt, Trakt, auth_url_for
from watchprint.trakt.clock import SystemClock
from watchprint.trakt.conversation.grants import DeviceCode
from watchprint.trakt.errors import Invalid, NotConfigured
from watchprint.trakt.pacing import InProcess

EMPTY: dict[str, Any] = {"all": "2026-01-01T00:00:00.000Z"}


@pytest.mark.parametrize("client_id", ["", "  ", None, 5, "clé", "a\nb"])
def test_a_client_needs_an_id(client_id: Any) -> None:
    for make in (Trakt, AsyncTrakt):
        with pytest.raises(NotConfigured, match="TRAKT_CLIENT_ID"):
            make(client_id)


@pytest.mark.parametrize(
    "url",
    ["", "trakt.tv", "ftp://trakt.tv", "http://", "http://[::1", "http://host:99999", "http://host:x", "http://a b/",
     "http://hôst/", "http://host/\n", "http://user:secret@host", "http://host?x=1", "http://host#x", None, 5],
)  # fmt: skip
def test_an_address_that_is_none_is_named_and_not_repeated(url: Any) -> None:
    for name in ("api_url", "auth_url"):
        if not (name == "auth_url" and not url):
            with pytest.raises(NotConfigured) as caught:
                Trakt("the-client-id", **{name: url})
            assert "web address" in str(caught.value)
            assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("api_url", "auth_url"),
    [
        ("https://api.trakt.tv", AUTH_URL),
        ("http://127.0.0.1:8177", "http://127.0.0.1:8177"),
        ("https://sandbox.example/trakt", "https://sandbox.example"),
    ],
)
def test_where_the_sign_in_is(api_url: str, auth_url: str) -> None:
    assert auth_url_for(api_url) == auth_url
    trakt = Trakt("the-client-id", api_url=api_url + "/")
    assert (trakt.runner.app.api_url, trakt.runner.app.auth_url) == (api_url, auth_url)
    trakt.close()


@pytest.mark.parametrize("abreast", [0, -1, 17])
def test_how_many_pages_at_a_time_has_bounds(abreast: int) -> None:
    with pytest.raises(Invalid, match="abreast"):
        Trakt("the-client-id", abreast=abreast)


@pytest.mark.parametrize("timeout_s", [0, -1.0, float("nan"), float("inf"), None, "20", True])
def test_a_timeout_is_a_time(timeout_s: Any) -> None:
    with pytest.raises(NotConfigured, match="timeout_s"):
        Trakt("the-client-id", timeout_s=timeout_s)


def test_without_a_user_what_needs_one_is_refused_unsent() -> None:
    with Server(lambda asked: told(200, EMPTY)) as server, Trakt("the-client-id", api_url=server.url) as trakt:
        with pytest.raises(NotConfigured, match="needs a user"):
            trakt.sync.last_activities()
        assert server.asked == []


def test_one_client_serves_many_users_each_with_their_own_token_and_budget() -> None:
    clock = SetClock(SystemClock().now())
    pacing = InProcess(get_limit=2, clock=lambda: clock.now().timestamp())
    with (
        Server(lambda asked: told(200, EMPTY)) as server,
        Trakt("the-client-id", api_url=server.url, pacing=pacing, clock=clock) as trakt,
    ):
        for token in ("first", "second", "first", "second"):
            trakt.as_user(token).sync.last_activities()
        assert [asked.token for asked in server.asked] == ["first", "second", "first", "second"]
        assert clock.slept_s == []
        assert all(asked.headers["trakt-api-key"] == "the-client-id" for asked in server.asked)
        assert all(asked.headers["trakt-api-version"] == "2" for asked in server.asked)


@pytest.mark.parametrize("driver", ["httpx2", "pyreqwest"])
def test_both_clients_with_both_drivers(driver: Any) -> None:
    async def ask(url: str) -> None:
        async with AsyncTrakt("the-client-id", tokens="token", api_url=url, driver=driver) as trakt:
            assert (await trakt.sync.last_activities()).all is not None
            assert (await trakt.as_user("other").sync.last_activities()).all is not None

    with Server(lambda asked: told(200, EMPTY)) as server:
        asyncio.run(ask(server.url))
        with Trakt("the-client-id", tokens="token", api_url=server.url, driver=driver) as trakt:
            assert trakt.sync.last_activities().all is not None
        assert [asked.token for asked in server.asked] == ["token", "other", "token"]


@pytest.mark.parametrize("token", ["", "  ", "two words", "a\nb", 5])
def test_a_token_that_is_none_is_refused_before_anything_is_sent(token: Any) -> None:
    with pytest.raises(Invalid):
        Trakt("the-client-id", tokens=token)
    with Trakt("the-client-id") as trakt, pytest.raises(Invalid):
        trakt.as_user(token)


def test_a_device_sign_in_without_the_secret_waits_for_nothing() -> None:
    clock = SetClock(SystemClock().now())
    trakt = Trakt("the-client-id", api_url="http://127.0.0.1:1", clock=clock)
    with trakt, pytest.raises(NotConfigured, match="TRAKT_CLIENT_SECRET"):
        trakt.oauth.sign_in_by_device(DeviceCode("d" * 64, "5055CC52", "http://127.0.0.1:1/activate", 600, 5))
    assert clock.slept_s == []

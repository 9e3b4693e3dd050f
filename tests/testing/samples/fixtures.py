"""Somebody's tests with `trakt` and `trakt_user`; every one of them passes."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from watchprint import AccountLocked, AsyncTraktService, Movie, SignInDenied, Throttled, TraktService
from watchprint.testing import SandboxRefused, TestTrakt, TestUser
from watchprint.trakt import pkce

HEAT = Movie(tmdb=949)


def test_the_environment_points_at_it(trakt: TestTrakt, trakt_user: TestUser) -> None:
    assert {name: os.environ[name] for name in trakt.env} == trakt.env
    assert trakt.env["TRAKT_API_URL"] == trakt.base_url == trakt.auth_url
    assert TraktService.from_env().get_user_stats(trakt_user.access_token).movies.plays == 0


def test_a_user_is_new_and_has_nothing(trakt: TestTrakt, trakt_user: TestUser) -> None:
    state = trakt.state(trakt_user)
    assert state["slug"] == trakt_user.slug
    assert (state["history"], state["vip"], state["zone"]) == ([], False, "UTC")
    assert trakt.plays(trakt_user) == trakt.plays(trakt_user.slug) == []


@pytest.mark.trakt_user(vip=True, zone="Europe/Paris", plays=100, limits={"lists": 1}, name="Ann")
def test_the_marker_gives_traits(trakt: TestTrakt, trakt_user: TestUser) -> None:
    state = trakt.state(trakt_user)
    assert (state["vip"], state["zone"], state["name"]) == (True, "Europe/Paris", "Ann")
    assert state["limits"]["lists"] == 1
    plays = trakt.plays(trakt_user)
    assert len(plays) == 100
    assert [p["watched_at"] for p in plays] == sorted((p["watched_at"] for p in plays), reverse=True)


@pytest.mark.trakt_user(plays=2)
class TestMarkedClass:
    def test_the_class_counts(self, trakt: TestTrakt, trakt_user: TestUser) -> None:
        assert len(trakt.plays(trakt_user)) == 2

    @pytest.mark.trakt_user(plays=3)
    def test_the_nearest_marker_counts(self, trakt: TestTrakt, trakt_user: TestUser) -> None:
        assert len(trakt.plays(trakt_user)) == 3


def test_more_users_and_other_traits(trakt: TestTrakt, trakt_user: TestUser) -> None:
    ann = trakt.user("ann", plays=5, seed=7)
    assert (len(trakt.plays(ann)), trakt.plays(trakt_user)) == (5, [])
    trakt.change(ann, vip=True, zone="Asia/Tokyo")
    assert (trakt.state("ann")["vip"], trakt.state("ann")["zone"]) == (True, "Asia/Tokyo")
    with pytest.raises(SandboxRefused, match="already"):
        trakt.user("ann")
    with pytest.raises(SandboxRefused, match="no user 'bob'"):
        trakt.plays("bob")


def test_time_passes_when_it_is_told_to(trakt: TestTrakt, trakt_user: TestUser) -> None:
    me = TraktService.from_env().as_user(trakt_user.access_token)
    me.checkin_movie(HEAT)
    began_at = trakt.now
    assert abs(began_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert trakt.plays(trakt_user) == []
    later_at = trakt.advance(4 * 3600)
    assert timedelta(hours=4) <= later_at - began_at < timedelta(hours=4, minutes=1)
    assert [play["action"] for play in trakt.plays(trakt_user)] == ["checkin"]


@pytest.mark.parametrize("passed", [{"seconds": 7200}, {"seconds": timedelta(hours=2)}, {"hours": 1, "minutes": 60}])
def test_time_is_told_in_any_unit(trakt: TestTrakt, passed: dict[str, Any]) -> None:
    began_at = trakt.now
    assert timedelta(hours=2) <= trakt.advance(**passed) - began_at < timedelta(hours=2, minutes=1)


def test_a_fault_may_be_named_by_its_status(trakt: TestTrakt, trakt_user: TestUser) -> None:
    trakt.fault(423, path="/users/me/stats")
    with pytest.raises(AccountLocked):
        TraktService.from_env().get_user_stats(trakt_user.access_token)


def test_faults_hit_what_they_are_meant_for(trakt: TestTrakt, trakt_user: TestUser) -> None:
    service = TraktService.from_env()
    other = trakt.user("other")
    trakt.fault("429", method="GET", path="/users/*", user=trakt_user, times=None, retry_after_s=600)
    assert service.get_user_stats(other.access_token).movies.plays == 0
    with pytest.raises(Throttled) as slow:
        service.get_user_stats(trakt_user.access_token)
    assert slow.value.retry_after_s == 600
    assert [row["status"] for row in trakt.requests] == [200, 429]
    trakt.clear_faults()
    assert service.get_user_stats(trakt.user("third").access_token).movies.plays == 0


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"kind": "stored504"}, "There is no fault 'stored504'; the kinds are 401, .*stored_504, "),
        ({"kind": "slow", "delay": 1}, "unknown field `delay`"),
        ({"kind": "503", "times": 0}, "times and every start at 1"),
    ],
)
def test_a_fault_that_is_none_is_refused(trakt: TestTrakt, fault: dict[str, Any], sentence: str) -> None:
    with pytest.raises(SandboxRefused, match=sentence):
        trakt.fault(**fault)


def test_requests_are_told_without_tokens(trakt: TestTrakt, trakt_user: TestUser) -> None:
    service = TraktService.from_env()
    service.scrobble_start(trakt_user.access_token, HEAT, progress=0)
    assert service.get_history(trakt_user.access_token, limit=5).all() == []
    start, history = trakt.requests
    assert (start["method"], start["path"], start["status"]) == ("POST", "/scrobble/start", 201)
    assert start["body"]["movie"]["ids"] == {"tmdb": 949}
    assert (history["path"], history["query"]["limit"]) == ("/sync/history", "5")
    assert history["headers"]["trakt-api-key"] == trakt.client_id
    assert trakt_user.access_token not in repr(trakt.requests)


def test_an_async_app(trakt: TestTrakt, trakt_user: TestUser) -> None:
    async def app() -> int | None:
        async with AsyncTraktService.from_env() as service:
            stopped = await service.scrobble_stop(trakt_user.access_token, HEAT, progress=95)
            return stopped.play_id

    play_id = asyncio.run(app())
    assert [play["id"] for play in trakt.plays(trakt_user)] == [play_id]


def test_a_sign_in_in_the_browser(trakt: TestTrakt, trakt_user: TestUser) -> None:
    home = "https://app.example/back"
    trakt.allow_redirect(home)
    service = TraktService.from_env(trakt.env | {"TRAKT_REDIRECT_URI": home})
    proof = pkce()
    url = service.trakt.oauth.authorize_url(state="s1", code_challenge=proof.challenge)
    back = trakt.approve(user=trakt_user, authorize_url=url)
    assert back is not None
    assert back.startswith(f"{home}?code=")
    code = back.partition("code=")[2].partition("&")[0]
    tokens = service.trakt.oauth.exchange_code(code, code_verifier=proof.verifier)
    assert service.get_user_stats(tokens.access_token).movies.plays == 0
    denied = trakt.approve(user=trakt_user, authorize_url=url, deny=True)
    assert denied is not None
    assert "error=access_denied" in denied


def test_a_sign_in_on_a_device(trakt: TestTrakt, trakt_user: TestUser) -> None:
    oauth = TraktService.from_env().trakt.oauth
    code = oauth.device_code()
    assert trakt.approve(user=trakt_user, user_code=code.user_code, deny=True) is None
    with pytest.raises(SignInDenied):
        oauth.sign_in_by_device(code)


def test_switches_last_for_a_test(trakt: TestTrakt, trakt_user: TestUser) -> None:
    trakt.switch(expires_in=60)
    tokens = trakt.user("brief", expires_in=60)
    trakt.advance(61)
    service = TraktService.from_env()
    assert service.get_user_stats(trakt_user.access_token).movies.plays == 0
    with pytest.raises(Exception, match="sign in again"):
        service.get_user_stats(tokens.access_token)

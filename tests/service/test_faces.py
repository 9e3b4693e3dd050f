"""The two faces: made from the environment, closed, told apart by user, paced, renewed; what help shows."""

from __future__ import annotations

import asyncio
import inspect
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.sandbox.desk import Desk, Person
from tests.service.cases import AT, heat, second
from tests.service.faces import Async, Blocking, Face, NoWaiting, unpaced
from watchprint import (
    AsyncTraktService,
    Invalid,
    MemoryTokens,
    Movie,
    NotConfigured,
    Seen,
    TokenExpired,
    Tokens,
    TraktService,
    UserService,
)
from watchprint.trakt.pacing import InProcess


def env_of(desk: Desk) -> dict[str, str]:
    return {"TRAKT_CLIENT_ID": desk.client_id, "TRAKT_API_URL": desk.server.base_url}


def methods() -> list[str]:
    return [name for name in dir(UserService) if not name.startswith("_") and name != "runner"]


# --- made and closed


def test_three_variables_are_enough(desk: Desk, ann: Person) -> None:
    with TraktService.from_env(env_of(desk)) as service:
        assert service.get_user_stats(ann.access).movies.plays == 0
    assert service.trakt.runner.app.auth_url == desk.server.base_url

    async def asked() -> Any:
        async with AsyncTraktService.from_env(env_of(desk)) as other:
            return (await other.get_user_stats(ann.access)).movies.plays

    assert asyncio.run(asked()) == 0


@pytest.mark.parametrize("made", [TraktService, AsyncTraktService])
@pytest.mark.parametrize("env", [{}, {"TRAKT_CLIENT_ID": "  "}])
def test_a_missing_client_id_is_named(made: Any, env: dict[str, str]) -> None:
    with pytest.raises(NotConfigured, match="TRAKT_CLIENT_ID is not set"):
        made.from_env(env)


def test_an_address_that_is_none_is_named() -> None:
    with pytest.raises(NotConfigured, match="TRAKT_API_URL is not a web address"):
        TraktService.from_env({"TRAKT_CLIENT_ID": "x", "TRAKT_API_URL": "trakt"})


def test_the_secret_is_named_where_a_refresh_needs_it_only(desk: Desk, ann: Person) -> None:
    with TraktService.from_env(env_of(desk)) as service:
        assert service.get_user_watching(ann.access) is None
        assert service.trakt.runner.app.client_secret is None


# --- users


@pytest.mark.parametrize("token", ["", "   ", "\n", None, 5, b"abc", "two words", "umläut"])
def test_a_token_that_is_none_is_told_before_any_request(face: Face, desk: Desk, token: Any) -> None:
    for method in methods():
        with pytest.raises(Invalid, match="token"):
            getattr(face_service(face), method)(token)
    with pytest.raises(Invalid, match="token"):
        face_service(face).as_user(token)
    assert desk.requests() == []


def test_a_source_whose_token_is_blank_is_told_too(face: Face, desk: Desk) -> None:
    for blank in ("", "  "):
        with pytest.raises((Invalid, NotConfigured), match="token"):
            face.call("get_user_stats", MemoryTokens(Tokens(blank)))
    assert desk.requests() == []


def face_service(face: Face) -> Any:
    assert isinstance(face, Blocking | Async)
    return face.service


def test_one_service_serves_many_users_at_once(desk: Desk) -> None:
    people = [desk.user(f"user{n}") for n in range(6)]
    with TraktService(desk.client_id, api_url=desk.server.base_url, pacing=unpaced()) as service:

        def watch(person: Person) -> None:
            service.as_user(person.access).add_to_history(Movie(tmdb=949), at=AT)

        threads = [threading.Thread(target=watch, args=(person,)) for person in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [len(desk.obey("GET", f"users/{person.slug}")["history"]) for person in people] == [1] * 6


def test_as_user_has_the_same_methods_without_the_token(service: Blocking, desk: Desk, ann: Person) -> None:
    user = service.service.as_user(ann.access)
    assert user.add_to_history(heat, at=AT).added == 1
    assert [play.item for play in user.get_history()] == [play.item for play in service.service.get_history(ann.access)]
    assert user.get_history(limit=1).first() is not None


def test_a_source_is_renewed_and_a_string_is_not(face: Face, desk: Desk, ann: Person) -> None:
    desk.fault("expired_token", "/users/me/stats")
    source = MemoryTokens(Tokens(ann.access, ann.refresh))
    assert face.call("get_user_stats", source).movies.plays == 0
    assert source.current().access_token != ann.access
    with pytest.raises(TokenExpired):
        face.call("get_user_stats", ann.access)


# --- help


@pytest.mark.parametrize("made", [TraktService, AsyncTraktService])
def test_help_shows_the_token_first_and_the_words(made: Any) -> None:
    service = made("client-id", driver=Silent())
    for name in methods():
        method = getattr(service, name)
        shown = list(inspect.signature(method).parameters)
        assert shown[0] == "token"
        assert shown[1:] == list(inspect.signature(getattr(UserService, name).build).parameters)[1:]
        assert method.__name__ == name
        assert "Source:" in method.__doc__
    assert str(inspect.signature(service.get_history)).endswith("-> 'Pages[Play]'")
    assert "Flow" not in str(inspect.signature(service.add_to_history))


class Silent:
    """An HTTP library that is never used."""

    def send(self, *_: object) -> Any:
        raise AssertionError("nothing is sent here")

    def close(self) -> None:
        return

    async def aclose(self) -> None:
        return


# --- pacing


def test_parts_of_a_batch_keep_their_distance(desk: Desk, ann: Person) -> None:
    known = desk.server.run(lambda s: [m.tmdb for m in s.world.catalogue.movies.values() if m.tmdb])
    seen = [Seen(Movie(tmdb=tmdb), AT + timedelta(minutes=n)) for n, tmdb in enumerate(known[:201])]
    face = Blocking(desk, pacing=InProcess(clock=lambda: 0.0))
    assert face.call("add_to_history", ann.access, seen).added == 201
    face.close()
    assert [round(wait, 1) for wait in face.clock.waits_s] == [1.1, 2.2]


def test_two_writes_are_not_refused_by_real_limits(desk: Desk, ann: Person) -> None:
    """Real time on both sides: the second write waits its turn and meets no 429."""
    desk.obey("POST", "clock", {"frozen": False})
    desk.obey("POST", "settings", {"rate_limits": True})
    with TraktService(desk.client_id, api_url=desk.server.base_url, pacing=InProcess()) as service:
        before = datetime.now(UTC)
        service.add_to_watchlist(ann.access, [heat])
        service.add_to_watchlist(ann.access, [second])
        assert datetime.now(UTC) - before >= timedelta(seconds=1)
    assert {row["status"] for row in desk.requests()} == {201}


def test_waits_are_the_clocks(desk: Desk, ann: Person) -> None:
    desk.fault("429", "/users/me/stats", retry_after_s=20)
    face = Blocking(desk)
    assert face.call("get_user_stats", ann.access).movies.plays == 0
    face.close()
    assert isinstance(face.clock, NoWaiting)
    assert sum(face.clock.waits_s) >= 20

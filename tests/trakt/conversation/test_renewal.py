"""Refresh tokens are spent once each, whoever asks, however many ask, and whatever goes wrong meanwhile."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.trakt.processes import doing, go, said
from tests.trakt.servers import NOTHING, RESET, Asked, Server, SignIn, Told, refused_url, told
from tests.trakt.ticking import SetClock
from watchprint.trakt import errors
from watchprint.trakt.conversation.renewal import renew
from watchprint.trakt.drivers.with_httpx2 import AwaitingHttpx2, BlockingHttpx2
from watchprint.trakt.errors import TraktError
from watchprint.trakt.pacing import InProcess
from watchprint.trakt.ports import Application
from watchprint.trakt.requests import get
from watchprint.trakt.runners.awaiting import AwaitingRunner
from watchprint.trakt.runners.blocking import BlockingRunner
from watchprint.trakt.runners.session import Session
from watchprint.trakt.tokens import FileTokens, MemoryTokens, Tokens, TokenSource

WHO = get(dict[str, str], "/who")
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
FIRST = Tokens("a0", "r0")


def session(url: str, clock: SetClock | None = None, *, auth_url: str | None = None) -> Session:
    app = Application("the-client-id", "the-client-secret", api_url=url, auth_url=auth_url or url)
    return Session(app, clock or SetClock(NOW), InProcess(get_limit=10**9))


def blocking(
    url: str, source: TokenSource, clock: SetClock | None = None, *, auth_url: str | None = None
) -> BlockingRunner:
    return BlockingRunner(session(url, clock, auth_url=auth_url), BlockingHttpx2(2.0), source)


# --- together


@pytest.fixture(params=["file", "memory"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> TokenSource:
    if request.param == "memory":
        return MemoryTokens(FIRST)
    kept = FileTokens(tmp_path / "tokens.json")
    kept.keep(FIRST)
    return kept


def spent_once(sign_in: SignIn) -> None:
    assert sign_in.spent == [f"r{n}" for n in range(sign_in.number)]
    assert sign_in.repeated == []


def test_processes_spend_each_refresh_token_once(tmp_path: Path) -> None:
    path, sign_in = tmp_path / "tokens.json", SignIn(wait_s=0.001)
    FileTokens(path).keep(FIRST)
    with Server(sign_in) as server, doing("refresh", path, server.url, 25, how_many=8) as running:
        go(running)
    spent_once(sign_in)
    assert sign_in.number >= 25
    assert FileTokens(path).current().access_token == f"a{sign_in.number}"


def test_threads_that_are_refused_together_renew_once(source: TokenSource) -> None:
    sign_in, got = SignIn(wait_s=0.05), list[str]()
    sign_in.number = 1
    with source.lock():
        source.renewed(source.current(), Tokens("a0", "r1"))
    with Server(sign_in) as server:
        runner = blocking(server.url, source)
        threads = [threading.Thread(target=lambda: got.append(runner.run(WHO)["token"])) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        runner.close()
    assert got == ["a2"] * 12
    assert sign_in.spent == ["r1"]
    assert sign_in.repeated == []
    assert source.current().access_token == "a2"


def test_tasks_that_are_refused_together_renew_once(source: TokenSource) -> None:
    sign_in = SignIn(wait_s=0.05)
    sign_in.number = 1
    with source.lock():
        source.renewed(source.current(), Tokens("a0", "r1"))

    async def all_of_them(url: str) -> list[str]:
        runner = AwaitingRunner(session(url), AwaitingHttpx2(2.0), source)
        answers = await asyncio.gather(*(runner.run(WHO) for _ in range(30)))
        await runner.aclose()
        return [answer["token"] for answer in answers]

    with Server(sign_in) as server:
        assert asyncio.run(all_of_them(server.url)) == ["a2"] * 30
    assert sign_in.spent == ["r1"]


def test_a_renewal_is_kept_before_it_is_used(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    source, sign_in, seen = FileTokens(path), SignIn(), list[str]()
    source.keep(Tokens("stale", "r0"))

    def answer(asked: Asked) -> Told:
        if asked.path == "/who" and asked.token == "a1":
            seen.append(FileTokens(path).current().access_token)
        return sign_in(asked)

    with Server(answer) as server:
        runner = blocking(server.url, source)
        assert runner.run(WHO) == {"token": "a1"}
        runner.close()
    assert seen == ["a1"]


def test_what_somebody_else_renewed_is_taken(source: TokenSource) -> None:
    """Compare and swap: the refused token is not the one that is kept any more."""

    def never(refresh_token: str) -> Tokens:
        raise AssertionError(refresh_token)

    assert renew(source, "another token", never) == FIRST


def test_after_a_refused_refresh_the_source_is_read_again() -> None:
    """A host whose lock does not lock: somebody else was first, and the pair is there."""
    host = MemoryTokens(FIRST)

    def too_late(refresh_token: str) -> Tokens:
        host.renewed(FIRST, Tokens("a1", "r1"))
        raise errors.Invalid(f"HTTP 400 for a token of {len(refresh_token)} characters")

    assert renew(host, "a0", too_late) == Tokens("a1", "r1")


# --- what goes wrong

Said = Callable[[Asked], Told]
FATES: dict[str, tuple[Told, type[TraktError], str | None]] = {
    "used before": (told(400, {"error": "invalid_grant"}), errors.TokenExpired, "r0"),
    "used before, in the old words": (told(401, {"error": "invalid_grant"}), errors.TokenExpired, "r0"),
    "refused without a word": (told(400), errors.TokenExpired, "r0"),
    "a wrong secret": (told(401, {"error": "invalid_client"}), errors.AppRefused, "r0"),
    "a wrong secret, 400": (told(400, {"error": "invalid_client"}), errors.AppRefused, "r0"),
    "refused application": (told(403), errors.AppRefused, "r0"),
    "too fast": (told(429, retry_after="300"), errors.Throttled, "r0"),
    "a hotel's page": (told(302, b"", location="http://hotel.example"), errors.Unreadable, "r0"),
    "closed without an answer": (NOTHING, errors.TokenExpired, None),
    "reset": (RESET, errors.TokenExpired, None),
    "cut": (told(200, b'{"access_token":"a1"', says_bytes=99, end="close"), errors.TokenExpired, None),
    "no pair": (told(200, b"<html>welcome</html>"), errors.TokenExpired, None),
    "an empty pair": (told(200, {"access_token": ""}), errors.TokenExpired, None),
    "broken": (told(502, b"<html>bad gateway</html>"), errors.TokenExpired, None),
    "nothing listens": (NOTHING, errors.Unreachable, "r0"),
}


@pytest.mark.parametrize("fate", FATES)
def test_a_lost_answer_is_never_repeated_and_a_refusal_loses_nothing(source: TokenSource, fate: str) -> None:
    answer, kind, left = FATES[fate]
    auth_url = refused_url() if fate == "nothing listens" else None
    with Server(lambda asked: answer if asked.path == "/oauth/token" else told(401)) as server:
        runner = blocking(server.url, source, auth_url=auth_url)
        with pytest.raises(kind) as caught:
            runner.run(WHO)
        assert type(caught.value) is kind
        assert source.current() == Tokens("a0", left)
        asked_once = [asked.path for asked in server.asked].count("/oauth/token")
        assert asked_once == (0 if fate == "nothing listens" else 1)
        if left is None:
            with pytest.raises(errors.TokenExpired, match="sign in again"):
                runner.run(WHO)
            assert [asked.path for asked in server.asked].count("/oauth/token") == 1
        runner.close()


def test_a_lost_refresh_is_not_repeated_by_another_process(tmp_path: Path) -> None:
    path, times = tmp_path / "tokens.json", list[str]()
    FileTokens(path).keep(FIRST)

    def lose(asked: Asked) -> Told:
        times.append(asked.path)
        return NOTHING

    with Server(lose) as server:
        text = said("full", path, server.url, 1_000_000)
        assert text.startswith("TokenExpired no answer to the renewal")
        again = said("full", path, server.url, 1_000_000)
        assert again.startswith("TokenExpired")
    assert times == ["/oauth/token"]


def test_interrupted_while_it_waits_for_the_answer_is_lost_too() -> None:
    source = MemoryTokens(FIRST)

    def interrupted(refresh_token: str) -> Tokens:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        renew(source, "a0", interrupted)
    assert source.current() == Tokens("a0", None)


def test_a_source_that_cannot_keep_says_so_before_anything_is_sent() -> None:
    class Full(MemoryTokens):
        @contextmanager
        def lock(self) -> Generator[None]:
            raise errors.NotConfigured("no room")
            yield

    with Server(SignIn()) as server:
        runner = blocking(server.url, Full(Tokens("stale", "r0")))
        with pytest.raises(errors.NotConfigured, match="no room"):
            runner.run(WHO)
        assert [asked.path for asked in server.asked] == ["/who"]
        runner.close()


def test_an_answer_without_its_own_date_is_taken_with_the_servers() -> None:
    def answer(asked: Asked) -> Told:
        if asked.path == "/oauth/token":
            pair = {"access_token": "a1", "refresh_token": "r1", "expires_in": 604_800}
            return told(200, pair, date="Mon, 01 Jun 2026 12:00:00 GMT")
        return told(200, {"token": asked.token}) if asked.token == "a1" else told(401)

    source = MemoryTokens(FIRST)
    with Server(answer) as server:
        runner = blocking(server.url, source)
        assert runner.run(WHO) == {"token": "a1"}
        runner.close()
    assert source.current() == Tokens("a1", "r1", NOW, 604_800)


# --- before its time

WEEK_S = 604_800


def aged(days: float) -> Tokens:
    return Tokens("a0", "r0", NOW - timedelta(days=days), WEEK_S)


@pytest.mark.parametrize(("days", "renewed"), [(0, False), (3.4, False), (3.6, True), (6.9, True)])
def test_at_half_of_its_life_a_token_is_renewed_before_it_is_refused(days: float, renewed: bool) -> None:
    sign_in = SignIn()
    with Server(sign_in) as server:
        runner = blocking(server.url, MemoryTokens(aged(days)))
        assert runner.run(WHO) == {"token": "a1" if renewed else "a0"}
        assert [asked.path for asked in server.asked] == [*(["/oauth/token"] if renewed else []), "/who"]
        runner.close()


@pytest.mark.parametrize("face", ["blocking", "awaiting"])
@pytest.mark.parametrize("answer", [told(503), told(429, retry_after="5"), NOTHING], ids=["broken", "fast", "lost"])
def test_while_it_cannot_be_renewed_the_old_token_serves(face: str, answer: Told) -> None:
    clock, source = SetClock(NOW), MemoryTokens(aged(4))

    def say(asked: Asked) -> Told:
        return answer if asked.path == "/oauth/token" else told(200, {"token": asked.token})

    async def three_times(url: str) -> list[str]:
        runner = AwaitingRunner(session(url, clock), AwaitingHttpx2(2.0), source)
        got = []
        for pause_s in (0, 59, 2):
            clock.at += timedelta(seconds=pause_s)
            got.append((await runner.run(WHO))["token"])
        await runner.aclose()
        return got

    def three_times_blocking(url: str) -> list[str]:
        runner, got = blocking(url, source, clock), []
        for pause_s in (0, 59, 2):
            clock.at += timedelta(seconds=pause_s)
            got.append(runner.run(WHO)["token"])
        runner.close()
        return got

    with Server(say) as server:
        got = asyncio.run(three_times(server.url)) if face == "awaiting" else three_times_blocking(server.url)
        refreshed = [asked.path for asked in server.asked].count("/oauth/token")
    assert got == ["a0"] * 3
    lost = source.current().refresh_token is None
    assert lost == (answer.raw != told(429, retry_after="5").raw)
    assert refreshed == (1 if lost else 2), "once more after a minute, unless the refresh token is lost"


def test_a_refused_early_renewal_is_not_tried_again_for_an_hour() -> None:
    clock = SetClock(NOW)

    def say(asked: Asked) -> Told:
        return told(400, {"error": "invalid_grant"}) if asked.path == "/oauth/token" else told(200, {"token": "a0"})

    with Server(say) as server:
        runner = blocking(server.url, MemoryTokens(aged(4)), clock)
        for minutes in (0, 5, 54, 2):
            clock.at += timedelta(minutes=minutes)
            runner.run(WHO)
        assert [asked.path for asked in server.asked].count("/oauth/token") == 2
        runner.close()


@pytest.mark.parametrize("off_days", [-1, 1, 365])
def test_a_clock_that_is_wrong_is_corrected_by_trakts(off_days: int) -> None:
    """Fresh tokens are not renewed again and again because our clock runs ahead."""
    clock = SetClock(NOW + timedelta(days=off_days))
    true_date = NOW.strftime("%a, %d %b %Y %H:%M:%S GMT")
    issued_at = int(NOW.timestamp())
    number = 0

    def say(asked: Asked) -> Told:
        nonlocal number
        if asked.path != "/oauth/token":
            return told(200, {"token": asked.token}, date=true_date)
        number += 1
        pair = {
            "access_token": f"a{number}",
            "refresh_token": f"r{number}",
            "expires_in": 86_400,
            "created_at": issued_at,
        }
        return told(200, pair, date=true_date)

    with Server(say) as server:
        runner = blocking(server.url, MemoryTokens(Tokens("a0", "r0", NOW, 86_400)), clock)
        for _ in range(5):
            runner.run(WHO)
        assert number == (1 if off_days > 0 else 0), "once at most, before the first answer told the time"
        assert abs(runner.now() - NOW) < timedelta(seconds=2)
        runner.close()


def test_a_cancelled_call_does_not_lose_the_pair(source: TokenSource) -> None:
    sign_in = SignIn(wait_s=0.3)
    sign_in.number = 1
    with source.lock():
        source.renewed(source.current(), Tokens("a0", "r1"))

    async def cancelled(url: str) -> str:
        runner = AwaitingRunner(session(url), AwaitingHttpx2(2.0), source)
        calling = asyncio.ensure_future(runner.run(WHO))
        await asyncio.sleep(0.15)
        calling.cancel()
        with pytest.raises(asyncio.CancelledError):
            await calling
        answer = await runner.run(WHO)
        await runner.aclose()
        return answer["token"]

    with Server(sign_in) as server:
        assert asyncio.run(cancelled(server.url)) == "a2"
    assert sign_in.spent == ["r1"]
    assert sign_in.repeated == []


def test_one_cancelled_call_does_not_take_the_renewal_from_the_others(source: TokenSource) -> None:
    sign_in = SignIn(wait_s=0.3)
    sign_in.number = 1
    with source.lock():
        source.renewed(source.current(), Tokens("a0", "r1"))

    async def one_of_two(url: str) -> str:
        runner = AwaitingRunner(session(url), AwaitingHttpx2(2.0), source)
        impatient, patient = (asyncio.ensure_future(runner.run(WHO)) for _ in range(2))
        await asyncio.sleep(0.15)
        impatient.cancel()
        answer = await patient
        assert impatient.cancelled()
        await runner.aclose()
        return answer["token"]

    with Server(sign_in) as server:
        assert asyncio.run(one_of_two(server.url)) == "a2"
    assert sign_in.spent == ["r1"]


def test_the_end_of_the_loop_does_not_lose_the_pair(source: TokenSource) -> None:
    sign_in = SignIn(wait_s=0.3)
    sign_in.number = 1
    with source.lock():
        source.renewed(source.current(), Tokens("a0", "r1"))

    async def left_alone(url: str) -> None:
        runner = AwaitingRunner(session(url), AwaitingHttpx2(2.0), source)
        calling = asyncio.ensure_future(runner.run(WHO))
        await asyncio.sleep(0.15)
        calling.cancel()
        await runner.aclose()

    with Server(sign_in) as server:
        asyncio.run(left_alone(server.url))
    assert sign_in.spent == ["r1"]
    assert source.current().refresh_token == "r2"

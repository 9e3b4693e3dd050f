"""Conversations carried out over a real server: waits, budgets, tokens; the same on both faces."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.trakt.servers import NOTHING, Asked, Server, SignIn, Told, refused_url, told
from tests.trakt.ticking import SetClock
from watchprint.trakt import errors
from watchprint.trakt.drivers.with_httpx2 import AwaitingHttpx2, BlockingHttpx2
from watchprint.trakt.pacing import WRITE_GAP_S, InProcess, Pacing
from watchprint.trakt.ports import Application
from watchprint.trakt.requests import get, post
from watchprint.trakt.runners.awaiting import AwaitingRunner
from watchprint.trakt.runners.blocking import BlockingRunner
from watchprint.trakt.runners.session import Session
from watchprint.trakt.tokens import FixedToken, MemoryTokens, Tokens, TokenSource
from watchprint.trakt.wire import Call

READ = get(dict[str, Any], "/sync/last_activities")
WRITE = post(dict[str, Any], "/sync/history", {"movies": []}, repeatable=False)
PUBLIC = get(dict[str, Any], "/genres/movies", needs_user=False)
OK = told(200, {})


class Client:
    """One runner of either face, over a clock that the test sets."""

    def __init__(self, face: str) -> None:
        self.face = face
        self.clock = SetClock(datetime(2026, 1, 1, tzinfo=UTC))

    def run(
        self, url: str, *calls: Call[Any], source: TokenSource | None = None, pacing: Pacing | None = None
    ) -> list[Any]:
        """The answers to these calls, one after the other."""
        pacing = pacing or InProcess(clock=lambda: self.clock.now().timestamp())
        session = Session(Application("the-client-id", api_url=url, auth_url=url), self.clock, pacing, draw=lambda: 1.0)
        source = source or FixedToken("token")
        if self.face == "blocking":
            runner = BlockingRunner(session, BlockingHttpx2(2.0), source)
            try:
                return [runner.run(call) for call in calls]
            finally:
                runner.close()
        return asyncio.run(self._awaited(session, source, calls))

    async def _awaited(self, session: Session, source: TokenSource, calls: tuple[Call[Any], ...]) -> list[Any]:
        runner = AwaitingRunner(session, AwaitingHttpx2(2.0), source)
        try:
            return [await runner.run(call) for call in calls]
        finally:
            await runner.aclose()


@pytest.fixture(params=["blocking", "awaiting"])
def client(request: pytest.FixtureRequest) -> Client:
    return Client(request.param)


def in_turn(*answers: Told) -> Callable[[Asked], Told]:
    """These answers, then 200 for ever."""
    left = list(answers)
    return lambda asked: left.pop(0) if left else OK


def test_reads_go_on_until_they_are_answered(client: Client) -> None:
    with Server(in_turn(told(503), told(502, b"<html>"), NOTHING)) as server:
        assert client.run(server.url, READ) == [{}]
        assert len(server.asked) == 4
    assert client.clock.slept_s == [0.5, 1.0, 2.0]


def test_a_write_without_an_answer_is_sent_once(client: Client) -> None:
    for answer in (
        NOTHING,
        told(504),
        told(522),
        told(500, b"<html>"),
        told(201, b'{"added":', says_bytes=99, end="close"),
    ):
        with Server(in_turn(answer)) as server:
            with pytest.raises(errors.UnknownOutcome):
                client.run(server.url, WRITE)
            assert len(server.asked) == 1


def test_a_write_that_did_not_leave_is_sent_again_and_then_unreachable(client: Client) -> None:
    with pytest.raises(errors.Unreachable, match="nothing was sent"):
        client.run(refused_url(), WRITE)
    assert client.clock.slept_s == pytest.approx([0.5, 0.6, 1.0, 0.1, 2.0]), "backed off, and kept its distance"


def test_a_throttled_write_waits_as_long_as_it_is_told(client: Client) -> None:
    with Server(in_turn(told(429, b"<html>", retry_after="7"))) as server:
        assert client.run(server.url, WRITE) == [{}]
        assert [asked.body for asked in server.asked] == [b'{"movies":[]}'] * 2
    assert 7.0 <= sum(client.clock.slept_s) <= 7.2


def test_a_long_throttling_is_told_at_once_and_to_the_next_too(client: Client) -> None:
    clock = client.clock
    pacing = InProcess(clock=lambda: clock.now().timestamp())
    with Server(in_turn(told(429, b"<html>", retry_after="300"))) as server:
        for told_s in (300, 300):
            with pytest.raises(errors.Throttled) as caught:
                client.run(server.url, READ, pacing=pacing)
            assert caught.value.retry_after_s == told_s
        assert len(server.asked) == 1, "the second was not even sent"
    assert clock.slept_s == []


def test_writes_of_a_user_keep_their_distance_across_a_renewal(client: Client) -> None:
    """The budget is the user's, not the token's."""
    sign_in = SignIn()

    def answer(asked: Asked) -> Told:
        return sign_in(asked)

    with Server(answer) as server:
        client.run(server.url, WRITE, WRITE, WRITE, source=MemoryTokens(Tokens("stale", "r0")))
        writes = [asked for asked in server.asked if asked.path == "/sync/history"]
    assert [asked.token for asked in writes] == ["stale", "a1", "a1", "a1"]
    assert client.clock.slept_s == pytest.approx([WRITE_GAP_S] * 3)


def test_a_new_token_from_elsewhere_is_the_same_user(client: Client) -> None:
    class Hosts(MemoryTokens):
        """The host's row, which somebody else renews."""

        number = 0

        def current(self) -> Tokens:
            self.number += 1
            return Tokens(f"token-{self.number}")

    with Server(in_turn()) as server:
        client.run(server.url, WRITE, WRITE, WRITE, source=Hosts(Tokens("token-0")))
        assert [asked.token for asked in server.asked] == ["token-1", "token-2", "token-3"]
    assert client.clock.slept_s == pytest.approx([WRITE_GAP_S] * 2)


def test_public_reads_carry_the_token_where_there_is_one(client: Client) -> None:
    with Server(in_turn()) as server:
        client.run(server.url, PUBLIC)
        assert [asked.token for asked in server.asked] == ["token"]


@pytest.mark.parametrize("token", ["", "two words", "tök", "a\r\nX-Evil: 1"])
def test_a_host_that_gives_no_token_is_told_before_anything_is_sent(client: Client, token: str) -> None:
    with Server(in_turn()) as server:
        with pytest.raises(errors.Invalid, match="access token"):
            client.run(server.url, READ, source=MemoryTokens(Tokens(token)))
        assert server.asked == []


def test_a_host_whose_row_is_slow_does_not_hold_up_the_loop() -> None:
    class Slow(MemoryTokens):
        def current(self) -> Tokens:
            threading.Event().wait(0.2)
            return super().current()

    async def both(url: str) -> int:
        session = Session(Application("the-client-id", api_url=url))
        runner, ticks = AwaitingRunner(session, AwaitingHttpx2(2.0), Slow(Tokens("token"))), 0
        calling = asyncio.ensure_future(runner.run(READ))
        while not calling.done():
            await asyncio.sleep(0.01)
            ticks += 1
        await runner.aclose()
        return ticks

    with Server(in_turn()) as server:
        assert asyncio.run(both(server.url)) > 5


def test_many_threads_share_one_runner_and_its_budget() -> None:
    clock = SetClock(datetime(2026, 1, 1, tzinfo=UTC))
    session = None
    with Server(in_turn()) as server:
        session = Session(Application("the-client-id", api_url=server.url), clock, InProcess(clock=lambda: 0.0))
        runner = BlockingRunner(session, BlockingHttpx2(5.0), FixedToken("token"))
        threads = [threading.Thread(target=runner.run, args=(WRITE,)) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        runner.close()
        assert len(server.asked) == 12
    assert sorted(clock.slept_s) == pytest.approx([WRITE_GAP_S * n for n in range(1, 12)])


def test_an_interrupt_during_a_call_comes_out() -> None:
    class Interrupted(FixedToken):
        def current(self) -> Tokens:
            raise KeyboardInterrupt

    session = Session(Application("the-client-id"))
    runner = BlockingRunner(session, BlockingHttpx2(), Interrupted("token"))
    with pytest.raises(KeyboardInterrupt):
        runner.run(READ)
    runner.close()

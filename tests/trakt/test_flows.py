"""Flows played by hand, and run on both faces: errors are thrown into them, and nothing of them is left open."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.trakt.paging_model import Endpoint, listing
from tests.trakt.servers import Asked, Server, Told, told
from tests.trakt.ticking import SetClock
from watchprint.trakt.drivers.with_httpx2 import AwaitingHttpx2, BlockingHttpx2
from watchprint.trakt.errors import NotFound, TraktBroken, TraktError
from watchprint.trakt.flows import Ask, Flow, Now, Pause, ask, ask_all, now, pause, read_whole, result_of
from watchprint.trakt.pacing import InProcess
from watchprint.trakt.ports import Application
from watchprint.trakt.requests import get
from watchprint.trakt.runners.awaiting import AwaitingRunner
from watchprint.trakt.runners.blocking import BlockingRunner
from watchprint.trakt.runners.session import Session
from watchprint.trakt.tokens import FixedToken
from watchprint.trakt.wire import Call

AT = datetime(2026, 1, 1, tzinfo=UTC)


def numbered(number: int) -> Call[int]:
    return get(int, f"/number/{number}")


def answer(asked: Asked) -> Told:
    number = int(asked.path.rpartition("/")[2])
    return told(404) if number == 404 else told(500) if number == 500 else told(200, number, wait_s=0.02)


def blocking(url: str, flow: Flow[Any], clock: SetClock) -> Any:
    runner = BlockingRunner(session(url, clock), BlockingHttpx2(2.0), FixedToken("token"))
    try:
        return runner.perform(flow)
    finally:
        runner.close()


def awaiting(url: str, flow: Flow[Any], clock: SetClock) -> Any:
    async def perform() -> Any:
        runner = AwaitingRunner(session(url, clock), AwaitingHttpx2(2.0), FixedToken("token"))
        try:
            return await runner.perform(flow)
        finally:
            await runner.aclose()
            assert asyncio.all_tasks() == {asyncio.current_task()}, "tasks are left"

    return asyncio.run(perform())


def session(url: str, clock: SetClock) -> Session:
    return Session(Application("the-client-id", api_url=url), clock, InProcess(get_limit=10**9))


Perform = Callable[[str, Flow[Any], SetClock], Any]
faces = pytest.mark.parametrize("perform", [blocking, awaiting])


@faces
def test_answers_come_in_the_order_of_the_questions(perform: Perform) -> None:
    def flow() -> Flow[Any]:
        first = yield from ask(numbered(7))
        several = yield from ask_all([numbered(n) for n in range(9, 0, -1)], abreast=3)
        none: list[int] = yield from ask_all([])
        return first, several, none

    with Server(answer) as server:
        assert perform(server.url, flow(), SetClock(AT)) == (7, list(range(9, 0, -1)), [])
        assert len(server.asked) == 10


@faces
@pytest.mark.parametrize("abreast", [1, 3])
def test_no_more_than_asked_for_are_in_flight(perform: Perform, abreast: int) -> None:
    lock, flying, most = threading.Lock(), 0, 0

    def slowly(asked: Asked) -> Told:
        nonlocal flying, most
        with lock:
            flying += 1
            most = max(most, flying)
        threading.Event().wait(0.02)
        with lock:
            flying -= 1
        return told(200, 1)

    with Server(slowly) as server:
        perform(server.url, ask_all([numbered(n) for n in range(9)], abreast=abreast), SetClock(AT))
    assert most == abreast


@faces
def test_time_passes_as_the_clock_has_it(perform: Perform) -> None:
    def flow() -> Flow[Any]:
        before = yield from now()
        yield from pause(3600)
        return before, (yield from now())

    clock = SetClock(AT)
    with Server(answer) as server:
        before, after = perform(server.url, flow(), clock)
    assert before == AT
    assert (after - before).total_seconds() == 3600
    assert clock.slept_s == [3600]


@faces
@pytest.mark.parametrize("numbers", [[404], [1, 404, 2], [404, 404]])
def test_a_failed_call_is_thrown_into_the_flow(perform: Perform, numbers: list[int]) -> None:
    def flow() -> Flow[Any]:
        try:
            yield from ask_all([numbered(n) for n in numbers])
        except NotFound as error:
            return error.status, (yield from ask(numbered(5)))

    with Server(answer) as server:
        assert perform(server.url, flow(), SetClock(AT)) == (404, 5)


@faces
@pytest.mark.parametrize("number", [404, 500])
def test_what_a_flow_does_not_catch_comes_out_and_its_last_words_are_heard(perform: Perform, number: int) -> None:
    closed = []

    def flow() -> Flow[Any]:
        try:
            yield from ask(numbered(number))
        finally:
            closed.append(number)

    with Server(answer) as server, pytest.raises(TraktError) as caught:
        perform(server.url, flow(), SetClock(AT))
    assert isinstance(caught.value, NotFound if number == 404 else TraktBroken)
    assert closed == [number]


@faces
def test_an_error_of_the_flow_itself_comes_out(perform: Perform) -> None:
    def flow() -> Flow[Any]:
        yield from ask(numbered(1))
        raise ZeroDivisionError

    with Server(answer) as server, pytest.raises(ZeroDivisionError):
        perform(server.url, flow(), SetClock(AT))


@faces
def test_an_error_that_is_not_trakts_closes_the_flow(perform: Perform) -> None:
    closed = []

    def broken(reply: object) -> int:
        raise ZeroDivisionError

    def flow() -> Flow[Any]:
        try:
            yield from ask(Call(numbered(1).request, broken, repeatable=True, bucket="get"))
        except GeneratorExit:
            closed.append("closed")
            raise

    with Server(answer) as server, pytest.raises(ZeroDivisionError) as caught:
        perform(server.url, flow(), SetClock(AT))
    assert closed == ["closed"], "at once, although its frames are still held"
    del caught


def test_the_steps_by_hand() -> None:
    steps = ask_all([numbered(1), numbered(2)], abreast=2)
    step = next(steps)
    assert isinstance(step, Ask)
    assert (len(step.calls), step.abreast) == (2, 2)
    assert next(now()) == Now()
    assert next(pause(5)) == Pause(5)
    with pytest.raises(StopIteration) as done:
        next(result_of(5))
    assert done.value.value == 5


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 95])
def test_all_rows_inside_a_flow(count: int) -> None:
    endpoint = Endpoint([[n, n] for n in range(count)], 5)
    assert _played(read_whole(listing(10), abreast=4), endpoint) == endpoint.rows


def _played(flow: Any, endpoint: Endpoint) -> Any:
    answers = None
    while True:
        try:
            step = flow.send(answers)
        except StopIteration as done:
            return done.value
        assert len(step.calls) <= 4
        answers = [endpoint.answer(call) for call in step.calls]

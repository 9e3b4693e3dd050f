"""The awaiting runner where a place must be waited for: a pacing that blocks, and limits that are used up."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.trakt.servers import Asked, Server, Told, told
from tests.trakt.ticking import SetClock
from watchprint.trakt.drivers.with_httpx2 import AwaitingHttpx2
from watchprint.trakt.errors import Throttled
from watchprint.trakt.pacing import InProcess, Pacing
from watchprint.trakt.ports import Application
from watchprint.trakt.requests import get
from watchprint.trakt.runners.awaiting import AwaitingRunner
from watchprint.trakt.runners.session import Session
from watchprint.trakt.tokens import FixedToken
from watchprint.trakt.wire import Bucket

NOW = datetime(2026, 1, 1, tzinfo=UTC)


class OfADisk:
    """A pacing that lets nobody in until the event loop has turned: on the loop's own thread it would never end."""

    blocks = True

    def __init__(self) -> None:
        self.open, self.threads, self.together, self.most = threading.Event(), set[int](), 0, 0
        self.learned: set[int] = set()

    def admit(self, user: str, bucket: Bucket) -> float:
        self.together += 1
        self.most = max(self.most, self.together)
        self.threads.add(threading.get_ident())
        try:
            if not self.open.wait(10):
                raise TimeoutError("the event loop stood still")
        finally:
            self.together -= 1
        return 0.0

    def observe(self, user: str, bucket: Bucket, status: int, headers: Mapping[str, str]) -> None:
        self.learned.add(threading.get_ident())


def runner(url: str, pacing: Pacing, clock: SetClock | None = None) -> AwaitingRunner:
    session = Session(Application("the-client-id", api_url=url, auth_url=url), clock or SetClock(NOW), pacing)
    return AwaitingRunner(session, AwaitingHttpx2(2.0), FixedToken("token"))


def test_a_pacing_that_blocks_is_asked_beside_the_event_loop_in_the_order_of_the_askers() -> None:
    pacing = OfADisk()

    async def five(url: str) -> tuple[list[Any], int]:
        mine = runner(url, pacing)
        asked = [asyncio.ensure_future(mine.run(get(dict[str, int], f"/shows/{n}", needs_user=True))) for n in range(5)]
        await asyncio.sleep(0.02)
        pacing.open.set()
        try:
            return [await each for each in asked], mine.sent
        finally:
            await mine.aclose()

    with Server(lambda asked: told(200, {"n": int(asked.path.rpartition("/")[2])})) as server:
        answers, sent = asyncio.run(five(server.url))
        order = [asked.path for asked in server.asked]
    assert answers == [{"n": n} for n in range(5)]
    assert sent == 5
    assert sorted(order) == [f"/shows/{n}" for n in range(5)]
    assert pacing.most == 1, "places are taken one after the other"
    assert threading.get_ident() not in pacing.threads | pacing.learned


def test_whoever_is_patient_is_asked_to_let_the_time_pass_and_the_call_is_made_again() -> None:
    clock, waited = SetClock(NOW), list[float]()

    async def wait(seconds: float) -> None:
        waited.append(seconds)
        await clock.asleep(seconds)

    async def three(url: str, *, patient: bool) -> int:
        mine = runner(url, InProcess(get_limit=2, clock=lambda: clock.now().timestamp()), clock)
        mine.patience = wait if patient else None
        try:
            for _ in range(3):
                await mine.run(get(dict[str, int], "/shows/1"))
            return mine.sent
        finally:
            await mine.aclose()

    with Server(lambda asked: told(200, {})) as server:
        assert asyncio.run(three(server.url, patient=True)) == 3
        assert waited == [pytest.approx(300)]
        with pytest.raises(Throttled):
            asyncio.run(three(server.url, patient=False))


def test_repeated_requests_count_as_sent() -> None:
    def once_broken(asked: Asked) -> Told:
        return told(503) if len(server.asked) == 1 else told(200, {})

    async def one(url: str) -> int:
        mine = runner(url, InProcess())
        try:
            await mine.run(get(dict[str, int], "/shows/1"))
            return mine.sent
        finally:
            await mine.aclose()

    with Server(once_broken) as server:
        assert asyncio.run(one(server.url)) == 2

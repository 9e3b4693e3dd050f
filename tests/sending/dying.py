"""A program that sends an import on and kills itself at the n-th of its steps: around each request and each commit.

    python -m tests.sending.dying HOME URL|- TRAKT CLIENT_ID TOKEN ACCOUNT IMPORT STEP

Prints "sent" where it came to its end before that step.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from watchprint import sending
from watchprint.sandbox.following import FollowedClock
from watchprint.store import Store, Work
from watchprint.trakt.clients import AsyncTrakt
from watchprint.trakt.drivers.with_httpx2 import AwaitingHttpx2
from watchprint.trakt.ports import BlockingHttp
from watchprint.trakt.wire import NoReply, Reply

T = TypeVar("T")


class Steps:
    """Counts, and kills at one."""

    def __init__(self, last: int) -> None:
        self._left = last

    def step(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class DyingHttp:
    """Requests, with a step before and after each."""

    def __init__(self, steps: Steps) -> None:
        self._steps, self._real = steps, AwaitingHttpx2(20.0)

    async def send(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Reply | NoReply:
        self._steps.step()
        reply = await self._real.send(method, url, headers, body)
        self._steps.step()
        return reply

    async def aclose(self) -> None:
        await self._real.aclose()

    def blocking(self) -> BlockingHttp:
        return self._real.blocking()


class DyingStore(Store):
    """A store, with a step before and after each commit of a task."""

    steps: Steps

    async def awrite(self, work: Callable[[Work], T]) -> T:
        self.steps.step()
        result = await super().awrite(work)
        self.steps.step()
        return result


async def main(
    home: str, url: str, trakt_url: str, client_id: str, token: str, account: str, number: str, at: str
) -> None:
    steps = Steps(int(at))
    clock = FollowedClock(trakt_url, lead=True)
    with DyingStore.open(home=Path(home), url=None if url == "-" else url, clock=clock) as store:
        store.steps = steps
        http, pacing = DyingHttp(steps), store.pacing(int(account))
        client = AsyncTrakt(client_id, tokens=token, api_url=trakt_url, driver=http, pacing=pacing, clock=clock)
        async with client as trakt:
            sent = await sending.send_on(store, trakt, int(account), int(number))
            assert sent.outcome == "done", sent
    print("sent")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

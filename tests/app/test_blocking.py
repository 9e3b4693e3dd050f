"""The blocking face: the same methods, from any thread, on a loop of its own that ends with it."""

from __future__ import annotations

import asyncio
import inspect
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.app.conftest import settings
from tests.store.places import Place
from watchprint.app import AsyncWatchprint, Watchprint
from watchprint.app.exchanging import stoppable
from watchprint.app.loop import PrivateLoop
from watchprint.identity import NoSuchAccount


def test_both_faces_have_the_same_methods_with_the_same_arguments() -> None:
    ours = {name: getattr(AsyncWatchprint, name) for name in dir(AsyncWatchprint) if not name.startswith("_")}
    awaited = {name: inspect.signature(m) for name, m in ours.items() if inspect.iscoroutinefunction(m)}
    blocking = {name: inspect.signature(getattr(Watchprint, name)) for name in awaited if name != "aclose"}
    del awaited["aclose"]
    assert awaited == blocking
    assert awaited.keys() >= {"sync", "insight", "link", "forget", "take_in", "export", "enrich", "status"}


def test_many_threads_use_one(place: Place) -> None:
    with Watchprint.open(settings(place)) as app, ThreadPoolExecutor(6) as pool:
        made = list(pool.map(app.create_account, [f"person {n}" for n in range(12)]))
        assert {account.name for account in app.accounts()} == {account.name for account in made}
        with pytest.raises(NoSuchAccount):
            pool.submit(app.account, "nobody").result()


def test_it_leaves_no_thread_and_closes_twice(place: Place) -> None:
    before = set(threading.enumerate())
    app = Watchprint.open(settings(place))
    app.create_account("ann")
    app.close()
    app.close()
    assert {thread for thread in threading.enumerate() if thread.is_alive()} <= before


def test_whoever_is_interrupted_is_told_when_the_work_has_ended() -> None:
    loop, ended, begun = PrivateLoop("test"), threading.Event(), threading.Event()

    async def work() -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.05)
            ended.set()

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(loop.run, work())
        assert begun.wait(10)
        loop.close()
        assert ended.is_set()
        with pytest.raises(asyncio.CancelledError):
            running.result()


def test_work_in_a_thread_is_told_to_stop_and_waited_for() -> None:
    stopped = threading.Event()

    def work(ended: Callable[[], bool]) -> None:
        while not ended():
            time.sleep(0.005)
        stopped.set()

    async def called_off() -> None:
        task = asyncio.ensure_future(stoppable(work, None))
        await asyncio.sleep(0.02)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert stopped.is_set()

    asyncio.run(called_off())
    assert asyncio.run(stoppable(lambda ended: ended(), lambda: True))

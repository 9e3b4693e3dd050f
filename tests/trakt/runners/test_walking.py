"""Walks over a real server, blocking and async: order, laziness, errors in their place, and nothing left running."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from tests.trakt.servers import Asked, Server, Told, paged, told
from watchprint.trakt.drivers.with_httpx2 import AwaitingHttpx2, BlockingHttpx2
from watchprint.trakt.errors import NotFound, Throttled, Unreadable
from watchprint.trakt.flows import result_of
from watchprint.trakt.pacing import InProcess
from watchprint.trakt.paging import READ_AHEAD, as_they_are
from watchprint.trakt.ports import Application, AsyncPages, Pages
from watchprint.trakt.requests import listing
from watchprint.trakt.runners.awaiting import AwaitingRunner
from watchprint.trakt.runners.blocking import BlockingRunner
from watchprint.trakt.runners.session import Session
from watchprint.trakt.tokens import FixedToken

ROWS = list(range(200, 0, -1))
LISTING = listing(int, "/rows", lambda row: row, page_size=10)
SLOW_S = 0.06
"""Long enough to see what is in flight."""


def session(url: str, abreast: int = 4, pacing: InProcess | None = None) -> Session:
    return Session(Application("the-client-id", api_url=url), pacing=pacing or InProcess(), abreast=abreast)


class Flying:
    """Answers late, some pages later than others, and sees how many requests are in flight at most.

    Args:
        together: Pages after the first wait until so many are in flight, or for a second.
    """

    def __init__(self, wait: Callable[[int], float] = lambda page: SLOW_S, together: int = 1) -> None:
        self.wait, self.together, self.now, self.most = wait, together, 0, 0
        self._changed = threading.Condition()

    def __call__(self, asked: Asked) -> Told:
        page = int(asked.query["page"])
        with self._changed:
            self.now += 1
            self.most = max(self.most, self.now)
            self._changed.notify_all()
            if page > 1:
                self._changed.wait_for(lambda: self.most >= self.together, 1.0)
        time.sleep(self.wait(page))
        with self._changed:
            self.now -= 1
        return paged(asked, ROWS)


def pages_of(runner: BlockingRunner, limit: int | None = None) -> Pages[int]:
    return Pages(runner, lambda: result_of([as_they_are(LISTING)]), limit)


def async_pages_of(runner: AwaitingRunner, limit: int | None = None) -> AsyncPages[int]:
    return AsyncPages(runner, lambda: result_of([as_they_are(LISTING)]), limit)


@pytest.fixture
def no_threads_left() -> Iterator[None]:
    """Threads of the test's own server end with it; those of a walk must be gone too."""
    yield
    for thread in threading.enumerate():
        if thread.name.startswith("trakt-pages"):
            thread.join(1.0)
            assert not thread.is_alive()


def read(face: str, url: str, how: str, abreast: int, pacing: InProcess | None = None) -> list[int]:
    if face == "blocking":
        runner = BlockingRunner(session(url, abreast, pacing), BlockingHttpx2(5.0), FixedToken("token"))
        try:
            return pages_of(runner).all() if how == "all" else list(pages_of(runner))
        finally:
            runner.close()

    async def awaited() -> list[int]:
        runner = AwaitingRunner(session(url, abreast, pacing), AwaitingHttpx2(5.0), FixedToken("token"))
        try:
            pages = async_pages_of(runner)
            return await pages.all() if how == "all" else [row async for row in pages]
        finally:
            assert asyncio.all_tasks() == {asyncio.current_task()}
            await runner.aclose()

    return asyncio.run(awaited())


@pytest.mark.usefixtures("no_threads_left")
@pytest.mark.parametrize("how", ["all", "lazily"])
@pytest.mark.parametrize("abreast", [1, 4, 8])
@pytest.mark.parametrize("face", ["blocking", "awaiting"])
def test_pages_are_read_abreast_and_given_in_order(face: str, how: str, abreast: int) -> None:
    flying = Flying(lambda page: SLOW_S + (0.05 if page % 3 == 2 else 0.0), abreast)
    with Server(flying) as server:
        assert read(face, server.url, how, abreast) == ROWS
        assert len(server.asked) == 21
        assert {asked.query["limit"] for asked in server.asked} == {"10"}
    assert flying.most == abreast


@pytest.mark.parametrize(("rows", "abreast"), [(ROWS, 1), (ROWS[:9], 4)])
def test_one_page_at_a_time_needs_no_threads(rows: list[int], abreast: int) -> None:
    seen: list[bool] = []

    def answer(asked: Asked) -> Told:
        seen.append(any(thread.name.startswith("trakt-pages") for thread in threading.enumerate()))
        return paged(asked, rows)

    with Server(answer) as server:
        assert read("blocking", server.url, "all", abreast) == rows
    assert not any(seen)


@pytest.mark.usefixtures("no_threads_left")
@pytest.mark.parametrize("slow", [True, False])
def test_who_stops_early_asks_for_little(slow: bool) -> None:
    """As many pages as are in flight at a time; where later ones come sooner, as many as are read ahead."""
    later_are_late = Flying(lambda page: SLOW_S if page <= 2 else 5 * SLOW_S)
    with Server(later_are_late if slow else Flying(lambda page: 0.0)) as server:
        runner = BlockingRunner(session(server.url), BlockingHttpx2(5.0), FixedToken("token"))
        rows = pages_of(runner)
        first = next(iter(rows))
        time.sleep(3 * SLOW_S)
        assert (first, len(server.asked)) == (200, 1)
        for row in rows:
            if row == 185:
                break
        time.sleep(3 * SLOW_S)
        assert len(server.asked) - 1 <= 1 + (4 if slow else READ_AHEAD)
        runner.close()


@pytest.mark.usefixtures("no_threads_left")
def test_closing_waits_for_what_is_still_on_its_way() -> None:
    flying = Flying(lambda page: SLOW_S if page < 3 else 0.5)
    with Server(flying) as server:
        runner = BlockingRunner(session(server.url), BlockingHttpx2(5.0), FixedToken("token"))
        rows = iter(pages_of(runner))
        assert [next(rows) for _ in range(20)] == ROWS[:20]
        assert flying.now > 0
        del rows
        runner.close()
        assert flying.now == 0


def test_who_stops_early_asks_for_little_async() -> None:
    async def stop(server: Server) -> None:
        runner = AwaitingRunner(session(server.url), AwaitingHttpx2(5.0), FixedToken("token"))
        assert await async_pages_of(runner).first() == 200
        assert len(server.asked) == 1
        async for row in async_pages_of(runner):
            if row == 185:
                break
        await asyncio.sleep(3 * SLOW_S)
        assert asyncio.all_tasks() == {asyncio.current_task()}
        assert len(server.asked) <= 2 + 4
        await runner.aclose()

    with Server(Flying(lambda page: SLOW_S if page <= 2 else 5 * SLOW_S)) as server:
        asyncio.run(stop(server))


@pytest.mark.parametrize("after_s", [0.0, 0.5 * SLOW_S, 1.5 * SLOW_S, 2.5 * SLOW_S])
def test_a_walk_that_is_cancelled_leaves_no_task(after_s: float) -> None:
    async def cancel(server: Server) -> None:
        runner = AwaitingRunner(session(server.url), AwaitingHttpx2(5.0), FixedToken("token"))
        walking = asyncio.ensure_future(async_pages_of(runner).all())
        await asyncio.sleep(after_s)
        walking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await walking
        assert asyncio.all_tasks() == {asyncio.current_task()}
        assert (await async_pages_of(runner, 5).all()) == ROWS[:5], "the client still serves"
        await runner.aclose()

    with Server(Flying()) as server:
        asyncio.run(cancel(server))


def missing_page(number: int) -> Callable[[Asked], Told]:
    def answer(asked: Asked) -> Told:
        page = int(asked.query["page"])
        time.sleep(SLOW_S if page < number else 0.0)
        return told(404) if page == number else paged(asked, ROWS)

    return answer


@pytest.mark.usefixtures("no_threads_left")
def test_who_stops_early_does_not_wait_for_threads_that_back_off() -> None:
    """A program that ends waits for its threads: they must not sit out their retries for nobody."""

    def answer(asked: Asked) -> Told:
        time.sleep(SLOW_S)
        return paged(asked, ROWS) if int(asked.query["page"]) < 3 else told(429, retry_after="50")

    with Server(answer) as server:
        runner = BlockingRunner(session(server.url), BlockingHttpx2(5.0), FixedToken("token"))
        rows = iter(pages_of(runner))
        assert [next(rows) for _ in range(20)] == ROWS[:20]
        time.sleep(0.1)
        began_at = time.monotonic()
        del rows
        runner.close()
        assert time.monotonic() - began_at < 5.0


@pytest.mark.usefixtures("no_threads_left")
@pytest.mark.parametrize("number", [1, 2, 5])
def test_an_error_comes_after_the_rows_before_it(number: int) -> None:
    async def read_async(url: str, rows: list[int]) -> None:
        runner = AwaitingRunner(session(url), AwaitingHttpx2(5.0), FixedToken("token"))
        try:
            async for row in async_pages_of(runner):
                rows.append(row)
        finally:
            assert asyncio.all_tasks() == {asyncio.current_task()}
            await runner.aclose()

    def read_blocking(url: str, rows: list[int]) -> None:
        runner = BlockingRunner(session(url), BlockingHttpx2(5.0), FixedToken("token"))
        try:
            rows.extend(iter(pages_of(runner)))
        finally:
            runner.close()

    with Server(missing_page(number)) as server:
        for face in ("blocking", "awaiting"):
            rows: list[int] = []
            with pytest.raises(NotFound):
                asyncio.run(read_async(server.url, rows)) if face == "awaiting" else read_blocking(server.url, rows)
            assert rows == ROWS[: 10 * (number - 1)]


@pytest.mark.usefixtures("no_threads_left")
def test_a_reader_that_breaks_in_a_worker_thread_breaks_the_walk() -> None:
    def broken(row: int) -> int:
        if row == 150:
            raise ZeroDivisionError
        return row

    breaking = listing(int, "/rows", broken, page_size=10)
    with Server(Flying()) as server:
        runner = BlockingRunner(session(server.url), BlockingHttpx2(5.0), FixedToken("token"))
        with pytest.raises(ZeroDivisionError):
            Pages(runner, lambda: result_of([as_they_are(breaking)]), None).all()
        runner.close()


@pytest.mark.parametrize("face", ["blocking", "awaiting"])
def test_a_walk_that_meets_the_end_of_the_budget_says_when(face: str) -> None:
    with Server(lambda asked: paged(asked, ROWS)) as server, pytest.raises(Throttled) as caught:
        read(face, server.url, "all", 4, InProcess(get_limit=3))
    assert 290 < caught.value.retry_after_s <= 300
    assert len(server.asked) == 3


@pytest.mark.parametrize("face", ["blocking", "awaiting"])
def test_a_short_read_is_an_error_and_never_silent(face: str) -> None:
    def lying(asked: Asked) -> Told:
        rows = paged(asked, ROWS)
        return Told(rows.raw.replace(b"item-count: 200", b"item-count: 201"))

    with Server(lying) as server, pytest.raises(Unreadable, match="200 rows where Trakt counts 201"):
        read(face, server.url, "all", 4)


def test_many_threads_walk_at_once() -> None:
    with Server(lambda asked: paged(asked, ROWS)) as server:
        runner = BlockingRunner(
            session(server.url, pacing=InProcess(get_limit=10**6)), BlockingHttpx2(5.0), FixedToken("t")
        )
        found: list[list[int]] = []
        threads = [threading.Thread(target=lambda: found.append(pages_of(runner).all())) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        runner.close()
    assert found == [ROWS] * 8

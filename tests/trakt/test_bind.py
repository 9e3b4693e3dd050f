"""One definition on two faces: what help shows, what is asked, what is refused before anything is sent."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Sequence
from typing import Any

import pytest

from tests.trakt.servers import Asked, Server, Told, paged, told
from watchprint.trakt.bind import Endpoints, R, checked_limit, endpoint, flow, pages
from watchprint.trakt.drivers.with_httpx2 import AwaitingHttpx2, BlockingHttpx2
from watchprint.trakt.errors import Invalid
from watchprint.trakt.flows import Ask, Flow, ask, ask_all
from watchprint.trakt.pacing import InProcess
from watchprint.trakt.paging import Listing, Rows, as_they_are
from watchprint.trakt.ports import Application, AsyncPages, Pages
from watchprint.trakt.requests import get, listing
from watchprint.trakt.runners.awaiting import AwaitingRunner
from watchprint.trakt.runners.blocking import BlockingRunner
from watchprint.trakt.runners.session import Session
from watchprint.trakt.tokens import FixedToken
from watchprint.trakt.wire import Call, Request


class Things(Endpoints[R]):
    """Every form of a definition."""

    @endpoint
    def one(self, number: int, *, extended: str | None = None) -> Call[int]:
        """The number, doubled.

        Raises:
            Invalid: It is negative.
        """
        if number < 0:
            raise Invalid("a number from 0")
        return get(int, f"/double/{number}", extended=extended)

    @flow
    def several(self, *numbers: int) -> Flow[list[int]]:
        """All of them, doubled, and the first again."""
        doubled: list[int] = yield from ask_all([Things.one.call(number) for number in numbers])
        again: int = yield from ask(Things.one.call(numbers[0]))
        return [*doubled, again]

    @pages
    def rows(self, kind: str = "all", *, limit: int | None = None) -> Listing[int]:
        """Numbers, greatest first."""
        if kind not in ("all", "even"):
            raise Invalid("all or even")
        return listing(int, f"/rows/{kind}", lambda row: row, page_size=10)

    @pages
    def placed(self, limit: int | None = 3) -> Listing[int]:
        """A limit that is given by place."""
        return listing(int, "/rows/all", lambda row: row, page_size=10)

    @pages
    def texts(self) -> Rows[str]:
        """The same as text."""
        return Rows(listing(int, "/rows/all", lambda row: row, page_size=10), str)

    @pages
    def both(self, *, limit: int | None = None) -> Flow[Sequence[Rows[int]]]:
        """The even ones, then all; which they are is asked first."""
        yield from ask(Things.one.call(1))
        return [as_they_are(Things.rows.listing(kind)) for kind in ("even", "all")]


ALL = list(range(25, 0, -1))
EVEN = [n for n in ALL if n % 2 == 0]


def answer(asked: Asked) -> Told:
    match asked.path.split("/")[1:]:
        case ["double", number]:
            return told(200, 2 * int(number))
        case ["rows", kind]:
            return paged(asked, EVEN if kind == "even" else ALL)
    return told(404)


class Both:
    """The same questions to both faces: `ask(lambda things: things.one(5))`."""

    def __init__(self, server: Server, face: str) -> None:
        self.server, self.face = server, face

    def ask(self, question: Any) -> Any:
        app = Application("the-client-id", api_url=self.server.url)
        session = Session(app, pacing=InProcess(get_limit=10**9))
        if self.face == "blocking":
            runner = BlockingRunner(session, BlockingHttpx2(2.0), FixedToken("token"))
            try:
                return _drained(question(Things(runner)))
            finally:
                runner.close()
        return asyncio.run(self._awaited(session, question))

    async def _awaited(self, session: Session, question: Any) -> Any:
        runner = AwaitingRunner(session, AwaitingHttpx2(2.0), FixedToken("token"))
        try:
            found = question(Things(runner))
            return [row async for row in found] if isinstance(found, AsyncPages) else await found
        finally:
            await runner.aclose()


def _drained(found: Any) -> Any:
    return list(found) if isinstance(found, Pages) else found


@pytest.fixture(params=["blocking", "awaiting"])
def both(request: pytest.FixtureRequest) -> Any:
    with Server(answer) as server:
        yield Both(server, request.param)


def paths(both: Both) -> list[str]:
    return [asked.target for asked in both.server.asked]


def test_a_call(both: Both) -> None:
    assert both.ask(lambda things: things.one(21, extended="full")) == 42
    assert paths(both) == ["/double/21?extended=full"]


def test_a_flow(both: Both) -> None:
    assert both.ask(lambda things: things.several(1, 2, 3)) == [2, 4, 6, 2]
    assert sorted(paths(both)[:3]) == ["/double/1", "/double/2", "/double/3"]
    assert paths(both)[3:] == ["/double/1"]


def test_walks(both: Both) -> None:
    assert both.ask(lambda things: things.rows()) == ALL
    assert both.ask(lambda things: things.rows("even")) == EVEN
    assert both.ask(lambda things: things.texts()) == [str(n) for n in ALL]
    assert both.ask(lambda things: things.both()) == EVEN + ALL


def test_a_limit_counts_rows_in_all(both: Both) -> None:
    assert both.ask(lambda things: things.rows(limit=12)) == ALL[:12]
    assert both.ask(lambda things: things.both(limit=14)) == [*EVEN, *ALL[:2]]
    assert both.ask(lambda things: things.placed()) == ALL[:3]
    assert both.ask(lambda things: things.placed(2)) == ALL[:2]
    both.server.asked.clear()
    assert both.ask(lambda things: things.rows(limit=0)) == []
    assert paths(both) == []


@pytest.mark.parametrize("limit", [-1, 1.0, "5", True, float("nan")])
def test_what_is_no_limit_is_refused_at_once(both: Both, limit: Any) -> None:
    with pytest.raises(Invalid, match="limit is the most rows in all"):
        both.ask(lambda things: things.rows(limit=limit))
    with pytest.raises(Invalid):
        both.ask(lambda things: things.placed(limit))
    assert paths(both) == []


def test_bad_arguments_are_told_at_once(both: Both) -> None:
    with pytest.raises(Invalid, match="from 0"):
        both.ask(lambda things: things.one(-1))
    with pytest.raises(Invalid, match="all or even"):
        both.ask(lambda things: things.rows("odd"))
    with pytest.raises(TypeError):
        both.ask(lambda things: things.one())
    assert paths(both) == []


def test_each_for_is_a_new_walk_and_all_and_first_too() -> None:
    with Server(answer) as server:
        runner = BlockingRunner(
            Session(Application("the-client-id", api_url=server.url)), BlockingHttpx2(2.0), FixedToken("token")
        )
        found = Things(runner).rows()
        assert list(found) == list(found) == found.all() == ALL
        server.asked.clear()
        assert found.first() == 25
        assert [asked.query for asked in server.asked] == [{"page": "1", "limit": "1"}]
        server.asked.clear()
        assert Things(runner).rows(limit=0).first() is None
        assert server.asked == []
        assert Things(runner).both().first() == 24
        runner.close()


def test_each_for_is_a_new_walk_async() -> None:
    async def read(url: str) -> None:
        runner = AwaitingRunner(
            Session(Application("the-client-id", api_url=url)), AwaitingHttpx2(2.0), FixedToken("token")
        )
        found = Things(runner).rows()
        assert [row async for row in found] == [row async for row in found] == await found.all() == ALL
        assert await found.first() == 25
        assert await Things(runner).rows(limit=0).first() is None
        await runner.aclose()

    with Server(answer) as server:
        asyncio.run(read(server.url))


# --- without a server


def bound(face: str) -> Things[Any]:
    app = Application("the-client-id")
    if face == "blocking":
        return Things(BlockingRunner(Session(app), BlockingHttpx2()))
    return Things(AwaitingRunner(Session(app), AwaitingHttpx2()))


@pytest.mark.parametrize("face", ["blocking", "awaiting"])
def test_help_shows_what_the_caller_types_and_gets(face: str) -> None:
    things = bound(face)
    pages_of = "Pages" if face == "blocking" else "AsyncPages"
    shown = {
        name: str(inspect.signature(getattr(things, name))) for name in ("one", "several", "rows", "texts", "both")
    }
    assert shown == {
        "one": "(number: 'int', *, extended: 'str | None' = None) -> 'int'",
        "several": "(*numbers: 'int') -> 'list[int]'",
        "rows": f"(kind: 'str' = 'all', *, limit: 'int | None' = None) -> '{pages_of}[int]'",
        "texts": f"() -> '{pages_of}[str]'",
        "both": f"(*, limit: 'int | None' = None) -> '{pages_of}[int]'",
    }
    assert (inspect.getdoc(things.one) or "").startswith("The number, doubled.")
    assert things.one.__name__ == "one"
    assert things.one is things.one
    assert inspect.iscoroutinefunction(things.one) == (face == "awaiting")
    assert inspect.iscoroutinefunction(things.several) == (face == "awaiting")


def test_what_would_be_asked_can_be_seen_unsent() -> None:
    assert Things.one.call(5).request == Request("GET", "/double/5")
    assert Things.rows.listing("even").request.path == "/rows/even"
    assert isinstance(Things.rows.plan(), Listing)
    steps = Things.several.steps(1, 2)
    first = next(steps)
    assert isinstance(first, Ask)
    assert [call.request.path for call in first.calls] == ["/double/1", "/double/2"]
    with pytest.raises(Invalid):
        Things.one.call(-1)
    with pytest.raises(AssertionError, match="both is not one endpoint's rows"):
        Things.both.listing()


@pytest.mark.parametrize("limit", [None, 0, 5, 10**12])
def test_limits(limit: int | None) -> None:
    assert checked_limit(limit) == limit

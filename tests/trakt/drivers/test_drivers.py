"""Both HTTP libraries, blocking and async, through one body: what comes back, and whether a request surely did not
leave. A write is sent again only where `sent` is False, so that a wrong False is a doubled play."""

from __future__ import annotations

import asyncio
import gzip
import socket
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager

import httpx2
import pytest

from tests.trakt.servers import NOTHING, RESET, Asked, Server, Told, refused_url, told
from watchprint.trakt.drivers.with_httpx2 import AwaitingHttpx2, BlockingHttpx2
from watchprint.trakt.drivers.with_pyreqwest import AwaitingPyreqwest, BlockingPyreqwest
from watchprint.trakt.ports import AwaitingHttp, BlockingHttp
from watchprint.trakt.wire import NoReply, Reply

TIMEOUT_S = 1.5
HEADERS = {"Content-Type": "application/json", "Authorization": "Bearer the-access-token"}
BODY = b'{"movies":[]}'

Sender = Callable[..., Reply | NoReply]
Driver = Callable[[], AbstractContextManager[Sender]]


def blocking(make: Callable[[float], BlockingHttp]) -> Driver:
    @contextmanager
    def opened() -> Generator[Sender]:
        http = make(TIMEOUT_S)

        def send(url: str, *, method: str = "POST", headers: dict[str, str] = HEADERS) -> Reply | NoReply:
            return http.send(method, url, headers, BODY if method == "POST" else None)

        yield send
        http.close()

    return opened


def awaiting(make: Callable[[float], AwaitingHttp]) -> Driver:
    @contextmanager
    def opened() -> Generator[Sender]:
        with asyncio.Runner() as runner:
            http = runner.run(_made(make))

            def send(url: str, *, method: str = "POST", headers: dict[str, str] = HEADERS) -> Reply | NoReply:
                return runner.run(_sent(http, method, url, headers))

            yield send
            runner.run(http.aclose())

    return opened


async def _made(make: Callable[[float], AwaitingHttp]) -> AwaitingHttp:
    return make(TIMEOUT_S)


async def _sent(http: AwaitingHttp, method: str, url: str, headers: dict[str, str]) -> Reply | NoReply:
    return await http.send(method, url, headers, BODY if method == "POST" else None)


DRIVERS = {
    "httpx2": blocking(BlockingHttpx2),
    "httpx2 async": awaiting(AwaitingHttpx2),
    "pyreqwest": blocking(BlockingPyreqwest),
    "pyreqwest async": awaiting(AwaitingPyreqwest),
}


@pytest.fixture(params=DRIVERS)
def send(request: pytest.FixtureRequest) -> Iterator[Sender]:
    with DRIVERS[request.param]() as sender:
        yield sender


def test_what_is_sent_arrives_and_what_is_answered_comes_back(send: Sender) -> None:
    answer = told(201, b'{"added":1}', X_Pagination_Page_Count="7", Retry_After="3")
    with Server(lambda asked: answer) as server:
        reply = send(f"{server.url}/sync/history?page=1&extended=full%2Cimages")
        [asked] = server.asked
    assert isinstance(reply, Reply)
    assert (reply.status, reply.body) == (201, b'{"added":1}')
    assert reply.headers["x-pagination-page-count"] == "7"
    assert reply.headers["retry-after"] == "3"
    assert asked.method == "POST"
    assert asked.target == "/sync/history?page=1&extended=full%2Cimages"
    assert asked.body == BODY
    assert asked.token == "the-access-token"
    assert asked.headers["content-type"] == "application/json"


def test_a_read_has_no_body_and_connections_are_kept(send: Sender) -> None:
    with Server(lambda asked: told(200, b"[]")) as server:
        for _ in range(5):
            assert send(server.url, method="GET") == Reply(200, {"content-length": "2"}, b"[]")
        assert {asked.body for asked in server.asked} == {b""}
        assert len({asked.connection for asked in server.asked}) == 1


@pytest.mark.parametrize("status", [204, 304, 401, 404, 418, 420, 429, 500, 522])
def test_every_status_is_an_answer(send: Sender, status: int) -> None:
    bodyless = Told(f"HTTP/1.1 {status} X\r\n\r\n".encode())
    answer = bodyless if status in (204, 304) else told(status)
    with Server(lambda asked: answer) as server:
        reply = send(server.url, method="GET")
    assert isinstance(reply, Reply)
    assert reply.status == status
    assert reply.body == b""


def test_packed_and_huge_bodies(send: Sender) -> None:
    text = b"[" + b"0," * 4_000_000 + b"0]"
    packed = told(200, gzip.compress(text, 1), content_encoding="gzip")
    with Server(lambda asked: packed if asked.path == "/packed" else told(200, text)) as server:
        for path in ("/packed", "/plain"):
            reply = send(server.url + path, method="GET")
            assert isinstance(reply, Reply)
            assert reply.body == text


def test_chunks_and_headers_that_are_not_ascii(send: Sender) -> None:
    raw = (
        "HTTP/1.1 200 OK\r\nX-Sort-By: café\r\nX-Pagination-Limit: 100\r\nTransfer-Encoding: chunked\r\n\r\n"
        "2\r\n[1\r\n1\r\n]\r\n0\r\n\r\n"
    ).encode("latin-1")
    with Server(lambda asked: Told(raw)) as server:
        reply = send(server.url)
    assert isinstance(reply, Reply)
    assert reply.body == b"[1]"
    assert reply.headers["x-pagination-limit"] == "100"
    assert all(isinstance(value, str) for value in reply.headers.values())


def test_redirects_are_not_followed(send: Sender) -> None:
    with Server(lambda asked: told(307, location="/elsewhere")) as server:
        reply = send(server.url)
        assert [asked.path for asked in server.asked] == ["/"]
    assert isinstance(reply, Reply)
    assert reply.status == 307


def test_cookies_are_not_kept(send: Sender) -> None:
    """One client serves many users: what one is given must not go out with another's request."""
    with Server(lambda asked: told(200, b"", set_cookie="session=of-the-first-user; Path=/")) as server:
        for _ in range(2):
            send(server.url)
        assert not any("cookie" in asked.headers for asked in server.asked)


# --- no answer: was it sent?

BROKEN: dict[str, Told] = {
    "reset before the answer": RESET,
    "closed before the answer": NOTHING,
    "closed within the head": Told(b"HTTP/1.1 200 OK\r\nContent-Le", "close"),
    "reset within the head": Told(b"HTTP/1.1 200 OK\r\nContent-Le", "reset"),
    "closed within the body": told(200, b'{"added":', says_bytes=900, end="close"),
    "reset within the body": told(200, b'{"added":', says_bytes=900, end="reset"),
    "no HTTP": Told(b"hello, this is something else\r\n\r\n", "close"),
    "a broken gzip": told(200, b"hello", content_encoding="gzip"),
    "a broken chunk": Told(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n", "close"),
}


@pytest.mark.parametrize("fate", BROKEN)
def test_a_broken_exchange_counts_as_sent(send: Sender, fate: str) -> None:
    with Server(lambda asked: BROKEN[fate]) as server:
        outcome = send(server.url)
        assert len(server.asked) == 1, "it was sent more than once"
    assert isinstance(outcome, NoReply)
    assert outcome.sent
    assert not outcome.timed_out
    assert outcome.reason
    assert "the-access-token" not in outcome.reason


@pytest.mark.parametrize(
    "answer", [told(200, b"{}", wait_s=3 * TIMEOUT_S), told(200, b"{", says_bytes=9)], ids=["no head", "half a body"]
)
def test_an_answer_that_is_late_counts_as_sent(send: Sender, answer: Told) -> None:
    with Server(lambda asked: answer) as server:
        began_at = time.monotonic()
        outcome = send(server.url)
        took_s = time.monotonic() - began_at
        assert len(server.asked) == 1
    assert isinstance(outcome, NoReply)
    assert outcome.sent
    assert outcome.timed_out
    assert TIMEOUT_S / 2 < took_s < 3 * TIMEOUT_S


@pytest.mark.parametrize("url", ["refused", "http://no-such-host.invalid/"])
def test_without_a_connection_nothing_was_sent(send: Sender, url: str) -> None:
    outcome = send(refused_url() if url == "refused" else url)
    assert isinstance(outcome, NoReply)
    assert not outcome.sent


def test_a_connection_that_does_not_come_about_in_time(send: Sender) -> None:
    """The queue of connections is full: the system answers none of the others."""
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        crowd = [socket.socket() for _ in range(4)]
        for each in crowd:
            each.setblocking(False)
            each.connect_ex(deaf.getsockname())
        time.sleep(0.05)
        outcome = send(f"http://127.0.0.1:{deaf.getsockname()[1]}/")
        for each in crowd:
            each.close()
    assert isinstance(outcome, NoReply)
    assert not outcome.sent
    assert outcome.timed_out


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/", "http://", "http://[::1/", "trakt.tv/sync"])
def test_what_is_no_address_is_not_sent(send: Sender, url: str) -> None:
    outcome = send(url)
    assert isinstance(outcome, NoReply)
    assert not outcome.sent


# --- kept connections that end


def first_good(then: Told) -> Callable[[Asked], Told]:
    """Each connection's first request is answered, its second has this fate."""
    seen: set[int] = set()

    def answer(asked: Asked) -> Told:
        if asked.connection in seen:
            return then
        seen.add(asked.connection)
        return told(200, b"{}")

    return answer


@pytest.mark.parametrize("then", [NOTHING, RESET], ids=["closed", "reset"])
def test_a_kept_connection_that_breaks_under_a_write_counts_as_sent(send: Sender, then: Told) -> None:
    with Server(first_good(then)) as server:
        assert isinstance(send(server.url), Reply)
        outcome = send(server.url)
        assert len(server.asked) == 2, "a write was sent again behind our back"
    assert isinstance(outcome, NoReply)
    assert outcome.sent


def test_a_kept_connection_that_ended_between_two_writes_is_not_used(send: Sender) -> None:
    with Server(lambda asked: told(200, b"{}", end="close")) as server:
        for _ in range(4):
            outcome = send(server.url)
            assert isinstance(outcome, Reply)
            time.sleep(0.03)
        assert len(server.asked) == 4


@pytest.mark.parametrize("round_number", range(3))
def test_a_connection_that_ends_just_as_a_write_leaves_never_doubles_it(send: Sender, round_number: int) -> None:
    """The server closes each connection a moment after its answer: sometimes the next write is already on its way."""
    arrived = threading.Semaphore(0)

    def answer(asked: Asked) -> Told:
        arrived.release()
        return Told(told(200, b"{}").raw, "close", wait_s=0.0)

    outcomes: list[Reply | NoReply] = []
    with Server(answer) as server:
        for _ in range(25):
            outcomes.append(send(server.url))
        asked = len(server.asked)
    unsent = sum(isinstance(outcome, NoReply) and not outcome.sent for outcome in outcomes)
    replied = sum(isinstance(outcome, Reply) for outcome in outcomes)
    assert replied <= asked <= len(outcomes) - unsent


# --- closed


@pytest.mark.parametrize("make", [BlockingHttpx2, BlockingPyreqwest])
def test_a_closed_client_sends_nothing(make: Callable[[float], BlockingHttp]) -> None:
    http = make(TIMEOUT_S)
    http.close()
    outcome = http.send("POST", "http://127.0.0.1:9/", HEADERS, BODY)
    assert isinstance(outcome, NoReply)
    assert not outcome.sent


@pytest.mark.parametrize("make", [AwaitingHttpx2, AwaitingPyreqwest])
def test_a_closed_async_client_sends_nothing_and_has_a_blocking_face(make: Callable[[float], AwaitingHttp]) -> None:
    async def closed() -> tuple[Reply | NoReply, BlockingHttp]:
        http = make(TIMEOUT_S)
        await http.aclose()
        return await http.send("POST", "http://127.0.0.1:9/", HEADERS, BODY), http.blocking()

    outcome, twin = asyncio.run(closed())
    assert isinstance(outcome, NoReply)
    assert not outcome.sent
    with Server(lambda asked: told(200, b"{}")) as server:
        assert isinstance(twin.send("POST", server.url, HEADERS, BODY), Reply)
    twin.close()


def test_who_waits_for_a_connection_in_vain_sent_nothing() -> None:
    """All of the connections are busy; the client is the host's own."""
    client = httpx2.Client(limits=httpx2.Limits(max_connections=1), timeout=httpx2.Timeout(5.0, pool=0.1))
    http = BlockingHttpx2(client=client)
    with Server(lambda asked: told(200, b"{}", wait_s=0.5)) as server:
        busy = threading.Thread(target=http.send, args=("POST", server.url, HEADERS, BODY))
        busy.start()
        time.sleep(0.15)
        outcome = http.send("POST", server.url, HEADERS, BODY)
        busy.join()
        assert len(server.asked) == 1
    http.close()
    assert isinstance(outcome, NoReply)
    assert not outcome.sent
    assert outcome.timed_out

"""A sandbox's clock followed from elsewhere: its moves arrive, waits end with them, and closing ends the thread."""

from __future__ import annotations

import http.server
import socket
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest

from tests.sandbox.desk import Desk
from watchprint.sandbox import SandboxServer, ServerOptions
from watchprint.sandbox.following import FollowedClock, NotASandbox, clock_of


@pytest.fixture
def own_desk() -> Iterator[Desk]:
    """The control of a sandbox of this test's own."""
    with SandboxServer(ServerOptions(port=0, demo=False)) as server:
        desk = Desk(server)
        yield desk
        desk.close()


@contextmanager
def following(desk: Desk, *, lead: bool = False) -> Generator[FollowedClock]:
    clock = FollowedClock(desk.server.base_url, lead=lead)
    try:
        yield clock
    finally:
        clock.close()


def soon(clock: FollowedClock, at: datetime) -> bool:
    """Whether the clock comes to show that instant, give or take two seconds, within three."""
    until_s = time.monotonic() + 3
    while time.monotonic() < until_s:
        if abs(clock.now() - at) < timedelta(seconds=2):
            return True
        time.sleep(0.01)
    return False


def waited(clock: FollowedClock, seconds: float) -> None:
    """Wait so long by that clock, and no longer than ten seconds by the machine's."""
    wait = threading.Thread(target=clock.sleep, args=(seconds,), daemon=True)
    wait.start()
    wait.join(10)
    assert not wait.is_alive()


def test_it_shows_the_sandboxs_time_and_is_told_of_moves(own_desk: Desk) -> None:
    with following(own_desk) as clock:
        assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=2)
        for text in ("2031-05-01T12:00:00Z", "2001-05-01T12:00:00Z"):
            own_desk.obey("POST", "clock", {"now": text})
            assert soon(clock, datetime.fromisoformat(text))


def test_a_wait_ends_when_the_clock_is_moved_on(own_desk: Desk) -> None:
    with following(own_desk) as clock:
        began_s = time.monotonic()
        timer = threading.Timer(0.2, own_desk.advance, [3600])
        timer.start()
        waited(clock, 3600)
        timer.join()
        assert 0.15 < time.monotonic() - began_s < 5


def test_a_wait_is_no_longer_than_asked_when_the_clock_goes_back_or_stands(own_desk: Desk) -> None:
    with following(own_desk) as clock:
        before_s = clock.monotonic()
        own_desk.freeze("2001-05-01T12:00:00Z")
        assert soon(clock, datetime(2001, 5, 1, 12, tzinfo=UTC))
        stood_at, began_s = clock.now(), time.monotonic()
        waited(clock, 0.3)
        assert 0.25 < time.monotonic() - began_s < 3
        assert clock.now() == stood_at
        assert clock.monotonic() >= before_s + 0.3


def test_a_leading_clock_moves_the_sandbox_instead_of_waiting(own_desk: Desk) -> None:
    with following(own_desk, lead=True) as clock:
        began_s, before = time.monotonic(), clock.now()
        clock.sleep(7200)
        assert time.monotonic() - began_s < 5
        assert clock.now() - before >= timedelta(hours=2)
        shown = datetime.fromisoformat(own_desk.obey("GET", "clock")["now"])
        assert abs(shown - clock.now()) < timedelta(seconds=2)


def test_closing_ends_its_thread_at_once_and_all_waits(own_desk: Desk) -> None:
    clock = FollowedClock(own_desk.server.base_url)
    waiting = threading.Thread(target=clock.sleep, args=(600,))
    waiting.start()
    began_s = time.monotonic()
    clock.close()
    waiting.join(5)
    assert not waiting.is_alive()
    assert time.monotonic() - began_s < 3
    assert not [thread for thread in threading.enumerate() if thread.name == "sandbox-clock"]


def test_it_goes_on_when_the_sandbox_is_away(own_desk: Desk) -> None:
    with following(own_desk) as clock:
        own_desk.obey("POST", "clock", {"now": "2031-05-01T12:00:00Z"})
        assert soon(clock, datetime(2031, 5, 1, 12, tzinfo=UTC))
        own_desk.server.stop()
        time.sleep(0.7)
        assert clock.now().year == 2031


class _Other(http.server.BaseHTTPRequestHandler):
    """A server that is no sandbox."""

    answer: ClassVar[bytes] = b""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.answer)))
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.mark.parametrize(
    "answer", [b"<html>", b"[]", b"{}", b'{"now": "noon", "moves": 1, "frozen": false}', b"\xff", b'"now"', b"null"]
)
def test_another_server_is_no_sandbox(answer: bytes) -> None:
    handler = type("Handler", (_Other,), {"answer": answer})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever).start()
        url = f"http://127.0.0.1:{server.server_port}"
        try:
            assert clock_of(url) is None
            with pytest.raises(NotASandbox, match="no sandbox"):
                FollowedClock(url)
        finally:
            server.shutdown()


def test_nobody_there_and_the_real_trakt_have_no_clock_to_follow() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert clock_of(f"http://127.0.0.1:{port}") is None
    for url in ("https://api.trakt.tv", "http://api.trakt.tv", "https://127.0.0.1:1", "http://", "nonsense"):
        assert clock_of(url) is None

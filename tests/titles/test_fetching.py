"""One question over HTTP: patience, bounds, and a key that goes nowhere but to the server that was named."""

from __future__ import annotations

import asyncio
import gzip
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.titles.running import Patient
from tests.titles.services import TOKEN
from tests.trakt.servers import NOTHING, RESET, Asked, Server, Told, refused_url, told
from watchprint.titles.addresses import at_home, checked
from watchprint.titles.errors import (
    BadAddress,
    KeyRefused,
    SentElsewhere,
    SourceBroken,
    SourceBusy,
    SourceError,
    SourceSilent,
    SourceUnreadable,
)
from watchprint.titles.fetching import Bounds, Fetcher, Reply, documents_of


def fetched(url: str, clock: Patient | None = None, bounds: Bounds | None = None, *, times: int = 1) -> list[Reply]:
    """The answers to a question that is asked so often."""

    async def ask() -> list[Reply]:
        fetcher = Fetcher(
            "Plex", url, pace_s=0.02, headers={"X-Plex-Token": TOKEN}, clock=clock or Patient(), bounds=bounds
        )
        try:
            return [await fetcher.get("/a", {"b": "c d&e"}) for _ in range(times)]
        finally:
            await fetcher.aclose()

    return asyncio.run(ask())


def first(*answers: Told) -> Callable[[Asked], Told]:
    """These answers, one after the other; the last one from then on."""
    rest = list(answers)
    return lambda asked: rest.pop(0) if len(rest) > 1 else rest[0]


def test_a_question_is_asked_with_its_key_in_a_header_and_an_agent() -> None:
    with Server(lambda asked: told(200, {"x": 1})) as server:
        [reply] = fetched(f"{server.url}/plex/")
    assert documents_of(reply, "Plex") == {"x": 1}
    [asked] = server.asked
    assert (asked.path, asked.query) == ("/plex/a", {"b": "c d&e"})
    assert asked.headers["x-plex-token"] == TOKEN
    assert asked.headers["user-agent"].startswith("watchprint/")
    assert asked.headers["accept"] == "application/json"
    assert TOKEN not in asked.target


@pytest.mark.parametrize("bad", [told(503), told(500, b"<html>"), told(429), NOTHING, RESET])
def test_what_passes_is_waited_for(bad: Told) -> None:
    clock = Patient()
    with Server(first(bad, bad, told(200, b"{}"))) as server:
        assert fetched(server.url, clock)[0].status == 200
    assert len(server.asked) == 3
    assert sum(clock.waits) == pytest.approx(3, abs=0.1)


def test_what_does_not_pass_is_an_error_after_a_while() -> None:
    for bad, error in ((told(502), SourceBroken), (told(429), SourceBusy), (NOTHING, SourceSilent)):
        with Server(first(bad)) as server, pytest.raises(error):
            fetched(server.url)
        assert len(server.asked) == 4


def test_a_source_is_left_alone_for_as_long_as_it_asks() -> None:
    clock = Patient()
    later = format_datetime(clock.at.replace(minute=clock.at.minute + 0, second=17), usegmt=True)
    for said, wait_s in (("7", 7.0), (later, 17.0), ("soon", 1.0)):
        clock = Patient()
        with Server(first(told(429, retry_after=said), told(200, b"{}"))) as server:
            fetched(server.url, clock)
        assert sum(clock.waits) == pytest.approx(wait_s, abs=0.1)


def test_a_source_that_asks_for_too_long_is_asked_another_time() -> None:
    clock = Patient()
    with Server(first(told(429, retry_after="3600"))) as server, pytest.raises(SourceBusy, match="3600 s of rest"):
        fetched(server.url, clock)
    assert (len(server.asked), clock.waits) == (1, [])


def test_questions_keep_their_distance() -> None:
    clock = Patient()
    begun = clock.at
    with Server(lambda asked: told(200, b"{}")) as server:
        fetched(server.url, clock, times=6)
    assert (clock.at - begun).total_seconds() == pytest.approx(0.1)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_server_is_not_followed(status: int) -> None:
    with Server(lambda asked: told(200, b"{}")) as other, Server(lambda asked: told(200, b"{}")) as server:
        for target in (f"{other.url}/a", other.url.replace("http:", ""), "file:///etc/passwd", "//evil.example/a"):
            server.answer = first(told(status, location=target))
            with pytest.raises(SentElsewhere) as raised:
                fetched(server.url)
            assert TOKEN not in str(raised.value)
    assert other.asked == []


def test_a_redirect_on_the_same_server_is_followed_a_few_times() -> None:
    with Server(first(told(301, location="/b?c=1"), told(200, b"{}"))) as server:
        assert fetched(server.url)[0].status == 200
    assert [each.target for each in server.asked] == ["/a?b=c+d%26e", "/b?c=1"]
    with Server(first(told(302, location="/a"))) as server, pytest.raises(SentElsewhere, match="on and on"):
        fetched(server.url)
    assert len(server.asked) == 4


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_is_not_accepted_is_said_at_once(status: int) -> None:
    with Server(first(told(status, TOKEN.encode()))) as server, pytest.raises(KeyRefused) as raised:
        fetched(server.url)
    assert len(server.asked) == 1
    assert TOKEN not in str(raised.value)


def test_answers_that_are_too_large_are_left_where_they_are() -> None:
    bounds = Bounds(most_bytes=100_000)
    packed = told(200, gzip.compress(b" " * 5_000_000), content_encoding="gzip")
    for answer in (told(200, b" " * 100_001), packed):
        with Server(first(answer)) as server, pytest.raises(SourceUnreadable, match="larger than"):
            fetched(server.url, bounds=bounds)
        assert len(server.asked) == 1
    with Server(first(told(200, b" " * 100_000))) as server:
        assert len(fetched(server.url, bounds=bounds)[0].body) == 100_000


def test_slow_answers_are_given_up() -> None:
    bounds = Bounds(timeout_s=0.1)
    with Server(first(told(200, b"{}", wait_s=0.4))) as server, pytest.raises(SourceSilent, match="in time"):
        fetched(server.url, bounds=bounds)


def test_an_answer_that_drips_is_given_up_though_each_part_comes_in_time() -> None:
    with Dripping(parts=20, every_s=0.05) as server:
        with pytest.raises(SourceSilent, match="in time"):
            fetched(server.url, bounds=Bounds(timeout_s=20, whole_s=0.3))
        assert fetched(server.url, bounds=Bounds(timeout_s=20, whole_s=60))[0].body == b"x" * 20


class Dripping:
    """A server whose answers come byte by byte.

    Args:
        parts: How many bytes an answer has; `every_s` is the time between two [s].
    """

    def __init__(self, parts: int, every_s: float) -> None:
        self._parts, self._every_s = parts, every_s
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._accept)]
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self) -> Dripping:
        self._threads[0].start()
        return self

    def __exit__(self, *ended: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._socket.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self._threads.append(threading.Thread(target=self._drip, args=(connection,)))
            self._threads[-1].start()

    def _drip(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):  # whoever has left wants no more
            connection.recv(65_536)
            head = f"HTTP/1.1 200 OK\r\ncontent-length: {self._parts}\r\nconnection: close\r\n\r\n"
            connection.sendall(head.encode())
            for _ in range(self._parts):
                time.sleep(self._every_s)
                connection.sendall(b"x")


def test_damaged_answers_and_absent_servers_are_told_apart() -> None:
    with Server(first(told(200, b"no gzip", content_encoding="gzip"))) as server, pytest.raises(SourceUnreadable):
        fetched(server.url)
    with pytest.raises(SourceSilent, match="cannot be reached"):
        fetched(refused_url())
    with Server(first(told(418))) as server, pytest.raises(SourceBroken, match="418"):
        fetched(server.url)


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff", b'{"a":', b"[" * 100_000, b'"\xed\xa0\x80"'])
def test_what_is_no_json_is_unreadable(body: bytes) -> None:
    with pytest.raises(SourceUnreadable, match="other than JSON"):
        documents_of(Reply(200, body), "Plex")


@pytest.mark.parametrize(
    "text",
    ["", "plex", "file:///etc/passwd", "ftp://h/", "http://", "http://user:pw@h", "http://h?X-Plex-Token=1",
     "http://h#a", "http://h:99999", "javascript:alert(1)", "http://[::1", "//h", "http:h"],
)  # fmt: skip
def test_addresses_of_nothing_that_can_be_asked(text: str) -> None:
    with pytest.raises(BadAddress) as raised:
        checked(text, "Plex")
    assert "pw" not in str(raised.value)


def test_addresses_stay_what_they_are_without_their_last_slash() -> None:
    assert checked(" https://media.example.org/jellyfin/ ", "x") == "https://media.example.org/jellyfin"
    assert checked("HTTP://[::1]:8096", "x") == "HTTP://[::1]:8096"


@pytest.mark.parametrize(
    ("here", "there", "target"),
    [
        ("http://h:32400/a", "/b", "http://h:32400/b"),
        ("http://h/a", "https://h/a", "https://h/a"),
        ("http://H/a", "http://h:80/b", "http://h:80/b"),
        ("https://h/a", "http://h/a", None),
        ("http://h:32400/a", "https://h/a", None),
        ("http://h:32400/a", "http://h:32401/a", None),
        ("https://h/a", "https://h.evil.example/a", None),
        ("https://h/a", "https://u@h/a", None),
        ("https://h/a", "https://h:b/a", None),
    ],
)
def test_where_a_redirect_may_lead(here: str, there: str, target: str | None) -> None:
    assert at_home(here, there) == target


HOSTS = st.sampled_from(["a.example", "b.example", "a.example.b.example", "127.0.0.1", "[::1]"])


@given(HOSTS, HOSTS, st.sampled_from(["http", "https"]), st.sampled_from(["", ":80", ":443", ":8443"]))
def test_no_redirect_leads_to_another_host(here: str, there: str, scheme: str, port: str) -> None:
    target = at_home("https://" + here + "/x", f"{scheme}://{there}{port}/y")
    assert (target is not None) == (here == there and scheme == "https" and port in ("", ":443"))


def test_errors_end_a_run_only_where_nothing_more_can_be_had() -> None:
    ending = {kind for kind in SourceError.__subclasses__() if kind.ends}
    assert ending == {KeyRefused, SentElsewhere, SourceBusy, SourceSilent}

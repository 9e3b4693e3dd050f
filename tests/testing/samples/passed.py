"""Somebody's tests of other hosts, and of nobody; every one of them passes.

The look-ups are announced to the interpreter as the socket module does it, and not made: no test needs a network.
"""

from __future__ import annotations

import socket
import sys

import pytest

OTHERS = ["nottrakt.tv", "api.nottrakt.tv", "trakt.tv.example.org", "trakt.tvs", "tv", "", "127.0.0.1", "::1"]


@pytest.mark.parametrize("host", OTHERS)
def test_other_hosts(host: str) -> None:
    sys.audit("socket.getaddrinfo", host, 443, 0, 0, 0)
    sys.audit("socket.gethostbyname", host.encode())
    sys.audit("socket.connect", None, (host, 443))
    sys.audit("watchprint.trakt.send", f"https://{host or 'x'}/trakt.tv?at=api.trakt.tv")


@pytest.mark.parametrize("host", ["trakt.tv", "api.trakt.tv", "AUTH.TRAKT.TV", "api.trakt.tv."])
def test_the_announcements_are_real(host: str) -> None:
    """The same with Trakt's hosts is refused, which also fails this test: else the test above would prove nothing."""
    announced: list[tuple[str, tuple[object, ...]]] = [
        ("socket.getaddrinfo", (host, 443, 0, 0, 0)),
        ("socket.gethostbyname", (host.encode(),)),
        ("socket.connect", (None, (host, 443))),
        ("watchprint.trakt.send", (f"https://{host}/users/me",)),
    ]
    for event, arguments in announced:
        with pytest.raises(ConnectionError, match="point it at the sandbox"):
            sys.audit(event, *arguments)
    pytest.xfail("the guard has seen it")


def test_addresses_that_are_no_hosts() -> None:
    left, right = socket.socketpair()
    with left, right:
        sys.audit("socket.connect", left, b"\0a name in no file system")
        sys.audit("socket.getaddrinfo", None, 0, 0, 0, 0)

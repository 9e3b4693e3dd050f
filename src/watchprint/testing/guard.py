"""The guard of the real Trakt: no test may look up or reach a host of trakt.tv.

It listens to the interpreter's audit events, so that every client written in Python is seen, whatever library it
uses. Only hosts of trakt.tv are refused; others are none of its business.
"""

from __future__ import annotations

import sys
from typing import Any

_EVENTS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.connect"})


class RealTraktRefused(ConnectionError):
    """A test tried to reach the real Trakt."""


class Guard:
    """Refuses and remembers what is aimed at trakt.tv while it is on."""

    def __init__(self) -> None:
        self.on = False
        self.caught: list[str] = []
        self._listening = False

    def start(self) -> None:
        """Watch from now on. An audit hook cannot be removed, so that it is set once and asks `on`."""
        self.on = True
        if not self._listening:
            sys.addaudithook(self._see)
            self._listening = True

    def stop(self) -> None:
        """Watch no more."""
        self.on = False

    def taken(self) -> list[str]:
        """The hosts that were caught since the last time."""
        caught, self.caught = self.caught, []
        return caught

    def _see(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.on or event not in _EVENTS:
            return
        host = _host(event, arguments)
        if host == "trakt.tv" or host.endswith(".trakt.tv"):
            self.caught.append(host)
            raise RealTraktRefused(f"a test tried to reach {host}; point it at the sandbox (fixture `trakt`)")


def _host(event: str, arguments: tuple[Any, ...]) -> str:
    host: Any = arguments[0]
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) and address else ""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    return host.rstrip(".").lower() if isinstance(host, str) else ""

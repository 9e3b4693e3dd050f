"""The guard of the real Trakt: no test may look up or reach a host of trakt.tv.

It listens to the interpreter's audit events, so that every client that uses Python's own sockets is seen, whatever
library it is written with. Clients that bring sockets of their own (pyreqwest, uvloop, c-ares) are not seen, except
where they say what they are about to do: Watchprint's drivers do, by the event `watchprint.trakt.send`. Only hosts of
trakt.tv are refused; others are none of its business.
"""

from __future__ import annotations

import os
import sys
from typing import Any
from urllib.parse import urlsplit

SENDING = "watchprint.trakt.send"
"""The audit event of a driver without Python's sockets; its argument is the address."""
_LOOK_UPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname"})
_EVENTS = _LOOK_UPS | {"socket.connect", SENDING}
_DIRECT = ("trakt.tv", ".trakt.tv", "127.0.0.1", "localhost")
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")


class RealTraktRefused(ConnectionError):
    """A test tried to reach the real Trakt."""


class Guard:
    """Refuses and remembers what is aimed at trakt.tv while it is on."""

    def __init__(self) -> None:
        self.on = False
        self._caught: list[str] = []
        self._listening = False
        self._before: dict[str, str | None] = {}

    def start(self) -> None:
        """Watch from now on. An audit hook cannot be removed, so that it is set once and asks `on`."""
        self.on = True
        self._go_direct()
        if not self._listening:
            sys.addaudithook(self._see)
            self._listening = True

    def stop(self) -> None:
        """Watch no more."""
        self.on = False
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        self._before.clear()

    def taken(self) -> list[str]:
        """The hosts that were caught since the last time."""
        caught = list(self._caught)
        del self._caught[: len(caught)]
        return caught

    def _go_direct(self) -> None:
        """Behind a proxy nobody here would look up trakt.tv: neither it nor this machine is asked for by way of one."""
        if not any(os.environ.get(name) or os.environ.get(name.upper()) for name in _PROXIES):
            return
        said = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
        hosts = [host for host in map(str.strip, said.split(",")) if host]
        if "*" in hosts:
            return
        for name in ("no_proxy", "NO_PROXY"):
            self._before[name] = os.environ.get(name)
            os.environ[name] = ",".join(dict.fromkeys([*hosts, *_DIRECT]))

    def _see(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in _EVENTS or not self.on:
            return
        host = _host(event, arguments)
        if host == "trakt.tv" or host.endswith(".trakt.tv"):
            self._caught.append(host)
            raise RealTraktRefused(f"a test tried to reach {host}; point it at the sandbox (fixture `trakt`)")


def _host(event: str, arguments: tuple[Any, ...]) -> str:
    host: Any = arguments[0]
    if event == SENDING:
        host = urlsplit(str(host)).hostname
    elif event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) and address else ""
    if isinstance(host, bytes | bytearray):
        host = host.decode("ascii", "replace")
    return host.rstrip(".").lower() if isinstance(host, str) else ""

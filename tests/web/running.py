"""`watchprint serve` as a process, and a client of the standard library for it that judges nothing."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from tests.cli.running import PROGRAM, VARIABLES
from tests.sandbox.desk import Desk

T = TypeVar("T")
STARTS_WITHIN_S = 120


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def problem(self) -> str:
        """The word of the problem that it is."""
        assert self.headers["Content-Type"] == "application/problem+json", self
        word: str = self.json["type"].removeprefix("/problems/")
        assert self.json["status"] == self.status
        return word


class Served:
    """A server process on a port of its own."""

    def __init__(self, env: Mapping[str, str], log: Path, server: str = "granian", port: int | None = None) -> None:
        self.env, self.log, self.server = dict(env), log, server
        self.port = port or free_port()
        self._begin()

    def _begin(self) -> None:
        command = [*PROGRAM, "serve", "--port", str(self.port), "--server", self.server]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=self.env, stdout=log, stderr=log, start_new_session=True)
        until_s = time.monotonic() + STARTS_WITHIN_S
        while True:
            assert self.process.poll() is None, self.logged()
            assert time.monotonic() < until_s, self.logged()
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.ask("GET", "/readyz").status == 200:
                    return
            time.sleep(0.05)

    def ask(
        self, verb: str, path: str, body: Any = None, token: str | None = None, timeout_s: float = 120, **headers: str
    ) -> Answer:
        """Send what a well-behaved client sends; bytes go as they are."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if token is not None:
            sent["Authorization"] = f"Bearer {token}"
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout_s)
        try:
            connection.request(verb, path, data, sent)
            came = connection.getresponse()
            return Answer(came.status, came.headers, came.read())
        finally:
            connection.close()

    def logged(self) -> str:
        """All that it wrote."""
        return self.log.read_text(errors="replace")

    def stop(self) -> int:
        """Ask it to end, and wait; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(120)

    def kill(self) -> None:
        """End it and its workers at once, as a power cut would."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def begin_again(self) -> None:
        """Start it again, with the same home and port."""
        self._begin()


def in_time(ask: Callable[[], T], done: Callable[[T], bool], within_s: float = 60) -> T:
    """The first answer that is as it must become: a server learns a moment later that the sandbox's clock was moved."""
    until_s = time.monotonic() + within_s
    while not done(came := ask()):
        assert time.monotonic() < until_s, came
        time.sleep(0.05)
    return came


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def environment(home: Path, **said: str) -> dict[str, str]:
    """The variables of a server, and nothing else of Watchprint's."""
    left_out = (*VARIABLES, "WATCHPRINT_DATABASE_URL", "WATCHPRINT_KEYS", "PYTHONWARNINGS", "PYTHONDEVMODE")
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**kept, "WATCHPRINT_HOME": str(home), **said}


def of_desk(desk: Desk, home: Path, **said: str) -> dict[str, str]:
    """The same, with the sandbox's application."""
    keys = {"TRAKT_CLIENT_ID": desk.client_id, "TRAKT_CLIENT_SECRET": desk.client_secret}
    return environment(home, TRAKT_API_URL=desk.server.base_url, **keys, **said)


@contextlib.contextmanager
def serving(env: Mapping[str, str], folder: Path, server: str = "granian", *, quiet: bool = True) -> Generator[Served]:
    """A server within the block; it leaves no process."""
    folder.mkdir(parents=True, exist_ok=True)
    served = Served(env, folder / "serve.log", server)
    try:
        yield served
        if quiet:
            assert "Traceback" not in served.logged(), served.logged()
    finally:
        served.kill()

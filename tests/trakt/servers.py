"""Real servers on loopback for the client's tests: bytes in, bytes out, and every way to break an exchange."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import parse_qsl, urlsplit

Ending = Literal["keep", "close", "reset"]


@dataclass(frozen=True)
class Asked:
    """A request as it arrived; header names are lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    connection: int
    at: float = field(default_factory=time.monotonic)

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query))

    @property
    def token(self) -> str:
        return self.headers.get("authorization", "").removeprefix("Bearer ")

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Told:
    """An answer: raw bytes as they are sent (none of them with `raw=b""`), and how the connection ends."""

    raw: bytes
    end: Ending = "keep"
    wait_s: float = 0.0


def told(
    status: int = 200,
    body: Any = b"",
    *,
    end: Ending = "keep",
    wait_s: float = 0.0,
    says_bytes: int | None = None,
    **headers: str,
) -> Told:
    """A well-formed answer; a body that is not bytes is JSON. `says_bytes` is a length that may be a lie."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    length = len(data) if says_bytes is None else says_bytes
    named = {"content-length": str(length)} | {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return Told(f"HTTP/1.1 {status} Told\r\n{head}\r\n".encode("latin-1") + data, end, wait_s)


NOTHING = Told(b"", "close")
RESET = Told(b"", "reset")

Answer = Callable[[Asked], Told]


class Server:
    """A server that answers as it is told, in one thread a connection, and remembers what it was asked."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.asked: list[Asked] = []
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._accepting.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._accepting.join()
        with self._lock:
            for connection in self._open:
                with suppress(OSError):  # the client has left
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._socket.close()

    def _accept(self) -> None:
        for number in range(1_000_000):
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._open.add(connection)
            thread = threading.Thread(target=self._serve, args=(connection, number))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        reading = connection.makefile("rb")
        try:
            while (asked := _read(reading, number)) is not None:
                with self._lock:
                    self.asked.append(asked)
                answer = self.answer(asked)
                time.sleep(answer.wait_s)
                connection.sendall(answer.raw)
                if answer.end == "reset":
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                if answer.end != "keep":
                    return
        except OSError:
            return
        finally:
            with self._lock:
                self._open.discard(connection)
            reading.close()
            connection.close()


def _read(reading: Any, number: int) -> Asked | None:
    """One whole request; None where the connection ends before that."""
    line = reading.readline().decode("latin-1").split()
    if len(line) < 2:
        return None
    headers: dict[str, str] = {}
    while (raw := reading.readline()).strip():
        name, _, value = raw.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    body = reading.read(int(headers.get("content-length", 0)))
    whole = raw.endswith(b"\n") and len(body) == int(headers.get("content-length", 0))
    return Asked(line[0], line[1], headers, body, number) if whole else None


def refused_url() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def paged(asked: Asked, rows: list[Any], *, most: int = 250) -> Told:
    """One page of rows, as Trakt pages."""
    limit, page = min(int(asked.query["limit"]), most), int(asked.query["page"])
    return told(
        200,
        rows[(page - 1) * limit : page * limit],
        x_pagination_limit=str(limit),
        x_pagination_page=str(page),
        x_pagination_page_count=str(-(-len(rows) // limit)),
        x_pagination_item_count=str(len(rows)),
    )


class SignIn:
    """A token endpoint whose refresh tokens are single-use, and an API that takes only the newest access token.

    The first pair is (a0, r0).
    """

    def __init__(self, *, wait_s: float = 0.0, expires_in_s: int = 604_800) -> None:
        self.wait_s, self.expires_in_s = wait_s, expires_in_s
        self.number = 0
        self.spent: list[str] = []
        self.repeated: list[str] = []
        self._lock = threading.Lock()

    def __call__(self, asked: Asked) -> Told:
        if asked.path == "/oauth/token":
            return self.refreshed(asked)
        with self._lock:
            good = asked.token == f"a{self.number}"
        return told(200, {"token": asked.token}) if good else told(401)

    def refreshed(self, asked: Asked) -> Told:
        """Spend a refresh token."""
        token = asked.json["refresh_token"]
        with self._lock:
            if token != f"r{self.number}":
                self.repeated.append(token)
                return told(400, {"error": "invalid_grant", "error_description": "session not found"})
            self.spent.append(token)
            self.number += 1
            pair = self.pair(self.number)
        return told(200, pair, wait_s=self.wait_s)

    def pair(self, number: int) -> dict[str, Any]:
        return {
            "access_token": f"a{number}",
            "refresh_token": f"r{number}",
            "token_type": "bearer",
            "expires_in": self.expires_in_s,
            "created_at": int(time.time()),
            "scope": "public",
        }

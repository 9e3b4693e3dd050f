"""Every request seen, in order, for `GET /__sandbox__/requests`. Keeps raw values; text is made when asked for.

Secrets (tokens, client secrets, cookies) do not leave it. The oldest rows go when it is full.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qsl

from msgspec import DecodeError
from msgspec.json import decode

from watchprint.sandbox.clock import stamp

KEPT: Final = 20_000
"""How many requests are remembered."""
_SECRET: Final = frozenset({"authorization", "cookie", "proxy-authorization"})


@dataclass(slots=True)
class Seen:
    """One request and what became of it. `status` None: the connection was cut before an answer."""

    at: datetime
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    status: int | None


class RequestLog:
    """The last requests."""

    def __init__(self) -> None:
        self._rows: deque[Seen] = deque(maxlen=KEPT)

    def add(self, seen: Seen) -> None:
        """Remember one."""
        self._rows.append(seen)

    def clear(self) -> None:
        """Forget all."""
        self._rows.clear()

    def rows(self) -> list[dict[str, Any]]:
        """One object per request, oldest first; method, path, query, headers, body, status, at."""
        return [_told(seen) for seen in self._rows]


def _told(seen: Seen) -> dict[str, Any]:
    return {
        "method": seen.method,
        "path": seen.path,
        "query": dict(parse_qsl(seen.query, keep_blank_values=True)),
        "headers": {k.lower(): "***" if k.lower() in _SECRET else v for k, v in seen.headers.items()},
        "body": None if seen.path.startswith("/oauth/") else _json_of(seen.body),
        "status": seen.status,
        "at": stamp(seen.at),
    }


def _json_of(body: bytes) -> Any:
    """The body as JSON, else as text; None when there is none."""
    if not body:
        return None
    try:
        return decode(body)
    except (DecodeError, UnicodeDecodeError, RecursionError):
        return body.decode("utf-8", "replace")

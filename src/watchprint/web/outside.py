"""What stands around the application: request ids, headers of every answer, the access log. Knows no route's meaning.

The log names a route by its pattern, never by what stood in it: no query, no header, no body, so that neither token
nor title comes into it. A fault that nobody foresaw is answered and logged here.
"""

from __future__ import annotations

import logging
import time
from secrets import token_hex
from typing import Any, Final

from watchprint.web.asking import request_id_of
from watchprint.web.problems.problem import Refusal

_LOG: Final = logging.getLogger("watchprint.web.access")
_FAULTS: Final = logging.getLogger("watchprint.web")
_ALWAYS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cache-control", b"no-store"),
)


class Outside:
    """An ASGI application around another."""

    def __init__(self, inside: Any) -> None:
        self._inside = inside

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._inside(scope, receive, send)
            return
        request_id = request_id_of(dict(scope["headers"]), token_hex(8))
        told: dict[str, Any] = dict(scope)
        told["request_id"] = request_id
        answer = _Answer(send, request_id)
        began_s = time.monotonic()
        try:
            await self._inside(told, receive, answer.send)
        except Exception:
            _FAULTS.exception("a fault of ours (%s)", request_id)
            if answer.status is None:
                await answer.whole(*Refusal("internal", "Something went wrong here; nothing is known of what was done")
                                   .sent(request_id))  # fmt: skip
        finally:
            took_ms = (time.monotonic() - began_s) * 1000
            where = told.get("path_template") or "-"
            _LOG.info("%s %s %s %.0f ms %s", scope["method"], where, answer.status or "-", took_ms, request_id)


class _Answer:
    """The way out, on which every answer gets its headers."""

    def __init__(self, send: Any, request_id: str) -> None:
        self._send, self._id = send, request_id.encode()
        self.status: int | None = None

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = [*message["headers"], *_ALWAYS, (b"x-request-id", self._id)]
        await self._send(message)

    async def whole(self, status: int, headers: dict[str, str], body: bytes) -> None:
        """Send all of it."""
        raw = [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers.items()]
        start: Any = {"type": "http.response.start", "status": status, "headers": raw}
        rest: Any = {"type": "http.response.body", "body": body, "more_body": False}
        await self.send(start)
        await self.send(rest)

"""An answer made ready for the socket: encoded once, dated by the sandbox's clock, with its ETag and CORS headers."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.utils import format_datetime
from typing import Final

from msgspec.json import encode

from watchprint.sandbox.kernel import Answer
from watchprint.sandbox.wire import Incoming, Outgoing

EXPOSED: Final = (
    "X-Pagination-Page, X-Pagination-Page-Count, X-Pagination-Limit, X-Pagination-Item-Count, "
    "X-Trending-User-Count, X-Start-Date, X-End-Date, X-Sort-By, X-Sort-How, X-Private-User, X-Ratelimit, "
    "Retry-After, X-Upgrade-URL, X-Applied-Sort-By, X-Applied-Sort-How, Cache-Control, Pragma, Expires"
)
"""What a browser's script may read (trakt-api.md 1)."""
_CORS: Final = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": EXPOSED}
_PREFLIGHT: Final = {
    **_CORS,
    "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, If-None-Match, trakt-api-key, trakt-api-version",
    "Access-Control-Max-Age": "7200",
}


class Finisher:
    """Puts the headers of every answer around it."""

    def __init__(self) -> None:
        self._second = -1
        self._dated: dict[str, str] = {}

    def finish(self, incoming: Incoming, answer: Answer, now: datetime) -> Outgoing:
        """The answer as it is sent; 304 without a body when the asker has it already."""
        body = answer.body
        if not isinstance(body, bytes):
            body = b"" if body is None else encode(body)
        headers = {**self._common(now), **answer.headers}
        status = answer.status
        if body:
            headers["Content-Type"] = answer.content_type
        if status == 200 and incoming.method in ("GET", "HEAD"):
            if "ETag" not in headers:
                headers["ETag"] = etag_of(body)
            if _has(incoming.headers.get("If-None-Match"), headers["ETag"]):
                status, body = 304, b""
        return Outgoing(status, body, headers)

    def preflight(self, now: datetime) -> Outgoing:
        """The answer to OPTIONS, for any path."""
        return Outgoing(204, b"", {**self._common(now), **_PREFLIGHT})

    def _common(self, now: datetime) -> dict[str, str]:
        second = int(now.timestamp())
        if second != self._second:
            self._second = second
            self._dated = {"Date": http_date(now), "Server": "watchprint-sandbox", **_CORS}
        return self._dated


def http_date(at: datetime) -> str:
    """The instant as HTTP writes it."""
    return format_datetime(at, usegmt=True)


def etag_of(body: bytes) -> str:
    """The strong ETag of a body."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _has(header: str | None, etag: str) -> bool:
    """Whether If-None-Match names that ETag."""
    if header is None:
        return False
    return header.strip() == "*" or etag in [tag.strip().removeprefix("W/") for tag in header.split(",")]

"""Trakt's rate limits: fixed windows by the sandbox's clock. Decides only; the answer is written elsewhere.

A window begins with its first request. Reads and writes with a token are counted per user, reads without one
per client id and address, and calls to the sign-in host apart from both (trakt-api.md 4).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from msgspec.json import encode


@dataclass(frozen=True, slots=True)
class Bucket:
    """A limit: so many requests in so many seconds."""

    name: str
    period_s: int
    limit: int


WRITES: Final = Bucket("AUTHED_API_POST_LIMIT", 1, 1)
READS: Final = Bucket("AUTHED_API_GET_LIMIT", 300, 500)
OPEN_READS: Final = Bucket("UNAUTHED_API_GET_LIMIT", 300, 500)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a request may pass, and what its window says."""

    allowed: bool
    bucket: Bucket
    remaining: int
    until_s: float
    """When the window ends [s since 1970]."""
    wait_s: int
    """Whole seconds until then, at least 1."""

    @property
    def header(self) -> str:
        """The value of X-Ratelimit."""
        until = datetime.fromtimestamp(math.ceil(self.until_s), UTC)
        return encode(
            {
                "name": self.bucket.name,
                "period": self.bucket.period_s,
                "limit": self.bucket.limit,
                "remaining": self.remaining,
                "until": until.strftime("%Y-%m-%dT%H:%M:%SZ"),
            }
        ).decode()

    @property
    def sentence(self) -> str:
        """The body of the 429."""
        return f"{self.bucket.name} rate limit exceeded. Please wait {self.wait_s} seconds then retry your request."


class RateLimits:
    """The windows of all users and addresses."""

    def __init__(self) -> None:
        self._windows: dict[tuple[str, str, str], tuple[float, int]] = {}

    def admit(self, bucket: Bucket, host: str, whose: str, now: datetime) -> Verdict:
        """Count one request, if there is room for it.

        Args:
            bucket: Which limit it falls under.
            host: "api" or "auth": each has windows of its own.
            whose: The user's slug, or client id and address.
            now: The sandbox's time.
        """
        key = (bucket.name, host, whose)
        at = now.timestamp()
        began, used = self._windows.get(key, (at, 0))
        if not began <= at < began + bucket.period_s:
            began, used = at, 0
        until = began + bucket.period_s
        wait_s = max(1, math.ceil(until - at))
        if used >= bucket.limit:
            return Verdict(False, bucket, 0, until, wait_s)
        self._windows[key] = (began, used + 1)
        return Verdict(True, bucket, bucket.limit - used - 1, until, wait_s)

    def clear(self) -> None:
        """Forget all windows."""
        self._windows.clear()

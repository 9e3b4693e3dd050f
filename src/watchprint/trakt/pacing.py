"""Keeping inside Trakt's rate limits, per user: at most one write in 1.1 s, at most 500 reads in 5 minutes.

`Pacing` is a port: the library's own (`InProcess`) counts in memory for all threads and tasks of a process; an
application with several processes gives one that counts in its store. It says how long to wait; it never waits.

Source: https://docs.trakt.tv (rate limiting): AUTHED_API_POST_LIMIT, AUTHED_API_GET_LIMIT, UNAUTHED_API_GET_LIMIT.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from time import monotonic
from typing import Protocol

from watchprint.trakt.wire import Bucket

WRITE_GAP_S = 1.1
GET_LIMIT = 500
GET_WINDOW_S = 300.0
LONGEST_WAIT_S = 60.0
"""Longer than this nobody sleeps unseen: the caller is told the time instead, and no place is taken."""


class Pacing(Protocol):
    """Who may send when."""

    def admit(self, user: str, bucket: Bucket) -> float:
        """Take the next place in the user's bucket: seconds to wait before sending (0 = now).

        A wait of more than LONGEST_WAIT_S takes no place.
        """
        ...

    def observe(self, user: str, bucket: Bucket, status: int, headers: Mapping[str, str]) -> None:
        """Learn from an answer: Retry-After and X-Ratelimit."""
        ...


@dataclass(slots=True)
class _Budget:
    next_at: float = 0.0
    window_ends_at: float = 0.0
    used: int = 0


class InProcess:
    """The pacing of one process.

    A place that is taken is not given back, so that writes leave in the order in which they asked.

    Args:
        write_gap_s: Least time between two writes of a user [s].
        get_limit: Most reads of a user in a window.
        get_window_s: The window's length [s].
        clock: A monotonic clock [s].
    """

    def __init__(
        self,
        *,
        write_gap_s: float = WRITE_GAP_S,
        get_limit: int = GET_LIMIT,
        get_window_s: float = GET_WINDOW_S,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._write_gap_s, self._get_limit, self._get_window_s = write_gap_s, get_limit, get_window_s
        self._clock = clock
        self._budgets: dict[tuple[str, Bucket], _Budget] = {}
        self._lock = threading.Lock()

    def admit(self, user: str, bucket: Bucket) -> float:
        if bucket == "auth":
            return 0.0
        with self._lock:
            now = self._clock()
            budget = self._budget(user, bucket, now)
            if bucket == "write":
                at = max(now, budget.next_at)
                if at - now <= LONGEST_WAIT_S:
                    budget.next_at = at + self._write_gap_s
                return at - now
            return self._admit_read(budget, now)

    def _admit_read(self, budget: _Budget, now: float) -> float:
        """Fill the running window first; whoever comes later is given a place in the window after it."""
        start = max(now, budget.next_at)
        if start >= budget.window_ends_at:
            budget.window_ends_at, budget.used = start + self._get_window_s, 0
        if budget.used >= self._get_limit:
            start = budget.window_ends_at
            if start - now <= LONGEST_WAIT_S:
                budget.next_at, budget.window_ends_at, budget.used = start, start + self._get_window_s, 0
        if start - now <= LONGEST_WAIT_S:
            budget.used += 1
        return start - now

    def observe(self, user: str, bucket: Bucket, status: int, headers: Mapping[str, str]) -> None:
        if status != 429 or bucket == "auth":
            return
        wait_s = retry_after_s(headers)
        with self._lock:
            now = self._clock()
            budget = self._budget(user, bucket, now)
            budget.next_at = max(budget.next_at, now + (wait_s or 0.0))
            if bucket == "get":
                budget.window_ends_at = min(budget.window_ends_at, budget.next_at)

    def _budget(self, user: str, bucket: Bucket, now: float) -> _Budget:
        if len(self._budgets) > 10_000:
            self._forget_idle(now)
        return self._budgets.setdefault((user, bucket), _Budget())

    def _forget_idle(self, now: float) -> None:
        idle = [k for k, b in self._budgets.items() if max(b.next_at, b.window_ends_at) < now]
        for key in idle:
            del self._budgets[key]


@cache
def of_this_process() -> InProcess:
    """The pacing that all clients of a process share unless they are given another."""
    return InProcess()


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """How long Trakt asks to wait [s], from Retry-After, else from X-Ratelimit; None when it does not say."""
    try:
        return max(0.0, float(headers["retry-after"]))
    except (KeyError, ValueError):
        pass
    try:
        limit = json.loads(headers["x-ratelimit"])
        return _until_s(limit, headers)
    except (KeyError, ValueError, TypeError):
        return None


def _until_s(limit: Mapping[str, str], headers: Mapping[str, str]) -> float:
    """From now to X-Ratelimit's `until`, both by the server's clock; its whole period where one is missing."""
    if "until" not in limit or "date" not in headers:
        return float(limit["period"])
    until_at = datetime.fromisoformat(limit["until"])
    return max(0.0, (until_at - parsedate_to_datetime(headers["date"])).total_seconds())

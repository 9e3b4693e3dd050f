"""Keeping inside Trakt's rate limits, per user: at most one write in 1.1 s, at most 500 reads in 5 minutes.

`Pacing` is a port: the library's own (`InProcess`) counts in memory for all threads and tasks of a process; an
application with several processes gives one that counts in its store. It says how long to wait; it never waits.

Source: https://docs.trakt.tv (rate limiting): AUTHED_API_POST_LIMIT, AUTHED_API_GET_LIMIT, UNAUTHED_API_GET_LIMIT.
"""

from __future__ import annotations

import json
import math
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from time import monotonic
from typing import Protocol, cast

from watchprint.trakt.clock import Clock, SystemClock
from watchprint.trakt.wire import Bucket

WRITE_GAP_S = 1.1
GET_LIMIT = 500
GET_WINDOW_S = 300.0
LONGEST_WAIT_S = 60.0
"""Longer than this nobody sleeps unseen: the caller is told the time instead, and no place is taken."""
LONGEST_ASKED_S = 86_400.0
"""An answer that asks for more than a day is believed for a day."""
BARE_PAUSE_S = 1.0
"""How long all requests of a bucket rest after a 429 that names no time."""


class Pacing(Protocol):
    """Who may send when.

    One that waits for a disk or a server says so by an attribute `blocks` that is True: async clients then ask it in
    a worker thread.
    """

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
    """What one user has used of one bucket.

    Attributes:
        next_at: No place before this instant: the gap after a write, or what Trakt asked for.
        taken: When the places of the running window were taken for, oldest first (reads only).
    """

    next_at: float = 0.0
    taken: deque[float] = field(default_factory=deque)


class InProcess:
    """The pacing of one process.

    Between two places for writes lies the gap, and no window of 5 minutes, wherever it begins, has more places for
    reads than the limit: Trakt does not say where its own windows begin. A place that is taken is not given back, so
    that writes leave in the order in which they asked. The users idle for longest are forgotten.

    Args:
        write_gap_s: Least time between two writes of a user [s].
        get_limit: Most reads of a user in a window.
        get_window_s: The window's length [s].
        clock: A clock that does not go back [s].
        most_users: Budgets that are remembered.
    """

    def __init__(
        self,
        *,
        write_gap_s: float = WRITE_GAP_S,
        get_limit: int = GET_LIMIT,
        get_window_s: float = GET_WINDOW_S,
        clock: Callable[[], float] = monotonic,
        most_users: int = 10_000,
    ) -> None:
        self._write_gap_s, self._get_limit, self._get_window_s = write_gap_s, get_limit, get_window_s
        self._clock, self._most_users = clock, most_users
        self._budgets: OrderedDict[tuple[str, Bucket], _Budget] = OrderedDict()
        self._lock = threading.Lock()

    def admit(self, user: str, bucket: Bucket) -> float:
        if bucket == "auth":
            return 0.0
        with self._lock:
            now, budget = self._clock(), self._budget(user, bucket)
            at = max(now, budget.next_at)
            if bucket == "get":
                at = self._after_the_window(budget, now, at)
            if at - now > LONGEST_WAIT_S:
                return at - now
            if bucket == "write":
                budget.next_at = at + self._write_gap_s
            else:
                budget.taken.append(at)
            return at - now

    def _after_the_window(self, budget: _Budget, now: float, at: float) -> float:
        """The first instant from `at` on at which the window that ends there has room."""
        taken = budget.taken
        while taken and taken[0] <= now - self._get_window_s:
            taken.popleft()
        if taken:
            at = max(at, taken[-1])
        if len(taken) < self._get_limit:
            return at
        return max(at, taken[-self._get_limit] + self._get_window_s)

    def observe(self, user: str, bucket: Bucket, status: int, headers: Mapping[str, str]) -> None:
        if status != 429 or bucket == "auth":
            return
        asked_s = retry_after_s(headers)
        with self._lock:
            budget = self._budget(user, bucket)
            budget.next_at = max(budget.next_at, self._clock() + (BARE_PAUSE_S if asked_s is None else asked_s))

    def _budget(self, user: str, bucket: Bucket) -> _Budget:
        key = user, bucket
        budget = self._budgets.get(key)
        if budget is None:
            budget = self._budgets[key] = _Budget()
            if len(self._budgets) > self._most_users:
                self._budgets.popitem(last=False)
        self._budgets.move_to_end(key)
        return budget


@cache
def of_this_process() -> InProcess:
    """The pacing that all clients of a process share unless they are given another."""
    return InProcess()


def by_clock(clock: Clock) -> Pacing:
    """The pacing that all clients of one clock share: time passes as that clock has it (a sandbox brings its own)."""
    return of_this_process() if isinstance(clock, SystemClock) else _of_clock(cast(Hashable, clock))


@cache
def _of_clock(clock: Hashable) -> InProcess:
    ticking = cast(Clock, clock)  # clocks are told apart by themselves
    return InProcess(clock=lambda: ticking.now().timestamp())


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """How long Trakt asks to wait [s], from Retry-After, else from X-Ratelimit; None when it does not say."""
    for read in (_from_retry_after, _from_ratelimit):
        try:
            wait_s = read(headers)
        except (KeyError, ValueError, TypeError, ArithmeticError, RecursionError):
            continue
        if math.isfinite(wait_s):
            return min(max(0.0, wait_s), LONGEST_ASKED_S)
    return None


def _from_retry_after(headers: Mapping[str, str]) -> float:
    """Seconds, or a date by the server's clock."""
    text = headers["retry-after"]
    return float(text) if text.strip()[:1].isdigit() else _until_s(parsedate_to_datetime(text), headers)


def _from_ratelimit(headers: Mapping[str, str]) -> float:
    """To its `until`; its whole period where that is missing."""
    limit = json.loads(headers["x-ratelimit"])
    if "until" not in limit or "date" not in headers:
        return float(limit["period"])
    return _until_s(datetime.fromisoformat(limit["until"]), headers)


def _until_s(until_at: datetime, headers: Mapping[str, str]) -> float:
    return (until_at - parsedate_to_datetime(headers["date"])).total_seconds()

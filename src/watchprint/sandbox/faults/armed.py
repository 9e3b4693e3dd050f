"""The faults that tests have armed, and which of them a request meets. Changes no answer itself (see bend.py).

A fault hits requests that fit its `match`, after letting `skip` of them pass, `times` times. Kinds that decide the
answer take turns, the one armed first before the next; kinds that only bend it work together. A kind that finds
nothing to bend (no list to put nulls into, no token to expire) is not used up.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any, Final

import msgspec
from msgspec import Struct, field

PLAIN: Final = ("401", "403", "423", "426", "429", "500", "502", "503", "504", "520", "521", "522")
DECIDING: Final = frozenset({*PLAIN, "429_html", "429_bare", "empty_420", "reset", "stored_504", "truncated"})
"""Kinds of which one alone decides what a request gets."""
KINDS: Final = (
    *PLAIN[:5],
    "429_html",
    "429_bare",
    *PLAIN[5:],
    "empty_420",
    "reset",
    "slow",
    "truncated",
    "stored_504",
    "lost_refresh",
    "expired_token",
    "null_rows",
    "bad_count",
    "bad_json",
    "lag",
    "seconds_kept",
)
"""All kinds, in the order of the documentation."""


_OF_WRITES: Final = frozenset({"stored_504", "lost_refresh"})
"""Kinds that need something to store; reads pass them by."""
_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class FaultRefused(ValueError):
    """No such fault; the text says what is wrong and what there is."""


class Match(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """Which requests: method, path (exact, or a prefix ending in `*`), and the slug of the user behind the token."""

    method: str | None = None
    path: str | None = None
    user: str | None = None

    def fits(self, method: str, path: str, slug: str | None) -> bool:
        """Whether a request is one of these."""
        if self.method not in (None, "*") and self.method.upper() != method:
            return False
        if self.user is not None and self.user != slug:
            return False
        if self.path is None:
            return True
        if self.path.endswith("*"):
            return path.startswith(self.path[:-1])
        return path.rstrip("/") == self.path.rstrip("/")


class Fault(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One armed fault."""

    kind: str
    match: Match = field(default_factory=Match)
    times: int | None = 1
    """How often it hits; None: until it is cleared."""
    skip: int = 0
    """How many fitting requests pass first."""
    delay_s: float = 1.0
    """`slow`: real seconds before the answer."""
    retry_after_s: int | None = None
    """`429`, `429_html`, `503`: the value of Retry-After."""
    applied: bool = False
    """`reset`: the request takes effect before the connection is cut."""
    delta: int = 1
    """`bad_count`: how far X-Pagination-Item-Count is off."""
    every: int = 3
    """`null_rows`: the first row and every so manieth after it lose their title."""
    lag_s: float | None = None
    """`lag`: seconds of the sandbox's clock until reads see the write (1.5 when neither is said)."""
    gets: int | None = None
    """`lag`: or how many reads still see the old state."""
    id: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"There is no fault {self.kind!r}; the kinds are {', '.join(KINDS)}.")
        if self.every < 1 or self.skip < 0 or self.delay_s < 0 or (self.times is not None and self.times < 1):
            raise ValueError("times and every start at 1, skip and delay_s at 0.")


class Faults:
    """All armed faults, oldest first."""

    def __init__(self) -> None:
        self.armed: list[Fault] = []
        self._ids = count(1)

    def arm(self, wish: Any) -> Fault:
        """Arm the fault that this JSON object describes.

        Raises:
            FaultRefused: Unknown kind or field, or a value out of range.
        """
        try:
            fault = msgspec.convert(wish, Fault)
        except msgspec.ValidationError as error:
            raise FaultRefused(str(error).split(" - at `$`")[0]) from error
        fault.id = next(self._ids)
        self.armed.append(fault)
        return fault

    def clear(self) -> None:
        """Disarm all."""
        self.armed.clear()

    def meeting(self, method: str, path: str, slug: str | None) -> list[Fault]:
        """The armed faults that this request fits, oldest first; none is used up by asking."""
        reading = method in _READING
        return [
            fault
            for fault in self.armed
            if fault.match.fits(method, path, slug) and not (reading and fault.kind in _OF_WRITES)
        ]

    def use(self, fault: Fault) -> bool:
        """Count a fitting request: False while it is one to be let pass, else the fault hits."""
        if fault.skip > 0:
            fault.skip -= 1
            return False
        if fault.times is not None:
            fault.times -= 1
            if fault.times == 0:
                self.armed.remove(fault)
        return True

    def take(self, meeting: list[Fault], kinds: frozenset[str]) -> Iterator[Fault]:
        """Those of these kinds that hit now, used up one by one as they are asked for."""
        return (fault for fault in meeting if fault.kind in kinds and self.use(fault))

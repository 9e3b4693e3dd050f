"""Lets somebody see every answer that routes give in this process: the proof that they fit Trakt's contract.

Empty in a sandbox that is merely used. Sees answers as the routes gave them, before any fault bends them; control
calls, refusals on the way to a route and pictures of the socket are not its business.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from msgspec.json import encode

from watchprint.sandbox.kernel import Answer, Call, Route


@dataclass(frozen=True, slots=True)
class Observed:
    """One answer of a route. `extended` is the query's; `body` the text that is sent (empty: none)."""

    route: Route
    path: str
    extended: frozenset[str]
    status: int
    body: bytes
    content_type: str


Observer = Callable[[Observed], None]

OBSERVERS: Final[list[Observer]] = []
"""Who is told; each is called on the thread that answers, so that it should be quick. Whoever adds one removes it."""


def tell(route: Route, call: Call, answer: Answer) -> None:
    """Tell every observer what the route answered."""
    if not OBSERVERS:
        return
    body = answer.body
    if not isinstance(body, bytes):
        body = b"" if body is None else encode(body)
    seen = Observed(route, call.path, call.extended, answer.status, body, answer.content_type)
    for observer in OBSERVERS:
        observer(seen)

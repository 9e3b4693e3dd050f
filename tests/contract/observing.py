"""Every 2xx answer that any test of this process gets from a sandbox is checked against the contract.

A pytest plugin in the form of fixtures: tests/conftest.py imports `answers_fit_the_contract`, which is then around
every test. Answers are told apart by their shape (shapes.py), and each shape is judged once. Sandboxes in processes
of their own are not seen; without the reference material nothing is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final

import pytest
from msgspec.json import decode

from tests.contract.contract import Contract
from tests.contract.shapes import Shape, Shapes
from watchprint.sandbox.serving.observing import OBSERVERS, Observed

FOLDER: Final = Path(__file__).resolve().parents[3] / "shared" / "contract"
OWN_ROUTES: Final = "/probe/"
"""Routes that tests put beside Trakt's."""
MOST_BODIES: Final = 50_000


@dataclass(slots=True)
class Watch:
    """Takes answers in, told apart by their shape, until somebody judges those that are new."""

    contract: Contract
    answers: int = 0
    judged: int = 0
    routes: set[tuple[str, str, int]] = field(default_factory=set)
    _bodies: set[int] = field(default_factory=set)
    _known: set[tuple[object, ...]] = field(default_factory=set)
    _new: SimpleQueue[tuple[Observed, bytes]] = field(default_factory=SimpleQueue)
    _shapes: Shapes = field(init=False)

    def __post_init__(self) -> None:
        self._shapes = Shapes(self.contract.looked)

    def see(self, seen: Observed) -> None:
        """Take in one answer; quick, since it is called on the thread that answers."""
        route = seen.route
        if not 200 <= seen.status < 300 or route.host in ("page", "image") or route.pattern.startswith(OWN_ROUTES):
            return
        self.answers += 1
        self.routes.add((route.method, route.pattern, seen.status))
        text = hash((seen.path, seen.extended, seen.status, seen.body))
        if text in self._bodies:
            return
        if len(self._bodies) >= MOST_BODIES:
            self._bodies.clear()
        self._bodies.add(text)
        paths = self.contract.paths(seen)
        if seen.body[:1] != b"[":
            self._take(seen, paths, self._shapes.of(seen.body) if seen.body else None, seen.body)
            return
        for shape, row in self._shapes.rows(seen.body):
            self._take(seen, paths, shape, b"[%b]" % row)

    def _take(self, seen: Observed, paths: tuple[str, ...], shape: Shape, body: bytes) -> None:
        key = (seen.route.method, paths, seen.status, shape)
        if key not in self._known:
            self._known.add(key)
            self._new.put((seen, body))

    def complaints(self) -> list[str]:
        """What the contract does not allow in the answers since the last time: path, pointer and message."""
        found: dict[str, None] = {}
        while True:
            try:
                seen, body = self._new.get_nowait()
            except Empty:
                return list(found)
            self.judged += 1
            asked = f"{seen.route.method} {seen.path} {seen.status}"
            for path, fault in self.contract.faults(seen, decode(body) if body else None):
                row = f" of a row of type {fault.row}" if fault.row else ""
                found[f"{asked} ({path}) at {fault.pointer or '/'}{row}: {fault.message}"] = None


@cache
def watch() -> Watch | None:
    """The watch of this process; None without the reference material."""
    if not FOLDER.is_dir():
        return None
    made = Watch(Contract(FOLDER))
    OBSERVERS.append(made.see)
    return made


@pytest.fixture(autouse=True)
def answers_fit_the_contract() -> Iterator[None]:
    """After each test: the 2xx answers that sandboxes of this process gave fit Trakt's contract."""
    watching = watch()
    yield
    if watching is not None:
        complaints = watching.complaints()
        if complaints:
            pytest.fail("answers that Trakt's contract does not allow:\n" + "\n".join(complaints[:20]), pytrace=False)

"""One request from arrival to answer: time passes, faults strike, the gate checks, the route answers.

Works on the server's loop thread, without waiting for anything, so that each request sees one instant.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from urllib.parse import urlsplit

from watchprint.sandbox.clock import Clock
from watchprint.sandbox.faults.armed import Faults
from watchprint.sandbox.faults.lag import Lag
from watchprint.sandbox.faults.strike import Strike
from watchprint.sandbox.kernel import Answer, Call, Refusal, Route, World
from watchprint.sandbox.serving.answers import Finisher
from watchprint.sandbox.serving.gate import Gate
from watchprint.sandbox.serving.log import RequestLog, Seen
from watchprint.sandbox.serving.observing import tell
from watchprint.sandbox.serving.reading import body_of
from watchprint.sandbox.serving.table import Found, Table
from watchprint.sandbox.state import Grant
from watchprint.sandbox.wire import Incoming, Outgoing

_LOG = logging.getLogger(__name__)


class Dispatch:
    """Answers requests on one world.

    Args:
        world: Tables, catalogue, options.
        clock: What says when a request arrives.
        routes: Every route there is.
        settle: Lets what is due happen (check-ins that mature), before each request.
    """

    def __init__(self, world: World, clock: Clock, routes: Sequence[Route], settle: Callable[[World], None]) -> None:
        self._world = world
        self._clock = clock
        self._settle = settle
        self._table = Table(routes)
        self._finisher = Finisher()
        self.gate = Gate(world)
        self.faults = Faults()
        self.lag = Lag()
        self.log = RequestLog()
        self._strike = Strike(world, self.faults, self.lag, self.gate.limits)

    def pass_time(self) -> None:
        """The world's time is now; what is due happens."""
        self._world.now = self._clock.now()
        self._settle(self._world)

    def serve(self, incoming: Incoming) -> Outgoing:
        """The answer, and how it is delivered."""
        self.pass_time()
        out = self._serve(incoming)
        status = None if out.delivery == "cut" else out.status
        self.log.add(
            Seen(
                self._world.now,
                incoming.method,
                incoming.path,
                incoming.query_text,
                incoming.headers,
                incoming.body,
                status,
            )
        )
        return out

    def _serve(self, incoming: Incoming) -> Outgoing:
        if incoming.method == "OPTIONS":
            return self._finisher.preflight(self._world.now)
        pair = self.gate.bearer(incoming)
        if not self.faults.armed:
            return self._finisher.finish(incoming, self._answer(incoming, pair), self._world.now)
        return self._strike.serve(
            incoming,
            pair,
            lambda: self._answer(incoming, pair),
            lambda answer: self._finisher.finish(incoming, answer, self._world.now),
        )

    def _answer(self, incoming: Incoming, pair: Grant | None) -> Answer:
        """What the route answers, or the refusal on the way to it."""
        method = "GET" if incoming.method == "HEAD" else incoming.method
        found = self._table.find(method, incoming.path)
        if not isinstance(found, Found):
            return Answer(405, None, {"Allow": ", ".join(sorted(found))}) if found else Answer(404)
        try:
            with self._as_seen_by(method, pair):
                return self._ask(incoming, found, pair)
        except Refusal as refusal:
            return refusal.answer
        except Exception:
            _LOG.exception("%s %s failed in the sandbox", incoming.method, incoming.path)
            return Answer(500, b"Internal server error of the sandbox.", {}, "text/plain; charset=utf-8")

    def _as_seen_by(self, method: str, pair: Grant | None) -> AbstractContextManager[None]:
        """Reads may lag behind writes (a fault)."""
        if not self.lag or method != "GET":
            return nullcontext()
        return self.lag.reading(self._world.state, pair.user if pair else None, self._world.now)

    def _ask(self, incoming: Incoming, found: Found, pair: Grant | None) -> Answer:
        route, gate = found.route, self.gate
        user = None
        if route.host == "api":
            gate.check_key(incoming)
            user = gate.user(incoming, route, pair)
        elif route.host == "page" and from_elsewhere(incoming):
            raise Refusal(403)
        verdict = gate.admit(incoming, route, user)
        body = body_of(incoming, route, strict=self._world.options.strict)
        call = Call(
            route.method,
            incoming.path,
            found.parts,
            incoming.query,
            body,
            incoming.headers,
            user,
            self._world,
        )
        try:
            answer = route.handler(call)
        except Refusal as refusal:
            answer = refusal.answer
        if verdict is not None and route.method != "GET":
            answer.headers["X-Ratelimit"] = verdict.header
        tell(route, call, answer)
        return answer


def from_elsewhere(incoming: Incoming) -> bool:
    """Whether a page of another site sent this (its Origin is not the host that was asked)."""
    origin = incoming.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != incoming.headers.get("Host")

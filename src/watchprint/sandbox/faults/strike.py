"""A request that meets armed faults: answered instead, cut, delayed, bent, or behind its time.

The order is that of a real path: the edge before the API (refusals, cut connections), then the API (token,
lag), then what happens to a finished answer on its way back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from msgspec import DecodeError
from msgspec.json import decode

from watchprint.sandbox.faults import bend
from watchprint.sandbox.faults.answers import cloudflare, instead
from watchprint.sandbox.faults.armed import DECIDING, Fault, Faults
from watchprint.sandbox.faults.lag import Lag, copy_of
from watchprint.sandbox.kernel import Answer, World
from watchprint.sandbox.oauth.grants import good
from watchprint.sandbox.rate_limits import OPEN_READS, READS, WRITES, RateLimits, Verdict
from watchprint.sandbox.state import Grant, User
from watchprint.sandbox.wire import Incoming, Outgoing


@dataclass(slots=True)
class _Met:
    """A request and the faults that fit it."""

    incoming: Incoming
    pair: Grant | None
    faults: list[Fault]

    @property
    def writes(self) -> bool:
        return self.incoming.method not in ("GET", "HEAD")

    def of(self, kind: str) -> list[Fault]:
        return [fault for fault in self.faults if fault.kind == kind]


class Strike:
    """Lets armed faults strike."""

    def __init__(self, world: World, faults: Faults, lag: Lag, limits: RateLimits) -> None:
        self._world = world
        self._faults = faults
        self._lag = lag
        self._limits = limits

    def serve(
        self,
        incoming: Incoming,
        pair: Grant | None,
        answer: Callable[[], Answer],
        finish: Callable[[Answer], Outgoing],
    ) -> Outgoing:
        """What this request gets.

        Args:
            incoming: The request.
            pair: The token pair that it carries.
            answer: Lets the route act and answer.
            finish: Makes an answer ready for the socket.
        """
        slug = pair.user if pair else None
        met = _Met(incoming, pair, self._faults.meeting(incoming.method, incoming.path, slug))
        delay_s = sum(fault.delay_s for fault in self._faults.take(met.faults, frozenset({"slow"})))
        out = self._decide(met, answer, finish)
        out.delay_s = delay_s
        return out

    def _decide(self, met: _Met, answer: Callable[[], Answer], finish: Callable[[Answer], Outgoing]) -> Outgoing:
        fault = next(self._faults.take(met.faults, DECIDING), None)
        if fault is not None and fault.kind == "reset" and not fault.applied:
            return _cut()
        if fault is not None and fault.kind not in ("reset", "truncated", "stored_504"):
            return finish(instead(fault, self._used_up(met)))
        given = self._within(met, answer)
        if (fault is not None and fault.kind == "reset") or self._loses_refresh(met, given):
            return _cut()
        if fault is not None and fault.kind == "stored_504":
            return finish(cloudflare(504))
        out = self._bent(met, finish(given))
        if fault is not None:
            out.delivery = "half"
        return out

    def _used_up(self, met: _Met) -> Verdict:
        """What the asker's rate limit would say had they used it up."""
        bucket = WRITES if met.writes else READS if met.pair else OPEN_READS
        until_s = self._world.now.timestamp() + bucket.period_s
        return Verdict(False, bucket, 0, until_s, bucket.period_s)

    def _within(self, met: _Met, answer: Callable[[], Answer]) -> Answer:
        """The route's answer, with the faults that lie inside the API."""
        self._expire(met)
        user = self._world.state.users.get(met.pair.user) if met.pair else None
        lag = met.of("lag") if met.writes and user is not None else []
        before = copy_of(user) if lag and user is not None else None
        kept = met.of("seconds_kept") if met.writes else []
        self._world.keep_seconds = any(self._faults.use(fault) for fault in kept)
        try:
            given = answer()
        finally:
            self._world.keep_seconds = False
        if before is not None and given.status < 300:
            self._fall_behind(lag, before)
        return given

    def _expire(self, met: _Met) -> None:
        """The token is not good any more; its refresh token still is."""
        if met.pair is None or not good(met.pair, self._world.now):
            return
        for fault in met.of("expired_token"):
            if self._faults.use(fault):
                met.pair.access_revoked = True
                return

    def _fall_behind(self, lag: list[Fault], before: User) -> None:
        for fault in lag:
            if self._faults.use(fault):
                self._lag.begin(before, fault, self._world.now)
                return

    def _loses_refresh(self, met: _Met, given: Answer) -> bool:
        """Whether this was a refresh that worked, and whose answer is lost."""
        lost = met.of("lost_refresh")
        return bool(lost and given.status == 200 and is_refresh(met.incoming) and self._faults.use(lost[0]))

    def _bent(self, met: _Met, out: Outgoing) -> Outgoing:
        """The finished answer, with wrong rows, counts or JSON where it has any."""
        if not 200 <= out.status < 300:
            return out
        for fault in met.of("null_rows"):
            body = bend.with_null_rows(out.body, fault.every)
            if body is not None and self._faults.use(fault):
                out.body = body
                out.headers.pop("ETag", None)
        for fault in met.of("bad_count"):
            if "X-Pagination-Item-Count" in out.headers and self._faults.use(fault):
                bend.with_wrong_count(out.headers, fault.delta)
        for fault in met.of("bad_json"):
            if out.body and "json" in out.headers.get("Content-Type", "") and self._faults.use(fault):
                out.body = bend.cut(out.body)
                out.headers.pop("ETag", None)
        return out


def is_refresh(incoming: Incoming) -> bool:
    """Whether the request asks for a new pair by refresh token."""
    if incoming.method != "POST" or incoming.path.rstrip("/") != "/oauth/token":
        return False
    try:
        body = decode(incoming.body)
    except (DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return isinstance(body, dict) and body.get("grant_type") == "refresh_token"


def _cut() -> Outgoing:
    return Outgoing(0, b"", {}, "cut")

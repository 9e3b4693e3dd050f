"""Pure verdicts: what to do about an outcome. No clock, no socket, no randomness of its own.

Source: the retry rules of Trakt's guides. A read is tried again on 429, 5xx and a missing answer; a write only
when it certainly was not carried out: no connection was made, 401, 429 (or when it says that it may be repeated).
No 5xx is certain: even Cloudflare's 522 comes after a request that was delivered and not acknowledged.
409, 420, 422, 423 and 426 are final.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from watchprint.trakt.errors import TraktError, is_private, no_answer, refusal, unknown_outcome
from watchprint.trakt.pacing import LONGEST_WAIT_S, retry_after_s
from watchprint.trakt.wire import Call, NoReply, Reply

BACKOFF_CAP_S = 8.0
BARE_RETRY_S = 30.0
"""What a caller is told to wait after a 429 that names no time."""


@dataclass(frozen=True, slots=True)
class Accept:
    reply: Reply


@dataclass(frozen=True, slots=True)
class Again:
    """Wait, then send once more."""

    after_s: float


@dataclass(frozen=True, slots=True)
class Fresh:
    """Renew the token, then send once more."""


@dataclass(frozen=True, slots=True)
class GiveUp:
    error: TraktError


Verdict: TypeAlias = Accept | Again | Fresh | GiveUp


def judge(
    outcome: Reply | NoReply,
    call: Call[Any],
    attempt: int,
    *,
    attempts: int = 4,
    renewable: bool = False,
    jitter: float = 0.5,
    waited_s: float = 0.0,
) -> Verdict:
    """Decide about the outcome of the attempt-th try.

    Args:
        outcome: What came back.
        call: What was asked; says whether it may be repeated.
        attempt: Which try this was, from 1.
        attempts: How many tries in all.
        renewable: The token can be renewed, and was not yet in this conversation.
        jitter: A random number from 0 to 1 that spreads the waits.
        waited_s: How long this conversation has waited already [s]; all its waits together are bearable.
    """
    last = attempt >= attempts
    pause = backoff_s(attempt, jitter)
    match outcome:
        case NoReply(sent=sent):
            again = not last and (call.repeatable or not sent)
            return Again(pause) if again else GiveUp(no_answer(outcome, call.request, repeatable=call.repeatable))
        case Reply(status=status) if 200 <= status < 300 or status in call.accepts:
            return Accept(outcome)
        case Reply(status=401) if renewable and not is_private(outcome):
            return Fresh()
        case Reply(status=429):
            return _throttled(outcome, call, pause, waited_s, last=last)
        case Reply(status=status) if status >= 500:
            return _broken(outcome, call, pause, waited_s, last=last)
        case Reply():
            return GiveUp(refusal(outcome, call.request))


def backoff_s(attempt: int, jitter: float) -> float:
    """The wait after the attempt-th try [s]: doubling from 0.5, capped, spread over its upper half."""
    return min(BACKOFF_CAP_S, 0.5 * 2.0 ** (attempt - 1)) * (0.5 + jitter / 2)


def _throttled(reply: Reply, call: Call[Any], pause: float, waited_s: float, *, last: bool) -> Verdict:
    """A 429 was certainly not carried out, so that even a write may be sent again."""
    asked = retry_after_s(reply.headers)
    wait = pause if asked is None else asked + pause / 10
    if last or waited_s + wait > LONGEST_WAIT_S:
        return GiveUp(refusal(reply, call.request, retry_after_s=BARE_RETRY_S if asked is None else asked))
    return Again(wait)


def _broken(reply: Reply, call: Call[Any], pause: float, waited_s: float, *, last: bool) -> Verdict:
    if not call.repeatable:
        return GiveUp(unknown_outcome(call.request, f"HTTP {reply.status}", reply))
    wait = max(pause, retry_after_s(reply.headers) or 0.0)
    if last or waited_s + wait > LONGEST_WAIT_S:
        return GiveUp(refusal(reply, call.request))
    return Again(wait)

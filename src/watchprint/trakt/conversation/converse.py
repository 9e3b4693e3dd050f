"""One call's conversation with Trakt, as a generator: it says what to do and never does it.

The runner (runners/) carries out each step and sends the outcome back; a test plays outcomes to it by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from watchprint.trakt.conversation.policy import Accept, Again, Fresh, GiveUp, backoff_s, judge
from watchprint.trakt.errors import Unreadable, refusal, unknown_outcome
from watchprint.trakt.wire import (
    Admit,
    Call,
    Conversation,
    NoReply,
    Renew,
    Reply,
    Secret,
    Send,
    Wait,
    secrets_of,
    without,
)

T = TypeVar("T")


def converse(
    call: Call[T],
    token: str | None = None,
    *,
    renewable: bool = False,
    attempts: int = 4,
    draw: Callable[[], float] = lambda: 0.5,
) -> Conversation[T]:
    """Send a call until its answer is read or the error is final.

    Args:
        call: What to ask.
        token: The access token to begin with.
        renewable: The token can be renewed once it is refused.
        attempts: How often to send at most; a renewal does not count.
        draw: Random numbers from 0 to 1.

    Returns:
        What the call's reader made of the answer.

    Raises:
        TraktError: The final refusal, or the missing answer.
    """
    token = None if token is None else Secret(token)
    failures, waited_s = 0, 0.0
    used = [*secrets_of(call.request), *([] if token is None else [token])]
    while True:
        yield Admit(call.bucket)
        outcome = yield Send(call.request, token, call.bucket)
        assert isinstance(outcome, Reply | NoReply), "a Send is answered with what came back"
        if isinstance(outcome, NoReply) or outcome.status >= 300:
            outcome = without(used, outcome)
        can_renew, chance = renewable and token is not None, draw()
        verdict = judge(
            outcome, call, failures + 1, attempts=attempts, renewable=can_renew, jitter=chance, waited_s=waited_s
        )
        match verdict:
            case Accept(reply=reply):
                try:
                    return call.read(reply)
                except Unreadable as error:
                    pause_s = _reading_again(call, without(used, reply), error, failures + 1, attempts, chance)
            case Again(after_s=pause_s):
                pass
            case Fresh():
                assert token is not None, "only a token can be refused"
                fresh = yield Renew(token)
                if not isinstance(fresh, str):
                    assert isinstance(outcome, Reply), "only a reply refuses a token"
                    raise refusal(outcome, call.request)
                token, renewable = Secret(fresh), False
                used.append(token)
                continue
            case GiveUp(error=error):
                raise error
        failures += 1
        waited_s += pause_s
        yield Wait(pause_s)


def _reading_again(
    call: Call[T], reply: Reply | NoReply, error: Unreadable, attempt: int, attempts: int, chance: float
) -> float:
    """How long to wait before asking again for what could not be read [s].

    Raises:
        UnknownOutcome: It answers a write: something was stored, nobody can say what.
        Unreadable: It was asked often enough.
    """
    assert isinstance(reply, Reply), "what was read is a reply"
    error.__context__ = error.__traceback__ = None  # they lead to frames that hold the body, tokens and all
    if not call.repeatable:
        reason = f"HTTP {reply.status}, and its body cannot be read"
        raise unknown_outcome(call.request, reason, reply) from error
    if attempt >= attempts:
        raise error.about(call.request, reply)
    return backoff_s(attempt, chance)

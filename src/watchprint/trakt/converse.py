"""One call's conversation with Trakt, as a generator: it says what to do and never does it.

The runner (runners/) carries out each step and sends the outcome back; a test plays outcomes to it by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TypeVar

from watchprint.trakt.errors import Unreadable, refusal
from watchprint.trakt.policy import Accept, Again, Fresh, GiveUp, backoff_s, judge
from watchprint.trakt.wire import Admit, Call, Conversation, NoReply, Renew, Reply, Send, Wait

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
    failures = 0
    for _ in count():
        yield Admit(call.bucket)
        outcome = yield Send(call.request, token, call.bucket)
        assert isinstance(outcome, Reply | NoReply), "a Send is answered with what came back"
        verdict = judge(
            outcome,
            call,
            failures + 1,
            attempts=attempts,
            renewable=renewable and token is not None,
            jitter=draw(),
        )
        match verdict:
            case Accept(reply=reply):
                try:
                    return call.read(reply)
                except Unreadable:
                    failures += 1
                    if not call.repeatable or failures >= attempts:
                        raise
                    yield Wait(backoff_s(failures, draw()))
            case Again(after_s=after_s):
                failures += 1
                yield Wait(after_s)
            case Fresh():
                assert token is not None, "only a token can be refused"
                fresh = yield Renew(token)
                if not isinstance(fresh, str):
                    assert isinstance(outcome, Reply)
                    raise refusal(outcome, call.request)
                token, renewable = fresh, False
            case GiveUp(error=error):
                raise error
    raise AssertionError("count() does not end")

"""A conversation played by hand: outcomes in, steps out. No socket, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from watchprint.trakt.errors import TraktError
from watchprint.trakt.wire import Call, Conversation, NoReply, Outcome, Renew, Reply, Request, Send, Step, Wait

TOKEN = "the-access-token"


@dataclass
class Played:
    """How a conversation went."""

    steps: list[Step] = field(default_factory=list)
    result: Any = None
    error: TraktError | None = None

    @property
    def sent(self) -> list[Send]:
        return [step for step in self.steps if isinstance(step, Send)]

    @property
    def waits_s(self) -> list[float]:
        return [step.seconds for step in self.steps if isinstance(step, Wait)]

    @property
    def renewals(self) -> list[Renew]:
        return [step for step in self.steps if isinstance(step, Renew)]


def play(
    conversation: Conversation[Any], outcomes: Iterable[Reply | NoReply], *, fresh: str | None = "fresh"
) -> Played:
    """Answer each Send with the next outcome and each Renew with this token."""
    played, left = Played(), iter(outcomes)
    answer: Outcome = None
    while True:
        try:
            step = conversation.send(answer)
        except StopIteration as done:
            played.result = done.value
            return played
        except TraktError as error:
            played.error = error
            return played
        played.steps.append(step)
        answer = next(left) if isinstance(step, Send) else fresh if isinstance(step, Renew) else None


def read(path: str = "/sync/history") -> Call[bytes]:
    """A read that takes any body."""
    return Call(Request("GET", path, {"page": "1", "limit": "5"}), _body, repeatable=True, bucket="get")


def write(*, repeatable: bool = False) -> Call[bytes]:
    """A write that takes any body."""
    request = Request("POST", "/sync/history", body=b'{"movies":[]}')
    return Call(request, _body, repeatable=repeatable, bucket="write")


def _body(reply: Reply) -> bytes:
    return reply.body

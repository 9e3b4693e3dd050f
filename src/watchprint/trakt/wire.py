"""Values that cross the wire and the steps of a conversation. Nothing here touches a socket or a clock."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, Literal, TypeAlias, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

Bucket: TypeAlias = Literal["get", "write", "auth"]
"""Which of Trakt's budgets a request is counted in; `auth` is the sign-in host (unpaced, never per user)."""


_SECRET_FIELDS = frozenset({"client_secret", "code", "code_verifier", "refresh_token", "token"})


class Secret(str):
    """A token on its way: text whose repr does not show it, so that no traceback with its locals does."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'…'"


@dataclass(frozen=True, slots=True)
class Request:
    """One request, as values: the path below the host, the query, and the JSON body as bytes."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    on_auth_host: bool = False
    secret: bool = False
    """Body and reply hold secrets: neither is ever shown in an error."""

    def __repr__(self) -> str:
        return f"<{self.method} {self.path}>"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with its body read to the end. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def __repr__(self) -> str:
        return f"<{self.status}, {len(self.body)} bytes>"


@dataclass(frozen=True, slots=True)
class NoReply:
    """No whole answer came.

    `sent` False means that the request certainly did not reach the server (no connection was made).
    """

    reason: str
    sent: bool
    timed_out: bool = False


def secrets_of(request: Request) -> list[Secret]:
    """What the body of a secret request holds that nobody may see."""
    if not request.secret or not request.body:
        return []
    return [Secret(value) for name, value in json.loads(request.body).items() if name in _SECRET_FIELDS]


def without(tokens: Sequence[str], outcome: Reply | NoReply) -> Reply | NoReply:
    """The same outcome, the tokens taken out, should a server or a library have repeated them."""
    for token in filter(None, tokens):
        if isinstance(outcome, NoReply):
            outcome = replace(outcome, reason=outcome.reason.replace(token, "…"))
        else:
            headers = {name: value.replace(token, "…") for name, value in outcome.headers.items()}
            outcome = Reply(outcome.status, headers, outcome.body.replace(token.encode(), "…".encode()))
    return outcome


@dataclass(frozen=True, slots=True)
class Call(Generic[T_co]):
    """A request, how its answer is read, and whether it may be sent twice.

    `repeatable` is True for reads and for writes whose repetition changes nothing and whose second answer says
    the same. A write that is not repeatable is sent again only when it certainly did not arrive.
    `accepts` are statuses beside 2xx that are answers here (a device code that waits is a 400), not refusals.
    """

    request: Request
    read: Callable[[Reply], T_co]
    repeatable: bool
    bucket: Bucket
    needs_user: bool = True
    accepts: frozenset[int] = frozenset()


# --- the steps of a conversation


@dataclass(frozen=True, slots=True)
class Admit:
    """Ask the pacing for a place in this bucket, and wait for it."""

    bucket: Bucket


@dataclass(frozen=True, slots=True)
class Send:
    """Send, with this access token or without one; answered with a Reply or a NoReply."""

    request: Request
    token: str | None = field(repr=False)
    bucket: Bucket


@dataclass(frozen=True, slots=True)
class Wait:
    """Do nothing for this long."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Renew:
    """This access token was refused: answered with a fresh one, got once however many ask, or None."""

    refused: str = field(repr=False)


Step: TypeAlias = Admit | Send | Wait | Renew
Outcome: TypeAlias = Reply | NoReply | str | None
Conversation: TypeAlias = Generator[Step, Outcome, T]

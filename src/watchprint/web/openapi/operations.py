"""What can be asked of this server, as the document says it: the methods of the table, and what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, cast

from msgspec import Struct

from watchprint.web.methods.method import PREFIX, Method
from watchprint.web.methods.table import METHODS
from watchprint.web.shapes.accounts import AccessToken, AccountShape, ForgetQuery, Gone, NewAccountBody
from watchprint.web.shapes.answers import Page
from watchprint.web.shapes.insights import FindingsAnswer, FindingsQuery, InsightAnswer, InsightQuery, InsightShape
from watchprint.web.shapes.queries import NoQuery

_EVERY: Final = ("internal", "invalid", "store-busy", "not-configured")
_TOKEN: Final = (
    "token-missing", "token-expired", "app-refused", "refused", "account-locked", "throttled", "trakt-unreachable",
    "trakt-broken", "unreadable", "trakt-timed-out",
)  # fmt: skip
_BODY: Final = ("malformed", "not-json", "too-large")
_KEYED: Final = ("key-in-flight", "key-used", "unknown-outcome")


@dataclass(frozen=True, slots=True)
class Operation:
    """One of them.

    Attributes:
        name: Unique among all.
        tag: The group it belongs to.
        answers: Status to what is given (None: nothing; a string: that media type, as text).
        problems: The words of the problems that it may answer.
        secured: It needs the user's access token.
        keyed: It takes an Idempotency-Key.
    """

    name: str
    verb: str
    path: str
    says: str
    tag: str
    answers: dict[int, Any]
    problems: tuple[str, ...]
    body: type[Struct] | None = None
    query: type[Struct] = NoQuery
    example: Any = None
    secured: bool = True
    keyed: bool = False
    links: frozenset[str] = field(default_factory=frozenset)


def of_method(method: Method) -> Operation:
    """The operation of one of the 27."""
    answer = (
        cast(Any, Page)[method.answer] if method.paged else method.answer | None if method.nullable else method.answer
    )
    problems = [*_EVERY, *_TOKEN]
    if method.body is not None:
        problems += _BODY
    if method.writes:
        problems += [*_KEYED, "account-full", "vip-only", "already-active"]
    if method.body is not None and hasattr(method.body, "items"):
        problems.append("partly-written")
    if method.paged:
        problems.append("rows-moved")
    return Operation(
        name=method.name,
        verb=method.verb,
        path=method.route,
        says=method.says,
        tag=method.path.split("/")[1],
        answers={method.status: answer},
        problems=(*problems, "not-found"),
        body=method.body,
        query=method.query,
        example=method.example,
        keyed=method.writes,
        links=frozenset({"Link"}) if method.paged else frozenset(),
    )


_NAME = f"{PREFIX}/accounts/{{name}}"
_PAIR = {"access_token": "ACCESS", "refresh_token": "REFRESH", "expires_in_s": 604800, "name": "ann"}
_OWN: Final = (*_EVERY, *_TOKEN, "no-such-account")
_BESIDE: Final[tuple[Operation, ...]] = (
    Operation(
        "hand_over_account", "POST", f"{PREFIX}/accounts", "Hand a token pair over: it is kept sealed and renewed "
        "here, and a copy of the account is begun. 200: the account was there.", "accounts",
        {201: AccountShape, 200: AccountShape}, (*_EVERY, *_TOKEN[1:], *_BODY, "name-taken"),
        body=NewAccountBody, example=_PAIR, secured=False, links=frozenset({"Location"}),
    ),
    Operation("get_account", "GET", _NAME, "How an account stands.", "accounts", {200: AccountShape}, _OWN),
    Operation(
        "forget_account", "DELETE", _NAME, "Withdraw the tokens at Trakt and delete everything that is kept.",
        "accounts", {200: Gone}, _OWN, query=ForgetQuery,
    ),
    Operation(
        "get_access_token", "GET", f"{_NAME}/token", "An access token that Trakt accepts now.", "accounts",
        {200: AccessToken}, (*_OWN, "unknown-outcome"),
    ),
    Operation("sync_account", "POST", f"{_NAME}/sync", "Read the copy now.", "accounts", {202: AccountShape}, _OWN),
    Operation(
        "get_insights", "GET", f"{PREFIX}/insights", "Which insights there are.", "insights",
        {200: list[InsightShape]}, _EVERY, secured=False,
    ),
    Operation(
        "get_insight", "GET", f"{PREFIX}/insights/{{name}}", "The answer to one insight, for a user of whom a copy is "
        "kept.", "insights", {200: InsightAnswer},
        (*_EVERY, *_TOKEN, "no-copy", "copy-not-read", "no-such-insight"), query=InsightQuery,
    ),
    Operation(
        "get_findings", "GET", f"{PREFIX}/findings", "What stands out in all insights, for a user of whom a copy is "
        "kept.", "insights", {200: FindingsAnswer}, (*_EVERY, *_TOKEN, "no-copy", "copy-not-read"),
        query=FindingsQuery,
    ),
    Operation(
        "get_openapi", "GET", f"{PREFIX}/openapi.json", "This document.", "server", {200: "application/json"},
        ("internal",), secured=False,
    ),
    Operation("is_alive", "GET", "/healthz", "The process answers.", "server", {200: "health"}, ("internal",),
              secured=False),
    Operation("is_ready", "GET", "/readyz", "The store can be read.", "server", {200: "health"},
              ("internal", "store-busy"), secured=False),
    Operation("explain_problem", "GET", "/problems/{name}", "What a kind of problem means.", "server",
              {200: "text/plain"}, ("internal", "no-such-route"), secured=False),
)  # fmt: skip
OPERATIONS: Final[tuple[Operation, ...]] = (*map(of_method, METHODS), *_BESIDE)

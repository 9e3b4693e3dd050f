"""What can go wrong, as a tree. Two questions decide the branch: did an answer come, can trying again help?

TraktError
├── NotConfigured         a setting is missing; it names which
├── NoAnswer              no whole answer came
│   ├── Unreachable       the request certainly did not arrive; try later
│   ├── TimedOut          a read got no answer in time; try later
│   └── UnknownOutcome    a write may or may not have been stored; look before you send it again
├── Refused               an answer came, and it was no
│   ├── TokenExpired      401  sign in again
│   ├── AppRefused        403  the API key, or this application, is not accepted
│   ├── NotFound          404  no such title, list or user
│   ├── AlreadyActive     409  something is already running, or was just done (watched_at, expires_at)
│   ├── AccountLimit      420  the account is full
│   ├── Invalid           400, 422 and other 4xx; also what we refuse before sending (a ValueError too)
│   ├── AccountLocked     423  locked or deactivated; only Trakt's support can help
│   ├── VipOnly           426  needs Trakt VIP
│   ├── Throttled         429  too fast; try after retry_after_s
│   ├── SignInDenied      the user said no
│   ├── SignInExpired     the code ran out or was used; begin again
│   └── TraktBroken       5xx  Trakt's fault; try later
├── Unreadable            an answer came that is not what the endpoint promises, or rows are missing from it
└── PartlyWritten         a batch stopped midway; says what was written and what is left

Each carries the request and the reply (secrets removed) where there was one, and survives copying and pickling.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, Self

from watchprint.trakt.wire import NoReply, Reply, Request

UPGRADE_URL = "https://app.trakt.tv/vip"
_GRANT_ERRORS = frozenset(
    [
        "invalid_request",
        "invalid_client",
        "invalid_grant",
        "unauthorized_client",
        "unsupported_grant_type",
        "invalid_scope",
        "access_denied",
        "expired_token",
        "slow_down",
        "authorization_pending",
    ]
)
"""The words of RFC 6749 and 8628: all that is ever shown of an answer of the token endpoint."""


class TraktError(Exception):
    """Anything that went wrong between us and Trakt.

    Attributes:
        request: What was asked, without token and secrets, if anything was.
        reply: What came back, if anything did (of answers that may hold tokens only the status).
        grant_error: Why the token endpoint refused, in OAuth's own words ("invalid_grant"), if it said so.
    """

    def __init__(self, message: str, *, request: Request | None = None, reply: Reply | None = None) -> None:
        super().__init__(message)
        self.request: Request | None = None
        self.reply: Reply | None = None
        self.grant_error: str | None = None
        self.about(request, reply)

    def about(self, request: Request | None, reply: Reply | None) -> Self:
        """This error, which now says what it is about; secrets are left out."""
        secret = request is not None and request.secret
        self.request = _shown(request)
        self.reply = Reply(reply.status, {}, b"") if reply and secret else reply
        self.grant_error = _grant_error(reply) if reply and secret else None
        return self

    @property
    def status(self) -> int | None:
        """The HTTP status, if an answer came."""
        return self.reply.status if self.reply else None

    def __reduce__(self) -> Any:
        return _again, (type(self), self.args, self.__dict__)


class NotConfigured(TraktError):
    """A setting that this needs is missing; the message names it."""


class NoAnswer(TraktError):
    """No whole answer came."""


class Unreachable(NoAnswer):
    """The request certainly did not arrive."""


class TimedOut(NoAnswer):
    """A read was not answered in time."""


class UnknownOutcome(NoAnswer):
    """A write was sent and no trustworthy answer came: it may or may not be stored."""


class Refused(TraktError):
    """An answer came, and it was no."""


class TokenExpired(Refused):
    """401: the access token is expired, revoked or wrong, and was not (or could not be) renewed."""


class AppRefused(Refused):
    """403: the API key or this application is not accepted."""


class NotFound(Refused):
    """404: no such title, list, playback or user."""


class AlreadyActive(Refused):
    """409: a check-in is running, or this was just done."""

    @property
    def watched_at(self) -> datetime | None:
        """When it was done, if Trakt says so (UTC)."""
        return self._instant("watched_at")

    @property
    def expires_at(self) -> datetime | None:
        """When it may be done again, if Trakt says so (UTC)."""
        return self._instant("expires_at")

    def _instant(self, name: str) -> datetime | None:
        try:
            at = datetime.fromisoformat(_object(self.reply)[name]) if self.reply else None
            return at.astimezone(UTC) if at and at.tzinfo else None
        except (ValueError, TypeError, KeyError, OverflowError):
            return None


class AccountLimit(Refused):
    """420: the account's limit is reached; nothing of the request was stored."""


class Invalid(Refused, ValueError):
    """What was asked for cannot be: refused by Trakt (400, 422, other 4xx) or by us before sending."""


class AccountLocked(Refused):
    """423: the account is locked or deactivated."""


class VipOnly(Refused):
    """426: needs Trakt VIP (`upgrade_url` says where)."""

    @property
    def upgrade_url(self) -> str:
        return (self.reply.headers.get("x-upgrade-url") if self.reply else None) or UPGRADE_URL


class Throttled(Refused):
    """429, or our own pacing: too fast.

    Attributes:
        retry_after_s: Seconds after which it may be tried again.
    """

    def __init__(
        self,
        message: str,
        *,
        retry_after_s: float,
        request: Request | None = None,
        reply: Reply | None = None,
    ) -> None:
        super().__init__(message, request=request, reply=reply)
        self.retry_after_s = retry_after_s


class SignInDenied(Refused):
    """The user refused the application."""


class SignInExpired(Refused):
    """The code of this sign-in ran out, or was used before: begin again."""


class TraktBroken(Refused):
    """5xx: Trakt's fault."""


class Unreadable(TraktError):
    """An answer came that is not what the endpoint promises, or a walk is short of rows."""


class PartlyWritten(TraktError):
    """A batch stopped midway; `__cause__` is the error that stopped it.

    Attributes:
        written: The merged answer of the parts that were stored.
        left: The items of the parts that were not stored, or not surely.
    """

    def __init__(self, message: str, *, written: Any, left: tuple[Any, ...]) -> None:
        super().__init__(message)
        self.written = written
        self.left = left


def _again(kind: type[TraktError], args: tuple[Any, ...], attributes: dict[str, Any]) -> TraktError:
    """The same error after pickling: its own constructor may want more than a message."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(attributes)
    return error


_BY_STATUS: dict[int, tuple[type[Refused], str]] = {
    401: (TokenExpired, "Trakt does not accept the access token (expired or revoked): sign in again"),
    403: (AppRefused, "Trakt refuses this application: check TRAKT_CLIENT_ID and that the app is approved"),
    404: (NotFound, "Trakt knows no such thing"),
    409: (AlreadyActive, "something is already running, or this was just done"),
    420: (AccountLimit, "the Trakt account has reached its limit; nothing was stored"),
    423: (
        AccountLocked,
        "the Trakt account is locked or deactivated: its owner must write to Trakt's support",
    ),
    426: (VipOnly, "this needs Trakt VIP"),
}


def refusal(reply: Reply, request: Request | None = None, *, retry_after_s: float = 30.0) -> TraktError:
    """The error that a reply stands for, for every status that is not 2xx."""
    status, said = reply.status, _said(reply, secret=request is not None and request.secret)
    where = f" ({request.method} {request.path}: HTTP {status}{said})" if request else f" (HTTP {status}{said})"
    if is_private(reply):
        return Refused("this user is private, and you may not see it" + where, request=request, reply=reply)
    if status in _BY_STATUS:
        kind, message = _BY_STATUS[status]
        return kind(message + where, request=request, reply=reply)
    if status == 429:
        text = f"Trakt asks to slow down: try again in {retry_after_s:.0f} s" + where
        return Throttled(text, retry_after_s=retry_after_s, request=request, reply=reply)
    if status >= 500:
        return TraktBroken("Trakt is having trouble: try again later" + where, request=request, reply=reply)
    if status >= 400:
        return Invalid("Trakt does not accept this request" + where, request=request, reply=reply)
    return Unreadable("Trakt answered with an unexpected status" + where, request=request, reply=reply)


def no_answer(outcome: NoReply, request: Request, *, repeatable: bool) -> NoAnswer:
    """The error that a missing answer stands for."""
    where = f"{request.method} {request.path}: {outcome.reason}"
    if not outcome.sent:
        return Unreachable(f"Trakt cannot be reached, nothing was sent ({where})", request=request)
    if not repeatable:
        return unknown_outcome(request, outcome.reason)
    if outcome.timed_out:
        return TimedOut(f"Trakt did not answer in time ({where})", request=request)
    return Unreachable(f"the connection to Trakt broke ({where})", request=request)


def unknown_outcome(request: Request, reason: str, reply: Reply | None = None) -> UnknownOutcome:
    """A write left and nobody can say whether it was stored (or a code or refresh token, whether it was spent)."""
    text = "no answer to a write: it may or may not be stored; look at Trakt before sending it again"
    if request.secret:
        text = "no readable answer from Trakt's sign-in, and what was sent can be used only once: sign in again"
    return UnknownOutcome(f"{text} ({request.method} {request.path}: {reason})", request=request, reply=reply)


def is_private(reply: Reply) -> bool:
    """401 for a good token: the user asked about is private."""
    return reply.status == 401 and reply.headers.get("x-private-user", "").lower() == "true"


def _shown(request: Request | None) -> Request | None:
    """The request as an error may carry it: never a token (those travel apart), never a secret body."""
    if request is None or not request.secret:
        return request
    return Request(request.method, request.path, request.query, None, {}, request.on_auth_host, True)


def _said(reply: Reply, *, secret: bool) -> str:
    """What the reply says of itself, short, if it is JSON with an error text."""
    if secret:
        word = _grant_error(reply)
        return f", {word}" if word else ""
    text = reply.headers.get("x-error-message", "")
    if not text:
        body = _object(reply)
        text = str(body.get("error_description") or body.get("error") or "")
    return f", {text[:200]}" if text else ""


def _grant_error(reply: Reply) -> str | None:
    word = _object(reply).get("error")
    return word if isinstance(word, str) and word in _GRANT_ERRORS else None


def _object(reply: Reply) -> dict[str, Any]:
    """The JSON object of a body; empty where the body is none."""
    if reply.body[:1] != b"{":
        return {}
    try:
        body = json.loads(reply.body)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}

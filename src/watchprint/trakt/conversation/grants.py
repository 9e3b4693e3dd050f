"""The calls that give tokens and take them away, pure, and how their answers are read.

Their bodies and replies hold secrets and are never shown. A refresh and a code may not be sent twice: both are
single-use.
"""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import Any, Final, Literal

import msgspec

from watchprint.trakt.conversation.reading import nothing, typed
from watchprint.trakt.errors import NotConfigured, Unreadable, refusal
from watchprint.trakt.pacing import retry_after_s
from watchprint.trakt.ports import Application
from watchprint.trakt.tokens import Tokens, checked, issued
from watchprint.trakt.wire import Call, Reply, Request


class DeviceCode(msgspec.Struct, frozen=True):
    """A sign-in that waits for its user. Its repr does not show the code that stands for the tokens.

    Attributes:
        user_code: What the user types at `verification_url`.
        verification_url: Where; Trakt moves it, so that it is never written down elsewhere.
        expires_in_s: How long the code is good [s].
        interval_s: How long to wait between two questions [s].
    """

    device_code: str
    user_code: str
    verification_url: str
    expires_in_s: int = msgspec.field(name="expires_in", default=600)
    interval_s: int = msgspec.field(name="interval", default=5)

    @property
    def prefilled_url(self) -> str:
        """The address at which the user need not type the code."""
        return f"{self.verification_url.rstrip('/')}/{self.user_code}"

    def __repr__(self) -> str:
        return f"DeviceCode(user_code={self.user_code!r}, verification_url={self.verification_url!r})"


DeviceState = Literal["approved", "pending", "slow_down", "unknown", "used", "expired", "denied"]


class DeviceAnswer(msgspec.Struct, frozen=True):
    """How a sign-in by device stands; `tokens` once it is approved, `retry_after_s` where Trakt says slow_down."""

    state: DeviceState
    tokens: Tokens | None = None
    retry_after_s: float | None = None


_DEVICE_STATES: Final[dict[int, DeviceState]] = {
    400: "pending",
    404: "unknown",
    409: "used",
    410: "expired",
    418: "denied",
    429: "slow_down",
}
NO_REDIRECT: Final = "urn:ietf:wg:oauth:2.0:oob"
"""The redirect address of an application that has none, as a sign-in by device needs none. Source: RFC 8252, 8.3."""
_DEVICE_ERRORS: Final[dict[str, DeviceState]] = {
    "authorization_pending": "pending",
    "slow_down": "slow_down",
    "expired_token": "expired",
    "access_denied": "denied",
}
"""The standard's words for the same, should Trakt send them with its 400."""


class _TokenAnswer(msgspec.Struct):
    access_token: str
    refresh_token: str | None = None
    created_at: float | None = None
    expires_in: float | None = None


def refresh(app: Application, refresh_token: str) -> Call[Tokens]:
    """Spend a refresh token. Source: POST /oauth/token, grant_type=refresh_token."""
    body = {
        "refresh_token": str(refresh_token),
        "grant_type": "refresh_token",
        "client_id": app.client_id,
        "redirect_uri": app.redirect_uri or NO_REDIRECT,
    }
    return grant(body | optional(client_secret=app.client_secret))


def exchange_code(app: Application, code: str, verifier: str | None) -> Call[Tokens]:
    """Spend the code of a sign-in in the browser. Source: POST /oauth/token, grant_type=authorization_code.

    Raises:
        NotConfigured: There is no redirect address, or neither a verifier nor the application's secret.
    """
    body = {"code": code, "grant_type": "authorization_code", "client_id": app.client_id}
    proof = {"code_verifier": verifier} if verifier else {"client_secret": secret_of(app)}
    return grant(body | proof | {"redirect_uri": redirect_of(app)})


def device_code(app: Application) -> Call[DeviceCode]:
    """Begin a sign-in by device. Repeatable: a code that nobody reads runs out unused.

    Source: POST /oauth/device/code
    """
    request = secret_post("/oauth/device/code", {"client_id": app.client_id})
    return Call(request, typed(DeviceCode), repeatable=True, bucket="auth", needs_user=False)


def device_token(app: Application, code: str) -> Call[DeviceAnswer]:
    """Ask whether the user has approved. Not repeatable: tokens are given once. Source: POST /oauth/device/token.

    Raises:
        NotConfigured: The application's secret is not set.
    """
    body = {"code": code, "client_id": app.client_id, "client_secret": secret_of(app)}
    request = secret_post("/oauth/device/token", body)
    accepts = frozenset(_DEVICE_STATES)

    def read(reply: Reply) -> DeviceAnswer:
        return read_device(reply, request)

    return Call(request, read, repeatable=False, bucket="auth", needs_user=False, accepts=accepts)


def revoke(app: Application, token: str) -> Call[None]:
    """Withdraw a token and its pair. Repeatable: it stays withdrawn. Source: POST /oauth/revoke."""
    body = {"token": token, "client_id": app.client_id} | optional(client_secret=app.client_secret)
    request = secret_post("/oauth/revoke", body)
    return Call(request, nothing, repeatable=True, bucket="auth", needs_user=False)


def grant(body: dict[str, Any], path: str = "/oauth/token") -> Call[Tokens]:
    """A call to the token endpoint."""
    return Call(secret_post(path, body), read_tokens, repeatable=False, bucket="auth", needs_user=False)


def secret_post(path: str, body: dict[str, Any]) -> Request:
    """A request to the sign-in host whose body is never shown."""
    return Request("POST", path, body=msgspec.json.encode(body), on_auth_host=True, secret=True)


def read_tokens(reply: Reply) -> Tokens:
    """The pair of a token answer.

    Raises:
        Unreadable: The body is not one; its text is not repeated, since it may hold a token.
    """
    try:
        answer = msgspec.json.decode(reply.body, type=_TokenAnswer)
        checked(answer.access_token)
    except (ValueError, RecursionError):
        raise Unreadable("Trakt's sign-in answered without a token: try again later") from None
    created_at_s = answer.created_at if answer.created_at is not None else _date_s(reply)
    return issued(answer.access_token, answer.refresh_token or None, created_at_s, answer.expires_in)


def _date_s(reply: Reply) -> float | None:
    """When the server answered [Unix s]: a pair is not thrown away because it lacks its own date."""
    try:
        return parsedate_to_datetime(reply.headers.get("date", "")).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None


def read_device(reply: Reply, request: Request) -> DeviceAnswer:
    """How a sign-in stands, by the status; a 400 is mostly empty, but may say what is wrong.

    Raises:
        Invalid: The application or its secret is wrong.
    """
    if reply.status not in _DEVICE_STATES:
        return DeviceAnswer("approved", read_tokens(reply))
    state: DeviceState | None = _DEVICE_STATES[reply.status]
    said = _error_of(reply) if reply.status == 400 else None
    if said is not None:
        state = _DEVICE_ERRORS.get(said)
    if state is None:
        raise refusal(reply, request)
    return DeviceAnswer(state, retry_after_s=retry_after_s(reply.headers) if state == "slow_down" else None)


def _error_of(reply: Reply) -> str | None:
    try:
        body = msgspec.json.decode(reply.body)
    except (ValueError, RecursionError):
        return None
    said = body.get("error") if isinstance(body, dict) else None
    return said if isinstance(said, str) and said else None


def optional(**values: Any) -> dict[str, Any]:
    """What is set: Trakt refuses nulls, so that absent values are left out."""
    return {name: value for name, value in values.items() if value is not None}


def secret_of(app: Application) -> str:
    """The client secret.

    Raises:
        NotConfigured: It is not set.
    """
    if not app.client_secret:
        raise NotConfigured("this sign-in needs the application's secret: set TRAKT_CLIENT_SECRET")
    return app.client_secret


def redirect_of(app: Application) -> str:
    """The address that the browser is sent back to.

    Raises:
        NotConfigured: It is not set.
    """
    if not app.redirect_uri:
        raise NotConfigured("this sign-in needs the application's redirect address: set TRAKT_REDIRECT_URI")
    return app.redirect_uri

"""The calls that give tokens, pure: `POST /oauth/token` in its two forms, and how its answer is read.

Their bodies and replies hold secrets and are never shown. A refresh may not be repeated: its token is single-use.
"""

from __future__ import annotations

from typing import Any

import msgspec

from watchprint.trakt.errors import NotConfigured, Unreadable
from watchprint.trakt.ports import Application
from watchprint.trakt.tokens import Tokens, issued
from watchprint.trakt.wire import Call, Reply, Request


class _TokenAnswer(msgspec.Struct):
    access_token: str
    created_at: int
    expires_in: int
    refresh_token: str | None = None


def refresh(app: Application, refresh_token: str) -> Call[Tokens]:
    """Spend a refresh token. Source: POST /oauth/token, grant_type=refresh_token."""
    body = {"refresh_token": refresh_token, "grant_type": "refresh_token", "client_id": app.client_id}
    return grant(body | optional(client_secret=app.client_secret, redirect_uri=app.redirect_uri))


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
    except msgspec.DecodeError:
        raise Unreadable("Trakt's sign-in answered without a token: try again later") from None
    return issued(answer.access_token, answer.refresh_token, answer.created_at, answer.expires_in)


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

"""`/oauth/token` and `/oauth/revoke`: codes and refresh tokens against token pairs. Each works once."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import timedelta
from typing import Final

from watchprint.sandbox.kernel import Answer, Call, Refusal, Routes
from watchprint.sandbox.oauth.grants import by_either_token, by_refresh_token, grant, revoke, told
from watchprint.sandbox.oauth.refusals import check_secret, client, needed, refuse, text_of
from watchprint.sandbox.state import App, AuthCode

ROUTES = Routes(host="auth")
CODE_LIFETIME: Final = timedelta(minutes=10)
_VERIFIER: Final = re.compile(r"[A-Za-z0-9\-._~]{43,128}")
_FIELDS: Final = {
    "grant_type": str,
    "client_id": str,
    "client_secret": str,
    "redirect_uri": str,
    "code": str,
    "code_verifier": str,
    "refresh_token": str,
}


@ROUTES.post("/oauth/token", auth=False, shape=_FIELDS)
def post_token(call: Call) -> Answer:
    """A new token pair for an authorisation code or a refresh token."""
    match needed(call.body, "grant_type"):
        case "authorization_code":
            return _exchange(call)
        case "refresh_token":
            return _refresh(call)
        case other:
            raise refuse("unsupported_grant_type", f"The grant type {other} is not supported.")


def _exchange(call: Call) -> Answer:
    app, world = client(call), call.world
    text, redirect_uri = needed(call.body, "code"), needed(call.body, "redirect_uri")
    code = next((c for c in world.state.auth_codes if c.code == text), None)
    if code is None or code.client_id != app.client_id or code.used:
        raise refuse("invalid_grant", "The authorization code is unknown or was used before.")
    if not code.created_at <= world.now < code.created_at + CODE_LIFETIME:
        raise refuse("invalid_grant", "The authorization code has expired.")
    if code.redirect_uri != redirect_uri:
        raise refuse("invalid_grant", "redirect_uri is not the one that was used to authorize.")
    _check_proof(call, app, code)
    code.used = True
    return Answer(200, told(grant(world, code.user, app.client_id)))


def _check_proof(call: Call, app: App, code: AuthCode) -> None:
    """Insist on the verifier of the code's challenge; without a challenge on the secret. A wrong secret fails."""
    verifier = text_of(call.body, "code_verifier")
    if code.code_challenge is None:
        if verifier is not None:
            raise refuse("invalid_grant", "code_verifier was sent, but the code has no code_challenge.")
        check_secret(call, app)
        return
    if text_of(call.body, "client_secret") is not None:
        check_secret(call, app)
    if verifier is None:
        raise refuse("invalid_request", "Missing required parameter: code_verifier.")
    if not _VERIFIER.fullmatch(verifier) or challenge_of(verifier) != code.code_challenge:
        raise refuse("invalid_grant", "code_verifier does not fit the code_challenge.")


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a verifier."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _refresh(call: Call) -> Answer:
    app, world = client(call), call.world
    check_secret(call, app)
    if world.options.strict:
        needed(call.body, "redirect_uri")
    old = by_refresh_token(world.state, needed(call.body, "refresh_token"))
    if old is None or old.refresh_spent or old.client_id != app.client_id:
        raise session_not_found()
    old.refresh_spent = True
    return Answer(200, told(grant(world, old.user, app.client_id)))


def session_not_found() -> Refusal:
    """What a dead refresh token is told."""
    return refuse("invalid_grant", "session not found")


@ROUTES.post("/oauth/revoke", auth=False, shape={"token": str, "client_id": str, "client_secret": str})
def post_revoke(call: Call) -> Answer:
    """`{}`; the pair is dead, whether it was before or never existed."""
    app = client(call)
    check_secret(call, app)
    pair = by_either_token(call.world.state, needed(call.body, "token"))
    if pair is not None and pair.client_id == app.client_id:
        revoke(pair)
    return Answer(200, {})

"""What an authorisation request asks, whether it may, and the address it is answered at. No HTML.

A request whose application or redirect address is not known is never sent anywhere: the address is compared
exactly, because it receives the code. Only an application for which no address was registered here may have its codes
sent where it asks, since nobody told the sandbox what is registered at Trakt; strict mode insists.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from watchprint.sandbox.kernel import World
from watchprint.sandbox.oauth.grants import app_of, token
from watchprint.sandbox.state import App, AuthCode

OUT_OF_BAND: Final = "urn:ietf:wg:oauth:2.0:oob"
"""The redirect address of applications without one: the code is shown on the page."""
LOCAL_REDIRECTS: Final = (
    OUT_OF_BAND,
    "http://localhost:8000/callback",
    "http://127.0.0.1:8000/callback",
)
"""Where every application of a sandbox may have its codes sent."""
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[!-~]+")
_CHALLENGE: Final = re.compile(r"[A-Za-z0-9\-_]{43}")


class NotAsked(Exception):
    """The request cannot be shown to anybody; the text says why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of a known application. `error`: the OAuth error it is sent back with at once."""

    app: App
    redirect_uri: str
    state: str | None
    challenge: str | None
    error: str | None = None
    error_description: str = ""


def asked(world: World, query: Mapping[str, str]) -> Asked:
    """The request that a query describes.

    Raises:
        NotAsked: Unknown application, or a redirect address that is not registered for it.
    """
    app = app_of(world.state, query.get("client_id"))
    if app is None:
        raise NotAsked("There is no application with this client_id.")
    redirect_uri = query.get("redirect_uri", "")
    if not _may_receive(app, redirect_uri, strict=world.options.strict):
        raise NotAsked(
            f"The redirect_uri {redirect_uri!r} is not registered for {app.name}. "
            "It is compared exactly, character by character."
        )
    error, description = _complaint(query)
    return Asked(app, redirect_uri, query.get("state"), query.get("code_challenge"), error, description)


def _may_receive(app: App, redirect_uri: str, *, strict: bool) -> bool:
    if strict or not set(app.redirect_uris) <= set(LOCAL_REDIRECTS):
        return redirect_uri in app.redirect_uris
    return _ADDRESS.fullmatch(redirect_uri) is not None


def _complaint(query: Mapping[str, str]) -> tuple[str | None, str]:
    if query.get("response_type") != "code":
        return "unsupported_response_type", "response_type must be code."
    challenge, method = query.get("code_challenge"), query.get("code_challenge_method")
    if challenge is None and method is None:
        return None, ""
    if method != "S256":
        return "invalid_request", "code_challenge_method must be S256."
    if challenge is None or not _CHALLENGE.fullmatch(challenge):
        return "invalid_request", "code_challenge must be the 43 characters of a SHA-256 digest."
    return None, ""


def approved(world: World, request: Asked, slug: str) -> AuthCode:
    """A new code for that user, to be exchanged within ten minutes."""
    code = AuthCode(token(), slug, request.app.client_id, request.redirect_uri, world.now, request.challenge)
    world.state.auth_codes.append(code)
    return code


def answer_address(request: Asked, code: AuthCode | None) -> str:
    """Where the browser goes: with the code, or with the error (None: the request's, else access_denied)."""
    if code is not None:
        words = {"code": code.code}
    else:
        words = {"error": request.error or "access_denied"}
        words["error_description"] = request.error_description or "The user denied the request."
    if request.state is not None:
        words["state"] = request.state
    glue = "&" if "?" in request.redirect_uri else "?"
    return f"{request.redirect_uri}{glue}{urlencode(words)}"

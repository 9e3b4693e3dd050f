"""How the sign-in host says no to an application (trakt-api.md 8): 400 with an error and a description."""

from __future__ import annotations

from typing import Any

from watchprint.sandbox.kernel import Call, Refusal
from watchprint.sandbox.oauth.grants import app_of
from watchprint.sandbox.state import App


def refuse(error: str, description: str, *, status: int = 400) -> Refusal:
    """The OAuth error to raise."""
    return Refusal(status, {"error": error, "error_description": description})


def text_of(body: Any, name: str) -> str | None:
    """That field of the body; None when it is missing or empty."""
    value = body.get(name)
    return value if isinstance(value, str) and value else None


def needed(body: Any, name: str) -> str:
    """That field of the body.

    Raises:
        Refusal: invalid_request; it is missing.
    """
    value = text_of(body, name)
    if value is None:
        raise refuse("invalid_request", f"Missing required parameter: {name}.")
    return value


def client(call: Call, *, status: int = 400) -> App:
    """The application that the body names by `client_id`.

    Args:
        call: The request.
        status: What an unknown one is answered (the device paths say 403: their 400 means "go on polling").

    Raises:
        Refusal: invalid_client; there is no such application.
    """
    app = app_of(call.world.state, needed(call.body, "client_id"))
    if app is None:
        raise refuse("invalid_client", "There is no application with this client_id.", status=status)
    return app


def check_secret(call: Call, app: App, *, status: int = 400) -> None:
    """Insist on the application's secret in the body.

    Raises:
        Refusal: invalid_client; missing or wrong (HTTP Basic is not looked at).
    """
    if text_of(call.body, "client_secret") != app.client_secret:
        raise refuse("invalid_client", "client_secret is missing or wrong.", status=status)

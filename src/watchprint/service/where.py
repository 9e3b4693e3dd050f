"""Which Trakt the settings mean: the real one, one at an address, or this home's own sandbox.

A sandbox is entered only by its name or address; a missing setting is an error that says what to do.
"""

from __future__ import annotations

from typing import TypedDict

from watchprint.settings import Settings
from watchprint.trakt.errors import NotConfigured


class Where(TypedDict):
    """The arguments of a client or a service."""

    client_id: str
    client_secret: str | None
    api_url: str
    redirect_uri: str | None


def where(settings: Settings) -> Where:
    """The application and the address that the settings stand for.

    With TRAKT_API_URL=sandbox this home's sandbox is started if it does not run; it brings its own application.

    Raises:
        NotConfigured: TRAKT_CLIENT_ID is missing, or the sandbox cannot be started.
    """
    if settings.in_sandbox:
        return _sandbox(settings)
    if settings.client_id is None:
        raise NotConfigured(
            "TRAKT_CLIENT_ID is not set: create an application at https://trakt.tv/oauth/applications and set "
            "TRAKT_CLIENT_ID to its client id (or TRAKT_API_URL=sandbox, to try everything without one)"
        )
    return {
        "client_id": settings.client_id,
        "client_secret": settings.client_secret,
        "api_url": settings.api_url,
        "redirect_uri": settings.redirect_uri,
    }


def _sandbox(settings: Settings) -> Where:
    """The one meeting with the sandbox: its process is found or started, nothing of its code runs here."""
    from watchprint.sandbox import background

    try:
        greeting = background.ensure(settings.home)
    except background.BackgroundFailed as error:
        raise NotConfigured(str(error)) from error
    return {
        "client_id": greeting["client_id"],
        "client_secret": greeting["client_secret"],
        "api_url": greeting["base_url"],
        "redirect_uri": settings.redirect_uri,
    }

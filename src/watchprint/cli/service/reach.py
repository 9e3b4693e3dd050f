"""Trakt for one command: settings and a token in, the service or the client for that user out.

When Trakt is a sandbox, time is the sandbox's time.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from watchprint.cli.home import token_file
from watchprint.settings import Settings

if TYPE_CHECKING:
    from watchprint.service import UserService
    from watchprint.trakt.clients import Groups, Trakt
    from watchprint.trakt.ports import Blocking
    from watchprint.trakt.tokens import TokenSource


@contextmanager
def user(token: str | None) -> Generator[UserService[Blocking]]:
    """The 27 methods for the user of this token, or for who is signed in.

    Raises:
        NotConfigured: TRAKT_CLIENT_ID is not set, or nobody is signed in.
    """
    from watchprint.service import TraktService

    with _connection() as connection:
        source = token_source(token)
        with TraktService(**connection) as service:
            yield service.as_user(source)


@contextmanager
def trakt_of(token: str | None) -> Generator[Groups[Blocking]]:
    """The client for the user of this token, or for who is signed in."""
    with trakt_without_user() as trakt:
        yield trakt.as_user(token_source(token))


@contextmanager
def trakt_without_user() -> Generator[Trakt]:
    """The client for signing in.

    Raises:
        NotConfigured: TRAKT_CLIENT_ID is not set.
    """
    from watchprint.trakt.clients import Trakt

    with _connection() as connection, Trakt(**connection) as trakt:
        yield trakt


@contextmanager
def _connection() -> Generator[dict[str, Any]]:
    """The arguments of a client: which Trakt, and whose time."""
    from watchprint.sandbox.following import clock_of
    from watchprint.service.where import where
    from watchprint.trakt.pacing import InProcess

    connection: dict[str, Any] = {**where(Settings.from_env())}
    clock = clock_of(connection["api_url"])
    if clock is None:
        yield connection
        return
    try:
        with no_proxy_to(connection["api_url"]):
            yield {**connection, "clock": clock, "pacing": InProcess(clock=clock.monotonic)}
    finally:
        clock.close()


@contextmanager
def no_proxy_to(url: str) -> Generator[None]:
    """Within the block, HTTP libraries go to a sandbox directly, whatever proxy leads to the rest of the world."""
    before = {name: os.environ.get(name) for name in ("no_proxy", "NO_PROXY")}
    host = urlsplit(url).hostname or ""
    os.environ.update({name: ",".join(filter(None, (value, host))) for name, value in before.items()})
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def token_source(token: str | None) -> str | TokenSource:
    """The given token ('-': the first line of stdin), else the pair of who is signed in here."""
    from watchprint.trakt.tokens import FileTokens, checked

    if token is None:
        source = FileTokens(token_file())
        source.current()
        return source
    return checked(sys.stdin.readline() if token.strip() == "-" else token)

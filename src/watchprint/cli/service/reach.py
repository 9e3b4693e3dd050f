"""The service for one command: settings, a token, and TraktService for that user."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from watchprint.cli.home import token_file

if TYPE_CHECKING:
    from watchprint.service import TraktService, UserService
    from watchprint.trakt.tokens import TokenSource


@contextmanager
def user(token: str | None) -> Generator[UserService]:
    """The 27 methods for the user of this token, or for who is signed in.

    Raises:
        NotConfigured: TRAKT_CLIENT_ID is not set, or nobody is signed in.
    """
    with service() as reached:
        yield reached.as_user(token_source(token))


@contextmanager
def service() -> Generator[TraktService]:
    """The service, as the environment says."""
    from watchprint.service import TraktService

    with TraktService.from_env() as reached:
        yield reached


def token_source(token: str | None) -> str | TokenSource:
    """The given token ('-': the first line of stdin), else the pair of who is signed in here."""
    from watchprint.trakt.tokens import FileTokens, checked

    if token is None:
        source = FileTokens(token_file())
        source.current()
        return source
    return checked(sys.stdin.readline() if token == "-" else token)

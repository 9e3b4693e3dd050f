"""Trakt for one command: settings and a token in, the service or the client for that user out.

When Trakt is a sandbox, time is the sandbox's time.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from watchprint.cli.extras import require
from watchprint.cli.home import STORE_NEEDS, has_store, token_file
from watchprint.settings import Settings

if TYPE_CHECKING:
    from watchprint.service import UserService
    from watchprint.trakt.clients import Groups, Trakt
    from watchprint.trakt.ports import Blocking
    from watchprint.trakt.tokens import TokenSource


@contextmanager
def user(token: str | None, account: str | None = None) -> Generator[UserService[Blocking]]:
    """The 27 methods for the user of this token, or for an account that is signed in here.

    Args:
        token: An access token ('-': the first line of stdin); None: an account's.
        account: Its name; None: the default one.

    Raises:
        NotConfigured: TRAKT_CLIENT_ID is not set, or nobody is signed in.
        Invalid: Both are given.
    """
    from watchprint.service import TraktService, UserService

    _one_of(token, account)
    if token is None and has_store():
        with _signed_in(account) as trakt:
            yield UserService(trakt.runner)
        return
    with connection() as how:
        source = token_source(token, account)
        with TraktService(**how) as service:
            yield service.as_user(source)


@contextmanager
def trakt_of(token: str | None, account: str | None = None) -> Generator[Groups[Blocking]]:
    """The client for the user of this token, or for an account that is signed in here; see `user`."""
    _one_of(token, account)
    if token is None and has_store():
        with _signed_in(account) as trakt:
            yield trakt
        return
    with trakt_without_user() as trakt:
        yield trakt.as_user(token_source(token, account))


@contextmanager
def _signed_in(account: str | None) -> Generator[Groups[Blocking]]:
    from watchprint.cli.home import opened
    from watchprint.service.where import where
    from watchprint.trakt.errors import NotConfigured

    where(Settings.from_env())  # what is not set is told before a store is made
    with opened(to_ask_trakt=True) as app:
        if account is None and not app.accounts():
            raise NotConfigured("nobody is signed in: run `watchprint login`")
        trakt = app.trakt(app.account(account))
        yield trakt


def _one_of(token: str | None, account: str | None) -> None:
    if token is not None and account is not None:
        from watchprint.trakt.errors import Invalid

        raise Invalid("a token and an account are both given: leave out --account, or --token and WATCHPRINT_TOKEN")


@contextmanager
def trakt_without_user() -> Generator[Trakt]:
    """The client for signing in.

    Raises:
        NotConfigured: TRAKT_CLIENT_ID is not set.
    """
    from watchprint.trakt.clients import Trakt

    with connection() as how, Trakt(**how) as trakt:
        yield trakt


@contextmanager
def connection() -> Generator[dict[str, Any]]:
    """The arguments of a client: which Trakt, and whose time.

    Raises:
        NotConfigured: TRAKT_CLIENT_ID is not set.
    """
    from watchprint.app.reaching import Reach
    from watchprint.trakt.pacing import InProcess

    reach = Reach(Settings.from_env())
    try:
        how: dict[str, Any] = {**reach.where}
        if reach.clock is not None:
            how |= {"clock": reach.clock, "pacing": InProcess(clock=reach.clock.monotonic)}
        yield how
    finally:
        reach.close()


def token_source(token: str | None, account: str | None = None) -> str | TokenSource:
    """The given token ('-': the first line of stdin), else the pair of who is signed in here, in a file.

    Raises:
        NotConfigured: Nobody is, or an account is named and there is no store.
    """
    from watchprint.trakt.tokens import FileTokens, checked

    if token is not None:
        return checked(sys.stdin.readline() if token.strip() == "-" else token)
    if account is not None:
        require(*STORE_NEEDS)
    source = FileTokens(token_file())
    source.current()
    return source

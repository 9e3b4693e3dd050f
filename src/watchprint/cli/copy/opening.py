"""The installation, open for one command. A pair of tokens in a file, from before there was a store, is taken over."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from watchprint.cli.extras import require
from watchprint.cli.home import STORE_NEEDS, token_file
from watchprint.cli.narrate import say

if TYPE_CHECKING:
    from watchprint.app import Watchprint

LOCAL = "Local mode: TRAKT_CLIENT_ID is not set, so that no Trakt is asked."


@contextmanager
def opened(*, to_ask_trakt: bool = False) -> Generator[Watchprint]:
    """This home's installation.

    Args:
        to_ask_trakt: The command asks Trakt as one of its users: a token file is taken over first.

    Raises:
        ExtraLacking: The store's libraries are not installed.
    """
    require(*STORE_NEEDS)
    from watchprint.app import Watchprint

    with Watchprint.open() as app:
        if to_ask_trakt:
            take_over(app)
        yield app


def take_over(app: Watchprint) -> None:
    """Let the store own the pair that a token file holds, once.

    Raises:
        NotConfigured: The file is damaged.
        TraktError: Trakt does not say whose the pair is; the file stays.
    """
    from watchprint.trakt.tokens import FileTokens

    kept = FileTokens(token_file(app.settings))
    if app.local or not kept.path.exists():
        return
    if kept.current().due(app.clock.now()):
        app.trakt_without_user().as_user(kept).users.settings()  # a pair that is old is renewed, in its file
    account = app.link(kept.current(), only_newer=True)
    kept.forget()
    say(f"The sign-in in {kept.path} is taken over: the account {account.name!r} has it now, sealed in the store.")

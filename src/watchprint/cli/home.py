"""This command's home: where its data is, whether it can have a store, and that store, open for one command.

A pair of tokens in a file, from before there was a store, is taken over.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from watchprint.settings import API_URL, Settings

if TYPE_CHECKING:
    from watchprint.app import Watchprint

STORE_NEEDS: Final = ("sqlalchemy", "alembic", "cryptography")
"""What the store is made with; all come with the extra `app`."""
LOCAL = "Local mode: TRAKT_CLIENT_ID is not set, so that no Trakt is asked."


def home() -> Path:
    """The folder that holds everything of this installation (WATCHPRINT_HOME); it may not exist yet."""
    return Settings.from_env().home


def has_store() -> bool:
    """The store's libraries are installed; without them a sign-in is kept in a file."""
    return all(find_spec(module) is not None for module in STORE_NEEDS)


def token_file(settings: Settings | None = None) -> Path:
    """Without a store: the pair of who is signed in at the Trakt of these settings (None: this process's).

    Each Trakt has a file of its own, so that no token is ever sent to another one.
    """
    settings = settings or Settings.from_env()
    if settings.in_sandbox:
        return settings.home / "sandbox" / "token.json"
    address = settings.api_url.rstrip("/")
    if address == API_URL:
        return settings.home / "token.json"
    return settings.home / f"token-{re.sub(r'[^A-Za-z0-9.-]+', '_', address.partition('://')[2] or address)}.json"


@contextmanager
def opened(*, to_ask_trakt: bool = False) -> Generator[Watchprint]:
    """This home's installation.

    Args:
        to_ask_trakt: The command asks Trakt as one of its users: a token file is taken over first.

    Raises:
        ExtraLacking: The store's libraries are not installed.
    """
    from watchprint.cli.extras import require

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
    from watchprint.cli.narrate import say
    from watchprint.trakt.tokens import FileTokens

    kept = FileTokens(token_file(app.settings))
    if app.local or not kept.path.exists():
        return
    if kept.current().due(app.clock.now()):
        app.trakt_without_user().as_user(kept).users.settings()  # a pair that is old is renewed, in its file
    account = app.link(kept.current(), only_newer=True)
    kept.forget()
    say(f"The sign-in in {kept.path} is taken over: the account {account.name!r} has it now, sealed in the store.")

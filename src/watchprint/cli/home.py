"""Where this command keeps its data, and whether it has a store to keep it in. Makes nothing."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from watchprint.settings import API_URL, Settings

STORE_NEEDS: Final = ("sqlalchemy", "alembic", "cryptography")
"""What the store is made with; all come with the extra `app`."""


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

"""Where this command keeps its data."""

from __future__ import annotations

from pathlib import Path

from watchprint.settings import Settings


def home() -> Path:
    """The folder that holds everything of this installation (WATCHPRINT_HOME); it may not exist yet."""
    return Settings.from_env().home


def token_file() -> Path:
    """The signed-in user's token pair."""
    return home() / "token.json"

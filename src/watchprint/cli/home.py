"""Where this command keeps its data, and how it reaches Trakt: settings in, a service out.

WATCHPRINT_HOME, else the platform's data folder. TRAKT_API_URL=sandbox means this home's own sandbox. Never falls
back to a sandbox by omission.
"""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """The folder that holds everything of this installation; it may not exist yet."""
    chosen = os.environ.get("WATCHPRINT_HOME", "").strip()
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_data_path

    return user_data_path("watchprint", appauthor=False)


def token_file() -> Path:
    """The signed-in user's token pair."""
    return home() / "token.json"

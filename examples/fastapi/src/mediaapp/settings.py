"""The app's own settings, read once. Trakt's are read by Watchprint itself (`AsyncTraktService.from_env`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

REDIRECT: Final = "TRAKT_REDIRECT_URI"
DATABASE: Final = "MEDIAAPP_DB"


@dataclass(frozen=True, slots=True)
class Settings:
    """How this app is set up.

    Attributes:
        database: The file that holds accounts, tokens and sessions.
        redirect_uri: Where Trakt sends browsers back to; registered at Trakt, its path is /callback.
    """

    database: Path
    redirect_uri: str

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        """The settings that an environment says."""
        return cls(
            Path(env.get(DATABASE) or "mediaapp.sqlite3"),
            env.get(REDIRECT) or "http://127.0.0.1:8000/callback",
        )

    @property
    def host(self) -> str:
        """Host and port under which browsers know this app: cookies belong to it."""
        return urlsplit(self.redirect_uri).netloc

    @property
    def https(self) -> bool:
        """Cookies travel over https only."""
        return urlsplit(self.redirect_uri).scheme == "https"

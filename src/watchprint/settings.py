"""The settings: read once at the edge, frozen, and handed down. Nothing below looks at the environment.

    TRAKT_CLIENT_ID        the application's key at Trakt; needed for everything that asks Trakt
    TRAKT_CLIENT_SECRET    its secret; where a sign-in or a refresh needs one
    TRAKT_API_URL          where Trakt is; "sandbox" is this home's own sandbox
    TRAKT_REDIRECT_URI     as registered for the application; where a sign-in or a refresh needs one
    WATCHPRINT_HOME        the folder that holds everything of this installation
    WATCHPRINT_DATABASE_URL  a PostgreSQL that holds the store; without it the store is a file in the home
    WATCHPRINT_KEYS        the keys that seal tokens; without it they are a file in the home

Secrets print as dots. Nothing here checks a setting against Trakt or touches a file.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

API_URL: Final = "https://api.trakt.tv"
SANDBOX: Final = "sandbox"
"""The word that stands for this home's own sandbox."""
DOTS: Final = "••••••••"
Origin: TypeAlias = Literal["environment", "default", "not set"]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its value, where that comes from, and what it is for.

    Attributes:
        name: The variable.
        value: What holds; None: it is not set.
        origin: "environment", "default" or "not set".
        meaning: What it is for.
        secret: It is shown as dots.
    """

    name: str
    value: str | None
    origin: Origin
    meaning: str
    secret: bool = False

    @property
    def shown(self) -> str:
        """The value as it may be printed."""
        if self.value is None:
            return ""
        return DOTS if self.secret else self.value

    def __repr__(self) -> str:
        return f"Setting({self.name}={self.shown!r}, {self.origin})"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, as they were when the program began.

    Attributes:
        all: Each with its origin, in the order in which they are explained.
    """

    all: tuple[Setting, ...]

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Settings:
        """The settings of an environment; a variable that is blank is not set.

        Args:
            env: The variables; None: those of this process.
        """
        said = os.environ if env is None else env
        return cls(
            (
                _setting(said, "TRAKT_CLIENT_ID", "the application's key at Trakt"),
                _setting(said, "TRAKT_CLIENT_SECRET", "the application's secret", secret=True),
                _setting(said, "TRAKT_API_URL", "where Trakt is", default=API_URL),
                _setting(said, "TRAKT_REDIRECT_URI", "the application's redirect address"),
                _setting(said, "WATCHPRINT_HOME", "the folder of this installation", default=str(data_folder(said))),
                _setting(said, "WATCHPRINT_DATABASE_URL", "the PostgreSQL that holds the store", secret=True),
                _setting(said, "WATCHPRINT_KEYS", "the keys that seal tokens", secret=True),
            )
        )

    def __getitem__(self, name: str) -> Setting:
        """The setting of that name."""
        return next(setting for setting in self.all if setting.name == name)

    @property
    def client_id(self) -> str | None:
        """The application's key at Trakt; None: this installation asks no Trakt."""
        return self["TRAKT_CLIENT_ID"].value

    @property
    def client_secret(self) -> str | None:
        """The application's secret."""
        return self["TRAKT_CLIENT_SECRET"].value

    @property
    def api_url(self) -> str:
        """Where Trakt is; or the word "sandbox"."""
        return self["TRAKT_API_URL"].value or API_URL

    @property
    def redirect_uri(self) -> str | None:
        """The application's redirect address."""
        return self["TRAKT_REDIRECT_URI"].value

    @property
    def home(self) -> Path:
        """The folder that holds everything of this installation; it may not exist yet."""
        return Path(self["WATCHPRINT_HOME"].value or ".").expanduser()

    @property
    def database_url(self) -> str | None:
        """The address of a PostgreSQL that holds the store, its password in it; None: a file in the home."""
        return self["WATCHPRINT_DATABASE_URL"].value

    @property
    def keys(self) -> str | None:
        """The keys that seal tokens, as text; None: the file `keys` in the home."""
        return self["WATCHPRINT_KEYS"].value

    @property
    def in_sandbox(self) -> bool:
        """Trakt is this home's own sandbox."""
        return self.api_url == SANDBOX


def data_folder(env: Mapping[str, str], platform: str = sys.platform) -> Path:
    """The platform's folder for an application's data."""
    home = Path(env.get("HOME") or Path.home())
    if platform == "darwin":
        return home / "Library" / "Application Support" / "watchprint"
    data = env.get("XDG_DATA_HOME", "").strip()
    return (Path(data) if data else home / ".local" / "share") / "watchprint"


def _setting(
    said: Mapping[str, str], name: str, meaning: str, *, default: str | None = None, secret: bool = False
) -> Setting:
    value = said.get(name, "").strip()
    if value:
        return Setting(name, value, "environment", meaning, secret)
    return Setting(name, default, "not set" if default is None else "default", meaning, secret)

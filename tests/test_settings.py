"""Settings: where each comes from, and that no secret is ever printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from watchprint.settings import DOTS, Settings, data_folder

FULL = {
    "TRAKT_CLIENT_ID": " an-id ",
    "TRAKT_CLIENT_SECRET": "a-secret",
    "TRAKT_API_URL": "http://127.0.0.1:8177",
    "TRAKT_REDIRECT_URI": "http://127.0.0.1:8000/callback",
    "WATCHPRINT_HOME": "~/watching",
    "WATCHPRINT_DATABASE_URL": "postgresql://ann:hidden@127.0.0.1/watching",
    "WATCHPRINT_KEYS": "one:a-key",
    "HOME": "/people/ann",
}


def test_each_setting_says_where_it_comes_from() -> None:
    settings = Settings.from_env(FULL)
    assert {setting.origin for setting in settings.all} == {"environment"}
    assert (settings.client_id, settings.client_secret) == ("an-id", "a-secret")
    assert settings.api_url == "http://127.0.0.1:8177"
    assert settings.redirect_uri == "http://127.0.0.1:8000/callback"
    assert settings.home == Path("~/watching").expanduser()
    assert settings.database_url == "postgresql://ann:hidden@127.0.0.1/watching"
    assert settings.keys == "one:a-key"


def test_what_is_not_said_has_a_default_or_nothing() -> None:
    settings = Settings.from_env({"HOME": "/people/ann", "TRAKT_CLIENT_ID": "  "})
    assert [(setting.name, setting.origin) for setting in settings.all] == [
        ("TRAKT_CLIENT_ID", "not set"),
        ("TRAKT_CLIENT_SECRET", "not set"),
        ("TRAKT_API_URL", "default"),
        ("TRAKT_REDIRECT_URI", "not set"),
        ("WATCHPRINT_HOME", "default"),
        ("WATCHPRINT_DATABASE_URL", "not set"),
        ("WATCHPRINT_KEYS", "not set"),
    ]
    assert settings.database_url is settings.keys is None
    assert settings.client_id is settings.client_secret is settings.redirect_uri is None
    assert settings.api_url == "https://api.trakt.tv"


def test_no_secret_is_printed() -> None:
    settings = Settings.from_env(FULL)
    assert all(secret not in repr(settings) for secret in ("a-secret", "hidden", "a-key"))
    assert settings["TRAKT_CLIENT_SECRET"].shown == DOTS
    assert settings["TRAKT_CLIENT_ID"].shown == "an-id"
    assert Settings.from_env({})["TRAKT_CLIENT_SECRET"].shown == ""


def test_the_sandbox_is_a_word() -> None:
    assert Settings.from_env({"TRAKT_API_URL": "sandbox"}).in_sandbox
    assert not Settings.from_env(FULL).in_sandbox


@pytest.mark.parametrize(
    ("platform", "env", "folder"),
    [
        ("linux", {"HOME": "/people/ann"}, "/people/ann/.local/share/watchprint"),
        ("linux", {"HOME": "/people/ann", "XDG_DATA_HOME": "/data"}, "/data/watchprint"),
        ("darwin", {"HOME": "/Users/ann"}, "/Users/ann/Library/Application Support/watchprint"),
    ],
)
def test_the_platforms_folder(platform: str, env: dict[str, str], folder: str) -> None:
    assert data_folder(env, platform) == Path(folder)

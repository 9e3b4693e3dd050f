"""What the doctor looks at on this machine, one function a question. Changes nothing and starts nothing."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from watchprint.cli.doctor import Finding
from watchprint.cli.doctor.store import in_store
from watchprint.cli.doctor.trakt import at_trakt
from watchprint.cli.extras import EXTRAS
from watchprint.settings import DOTS, Setting, Settings

LITTLE_ROOM_BYTES = 20_000_000


def known_settings(settings: Settings, env: Mapping[str, str]) -> Settings:
    """All settings as they may be shown, with the token of one command among them."""
    token = env.get("WATCHPRINT_TOKEN", "").strip() or None
    meaning = "an access token, instead of who is signed in"
    given = Setting("WATCHPRINT_TOKEN", token, "environment" if token else "not set", meaning, secret=True)
    return Settings((*map(_without_password, settings.all), given))


def _without_password(setting: Setting) -> Setting:
    """An address that has a name and password in it shows neither."""
    if setting.value is None or not setting.name.endswith(("_URL", "_URI")):
        return setting
    scheme, separator, rest = setting.value.partition("://")
    host = urlsplit(f"//{rest}").netloc if separator else ""
    if "@" not in host:
        return setting
    return replace(setting, value=f"{scheme}://{DOTS}@{rest.partition('@')[2]}")


def examine(settings: Settings, as_set: Settings) -> list[Finding]:
    """All findings, in the order in which they should be mended.

    Args:
        settings: As `known_settings` gives them.
        as_set: As they are, with the passwords that open the store.
    """
    home = list(_home(settings.home))
    kept, signed_in = in_store(as_set) if all(finding.state != "wrong" for finding in home) else ([], [])
    return [*_program(), *home, *kept, *at_trakt(settings, signed_in)]


def _program() -> Iterator[Finding]:
    from importlib.metadata import version

    yield Finding("ok", f"Python {platform.python_version()}, watchprint {version('watchprint')}")
    lacking = sorted({extra for module, extra in EXTRAS.items() if find_spec(module) is None})
    if lacking:
        yield Finding("note", f"extras not installed: {', '.join(lacking)}", _install(lacking))


def _install(extras: list[str]) -> str:
    return f"pip install 'watchprint[{','.join(extras)}]', for what they bring"


def _home(folder: Path) -> Iterator[Finding]:
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if os.path.lexists(path))
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        why = "is no folder" if not there.is_dir() else "cannot be written"
        yield Finding("wrong", f"home: {folder}: {there} {why}", "set WATCHPRINT_HOME to a folder of your own")
        return
    yield Finding("ok", f"home: {folder}" + ("" if there == folder.absolute() else " (made when something is kept)"))
    free_bytes = shutil.disk_usage(there).free
    if free_bytes < LITTLE_ROOM_BYTES:
        left = f"{free_bytes / 1e6:.1f} MB are free where {folder} is: tokens and state may not be kept"
        yield Finding("wrong", left, "free some space, or set WATCHPRINT_HOME to a folder elsewhere")

"""What the doctor looks at, one function a question. Changes nothing and starts nothing."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec

from watchprint.cli.doctor import Finding
from watchprint.cli.extras import EXTRAS
from watchprint.settings import Settings
from watchprint.trakt.errors import NotConfigured, TraktError
from watchprint.trakt.tokens import FileTokens, Tokens


def examine(settings: Settings) -> list[Finding]:
    """All findings, in the order in which they should be mended."""
    return [*_python(), *_home(settings), *_application(settings), *_sign_in(settings)]


def _python() -> Iterator[Finding]:
    yield Finding("ok", f"Python {platform.python_version()}, watchprint {_version()}")
    lacking = sorted({extra for module, extra in EXTRAS.items() if find_spec(module) is None})
    if lacking:
        names = ", ".join(lacking)
        yield Finding("note", f"extras not installed: {names}", f"pip install 'watchprint[{','.join(lacking)}]'")


def _version() -> str:
    from importlib.metadata import version

    return version("watchprint")


def _home(settings: Settings) -> Iterator[Finding]:
    folder = settings.home
    if not folder.exists():
        yield Finding("ok", f"home: {folder} (made when something is kept)")
    elif not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        yield Finding("wrong", f"home: {folder} cannot be written", "set WATCHPRINT_HOME to a folder of your own")
    else:
        yield Finding("ok", f"home: {folder}")


def _application(settings: Settings) -> Iterator[Finding]:
    if settings.in_sandbox:
        yield Finding("note", "Trakt is this home's sandbox: invented data", "unset TRAKT_API_URL for the real Trakt")
        return
    if settings.client_id is None:
        yield Finding(
            "wrong",
            "TRAKT_CLIENT_ID is not set: nothing that asks Trakt works",
            "create an application at https://trakt.tv/oauth/applications, or set TRAKT_API_URL=sandbox to try",
        )
        return
    if settings.client_secret is None:
        yield Finding(
            "note", "TRAKT_CLIENT_SECRET is not set: no sign-in by device", "set it, or use `watchprint login --token`"
        )
    yield from _reached(settings)


def _reached(settings: Settings) -> Iterator[Finding]:
    """Whether Trakt answers, accepts the application, and agrees with this machine's clock."""
    from watchprint.service.where import where
    from watchprint.trakt.clients import Trakt

    try:
        with Trakt(**where(settings), timeout_s=5.0) as trakt:
            trakt.lookups.genres("movies")
            ahead_s = (datetime.now(UTC) - trakt.runner.now()).total_seconds()
    except TraktError as error:
        yield Finding("wrong", f"Trakt at {settings.api_url}: {error}", "check TRAKT_API_URL and TRAKT_CLIENT_ID")
        return
    yield Finding("ok", f"Trakt at {settings.api_url} answers and accepts the application")
    if abs(ahead_s) > 60:
        yield Finding("note", f"this machine's clock and Trakt's differ by {ahead_s:+.0f} s", "set the clock")


def _sign_in(settings: Settings) -> Iterator[Finding]:
    kept = FileTokens(settings.home / "token.json")
    if not kept.path.exists():
        yield Finding("note", "nobody is signed in", "run `watchprint login`")
        return
    try:
        tokens = kept.current()
    except NotConfigured as error:
        yield Finding("wrong", str(error), "run `watchprint login`")
        return
    if kept.path.stat().st_mode & 0o077:
        yield Finding("wrong", f"others can read {kept.path}", f"chmod 600 {kept.path}")
    yield _life(tokens)


def _life(tokens: Tokens) -> Finding:
    if tokens.expired(datetime.now(UTC)) and tokens.refresh_token is None:
        return Finding("wrong", "the access token has expired and cannot be renewed", "run `watchprint login`")
    renewed = "renewed by itself" if tokens.refresh_token else "cannot be renewed: sign in again when it expires"
    return Finding("ok", f"signed in; the token is {renewed}")

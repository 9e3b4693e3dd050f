"""`watchprint login`: sign a user in, by a code on a device or with a token in hand."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from watchprint.cli.service.options import AsJson

if TYPE_CHECKING:
    from watchprint.trakt.tokens import Tokens


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(login)
    app.command()(logout)


def login(
    token: Annotated[
        str | None, typer.Option("--token", help="An access token that you have already ('-' reads it from stdin).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Sign in to Trakt: shows a code to enter in the browser, and keeps what comes back."""
    from watchprint.cli.home import token_file
    from watchprint.cli.narrate import emit_json, say
    from watchprint.cli.service.reach import trakt_of, trakt_without_user
    from watchprint.trakt.tokens import FileTokens, Tokens, checked

    kept = FileTokens(token_file())
    if token is None:
        with trakt_without_user() as trakt:
            tokens = _by_device(trakt)
    else:
        tokens = Tokens(checked(sys.stdin.readline() if token == "-" else token))
    with trakt_of(tokens.access_token) as trakt:
        settings = trakt.users.settings()
    kept.keep(tokens)
    name = (settings.user.username if settings.user else None) or "you"
    if as_json:
        emit_json({"user": name, "renewable": tokens.refresh_token is not None})
        return
    say(f"Signed in as {name}; the tokens are in {kept.path}.")
    if tokens.refresh_token is None:
        say("This token cannot be renewed: sign in again when it expires.")


def _by_device(trakt: object) -> Tokens:
    from watchprint.cli.narrate import say
    from watchprint.trakt.clients import Trakt

    assert isinstance(trakt, Trakt)
    code = trakt.oauth.device_code()
    address = f"{code.verification_url.rstrip('/')}/{code.user_code}"
    say(f"Open {code.verification_url} and enter the code {code.user_code}")
    say(f"(or open {address}, or scan this).")
    _draw_qr(address)
    say(f"Waiting for your approval; the code is good for {code.expires_in_s // 60} minutes (Ctrl-C to stop).")
    return trakt.oauth.sign_in_by_device(code)


def _draw_qr(address: str) -> None:
    """The address as a QR code (stderr), where there is a terminal to see it."""
    if not sys.stderr.isatty():
        return
    import segno

    segno.make(address, error="l").terminal(out=sys.stderr, border=2, compact=True)


def logout(as_json: AsJson = False) -> None:
    """Sign out: withdraw the tokens at Trakt and remove them here."""
    from watchprint.cli.home import token_file
    from watchprint.cli.narrate import emit_json, say
    from watchprint.cli.service.reach import trakt_without_user
    from watchprint.trakt.tokens import FileTokens

    kept = FileTokens(token_file())
    tokens = kept.current()
    with trakt_without_user() as trakt:
        trakt.oauth.revoke(tokens.access_token)
    kept.forget()
    if as_json:
        emit_json({"signed_out": True})
    else:
        say("Signed out; the tokens are withdrawn and removed.")

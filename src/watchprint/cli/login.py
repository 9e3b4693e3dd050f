"""`watchprint login` and `logout`: sign a user in, by a code on a device or with a token in hand, and out again.

A token is never printed. What a sign-in gave is kept before anything else is asked, so that it cannot be lost.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from watchprint.cli.service.options import AsJson

if TYPE_CHECKING:
    from watchprint.trakt.clients import Trakt
    from watchprint.trakt.tokens import FileTokens, Tokens


def register(app: typer.Typer, section: str) -> None:
    """Add the commands."""
    for command in (login, logout):
        app.command(rich_help_panel=section)(command)


def login(
    token: Annotated[
        str | None,
        typer.Option(
            "--token",
            metavar="TOKEN",
            help="An access token that you have already ('-' reads it from stdin, where no other process sees it).",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Sign in to Trakt with a code in the browser.

    Shows a code to enter in the browser, and keeps the tokens that come back in a file of your own.
    """
    from watchprint.cli.home import token_file
    from watchprint.cli.narrate import emit_json, say
    from watchprint.cli.service.reach import trakt_without_user
    from watchprint.trakt.tokens import FileTokens

    with trakt_without_user() as trakt:
        kept = FileTokens(token_file())
        name, tokens = _by_device(trakt, kept) if token is None else _by_token(trakt, kept, token)
    renewable = tokens.refresh_token is not None
    if as_json:
        emit_json({"user": name, "renewable": renewable, "file": str(kept.path)})
        return
    say(f"Signed in as {name}; the tokens are in {kept.path}.")
    if not renewable:
        say("This token cannot be renewed: sign in again when it expires.")


def _by_token(trakt: Trakt, kept: FileTokens, given: str) -> tuple[str, Tokens]:
    """Whose the given token is; it is kept once Trakt has accepted it."""
    from watchprint.trakt.tokens import Tokens, checked

    tokens = Tokens(checked(sys.stdin.readline() if given.strip() == "-" else given))
    name = _name(trakt, tokens)
    kept.keep(tokens)
    return name, tokens


def _by_device(trakt: Trakt, kept: FileTokens) -> tuple[str, Tokens]:
    """Who approved the code. That tokens can be kept is tried before, since a code is good once."""
    from watchprint.cli.narrate import say
    from watchprint.trakt.errors import TraktError

    with kept.lock():
        code = trakt.oauth.device_code()
    address = f"{code.verification_url.rstrip('/')}/{code.user_code}"
    say(f"Open {code.verification_url} and enter the code {code.user_code}")
    say(f"(or open {address}, or scan this)." if sys.stderr.isatty() else f"(or open {address}).")
    _draw_qr(address)
    say(f"Waiting for your approval; the code is good for {code.expires_in_s // 60} minutes (Ctrl-C to stop).")
    tokens = trakt.oauth.sign_in_by_device(code)
    kept.keep(tokens)
    try:
        return _name(trakt, tokens), tokens
    except TraktError as error:
        say(f"The sign-in is kept, but Trakt does not say whose it is: {error}")
        return "you", tokens


def _name(trakt: Trakt, tokens: Tokens) -> str:
    settings: Any = trakt.as_user(tokens.access_token).users.settings()
    return (settings.user.username if settings.user else None) or "you"


def _draw_qr(address: str) -> None:
    """The address as a QR code (stderr), where there is a terminal to see it."""
    if not sys.stderr.isatty():
        return
    import segno

    segno.make(address, error="l").terminal(out=sys.stderr, border=2, compact=True)


def logout(
    local: Annotated[bool, typer.Option("--local", help="Only remove the tokens here, and ask Trakt nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Sign out, and withdraw the tokens at Trakt."""
    from watchprint.cli.home import token_file
    from watchprint.cli.narrate import emit_json, say
    from watchprint.cli.service.reach import trakt_without_user
    from watchprint.trakt.tokens import FileTokens

    kept = FileTokens(token_file())
    if not local:
        tokens = kept.current()
        with trakt_without_user() as trakt:
            trakt.oauth.revoke(tokens.access_token)
    was_there = kept.path.exists()
    kept.forget()
    if as_json:
        emit_json({"signed_out": was_there, "withdrawn": not local})
    elif local:
        say(f"The tokens are removed from {kept.path}; Trakt was not told." if was_there else "Nobody was signed in.")
    else:
        say("Signed out; the tokens are withdrawn and removed.")

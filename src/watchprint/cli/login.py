"""`watchprint login` and `logout`: sign a user in, by a code on a device or with a token in hand, and out again.

A token is never printed. What a sign-in gave is kept, whatever goes wrong after it: in the store, else in a file.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any

import typer

from watchprint.cli.service.options import AccountName, AsJson

if TYPE_CHECKING:
    from watchprint.app import Watchprint
    from watchprint.identity import Account
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
    account: Annotated[
        str | None,
        typer.Option(
            "--account",
            metavar="NAME",
            help="The account to link, made if there is none; without it, the one of this Trakt user, or a new one.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Sign in to Trakt with a code in the browser.

    Shows a code to enter there, links an account here to the user who signs in, and keeps the tokens that come back,
    sealed, in the store. Without the extra 'app' there is no store: they are kept in a file of your own.
    """
    from watchprint.cli.extras import require
    from watchprint.cli.home import STORE_NEEDS, has_store

    if has_store():
        _into_the_store(token, account, as_json=as_json)
        return
    if account is not None:
        require(*STORE_NEEDS)
    _into_a_file(token, as_json=as_json)


def _into_the_store(token: str | None, account: str | None, *, as_json: bool) -> None:
    from watchprint.cli.home import opened
    from watchprint.cli.narrate import emit_json, say
    from watchprint.identity.accounts import account_name
    from watchprint.service.where import where
    from watchprint.settings import Settings

    where(Settings.from_env())  # what is not set is told before a store is made
    named = None if account is None else account_name(account)
    with opened() as app:
        left_over = _useless_file(app)
        tokens, linked = _linked_by_token(app, token, named) if token is not None else _linked_by_device(app, named)
        if left_over is not None and linked is not None:
            left_over.forget()
        where_kept = app.store.where
    renewable = tokens.refresh_token is not None
    user = None if linked is None or linked.link is None else linked.link.slug or linked.name
    if as_json:
        emit_json({"user": user, "account": linked and linked.name, "renewable": renewable})
    elif linked is not None:
        say(f"Signed in as {user}: the account {linked.name!r} is linked; its tokens are sealed in {where_kept}.")
        if not renewable:
            say("This token cannot be renewed: sign in again when it expires.")
        say("Copy it with: watchprint sync" + ("" if linked.is_default else f" --account {linked.name}"))


def _useless_file(app: Watchprint) -> FileTokens | None:
    """A token file that nobody can use any more; one that is good is taken over."""
    from watchprint.cli.home import take_over, token_file
    from watchprint.trakt.errors import AppRefused, NotConfigured, TokenExpired
    from watchprint.trakt.tokens import FileTokens

    try:
        take_over(app)
    except (NotConfigured, TokenExpired, AppRefused):
        return FileTokens(token_file(app.settings))
    return None


def _ready(app: Watchprint) -> None:
    """Make sure that tokens can be kept, before a code is shown: it is good once."""
    app.store.keys()
    app.store.write(lambda work: work.leases.release("sign-in", ""))
    _ = app.trakt_without_user()


def _linked_by_token(app: Watchprint, token: str, name: str | None) -> tuple[Tokens, Account | None]:
    """The pair in hand, and the account that has it."""
    tokens = _given(token)
    return tokens, app.link(tokens, name=name)


def _linked_by_device(app: Watchprint, name: str | None) -> tuple[Tokens, Account | None]:
    """The pair that Trakt gave, and the account that has it. Where it cannot be linked now, it waits in a file."""
    from watchprint.cli.home import token_file
    from watchprint.cli.narrate import say
    from watchprint.identity.errors import IdentityError
    from watchprint.trakt.errors import AppRefused, TokenExpired, TraktError
    from watchprint.trakt.tokens import FileTokens

    _ready(app)
    trakt = app.trakt_without_user()
    tokens = _by_device(trakt)
    try:
        return tokens, app.link(tokens, name=name)
    except (IdentityError, TokenExpired, AppRefused):
        with suppress(TraktError):
            trakt.oauth.revoke(tokens.access_token)
        raise
    except BaseException as error:
        kept = FileTokens(token_file(app.settings))
        kept.keep(tokens)
        if not isinstance(error, TraktError):
            raise
        say(f"Trakt does not say whose the sign-in is: {error}")
        say(f"It is kept in {kept.path}; the next command that asks Trakt takes it over.")
        return tokens, None


def _into_a_file(token: str | None, *, as_json: bool) -> None:
    from watchprint.cli.home import token_file
    from watchprint.cli.narrate import emit_json, say
    from watchprint.cli.service.reach import trakt_without_user
    from watchprint.trakt.errors import TraktError
    from watchprint.trakt.tokens import FileTokens

    with trakt_without_user() as trakt:
        kept = FileTokens(token_file())
        if token is not None:
            tokens = _given(token)
            name = _name(trakt, tokens)
            kept.keep(tokens)
        else:
            with kept.lock():  # that tokens can be kept is tried before, since a code is good once
                pass
            tokens = _by_device(trakt)
            kept.keep(tokens)
            try:
                name = _name(trakt, tokens)
            except TraktError as error:
                say(f"The sign-in is kept, but Trakt does not say whose it is: {error}")
                name = "you"
    renewable = tokens.refresh_token is not None
    if as_json:
        emit_json({"user": name, "renewable": renewable, "file": str(kept.path)})
        return
    say(f"Signed in as {name}; the tokens are in {kept.path}.")
    if not renewable:
        say("This token cannot be renewed: sign in again when it expires.")


def _given(token: str) -> Tokens:
    """The token in hand ('-': the first line of stdin)."""
    from watchprint.trakt.tokens import Tokens, checked

    return Tokens(checked(sys.stdin.readline() if token.strip() == "-" else token))


def _by_device(trakt: Trakt) -> Tokens:
    """The pair of who approves the code that is shown."""
    from watchprint.cli.narrate import say

    code = trakt.oauth.device_code()
    address = f"{code.verification_url.rstrip('/')}/{code.user_code}"
    say(f"Open {code.verification_url} and enter the code {code.user_code}")
    say(f"(or open {address}, or scan this)." if sys.stderr.isatty() else f"(or open {address}).")
    _draw_qr(address)
    say(f"Waiting for your approval; the code is good for {code.expires_in_s // 60} minutes (Ctrl-C to stop).")
    return trakt.oauth.sign_in_by_device(code)


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
    account: AccountName = None,
    as_json: AsJson = False,
) -> None:
    """Sign out, and withdraw the tokens at Trakt. What was copied stays."""
    from watchprint.cli.home import has_store, token_file
    from watchprint.cli.narrate import emit_json, say
    from watchprint.trakt.tokens import FileTokens

    kept = FileTokens(token_file())
    if kept.path.exists() or not has_store():
        was_there, where_kept = _out_of_the_file(kept, local=local), str(kept.path)
    else:
        was_there, where_kept = _out_of_the_store(account, local=local)
    if as_json:
        emit_json({"signed_out": was_there, "withdrawn": not local})
    elif local:
        say(f"The tokens are removed from {where_kept}; Trakt was not told." if was_there else "Nobody was signed in.")
    else:
        say("Signed out; the tokens are withdrawn and removed.")


def _out_of_the_file(kept: FileTokens, *, local: bool) -> bool:
    """Whether there was a pair."""
    from watchprint.cli.service.reach import trakt_without_user

    if not local:
        tokens = kept.current()
        with trakt_without_user() as trakt:
            trakt.oauth.revoke(tokens.access_token)
    was_there = kept.path.exists()
    kept.forget()
    return was_there


def _out_of_the_store(account: str | None, *, local: bool) -> tuple[bool, str]:
    """Whether there was a pair, and where."""
    from watchprint.cli.home import opened
    from watchprint.trakt.errors import NotConfigured

    with opened() as app:
        where_kept = app.store.where
        whose = app.account(account) if account is not None or app.accounts() else None
        if whose is None or not app.status(whose).signed_in:
            if not local:
                raise NotConfigured("nobody is signed in: run `watchprint login`")
            return False, where_kept
        app.sign_out(whose, withdraw=not local)
    return True, where_kept

"""`watchprint backup`, `restore`, `forget` and `keys`: keeping what is kept, and letting go of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchprint.cli.exits import Exit
from watchprint.cli.service.options import AsJson

if TYPE_CHECKING:
    from watchprint.app import Forgotten

KEYS = "The keys that seal tokens."


def register(app: typer.Typer, section: str) -> None:
    """Add the commands."""
    for command in (backup, restore, forget):
        app.command(rich_help_panel=section)(command)
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=KEYS)
    group.callback()(_keys)
    group.command()(rotate)
    app.add_typer(group, name="keys", rich_help_panel=section, short_help=KEYS)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; a file that is there is replaced.")],
    as_json: AsJson = False,
) -> None:
    """Write all that is kept into one file.

    Others may go on working meanwhile. Tokens in it are sealed, and the keys are not in it.
    """
    from watchprint.cli.copy.telling import counted
    from watchprint.cli.home import opened
    from watchprint.cli.narrate import emit_json, say

    with opened() as app:
        app.backup(file)
        accounts = len(app.accounts())
    size = file.stat().st_size
    if as_json:
        emit_json({"file": str(file.absolute()), "bytes": size, "accounts": accounts})
    else:
        say(f"{file} holds {counted(accounts, 'account')}, {size / 1e6:,.1f} MB. Keep the keys apart: it has none.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A back-up.")],
    as_json: AsJson = False,
) -> None:
    """Bring a back-up back.

    What came after the back-up is gone, but for newer tokens. Others may go on working meanwhile.
    """
    from watchprint.cli.home import opened
    from watchprint.cli.narrate import emit_json, say

    with opened() as app:
        app.restore(file)
        names = [account.name for account in app.accounts()]
    if as_json:
        emit_json({"file": str(file.absolute()), "accounts": names})
    else:
        say(f"The store holds what {file} holds: {', '.join(names) or 'no account'}.")


def forget(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The account.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask for the name again.")] = False,
    as_json: AsJson = False,
) -> None:
    """Delete all that is kept of an account.

    Also in back-ups in the home. Its tokens are withdrawn at Trakt; nothing else changes there. Files elsewhere that
    this program wrote are listed.
    """
    from watchprint.cli.home import opened
    from watchprint.cli.narrate import emit_json, fail

    with opened() as app:
        account = app.account(name)
        if not yes and not _named_again(account.name):
            fail("that is not its name: nothing was deleted (--yes does not ask)")
            raise typer.Exit(Exit.USAGE)
        gone = app.forget(account)
    if as_json:
        emit_json(gone)
    else:
        _told(gone)


def _named_again(name: str) -> bool:
    """The name is typed once more."""
    from watchprint.identity.accounts import name_key

    sys.stderr.write(f"Everything kept of {name!r} will be deleted. Type the name to go on: ")
    sys.stderr.flush()
    return name_key(sys.stdin.readline().strip()) == name_key(name)


def _told(gone: Forgotten) -> None:
    from watchprint.cli.copy.telling import counted
    from watchprint.cli.narrate import say

    say(f"The account {gone.name!r} is forgotten: {counted(gone.plays, 'play')} and all else that was kept of it.")
    if gone.withdrawn:
        say("Its tokens are withdrawn at Trakt.")
    elif gone.not_withdrawn_because is not None:
        say(f"Its tokens could not be withdrawn at Trakt: {gone.not_withdrawn_because}")
        say("Withdraw them yourself: https://trakt.tv/oauth/authorized_applications")
    for path in gone.cleaned:
        say(f"Taken out of the back-up {path}.")
    if gone.elsewhere:
        say("These files were written by this program and cannot be cleaned; delete them by hand:")
        for path in gone.elsewhere:
            say(f"  {path}")


def _keys() -> None:
    """The keys that seal tokens."""


def rotate(
    drop_old: Annotated[
        bool, typer.Option("--drop-old", help="Forget older keys: back-ups from before give their tokens no more.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Seal all tokens with a new key."""
    from watchprint.cli.copy.telling import counted
    from watchprint.cli.home import opened
    from watchprint.cli.narrate import emit_json, say

    with opened() as app:
        count = app.rotate_keys(drop_old=drop_old)
        keys = len(app.store.keys().ids)
    if as_json:
        emit_json({"sealed": count, "keys": keys})
    else:
        say(f"{counted(count, 'sign-in')} sealed with a new key; the ring has {counted(keys, 'key')}.")

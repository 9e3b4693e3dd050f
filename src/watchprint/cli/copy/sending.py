"""`watchprint send-on`: the plays of an import go to Trakt. Shows first what would happen, and asks."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from watchprint.cli.copy.going import LOCKED, REFUSED, shown_progress, span
from watchprint.cli.exits import Exit
from watchprint.cli.service.options import AccountName, AsJson

if TYPE_CHECKING:
    from watchprint.app import Preview, SendingPlay, Sent

OUTCOMES: Final[dict[str, tuple[Exit, str]]] = {
    "done": (Exit.OK, "nothing waits any more"),
    "cancelled": (Exit.INTERRUPTED, "called off; the same command goes on"),
    "sign_in_again": (Exit.SIGN_IN, "the sign-in is spent: run `watchprint login`, then the same command"),
    "refused": (Exit.SIGN_IN, REFUSED),
    "locked": (Exit.REFUSED, LOCKED),
    "limited": (Exit.REFUSED, "a limit of this user at Trakt is reached: the same command goes on when there is room"),
    "unreachable": (Exit.NO_ANSWER, "Trakt does not answer as it should: try the same command later"),
}
"""What each outcome ends the command with, and says."""
SHOWN: Final = 20
"""Most plays that a list shows; with --json all are there."""


def register(app: typer.Typer, section: str) -> None:
    """Add the command."""
    app.command("send-on", rich_help_panel=section)(send_on)


def send_on(
    number: Annotated[
        int, typer.Argument(metavar="IMPORT", help="The import's number, as `watchprint import` said it.")
    ],
    preview: Annotated[bool, typer.Option("--preview", help="Show what would happen, and send nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Send without showing and asking first.")] = False,
    account: AccountName = None,
    as_json: AsJson = False,
) -> None:
    """Send the plays of an import on to Trakt.

    Plays that Trakt has are not sent again. One request a second; Ctrl-C stops it, and the same command goes on.
    """
    from watchprint.cli.home import opened
    from watchprint.cli.narrate import fail
    from watchprint.service.where import where
    from watchprint.settings import Settings

    if preview and yes:
        raise typer.BadParameter("a preview sends nothing: --preview, or --yes", param_hint="--preview")
    where(Settings.from_env())  # what is not set is told before a store is made
    with opened(to_ask_trakt=True) as app:
        if not yes:
            with shown_progress("Looking at Trakt's history") as on_progress:
                found = app.preview_sending(number, account, on_progress=on_progress)
            if preview or not as_json:
                _show(found, as_json=as_json)
            if preview:
                return
            if found.send and not _may(len(found.send)):
                fail("nothing was sent (--yes does not ask)")
                raise typer.Exit(Exit.USAGE)
            if not (found.send or found.existing or found.unsure or as_json):
                return
        with shown_progress("Sending to Trakt") as on_progress:
            sent = app.send_on(number, account, on_progress=on_progress)
    _tell(sent, as_json=as_json)
    raise typer.Exit(OUTCOMES[sent.outcome][0])


def _may(count: int) -> bool:
    """The person says yes."""
    from watchprint.cli.copy.telling import counted

    sys.stderr.write(f"Send {counted(count, 'play')} to Trakt? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _show(found: Preview, *, as_json: bool) -> None:
    from watchprint.cli.copy.telling import counted
    from watchprint.cli.narrate import emit_json, say

    if as_json:
        emit_json(found)
        return
    _list("would be sent", found.send)
    _list("Trakt has already", found.existing)
    _list("would be there twice, and are not sent", found.doubled)
    _list("cannot be sent", found.cannot)
    if found.unsure:
        say(f"{counted(found.unsure, 'play')} left without an answer before: looked up first.")
    if not (found.send or found.existing or found.unsure):
        say(f"Nothing of import {found.import_id} waits to be sent.")
    if found.send:
        say(f"Sending takes {span(found.least_s)} or more: Trakt takes one request a second.")


def _list(words: str, plays: Sequence[SendingPlay]) -> None:
    from watchprint.cli.copy.telling import minute_at
    from watchprint.cli.narrate import draw_table, say

    if not plays:
        return
    rows = [(told.title, minute_at(told.watched_at), told.why or "") for told in plays[:SHOWN]]
    draw_table(["title", "watched", "why"], rows, title=f"{len(plays):,} {words}")
    if len(plays) > SHOWN:
        say(f"… and {len(plays) - SHOWN:,} more (--json shows all).")


def _tell(sent: Sent, *, as_json: bool) -> None:
    from watchprint.cli.narrate import draw_facts, emit_json

    if as_json:
        emit_json(replace(sent, took_s=round(sent.took_s, 3)))
        return
    facts: dict[str, Any] = {"import": sent.import_id, "outcome": OUTCOMES[sent.outcome][1]}
    if sent.reason:
        facts["reason"] = sent.reason
    counts = {
        "sent": sent.sent,
        "Trakt had already": sent.existing,
        "not sent twice": sent.doubled,
        "not taken by Trakt": len(sent.refused),
        "cannot be sent": len(sent.cannot),
        "sent, not shown by Trakt yet": sent.unsure,
        "waiting": sent.left,
    }
    draw_facts(facts | {what: f"{count:,}" for what, count in counts.items() if count or what == "sent"})
    _list("are not taken by Trakt", sent.refused)
    _list("cannot be sent", sent.cannot)

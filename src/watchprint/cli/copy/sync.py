"""`watchprint sync`: an account's copy is brought up to date, at the price of what changed. The report is on stdout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from watchprint.cli.copy.going import LOCKED, REFUSED, shown_progress
from watchprint.cli.exits import Exit
from watchprint.cli.service.options import AccountName, AsJson

if TYPE_CHECKING:
    from watchprint.app import SyncReport
    from watchprint.identity import Account

OUTCOMES: Final[dict[str, tuple[Exit, str]]] = {
    "nothing": (Exit.OK, "nothing has changed"),
    "changed": (Exit.OK, "the copy is what Trakt has"),
    "elsewhere": (Exit.OK, "another process is copying this account; it goes on there"),
    "sign_in_again": (Exit.SIGN_IN, "the sign-in is spent: run `watchprint login`"),
    "disconnected": (Exit.SIGN_IN, "the sign-in was withdrawn: run `watchprint login`"),
    "refused": (Exit.SIGN_IN, REFUSED),
    "locked": (Exit.REFUSED, LOCKED),
    "limited": (Exit.REFUSED, "a limit of this user at Trakt is reached"),
    "unreachable": (Exit.NO_ANSWER, "Trakt does not answer as it should: try again later"),
    "behind": (Exit.NO_ANSWER, "Trakt's answers do not agree yet; nothing was removed, and it is tried again later"),
}
"""What each outcome of a sync ends the command with, and says."""


def register(app: typer.Typer, section: str) -> None:
    """Add the command."""
    app.command(rich_help_panel=section)(sync)


def sync(
    account: AccountName = None,
    whole: Annotated[bool, typer.Option("--whole", help="Read everything anew, whatever has changed.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Every account that is linked.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the copy of an account up to date.

    The first time reads all; later only what changed. Ctrl-C stops it: what was read stays, and the next sync goes on.
    """
    from watchprint.cli.home import opened
    from watchprint.cli.narrate import emit_json, say
    from watchprint.service.where import where
    from watchprint.settings import Settings

    if every and account is not None:
        raise typer.BadParameter("one account, or --all of them", param_hint="--account")
    where(Settings.from_env())  # what is not set is told before a store is made
    with opened(to_ask_trakt=True) as app:
        whose = [each for each in app.accounts() if each.link is not None] if every else [app.account(account)]
        if not whose and not as_json:
            say("No account is linked to Trakt: link one with `watchprint login`.")
        reports = []
        for each in whose:
            with shown_progress(each.name) as on_progress:
                reports.append((each, app.sync(each, whole=whole, on_progress=on_progress)))
            if not as_json:
                _draw(*reports[-1])
    if as_json:
        told = [report_data(each, report) for each, report in reports]
        emit_json(told if every else told[0])
    raise typer.Exit(next((code for code in (OUTCOMES[r.outcome][0] for _, r in reports) if code), Exit.OK))


def report_data(account: Account, report: SyncReport) -> dict[str, Any]:
    """The report as data."""
    return {
        "account": account.name,
        "outcome": report.outcome,
        "reason": report.reason,
        "requests": report.requests,
        "whole": report.whole,
        "took_s": round(report.took_s, 3),
        "next_due_at": report.next_due_at,
        "plays": report.plays,
        "states": dict(report.states),
    }


def _draw(account: Account, report: SyncReport) -> None:
    from watchprint.cli.copy.telling import counted, shown_at
    from watchprint.cli.narrate import draw_facts

    facts: dict[str, object] = {"account": account.name, "outcome": OUTCOMES[report.outcome][1]}
    if report.reason:
        facts["reason"] = report.reason
    parts = {"plays": report.plays, **report.states}
    facts |= {name.replace("_", " "): _counts(counts) for name, counts in parts.items() if counts}
    facts["cost"] = f"{counted(report.requests, 'request')}, {report.took_s:.1f} s"
    if report.next_due_at is not None:
        facts["next sync"] = shown_at(report.next_due_at)
    draw_facts(facts)


def _counts(counts: Any) -> str:
    words = {"added": counts.added, "changed": counts.changed, "removed": counts.removed, "back again": counts.revived}
    return ", ".join(f"{number:,} {what}" for what, number in words.items() if number)

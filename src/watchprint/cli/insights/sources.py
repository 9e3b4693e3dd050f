"""Where the rows of an insight come from: a file, an account's copy, or Trakt with a token. Computes nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from watchprint.cli.insights.asked import NARROWING, OF_INSIGHTS, Question

if TYPE_CHECKING:
    from watchprint.app import Watchprint
    from watchprint.identity import Account
    from watchprint.insights import Answer
    from watchprint.insights.findings import Findings

T = TypeVar("T")
_OF_ALL = frozenset(OF_INSIGHTS) - {"by", "unit", "of", "counting", "limit", "gap_min", "on", "sort", "compare"}
"""What can be asked of all insights at once."""


def answer_of(name: str, question: Question) -> tuple[Answer, Any]:
    """The answer, and Trakt's own figures where they say something of it."""
    from watchprint import insights
    from watchprint.cli.home import has_store
    from watchprint.insights.catalogue import found, spelled

    name, said = spelled(name), question.said
    if question.export is None:
        insights.compute(name, **said)  # whether it can be answered at all, before a whole history is read for it
        if question.token is None and has_store():
            asked_of_copy = _from_copy(question, lambda app, whose: app.insight(name, account=whose, **said))
            return asked_of_copy, None
    rows, stats, facts = _rows(question, ratings=found(name).reads == "ratings")
    return insights.compute(name, **rows, **(facts | said)), None if said.keys() & NARROWING else stats


def findings_of(question: Question) -> Findings:
    """What stands out, over all insights."""
    from watchprint import insights
    from watchprint.cli.home import has_store
    from watchprint.insights.findings import findings

    said = question.said
    if own := sorted(said.keys() - _OF_ALL):
        option = own[0].replace("_", "-")
        raise typer.BadParameter("findings ask every insight, so that it has no say here", param_hint=f"--{option}")
    if question.export is None:
        findings(insights.load(), **said)
        if question.token is None and has_store():
            return _from_copy(question, lambda app, whose: app.findings(whose, **said))
    rows, _, facts = _rows(question, ratings=True)
    return findings(insights.load(**rows), **(facts | said))


def _rows(question: Question, *, ratings: bool) -> tuple[dict[str, Any], Any, dict[str, Any]]:
    """Rows, Trakt's own figures, and what to ask by default."""
    other = "--export" if question.export is not None else "--token or WATCHPRINT_TOKEN"
    if question.account is not None:
        raise typer.BadParameter(f"the copy of an account, or {other}: not both", param_hint="--account")
    if question.export is not None:
        return _from_export(question.export)
    return _from_trakt(question.token, ratings=ratings)


def _from_copy(question: Question, ask: Callable[[Watchprint, Account], T]) -> T:
    """What the account's copy answers; says where that is not what Trakt has."""
    from watchprint.cli.home import opened, take_over
    from watchprint.cli.narrate import say
    from watchprint.service.where import where
    from watchprint.settings import Settings
    from watchprint.store.keeping.looking import look
    from watchprint.trakt.errors import NotConfigured

    settings = Settings.from_env()
    if look(home=settings.home, url=settings.database_url).revision is None:
        where(settings)  # what is not set is told before a store is made
    with opened() as app:
        if not app.accounts():
            take_over(app)
        if not app.accounts():
            raise NotConfigured(
                "no account is kept here: run `watchprint login`, take a file in with `watchprint import`, "
                "or name one with --export"
            )
        status = app.status(question.account)
        whose = status.account
        if whose.link is not None and status.last_sync_at is None:
            say(f"The account {whose.name!r} was never copied whole from Trakt: run `watchprint sync` first.")
        elif whose.link is not None and whose.link.status != "linked":
            say(f"The copy of {whose.name!r} is as of {status.last_sync_at:%Y-%m-%d %H:%M} UTC: {whose.link.status}.")
        return ask(app, whose)


def _from_export(path: Path) -> tuple[dict[str, Any], Any, dict[str, Any]]:
    """From a ZIP."""
    from watchprint.cli.narrate import say
    from watchprint.exchange import trakt_zip

    export = trakt_zip.read(path)
    for part, why in export.missing.items():
        say(f"{part}: {why}")
    for note in export.notes:
        say(note)
    return {**export.rows()}, export.stats, {}


def _from_trakt(token: str | None, *, ratings: bool) -> tuple[dict[str, Any], Any, dict[str, Any]]:
    """From Trakt, with the user's token."""
    from watchprint.cli.reading import read_account
    from watchprint.cli.service.reach import trakt_of

    with trakt_of(token) as trakt:
        account = read_account(trakt, ratings=ratings)
    return account.rows(), account.stats, {"zone": account.zone, "now": account.read_at}

"""`watchprint status`: how an account stands. Asks no Trakt."""

from __future__ import annotations

import typer

from watchprint.cli.service.options import AccountName, AsJson


def register(app: typer.Typer, section: str) -> None:
    """Add the command."""
    app.command(rich_help_panel=section)(status)


def status(account: AccountName = None, as_json: AsJson = False) -> None:
    """How an account stands.

    What is kept of it, what waits to be sent, when it is synced, how its link to Trakt stands, and what is left of
    Trakt's limits. Asks no Trakt.
    """
    from watchprint.cli.copy.telling import status_data, status_facts
    from watchprint.cli.home import LOCAL, opened
    from watchprint.cli.narrate import draw_facts, emit_json, say

    with opened() as app:
        found, now, local = app.status(account), app.clock.now(), app.local
        store = {"kind": app.store.kind, "where": app.store.where}
    if as_json:
        emit_json(status_data(found) | {"store": store, "local": local})
        return
    draw_facts(status_facts(found, now) | {"store": store["where"]})
    if found.zone_note is not None:
        say(found.zone_note)
    if local:
        say(LOCAL)

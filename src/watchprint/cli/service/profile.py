"""Commands about the user and Trakt's titles: statistics, what is being watched, search."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from watchprint.cli.service.options import AsJson, Limit, Token


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(get_user_stats)
    app.command()(get_user_watching)
    app.command()(search)


def get_user_stats(token: Token = None, as_json: AsJson = False) -> None:
    """Trakt's own figures for the user."""
    from watchprint.cli.service.reach import user
    from watchprint.cli.service.show import show_answer

    with user(token) as trakt:
        answer = trakt.get_user_stats()
    show_answer(answer, as_json=as_json, done="As Trakt counts")


def get_user_watching(token: Token = None, as_json: AsJson = False) -> None:
    """What the user is watching now."""
    from watchprint.cli.service.reach import user
    from watchprint.cli.service.show import show_answer

    with user(token) as trakt:
        answer = trakt.get_user_watching()
    show_answer(answer, as_json=as_json, done="Nothing is being watched." if answer is None else "Watching now")


def search(
    what: Annotated[str, typer.Argument(metavar="TEXT", help="A title, or an id like tmdb:949 or tt0113277.")],
    kind: Annotated[str | None, typer.Option(help="movie, show, episode or person.")] = None,
    limit: Limit = 10,
    token: Token = None,
    as_json: AsJson = False,
) -> None:
    """Find a title, to put it on a list or into the library."""
    from watchprint.cli.service.reach import user
    from watchprint.cli.service.show import show_rows

    chosen: Any = kind
    columns = {"kind": "kind", "title": "item", "ids": "ids"}
    with user(token) as trakt:
        show_rows(trakt.search(what, kind=chosen, limit=limit), columns, as_json=as_json, title=f"Search: {what}")

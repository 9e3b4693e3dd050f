"""Commands about the user and Trakt's titles: statistics, what is being watched, search."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from watchprint.cli.service.calling import ask, read
from watchprint.cli.service.options import AccountName, AsJson, Limit, Token

if TYPE_CHECKING:
    from watchprint.cli.service.show import Columns
    from watchprint.trakt.items import Item

_ITEM: Final = re.compile(r"(movie|show|season|episode|person):\S")
"""How an item begins, and no title."""


def register(app: typer.Typer, section: str) -> None:
    """Add these commands."""
    for command in (get_user_stats, get_user_watching, search):
        app.command(rich_help_panel=section)(command)


def get_user_stats(token: Token = None, account: AccountName = None, as_json: AsJson = False) -> None:
    """Trakt's own figures for the user."""
    ask("get_user_stats", token=token, account=account, as_json=as_json, done="As Trakt counts:")


def get_user_watching(token: Token = None, account: AccountName = None, as_json: AsJson = False) -> None:
    """What the user is watching now."""
    ask(
        "get_user_watching",
        token=token,
        account=account,
        as_json=as_json,
        done=lambda answer: "Nothing is being watched." if answer is None else "Watching now:",
    )


def search(
    what: Annotated[
        str, typer.Argument(metavar="TEXT", help="A title, an id like tmdb:949, or an item like movie:tmdb:949.")
    ],
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="movie, show, episode or person.")] = None,
    limit: Limit = 10,
    token: Token = None,
    account: AccountName = None,
    as_json: AsJson = False,
) -> None:
    """Find a title or a person.

    The last column is how other commands take it.
    """
    columns: Columns = {"kind": "item.kind", "title": "item", "type it as": _typed}
    read(
        "search",
        _asked(what),
        kind=kind,
        columns=columns,
        token=token,
        account=account,
        as_json=as_json,
        title=f"Search: {what}",
        limit=limit,
    )


def _asked(text: str) -> str | Item:
    """The item that is named as in other commands, else the words."""
    from watchprint.cli.service.itemtext import item_of

    return item_of(text) if _ITEM.match(text.strip()) else text


def _typed(found: Any) -> str:
    from watchprint.cli.service.itemtext import text_of

    return text_of(found.item) if found.item is not None else "-"

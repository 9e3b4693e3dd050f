"""Commands for a user's own lists."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from watchprint.cli.service.library import ROWS, Kind, listed, read
from watchprint.cli.service.options import AsJson, Items, Limit, ListName, Token


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(create_list)
    app.command()(delete_list)
    app.command()(get_user_lists)
    app.command()(get_list_items)
    app.command()(add_to_list)
    app.command()(remove_from_list)


def create_list(
    name: Annotated[str, typer.Argument(help="The list's name.")],
    description: Annotated[str | None, typer.Option(help="What it is for.")] = None,
    privacy: Annotated[str, typer.Option(help="private, link, friends or public.")] = "private",
    token: Token = None,
    as_json: AsJson = False,
) -> None:
    """Make a list."""
    _run("create_list", token, as_json, "Made:", name, description=description, privacy=privacy)


def delete_list(name: ListName, token: Token = None, as_json: AsJson = False) -> None:
    """Delete a list with all its entries."""
    _run("delete_list", token, as_json, "Deleted.", name)


def get_user_lists(limit: Limit = None, token: Token = None, as_json: AsJson = False) -> None:
    """The user's lists."""
    columns = {"name": "name", "slug": "slug", "items": "item_count", "privacy": "privacy", "updated": "updated_at"}
    read("get_user_lists", columns, token, as_json=as_json, title="Lists", limit=limit)


def get_list_items(
    name: ListName, kind: Kind = None, limit: Limit = None, token: Token = None, as_json: AsJson = False
) -> None:
    """What is on a list."""
    from itertools import islice

    from watchprint.cli.service.reach import user
    from watchprint.cli.service.show import show_rows

    chosen: Any = kind
    with user(token) as trakt:
        rows = trakt.get_list_items(name, kind=chosen)
        show_rows(islice(rows, limit), ROWS, as_json=as_json, title=name)


def add_to_list(
    name: ListName,
    items: Items,
    notes: Annotated[str | None, typer.Option(help="Words that stand beside it (VIP).")] = None,
    token: Token = None,
    as_json: AsJson = False,
) -> None:
    """Put films, shows, seasons, episodes or people on a list."""
    _run("add_to_list", token, as_json, "List:", name, listed(items, notes))


def remove_from_list(name: ListName, items: Items, token: Token = None, as_json: AsJson = False) -> None:
    """Take off a list."""
    from watchprint.cli.service.itemtext import item_of

    _run("remove_from_list", token, as_json, "List:", name, [item_of(i) for i in items])


def _run(method: str, token: str | None, as_json: bool, done: str, *arguments: Any, **options: Any) -> None:
    from watchprint.cli.service.reach import user
    from watchprint.cli.service.show import show_answer

    with user(token) as trakt:
        answer = getattr(trakt, method)(*arguments, **options)
    show_answer(answer, as_json=as_json, done=done)

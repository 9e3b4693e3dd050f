"""Commands for a user's own lists."""

from __future__ import annotations

from typing import Annotated

import typer

from watchprint.cli.service.calling import ask, items_of, listed, read
from watchprint.cli.service.library import ENTRIES
from watchprint.cli.service.options import AccountName, AsJson, Items, Limit, ListName, Notes, Token


def register(app: typer.Typer, section: str) -> None:
    """Add these commands."""
    for command in (create_list, delete_list, get_user_lists, get_list_items, add_to_list, remove_from_list):
        app.command(rich_help_panel=section)(command)


def create_list(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the list is called.")],
    description: Annotated[str | None, typer.Option(metavar="TEXT", help="What it is for.")] = None,
    privacy: Annotated[str, typer.Option(metavar="WHO", help="private, link, friends or public.")] = "private",
    token: Token = None,
    account: AccountName = None,
    as_json: AsJson = False,
) -> None:
    """Make a list."""
    ask(
        "create_list",
        name,
        description=description,
        privacy=privacy,
        token=token,
        account=account,
        as_json=as_json,
        done="Made:",
    )


def delete_list(name: ListName, token: Token = None, account: AccountName = None, as_json: AsJson = False) -> None:
    """Delete a list with all its entries."""
    ask("delete_list", name, token=token, account=account, as_json=as_json, done="Deleted.")


def get_user_lists(
    limit: Limit = None, token: Token = None, account: AccountName = None, as_json: AsJson = False
) -> None:
    """The user's lists."""
    columns = {
        "name": "name",
        "id": "ids.trakt",
        "slug": "ids.slug",
        "items": "item_count",
        "privacy": "privacy",
        "updated": "updated_at",
    }
    read("get_user_lists", columns=columns, token=token, account=account, as_json=as_json, title="Lists", limit=limit)


def get_list_items(
    name: ListName,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="Only this kind: movie, show, season, episode or person.")
    ] = None,
    limit: Limit = None,
    token: Token = None,
    account: AccountName = None,
    as_json: AsJson = False,
) -> None:
    """What is on a list."""
    read(
        "get_list_items",
        name,
        kind=kind,
        columns=ENTRIES,
        token=token,
        account=account,
        as_json=as_json,
        title=f"List {name}",
        limit=limit,
    )


def add_to_list(
    name: ListName,
    items: Items,
    notes: Notes = None,
    token: Token = None,
    account: AccountName = None,
    as_json: AsJson = False,
) -> None:
    """Put titles or people on a list."""
    ask("add_to_list", name, listed(items, notes), token=token, account=account, as_json=as_json, done="List:")


def remove_from_list(
    name: ListName, items: Items, token: Token = None, account: AccountName = None, as_json: AsJson = False
) -> None:
    """Take off a list."""
    ask("remove_from_list", name, items_of(items), token=token, account=account, as_json=as_json, done="List:")

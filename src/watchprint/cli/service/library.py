"""Commands for what a user has and wants: collection, watchlist, favourites."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from watchprint.cli.service.calling import ask, items_of, listed, read
from watchprint.cli.service.options import AccountName, AsJson, Items, Kind, Limit, Notes, Token

if TYPE_CHECKING:
    from watchprint.cli.service.show import Columns

ENTRIES: Final[Columns] = {"listed": "listed_at", "kind": "item.kind", "title": "item", "notes": "notes"}
"""Entries of a watchlist or a list."""


def register(app: typer.Typer, section: str) -> None:
    """Add these commands."""
    for command in (
        add_to_collection,
        remove_from_collection,
        get_collection,
        add_to_watchlist,
        remove_from_watchlist,
        get_watchlist,
        add_to_favorites,
        remove_from_favorites,
        get_favorites,
    ):
        app.command(rich_help_panel=section)(command)


def add_to_collection(
    items: Items,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="TIME", help="Since when it is owned: 2026-01-31T20:15:00Z; without it, now."),
    ] = None,
    media_type: Annotated[str | None, typer.Option(metavar="TYPE", help="digital, bluray, dvd, ...")] = None,
    resolution: Annotated[str | None, typer.Option(metavar="SIZE", help="uhd_4k, hd_1080p, ...")] = None,
    hdr: Annotated[str | None, typer.Option(metavar="KIND", help="dolby_vision, hdr10, ...")] = None,
    audio: Annotated[str | None, typer.Option(metavar="FORMAT", help="dolby_atmos, dts, ...")] = None,
    audio_channels: Annotated[str | None, typer.Option(metavar="N", help="2.0, 5.1, 7.1, ...")] = None,
    is_3d: Annotated[bool | None, typer.Option("--3d/--2d", help="The copy is in 3D.")] = None,
    token: Token = None,
    account: AccountName = None,
    as_json: AsJson = False,
) -> None:
    """Add to the library what you own."""
    from watchprint.trakt.facts import Owned

    facts = (at, media_type, resolution, hdr, audio, audio_channels, is_3d)
    owned = [Owned(item, *facts) for item in items_of(items)]
    ask("add_to_collection", owned, token=token, account=account, as_json=as_json, done="Library:")


def remove_from_collection(
    items: Items, token: Token = None, account: AccountName = None, as_json: AsJson = False
) -> None:
    """Remove from the library."""
    ask("remove_from_collection", items_of(items), token=token, account=account, as_json=as_json, done="Library:")


def get_collection(
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="Only this kind: movie, show or episode.")] = None,
    limit: Limit = None,
    token: Token = None,
    account: AccountName = None,
    as_json: AsJson = False,
) -> None:
    """What is in the library."""
    columns = {"since": "at", "title": "item", "media": "media_type", "resolution": "resolution"}
    read(
        "get_collection",
        kind=kind,
        columns=columns,
        token=token,
        account=account,
        as_json=as_json,
        title="Library",
        limit=limit,
    )


def add_to_watchlist(
    items: Items, notes: Notes = None, token: Token = None, account: AccountName = None, as_json: AsJson = False
) -> None:
    """Put on the watchlist."""
    ask("add_to_watchlist", listed(items, notes), token=token, account=account, as_json=as_json, done="Watchlist:")


def remove_from_watchlist(
    items: Items, token: Token = None, account: AccountName = None, as_json: AsJson = False
) -> None:
    """Take off the watchlist."""
    ask("remove_from_watchlist", items_of(items), token=token, account=account, as_json=as_json, done="Watchlist:")


def get_watchlist(
    kind: Kind = None,
    sort: Annotated[
        str | None,
        typer.Option(metavar="BY", help="rank, added, title, released, runtime, ...; added/desc turns it round."),
    ] = None,
    limit: Limit = None,
    token: Token = None,
    account: AccountName = None,
    as_json: AsJson = False,
) -> None:
    """What is on the watchlist."""
    read(
        "get_watchlist",
        kind=kind,
        sort=sort,
        columns=ENTRIES,
        token=token,
        account=account,
        as_json=as_json,
        title="Watchlist",
        limit=limit,
    )


def add_to_favorites(items: Items, token: Token = None, account: AccountName = None, as_json: AsJson = False) -> None:
    """Make films or shows favourites: rated 10.

    A rating that they had is replaced; the answer says which.
    """
    ask("add_to_favorites", items_of(items), token=token, account=account, as_json=as_json, done="Favourites:")


def remove_from_favorites(
    items: Items, token: Token = None, account: AccountName = None, as_json: AsJson = False
) -> None:
    """Make them favourites no longer.

    Ratings of 10 go, others stay.
    """
    ask("remove_from_favorites", items_of(items), token=token, account=account, as_json=as_json, done="Favourites:")


def get_favorites(
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="Only this kind: movie or show.")] = None,
    limit: Limit = None,
    token: Token = None,
    account: AccountName = None,
    as_json: AsJson = False,
) -> None:
    """The favourites: everything rated 10."""
    columns = {"rated": "rated_at", "rating": "rating", "title": "item"}
    read(
        "get_favorites",
        kind=kind,
        columns=columns,
        token=token,
        account=account,
        as_json=as_json,
        title="Favourites",
        limit=limit,
    )

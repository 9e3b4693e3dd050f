"""Commands for what a user has and wants: collection, watchlist, favourites."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from watchprint.cli.service.options import AsJson, Items, Limit, Token

Kind = Annotated[str | None, typer.Option(help="Only this kind: movie, show, season or episode.")]
ROWS = {"listed": "listed_at", "title": "item", "notes": "notes"}


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(add_to_collection)
    app.command()(remove_from_collection)
    app.command()(get_collection)
    app.command()(add_to_watchlist)
    app.command()(remove_from_watchlist)
    app.command()(get_watchlist)
    app.command()(add_to_favorites)
    app.command()(remove_from_favorites)
    app.command()(get_favorites)


def write(method: str, items: list[Any], token: str | None, *, as_json: bool, done: str) -> None:
    """Run a method that takes items, and show what it says."""
    from watchprint.cli.service.reach import user
    from watchprint.cli.service.show import show_answer

    with user(token) as trakt:
        answer = getattr(trakt, method)(items)
    show_answer(answer, as_json=as_json, done=done)


def add_to_collection(
    items: Items,
    at: Annotated[str | None, typer.Option("--at", help="Since when it is owned.")] = None,
    media_type: Annotated[str | None, typer.Option(help="digital, bluray, dvd, ...")] = None,
    resolution: Annotated[str | None, typer.Option(help="uhd_4k, hd_1080p, ...")] = None,
    hdr: Annotated[str | None, typer.Option(help="dolby_vision, hdr10, ...")] = None,
    audio: Annotated[str | None, typer.Option(help="dolby_atmos, dts, ...")] = None,
    audio_channels: Annotated[str | None, typer.Option(help="2.0, 5.1, 7.1, ...")] = None,
    is_3d: Annotated[bool | None, typer.Option("--3d/--2d", help="The copy is in 3D.")] = None,
    token: Token = None,
    as_json: AsJson = False,
) -> None:
    """Add to the library what you own."""
    from watchprint.cli.service.itemtext import item_of
    from watchprint.trakt.facts import Owned

    owned = [Owned(item_of(i), at, media_type, resolution, hdr, audio, audio_channels, is_3d) for i in items]
    write("add_to_collection", owned, token, as_json=as_json, done="Library:")


def remove_from_collection(items: Items, token: Token = None, as_json: AsJson = False) -> None:
    """Remove from the library."""
    from watchprint.cli.service.itemtext import item_of

    write("remove_from_collection", [item_of(i) for i in items], token, as_json=as_json, done="Library:")


def get_collection(kind: Kind = None, limit: Limit = None, token: Token = None, as_json: AsJson = False) -> None:
    """What is in the library."""
    columns = {"since": "collected_at", "title": "item", "media": "media_type", "resolution": "resolution"}
    read("get_collection", columns, token, as_json=as_json, title="Library", kind=kind, limit=limit)


def read(
    method: str, columns: dict[str, str], token: str | None, *, as_json: bool, title: str, **arguments: Any
) -> None:
    """Run a method that gives rows, and show them."""
    from itertools import islice

    from watchprint.cli.service.reach import user
    from watchprint.cli.service.show import show_rows

    limit = arguments.pop("limit", None)
    with user(token) as trakt:
        rows = getattr(trakt, method)(**arguments)
        show_rows(islice(rows, limit), columns, as_json=as_json, title=title)


def add_to_watchlist(
    items: Items,
    notes: Annotated[str | None, typer.Option(help="Words that stand beside it (VIP).")] = None,
    token: Token = None,
    as_json: AsJson = False,
) -> None:
    """Put on the watchlist."""
    write("add_to_watchlist", listed(items, notes), token, as_json=as_json, done="Watchlist:")


def listed(items: list[str], notes: str | None) -> list[Any]:
    """Items with their notes."""
    from watchprint.cli.service.itemtext import item_of
    from watchprint.trakt.facts import Listed

    return [Listed(item_of(i), notes) for i in items]


def remove_from_watchlist(items: Items, token: Token = None, as_json: AsJson = False) -> None:
    """Take off the watchlist."""
    from watchprint.cli.service.itemtext import item_of

    write("remove_from_watchlist", [item_of(i) for i in items], token, as_json=as_json, done="Watchlist:")


def get_watchlist(
    kind: Kind = None,
    sort: Annotated[str | None, typer.Option(help="rank, added, title, released, runtime, ...")] = None,
    limit: Limit = None,
    token: Token = None,
    as_json: AsJson = False,
) -> None:
    """What is on the watchlist."""
    read("get_watchlist", ROWS, token, as_json=as_json, title="Watchlist", kind=kind, sort=sort, limit=limit)


def add_to_favorites(items: Items, token: Token = None, as_json: AsJson = False) -> None:
    """Make films or shows favourites: each is rated 10, and what that replaced is said."""
    from watchprint.cli.service.itemtext import item_of

    write("add_to_favorites", [item_of(i) for i in items], token, as_json=as_json, done="Favourites:")


def remove_from_favorites(items: Items, token: Token = None, as_json: AsJson = False) -> None:
    """Make them favourites no longer: ratings of 10 go, others stay."""
    from watchprint.cli.service.itemtext import item_of

    write("remove_from_favorites", [item_of(i) for i in items], token, as_json=as_json, done="Favourites:")


def get_favorites(kind: Kind = None, limit: Limit = None, token: Token = None, as_json: AsJson = False) -> None:
    """The favourites: everything rated 10."""
    columns = {"rated": "rated_at", "rating": "rating", "title": "item"}
    read("get_favorites", columns, token, as_json=as_json, title="Favourites", kind=kind, limit=limit)

"""Commands that record what is watched: scrobbles, check-ins, history."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from watchprint.cli.service.calling import ask, items_of, read
from watchprint.cli.service.options import PROGRESS, AccountName, AsJson, Items, Limit, OneItem, Sharing, Token


def register(app: typer.Typer, section: str) -> None:
    """Add these commands."""
    for command in (
        scrobble_start,
        scrobble_pause,
        scrobble_stop,
        checkin_movie,
        checkin_episode,
        delete_checkin,
        add_to_history,
        remove_from_history,
        get_history,
    ):
        app.command(rich_help_panel=section)(command)


Progress = Annotated[float, typer.Option("--progress", metavar="PERCENT", help=PROGRESS)]


def scrobble_start(
    item: OneItem,
    progress: Progress = 0.0,
    share: Sharing = None,
    token: Token = None,
    account: AccountName = None,
    as_json: AsJson = False,
) -> None:
    """Say that a film or an episode is being watched."""
    _scrobble("scrobble_start", item, progress, share, token, account, as_json=as_json)


def scrobble_pause(
    item: OneItem,
    progress: Progress,
    share: Sharing = None,
    token: Token = None,
    account: AccountName = None,
    as_json: AsJson = False,
) -> None:
    """Keep the position, to go on later."""
    _scrobble("scrobble_pause", item, progress, share, token, account, as_json=as_json)


def scrobble_stop(
    item: OneItem,
    progress: Progress,
    share: Sharing = None,
    token: Token = None,
    account: AccountName = None,
    as_json: AsJson = False,
) -> None:
    """Say that watching ended: from 80 % on, a play."""
    _scrobble("scrobble_stop", item, progress, share, token, account, as_json=as_json)


def _scrobble(
    method: str,
    item: str,
    progress: float,
    share: list[str] | None,
    token: str | None,
    account: str | None,
    *,
    as_json: bool,
) -> None:
    [titled] = items_of([item])
    ask(method, titled, progress, sharing=_networks(share), token=token, account=account, as_json=as_json, done=_became)


def _became(answer: Any) -> str:
    if answer.already:
        return "The play was there before; nothing was added."
    said = {"start": "Watching now.", "pause": "The position is kept.", "scrobble": "The play is stored."}
    return said.get(answer.action, "Below 1 % there is nothing to keep; nothing was sent.")


def _networks(share: list[str] | None) -> dict[str, bool] | None:
    return dict.fromkeys(share, True) if share else None


Message = Annotated[str | None, typer.Option(metavar="TEXT", help="What to say when it is shared.")]
PlaceName = Annotated[str | None, typer.Option("--place", metavar="NAME", help="Where you are.")]
PlaceKind = Annotated[
    str | None, typer.Option("--place-kind", metavar="KIND", help="home, friends, cinema, travel or other.")
]
Latitude = Annotated[float | None, typer.Option(metavar="DEGREES", help="Of the place, -90 to 90.")]
Longitude = Annotated[float | None, typer.Option(metavar="DEGREES", help="Of the place, -180 to 180.")]
VenueId = Annotated[str | None, typer.Option(metavar="ID", help="The place's id at its provider.")]
SharePlace = Annotated[bool, typer.Option("--share-place", help="Name the place in the shared message.")]


def checkin_movie(
    item: OneItem,
    message: Message = None,
    share: Sharing = None,
    place: PlaceName = None,
    place_kind: PlaceKind = None,
    latitude: Latitude = None,
    longitude: Longitude = None,
    venue_id: VenueId = None,
    share_place: SharePlace = False,
    token: Token = None,
    account: AccountName = None,
    as_json: AsJson = False,
) -> None:
    """Check in to a film: a play when it is over."""
    where = _place(place, place_kind, latitude, longitude, venue_id, shared=share_place)
    _check_in(
        "checkin_movie",
        item,
        message,
        share,
        where,
        share_place=share_place,
        token=token,
        account=account,
        as_json=as_json,
    )


def checkin_episode(
    item: OneItem,
    message: Message = None,
    share: Sharing = None,
    place: PlaceName = None,
    place_kind: PlaceKind = None,
    latitude: Latitude = None,
    longitude: Longitude = None,
    venue_id: VenueId = None,
    share_place: SharePlace = False,
    token: Token = None,
    account: AccountName = None,
    as_json: AsJson = False,
) -> None:
    """Check in to an episode: a play when it is over."""
    where = _place(place, place_kind, latitude, longitude, venue_id, shared=share_place)
    _check_in(
        "checkin_episode",
        item,
        message,
        share,
        where,
        share_place=share_place,
        token=token,
        account=account,
        as_json=as_json,
    )


def _place(
    name: str | None,
    kind: Any,
    latitude: float | None,
    longitude: float | None,
    venue_id: str | None,
    *,
    shared: bool,
) -> Any:
    """The place that the options say; None where they say none."""
    from watchprint.trakt.errors import Invalid
    from watchprint.trakt.facts import Place

    if name is not None:
        return Place(name, kind or "other", latitude, longitude, venue_id)
    if shared or (kind, latitude, longitude, venue_id) != (None,) * 4:
        raise Invalid("a place has a name: say it with --place")
    return None


def _check_in(
    method: str, item: str, message: str | None, share: list[str] | None, place: Any, *, share_place: bool, **rest: Any
) -> None:
    [titled] = items_of([item])
    facts: dict[str, Any] = {
        "message": message,
        "sharing": _networks(share),
        "place": place,
        "share_place": share_place,
    }
    ask(method, titled, done="Checked in.", **facts, **rest)


def delete_checkin(token: Token = None, account: AccountName = None, as_json: AsJson = False) -> None:
    """End the running check-in; no play comes of it.

    That none runs is no error.
    """
    ask("delete_checkin", token=token, account=account, as_json=as_json, done="No check-in is running any more.")


def add_to_history(
    items: Items,
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="TIME",
            help="When it ended: 2026-01-31T20:15:00+01:00, released or unknown; without it, now.",
        ),
    ] = None,
    allow_duplicates: Annotated[
        bool, typer.Option("--allow-duplicates", help="Add a play even if one is there at that minute.")
    ] = False,
    token: Token = None,
    account: AccountName = None,
    as_json: AsJson = False,
) -> None:
    """Mark as watched.

    A play that is already there at that minute is skipped.
    """
    ask(
        "add_to_history",
        items_of(items),
        at=at,
        allow_duplicates=allow_duplicates,
        token=token,
        account=account,
        as_json=as_json,
        done="History:",
    )


def remove_from_history(
    items: Annotated[list[str] | None, typer.Argument(metavar="ITEM", help="Titles to remove.")] = None,
    play_id: Annotated[
        list[int] | None,
        typer.Option("--play-id", metavar="ID", help="Remove this single play; may be given several times."),
    ] = None,
    all_plays: Annotated[bool, typer.Option("--all-plays", help="Yes, remove every play of the titles.")] = False,
    token: Token = None,
    account: AccountName = None,
    as_json: AsJson = False,
) -> None:
    """Remove single plays, or all plays of titles."""
    from watchprint.trakt.errors import Invalid

    chosen = items_of(items)
    if not chosen and not play_id:
        raise Invalid("nothing is named: name single plays with --play-id, or titles with --all-plays")
    if chosen and not all_plays:
        raise Invalid("this would remove every play of the titles: say --all-plays, or name plays with --play-id")
    ask(
        "remove_from_history",
        chosen,
        play_ids=play_id or (),
        all_plays=all_plays,
        token=token,
        account=account,
        as_json=as_json,
        done="History:",
    )


def get_history(
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="movie, show, season or episode.")] = None,
    item: Annotated[str | None, typer.Option(metavar="ITEM", help="Only this title, as in movie:tmdb:949.")] = None,
    since: Annotated[str | None, typer.Option(metavar="TIME", help="From then on: 2026-01-31T20:15:00+01:00.")] = None,
    until: Annotated[str | None, typer.Option(metavar="TIME", help="Up to then.")] = None,
    limit: Limit = None,
    token: Token = None,
    account: AccountName = None,
    as_json: AsJson = False,
) -> None:
    """Plays, newest first."""
    titled = items_of([item])[0] if item is not None else None
    columns = {"id": "id", "watched": "watched_at", "how": "action", "title": "item"}
    read(
        "get_history",
        kind=kind,
        item=titled,
        since=since,
        until=until,
        limit=limit,
        columns=columns,
        token=token,
        account=account,
        as_json=as_json,
        title="History",
    )

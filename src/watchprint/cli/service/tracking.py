"""Commands that record what is watched: scrobbles, check-ins, history."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from watchprint.cli.service.options import AsJson, Items, Limit, OneItem, Progress, Sharing, Token

At = Annotated[
    str | None, typer.Option("--at", help="When: 2026-01-31T20:15:00+01:00, released or unknown; without it, now.")
]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(scrobble_start)
    app.command()(scrobble_pause)
    app.command()(scrobble_stop)
    app.command()(checkin_movie)
    app.command()(checkin_episode)
    app.command()(delete_checkin)
    app.command()(add_to_history)
    app.command()(remove_from_history)
    app.command()(get_history)


def scrobble_start(
    item: OneItem, progress: Progress = 0.0, share: Sharing = None, token: Token = None, as_json: AsJson = False
) -> None:
    """Say that a film or an episode is being watched."""
    _scrobble("scrobble_start", item, progress, share, token, as_json=as_json)


def scrobble_pause(
    item: OneItem, progress: Progress, share: Sharing = None, token: Token = None, as_json: AsJson = False
) -> None:
    """Keep the position, to go on later."""
    _scrobble("scrobble_pause", item, progress, share, token, as_json=as_json)


def scrobble_stop(
    item: OneItem, progress: Progress, share: Sharing = None, token: Token = None, as_json: AsJson = False
) -> None:
    """Say that watching ended; from 80 % on it becomes a play."""
    _scrobble("scrobble_stop", item, progress, share, token, as_json=as_json)


def _scrobble(
    method: str, item: str, progress: float, share: list[str] | None, token: str | None, *, as_json: bool
) -> None:
    from watchprint.cli.service.itemtext import item_of
    from watchprint.cli.service.reach import user
    from watchprint.cli.service.show import show_answer

    with user(token) as trakt:
        answer = getattr(trakt, method)(item_of(item), progress, sharing=_networks(share))
    show_answer(answer, as_json=as_json, done="Already scrobbled." if answer.already else "Scrobbled.")


def _networks(share: list[str] | None) -> dict[str, bool] | None:
    return dict.fromkeys(share, True) if share else None


Message = Annotated[str | None, typer.Option(help="What to say when it is shared.")]
PlaceName = Annotated[str | None, typer.Option("--place", help="Where you are.")]
PlaceKind = Annotated[str, typer.Option("--place-kind", help="home, friends, cinema, travel or other.")]
Latitude = Annotated[float | None, typer.Option(help="Of the place [degrees].")]
Longitude = Annotated[float | None, typer.Option(help="Of the place [degrees].")]
VenueId = Annotated[str | None, typer.Option(help="The venue's id at its provider.")]
SharePlace = Annotated[bool, typer.Option("--share-place", help="Name the place in the shared message.")]


def checkin_movie(
    item: OneItem,
    message: Message = None,
    share: Sharing = None,
    place: PlaceName = None,
    place_kind: PlaceKind = "other",
    latitude: Latitude = None,
    longitude: Longitude = None,
    venue_id: VenueId = None,
    share_place: SharePlace = False,
    token: Token = None,
    as_json: AsJson = False,
) -> None:
    """Check in to a film: it becomes a play when it is over."""
    where = _place(place, place_kind, latitude, longitude, venue_id)
    facts = {"message": message, "sharing": _networks(share), "place": where, "share_place": share_place}
    _check_in("checkin_movie", item, facts, token, as_json=as_json)


def checkin_episode(
    item: OneItem,
    message: Message = None,
    share: Sharing = None,
    place: PlaceName = None,
    place_kind: PlaceKind = "other",
    latitude: Latitude = None,
    longitude: Longitude = None,
    venue_id: VenueId = None,
    share_place: SharePlace = False,
    token: Token = None,
    as_json: AsJson = False,
) -> None:
    """Check in to an episode: it becomes a play when it is over."""
    where = _place(place, place_kind, latitude, longitude, venue_id)
    facts = {"message": message, "sharing": _networks(share), "place": where, "share_place": share_place}
    _check_in("checkin_episode", item, facts, token, as_json=as_json)


def _place(name: str | None, kind: Any, latitude: float | None, longitude: float | None, venue: str | None) -> Any:
    from watchprint.trakt.facts import Place

    return None if name is None else Place(name, kind, latitude, longitude, venue)


def _check_in(method: str, item: str, facts: dict[str, Any], token: str | None, *, as_json: bool) -> None:
    from watchprint.cli.service.itemtext import item_of
    from watchprint.cli.service.reach import user
    from watchprint.cli.service.show import show_answer

    with user(token) as trakt:
        answer = getattr(trakt, method)(item_of(item), **facts)
    show_answer(answer, as_json=as_json, done="Checked in.")


def delete_checkin(token: Token = None, as_json: AsJson = False) -> None:
    """End the running check-in, if there is one; it does not become a play."""
    from watchprint.cli.service.reach import user
    from watchprint.cli.service.show import show_answer

    with user(token) as trakt:
        trakt.delete_checkin()
    show_answer(None, as_json=as_json, done="No check-in is running.")


def add_to_history(
    items: Items,
    at: At = None,
    allow_duplicates: Annotated[
        bool, typer.Option("--allow-duplicates", help="Add a play even if one is there at that minute.")
    ] = False,
    token: Token = None,
    as_json: AsJson = False,
) -> None:
    """Mark as watched; a play that is already there at that minute is skipped."""
    from watchprint.cli.service.itemtext import item_of
    from watchprint.cli.service.reach import user
    from watchprint.cli.service.show import show_answer

    with user(token) as trakt:
        answer = trakt.add_to_history([item_of(i) for i in items], at=at, allow_duplicates=allow_duplicates)
    show_answer(answer, as_json=as_json, done="History:")


def remove_from_history(
    items: Annotated[list[str] | None, typer.Argument(metavar="[ITEM...]", help="Titles to remove.")] = None,
    play_id: Annotated[list[int] | None, typer.Option("--play-id", help="Remove this single play.")] = None,
    all_plays: Annotated[bool, typer.Option("--all-plays", help="Yes, remove every play of the titles.")] = False,
    token: Token = None,
    as_json: AsJson = False,
) -> None:
    """Remove single plays (--play-id), or all plays of titles (--all-plays)."""
    from watchprint.cli.service.itemtext import item_of
    from watchprint.cli.service.reach import user
    from watchprint.cli.service.show import show_answer

    chosen = [item_of(i) for i in items or ()]
    with user(token) as trakt:
        answer = trakt.remove_from_history(chosen, play_ids=play_id or (), all_plays=all_plays)
    show_answer(answer, as_json=as_json, done="History:")


def get_history(
    kind: Annotated[str | None, typer.Option(help="movie, show, season or episode.")] = None,
    item: Annotated[str | None, typer.Option(help="Only this title.")] = None,
    since: Annotated[str | None, typer.Option(help="From this instant on.")] = None,
    until: Annotated[str | None, typer.Option(help="Up to this instant.")] = None,
    limit: Limit = None,
    token: Token = None,
    as_json: AsJson = False,
) -> None:
    """Plays, newest first."""
    from watchprint.cli.service.itemtext import item_of
    from watchprint.cli.service.reach import user
    from watchprint.cli.service.show import show_rows

    chosen: Any = kind
    with user(token) as trakt:
        rows = trakt.get_history(
            kind=chosen, item=item_of(item) if item else None, since=since, until=until, limit=limit
        )
        columns = {"id": "id", "watched": "watched_at", "how": "action", "title": "item"}
        show_rows(rows, columns, as_json=as_json, title="History")

"""`watchprint accounts`: who has a place on this installation, and how each is named, lives and is linked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from watchprint.cli.service.options import AsJson

if TYPE_CHECKING:
    from datetime import datetime

    from watchprint.identity import Account

Name = Annotated[str, typer.Argument(metavar="NAME", help="The account.")]
HELP = "The accounts kept here."


def register(app: typer.Typer, section: str) -> None:
    """Add the commands."""
    group = typer.Typer(invoke_without_command=True, rich_markup_mode=None, help=HELP)
    group.callback()(listed)
    for name, command in (
        ("create", create),
        ("rename", rename),
        ("default", default),
        ("zone", zone),
        ("day-start", day_start),
        ("unlink", unlink),
    ):
        group.command(name)(command)
    app.add_typer(group, name="accounts", rich_help_panel=section, short_help=HELP)


def listed(context: typer.Context, as_json: AsJson = False) -> None:
    """List the accounts kept here; its commands make, name and unlink them."""
    if context.invoked_subcommand is not None:
        return
    from watchprint.cli.copy.telling import account_data, day_start, link_words, zone_words
    from watchprint.cli.home import LOCAL, opened
    from watchprint.cli.narrate import draw_table, emit_json, say

    with opened() as app:
        local, standing = app.local, [app.status(account) for account in app.accounts()]
    if as_json:
        emit_json([account_data(each.account) | {"plays": each.movies + each.episodes} for each in standing])
        return
    rows = [
        (
            each.account.name,
            "default" if each.account.is_default else "",
            link_words(each.account),
            f"{each.movies + each.episodes:,}",
            zone_words(each.account),
            day_start(each.account),
        )
        for each in standing
    ]
    draw_table(("name", "", "Trakt", "plays", "zone", "day starts"), rows, title="Accounts")
    if not rows:
        say("Make one with `watchprint accounts create NAME`, or link one with `watchprint login`.")
    if local:
        say(LOCAL)


def create(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Unique here, whatever its case.")],
    zone: Annotated[
        str | None, typer.Option(metavar="ZONE", help="The person's time zone, as in Europe/Berlin; default UTC.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a local account."""
    from watchprint.cli.home import opened

    with opened() as app:
        account = app.create_account(name, zone)
    _told(account, f"The account {account.name!r} is made.", as_json=as_json)


def rename(
    name: Name,
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new name.")],
    as_json: AsJson = False,
) -> None:
    """Give an account another name."""
    from watchprint.cli.home import opened

    with opened() as app:
        account = app.rename(name, new)
    _told(account, f"The account is named {account.name!r} now.", as_json=as_json)


def default(name: Name, as_json: AsJson = False) -> None:
    """Let an account be meant where none is named."""
    from watchprint.cli.home import opened

    with opened() as app:
        account = app.set_default(name)
    _told(account, f"The account {account.name!r} is the default now.", as_json=as_json)


def zone(
    name: Name,
    zone: Annotated[str, typer.Argument(metavar="ZONE", help="As in Europe/Berlin.")],
    since: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DATE",
            help="From this day in that zone (2026-01-31), or instant (2026-01-31T20:15:00Z), on; without it, ever.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say in which time zone the person lives, from a day on."""
    from watchprint.cli.copy.telling import zone_words
    from watchprint.cli.home import opened

    from_at = None if since is None else _begun(since, zone)
    with opened() as app:
        account = app.set_zone(name, zone, from_at)
    _told(account, f"The account {account.name!r} lives in {zone_words(account)}.", as_json=as_json)


def _begun(text: str, zone: str) -> datetime:
    """The instant that a day in the zone begins, or the instant itself.

    Raises:
        ZoneError: The zone is not known, or the text is neither.
    """
    from datetime import date, datetime, time
    from zoneinfo import ZoneInfo

    from watchprint.domain.zones import ZoneError, zones

    [(_, known)] = zones(zone).spans
    try:
        if len(text.strip()) == len("2026-01-31"):
            return datetime.combine(date.fromisoformat(text.strip()), time(), ZoneInfo(known))
        instant = datetime.fromisoformat(text.strip())
    except (ValueError, OverflowError):
        raise ZoneError(f"{text!r} is no day and no instant. Write it like 2026-01-31.") from None
    if instant.utcoffset() is None:
        raise ZoneError(f"The instant {text!r} has no offset. Write it like 2026-01-31T20:15:00Z.")
    return instant


def day_start(
    name: Name,
    at: Annotated[str, typer.Argument(metavar="HH:MM", help="When a day begins, as in 04:00.")],
    as_json: AsJson = False,
) -> None:
    """Say when the person's days begin."""
    from watchprint.cli.copy.telling import day_start
    from watchprint.cli.home import opened

    with opened() as app:
        account = app.set_day_start(name, at)
    _told(account, f"The days of {account.name!r} begin at {day_start(account)}.", as_json=as_json)


def unlink(
    name: Name,
    local: Annotated[
        bool, typer.Option("--local", help="Ask Trakt nothing: the tokens are only deleted here.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make an account a local one: its tokens are withdrawn at Trakt and deleted. What was copied stays."""
    from watchprint.cli.home import opened

    with opened() as app:
        account = app.unlink(name, withdraw=not local)
    told = "Trakt was not told." if local else "its tokens are withdrawn and deleted."
    _told(account, f"The account {account.name!r} is a local one now; {told}", as_json=as_json)


def _told(account: Account, words: str, *, as_json: bool) -> None:
    from watchprint.cli.copy.telling import account_data
    from watchprint.cli.narrate import emit_json, say

    if as_json:
        emit_json(account_data(account))
    else:
        say(words)

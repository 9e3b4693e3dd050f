"""`watchprint sandbox`: a Trakt on your desk, in the foreground; `status` and `stop` are about this home's own one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from watchprint.cli.service.options import AsJson

if TYPE_CHECKING:
    from datetime import datetime


def register(app: typer.Typer, section: str) -> None:
    """Add the commands."""
    group = typer.Typer(
        invoke_without_command=True, rich_markup_mode=None, help="Run a Trakt on your desk for any client."
    )
    group.callback(help=run.__doc__, epilog=EPILOG)(run)
    group.command()(status)
    group.command()(stop)
    app.add_typer(group, name="sandbox", rich_help_panel=section, short_help="Run a Trakt on your desk for any client.")


EPILOG = (
    "The first line of stdout is JSON: base_url, auth_url, client_id, client_secret, and users with their tokens. "
    "TRAKT_API_URL=sandbox means another one: this home's own, which runs in the background while it is used."
)


def run(
    context: typer.Context,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="PORT", help="The port; 0 takes a free one.", min=0, max=65535)] = 8177,
    catalogue: Annotated[
        Path | None, typer.Option(metavar="DIR", help="A folder of titles as Parquet, instead of the shipped ones.")
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", help="What the demo user's life is made from.")] = 1,
    now: Annotated[
        str | None, typer.Option(metavar="ISO", help="What its clock shows first, as in 2026-01-31T20:15:00Z.")
    ] = None,
    state: Annotated[Path | None, typer.Option(metavar="FILE", help="Keep everything here between runs.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Refuse what Trakt only tolerates.")] = False,
    rate_limits: Annotated[
        Literal["on", "off"], typer.Option(metavar="on|off", help="Keep Trakt's rate limits.")
    ] = "on",
    pause_leaves_watching: Annotated[
        bool, typer.Option("--pause-leaves-watching", help="A pause does not end what is being watched.")
    ] = False,
    no_demo: Annotated[bool, typer.Option("--no-demo", help="Without the demo user.")] = False,
    idle_exit: Annotated[
        float | None, typer.Option(metavar="SECONDS", min=0, help="End after so long without a request.")
    ] = None,
    redirect_uri: Annotated[
        list[str] | None,
        typer.Option(metavar="URI", help="Where sign-in codes may be sent too; may be given several times."),
    ] = None,
) -> None:
    """Run a Trakt on your desk until Ctrl-C."""
    if context.invoked_subcommand is not None:
        return
    from watchprint.cli.exits import Exit
    from watchprint.sandbox.server import serve
    from watchprint.sandbox.serving.options import ServerOptions

    options = ServerOptions(
        host=host,
        port=port,
        catalogue_dir=catalogue,
        seed=seed,
        now=_instant(now),
        state_file=state,
        strict=strict,
        rate_limits=rate_limits == "on",
        pause_leaves_watching=pause_leaves_watching,
        demo=not no_demo,
        idle_exit_s=idle_exit,
        redirect_uris=tuple(redirect_uri or ()),
    )
    raise typer.Exit(Exit.NOT_CONFIGURED if serve(options) else Exit.OK)


def _instant(text: str | None) -> datetime | None:
    from watchprint.sandbox.clock import ClockRefused, instant

    try:
        return None if text is None else instant(text)
    except ClockRefused as error:
        raise typer.BadParameter(str(error), param_hint="--now") from error


def stop(as_json: AsJson = False) -> None:
    """End this home's background sandbox; its state is kept."""
    from watchprint.cli.home import home
    from watchprint.cli.narrate import emit_json, say
    from watchprint.sandbox import background

    stopped = background.stop(home())
    if as_json:
        emit_json({"stopped": stopped})
    else:
        say("The sandbox has ended; its state is kept." if stopped else "No sandbox is running for this home.")


def status(as_json: AsJson = False) -> None:
    """Where this home's background sandbox answers, if it runs."""
    from watchprint.cli.home import home
    from watchprint.cli.narrate import draw_facts, emit_json, say
    from watchprint.sandbox import background

    greeting = background.running(home())
    users = [user["slug"] for user in greeting["users"]] if greeting else []
    if as_json:
        emit_json({"base_url": greeting["base_url"], "users": users} if greeting else None)
    elif greeting is None:
        say("No sandbox is running for this home; TRAKT_API_URL=sandbox starts one.")
    else:
        draw_facts({"answers at": greeting["base_url"], "users": ", ".join(users)})

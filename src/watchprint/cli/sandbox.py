"""`watchprint sandbox`: a Trakt on your desk, in the foreground; `sandbox stop` ends this home's background one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from watchprint.cli.service.options import AsJson


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(
        invoke_without_command=True, rich_markup_mode=None, help="Run a Trakt on your desk, or stop the background one."
    )
    group.callback()(run)
    group.command()(stop)
    group.command()(status)
    app.add_typer(group, name="sandbox")


def run(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.", min=0, max=65535)] = 8177,
    catalogue: Annotated[Path | None, typer.Option(metavar="DIR", help="A folder of titles as Parquet.")] = None,
    seed: Annotated[int, typer.Option(help="What the demo user's life is made from.")] = 1,
    now: Annotated[str | None, typer.Option(metavar="ISO", help="What its clock shows first.")] = None,
    state: Annotated[Path | None, typer.Option(metavar="FILE", help="Keep everything here between runs.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Refuse what Trakt only tolerates.")] = False,
    rate_limits: Annotated[str, typer.Option(metavar="on|off", help="Keep Trakt's rate limits.")] = "on",
    pause_leaves_watching: Annotated[
        bool, typer.Option("--pause-leaves-watching", help="A pause does not end what is being watched.")
    ] = False,
) -> None:
    """Run a Trakt on your desk until Ctrl-C; the first line of stdout says where, as JSON."""
    if context.invoked_subcommand is not None:
        return
    if rate_limits not in ("on", "off"):
        raise typer.BadParameter("it is on or off", param_hint="--rate-limits")
    from watchprint.sandbox.server import serve
    from watchprint.sandbox.serving.options import ServerOptions
    from watchprint.trakt.facts import Moment, instant

    at = instant(now)
    if isinstance(at, Moment):
        raise typer.BadParameter("it is a time, e.g. 2026-01-31T20:15:00Z", param_hint="--now")
    options = ServerOptions(
        host=host,
        port=port,
        catalogue_dir=catalogue,
        seed=seed,
        now=at,
        state_file=state,
        strict=strict,
        rate_limits=rate_limits == "on",
        pause_leaves_watching=pause_leaves_watching,
    )
    raise typer.Exit(serve(options))


def stop() -> None:
    """End this home's background sandbox; its state is kept."""
    from watchprint.cli.home import home
    from watchprint.cli.narrate import say
    from watchprint.sandbox import background

    say("The sandbox has ended." if background.stop(home()) else "No sandbox is running for this home.")


def status(as_json: AsJson = False) -> None:
    """Where this home's background sandbox answers, if it runs."""
    from watchprint.cli.home import home
    from watchprint.cli.narrate import draw_facts, emit_json, say
    from watchprint.sandbox import background

    greeting = background.running(home())
    found = {"base_url": greeting["base_url"], "users": [u["slug"] for u in greeting["users"]]} if greeting else None
    if as_json:
        emit_json(found)
    elif found is None:
        say("No sandbox is running for this home; TRAKT_API_URL=sandbox starts one.")
    else:
        draw_facts(found)

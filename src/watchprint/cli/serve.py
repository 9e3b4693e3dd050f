"""`watchprint serve`: the HTTP face on this machine, until a signal ends it."""

from __future__ import annotations

from typing import Annotated, Literal

import typer


def register(app: typer.Typer, section: str) -> None:
    """Add the command."""
    app.command(rich_help_panel=section)(serve)


def serve(
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen; 0.0.0.0 is every network.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port.")] = 8178,
    server: Annotated[
        Literal["granian", "uvicorn"], typer.Option(help="What serves; uvicorn is installed apart.")
    ] = "granian",
) -> None:
    """Serve the HTTP API.

    The 27 methods, accounts in custody, insights.
    """
    from watchprint.cli.narrate import say
    from watchprint.settings import Settings
    from watchprint.web.serving import check, run

    settings = Settings.from_env()
    check(settings, host, port)
    say(f"serving http://{f'[{host}]' if ':' in host else host}:{port}/api/v1 (Ctrl-C ends it)")
    if settings.client_id is None and not settings.in_sandbox:
        say("TRAKT_CLIENT_ID is not set: nothing is asked of Trakt (local mode)")
    run(host, port, server)

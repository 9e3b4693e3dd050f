"""`watchprint demo`: the whole way once, on a sandbox with an invented user, in a home of its own."""

from __future__ import annotations

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo(
    once: Annotated[
        bool, typer.Option("--once", envvar="ONCE", help="End after the tables, also on a terminal.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Another seed, another life.")] = 1,
    driver: Annotated[str, typer.Option(help="The HTTP library: httpx2 or pyreqwest.")] = "httpx2",
) -> None:
    """Try everything in a minute, without an account: a sandbox, ten years of viewing, what they say."""
    from watchprint.cli.demo.run import run

    run(once=once, seed=seed, driver=driver)

"""`watchprint demo`: the whole way once, on a sandbox with an invented user, in a home of its own."""

from __future__ import annotations

from typing import Annotated, Literal

import typer


def register(app: typer.Typer, section: str) -> None:
    """Add the command."""
    app.command(rich_help_panel=section)(demo)


def demo(
    once: Annotated[
        bool, typer.Option("--once", envvar="ONCE", help="End after the tables, also on a terminal.")
    ] = False,
    seed: Annotated[int, typer.Option(metavar="N", help="Another seed, another life.")] = 1,
    driver: Annotated[
        Literal["httpx2", "pyreqwest"], typer.Option(metavar="NAME", help="The HTTP library: httpx2 or pyreqwest.")
    ] = "httpx2",
    as_json: Annotated[bool, typer.Option("--json", help="Print it all as JSON, and end.")] = False,
) -> None:
    """Try everything in a minute, without an account.

    Starts a sandbox, signs its invented user in, copies ten years of viewing, says what they say, and calls each of
    the 27 methods once. A second run reads only what changed. On a terminal the sandbox then stays until Ctrl-C;
    otherwise nothing is left running.
    """
    from watchprint.cli.extras import require
    from watchprint.cli.home import STORE_NEEDS

    require("aiohttp", "duckdb", "pyarrow", *STORE_NEEDS)
    from watchprint.cli.demo.run import run

    run(once=once, seed=seed, driver=driver, as_json=as_json)

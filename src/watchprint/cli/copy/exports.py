"""`watchprint export`: an account's copy as files that other programs read. Asks no Trakt."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchprint.cli.service.options import AccountName, AsJson

if TYPE_CHECKING:
    from watchprint.app import Exported, ExportStep

PIPE = Path("-")


def register(app: typer.Typer, section: str) -> None:
    """Add the command."""
    app.command(rich_help_panel=section)(export)


File = Annotated[
    Path | None,
    typer.Argument(
        metavar="FILE", help="A file, a folder (one file a part), or '-' for stdout; default: a name of its own, here."
    ),
]
FormatName = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="csv, json, ndjson, parquet, or trakt-zip (as Trakt's own export); default: as FILE ends, else json.",
    ),
]
Parts = Annotated[
    list[str] | None,
    typer.Option(
        "--part",
        metavar="PART",
        help="plays, ratings, watchlist, collection, favourites, lists, titles or positions; may be given several "
        "times; default: all that FILE holds (of one table's file: plays).",
    ),
]
PeriodText = Annotated[
    str | None,
    typer.Option(
        "--period", metavar="WHEN", help="Only plays of: 2024, 2024-05, 'last 30 days', 2024-01-01..2024-03-31."
    ),
]


def export(
    file: File = None,
    format: FormatName = None,
    part: Parts = None,
    period: PeriodText = None,
    account: AccountName = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    stdout: Annotated[bool, typer.Option("--stdout", help="The same as '-' for FILE: csv, json or ndjson.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write what is kept of an account into files.

    They are written whole or not at all, and are yours alone to read. `watchprint forget` names them.
    """
    from watchprint.cli.home import opened

    to_pipe = stdout or file == PIPE
    if stdout and file not in (None, PIPE):
        raise typer.BadParameter("a file, or stdout", param_hint="--stdout")
    if to_pipe and as_json:
        raise typer.BadParameter("stdout carries the export itself: name a file", param_hint="--json")
    with opened() as app, _shown_progress(quiet=to_pipe) as on_progress:
        done = app.export(
            sys.stdout.buffer if to_pipe else file, account, format=format, parts=part, period=period, force=force,
            on_progress=on_progress,
        )  # fmt: skip
    if not to_pipe:
        _told(done, as_json=as_json)


def _told(done: Exported, *, as_json: bool) -> None:
    from watchprint.cli.narrate import emit_json, say

    if as_json:
        files = [{"path": str(file.path.absolute()), "rows": file.rows} for file in done.files if file.path]
        emit_json({"format": done.format, "files": files})
        return
    for file in done.files:
        say(f"{file.path} holds " + ", ".join(f"{part}: {count:,}" for part, count in file.rows.items()) + ".")


@contextmanager
def _shown_progress(*, quiet: bool) -> Generator[Callable[[ExportStep], None] | None]:
    """A bar on a terminal (stderr); none beside an export that goes to stdout."""
    from watchprint.cli.narrate import counting

    if quiet:
        yield None
        return
    with counting("Writing") as bar:
        seen: dict[str, int] = {}

        def on_progress(step: ExportStep) -> None:
            seen_before = seen.get(step.part, 0)
            seen[step.part] = step.done
            bar.advance(step.done - seen_before)

        yield on_progress

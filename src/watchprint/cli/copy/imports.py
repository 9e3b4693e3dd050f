"""`watchprint import` and `watchprint imports`: files taken in, shown, undone and corrected."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from watchprint.cli.service.options import AccountName, AsJson

if TYPE_CHECKING:
    from watchprint.app import Coverage, Import, ImportReport, Watchprint
    from watchprint.identity import Account

HELP = "The files that were taken in; commands to undo one, and to hand in corrected rows."
_COLUMNS: Final = ("rows", "added", "edited", "removed", "there", "ambiguous", "unresolved", "skipped")
_SHOWN_PROBLEMS: Final = 5
Number = Annotated[int, typer.Argument(metavar="N", min=1, help="The number of the import.")]
Problems = Annotated[
    Path | None,
    typer.Option("--problems", metavar="FILE.csv", help="Write the rows that were not taken, to be completed."),
]


def register(app: typer.Typer, section: str) -> None:
    """Add the commands."""
    app.command("import", rich_help_panel=section)(take)
    group = typer.Typer(invoke_without_command=True, rich_markup_mode=None, help=HELP)
    group.callback()(listed)
    for name, command in (("undo", undo), ("correct", correct), ("problems", problems)):
        group.command(name)(command)
    app.add_typer(group, name="imports", rich_help_panel=section, short_help="The files that were taken in.")


def take(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Trakt's export ZIP, or its rows as CSV or JSON.")],
    account: Annotated[
        str | None,
        typer.Option(
            "--account", metavar="NAME", help="Whose it is; made if there is none. Not needed where there is but one."
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Although it is of another Trakt user, or older than one taken in before.")
    ] = False,
    problems_file: Problems = None,
    zone: Annotated[
        str, typer.Option(metavar="ZONE", help="Time zone of an account that is made, as in Europe/Berlin.")
    ] = "UTC",
    as_json: AsJson = False,
) -> None:
    """Take in a Trakt export, or CSV or JSON rows.

    All of it or nothing; may be undone. The same file again changes nothing. A newer export of a local account adds,
    edits and, where it is complete, removes; any file of an account that is linked to Trakt only adds plays.
    """
    from watchprint.cli.home import opened

    with opened() as app:
        whose = _whose(app, account)
        with _interruptible(app, whose, file), _counted("Trying" if dry_run else "Taking in") as moved:
            report = app.take_in(
                file, whose, create=True, zone=zone, dry_run=dry_run, force=force, on_progress=moved
            )  # fmt: skip
        if problems_file is not None:
            app.write_problems(report, problems_file)
        known = None if dry_run else app.coverage(whose)
    if as_json:
        _emit(report, known)
        return
    _draw(report, file.name)
    if known is not None:
        _draw_coverage(known)


def listed(context: typer.Context, account: AccountName = None, as_json: AsJson = False) -> None:
    """The files that were taken in, the latest first."""
    if context.invoked_subcommand is not None:
        return
    from watchprint.cli.copy.telling import minute_at, telling_columns
    from watchprint.cli.home import opened
    from watchprint.cli.narrate import draw_table, emit_json

    with opened() as app:
        found = app.imports(account)
    rows: list[dict[str, Any]] = [
        {
            "import": each.id,
            "file": each.file_name,
            "kind": each.kind,
            "at": each.began_at,
            "undone_at": each.undone_at,
            **{name: _sum(each.report, name) for name in ("added", "edited", "removed")},
            "problems": len((each.report or {}).get("problems", ())),
        }
        for each in found
    ]
    if as_json:
        emit_json(rows)
        return
    heads = ("import", "file", "when", "added", "edited", "removed", "not taken", "undone")
    shown = [
        (
            r["import"], r["file"], minute_at(r["at"]), *(f"{r[name]:,}" for name in ("added", "edited", "removed")),
            f"{r['problems']:,}", "undone" if r["undone_at"] else "",
        )
        for r in rows
    ]  # fmt: skip
    draw_table(*telling_columns(heads, shown, always=heads[:4]), title="Imports")


def undo(number: Number, as_json: AsJson = False) -> None:
    """Give back what an import has changed.

    What has come by another way too, or was changed since, stays.
    """
    from dataclasses import asdict

    from watchprint.cli.copy.telling import counted
    from watchprint.cli.home import opened
    from watchprint.cli.narrate import emit_json, say

    with opened() as app:
        done = app.undo_import(number)
    if as_json:
        emit_json(asdict(done))
        return
    if not (done.gone or done.restored or done.kept):
        say(f"Import {number} had been undone already, or had changed nothing.")
        return
    became = {"gone again": done.gone, "as they were": done.restored}
    told = ", ".join(f"{counted(count, 'row')} {what}" for what, count in became.items() if count)
    say(f"Import {number} is undone: {told or 'nothing was changed'}.")
    if done.kept:
        say(f"Not given back: {counted(done.kept, 'row')} that came by another way too, or changed since.")


def correct(
    number: Number,
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="The rows that were not taken, completed.")],
    problems_file: Problems = None,
    as_json: AsJson = False,
) -> None:
    """Take in rows that an import had not taken.

    They are handed in as the CSV that it wrote, completed.
    """
    from watchprint.cli.home import opened

    with opened() as app:
        report = app.correct_import(number, file)
        if problems_file is not None:
            app.write_problems(report, problems_file)
    if as_json:
        _emit(report, None)
    else:
        _draw(report, file.name)


def problems(
    number: Number,
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="Where to write them.")],
    as_json: AsJson = False,
) -> None:
    """Write the rows that an import has not taken.

    They are to be completed, and handed in with `watchprint imports correct`.
    """
    from watchprint.cli.copy.telling import counted
    from watchprint.cli.home import opened
    from watchprint.cli.narrate import emit_json, say

    with opened() as app:
        count = app.write_problems(app.import_report(number), file)
    if as_json:
        emit_json({"import": number, "problems": count, "file": os.fspath(file)})
    else:
        say(f"{file} holds {counted(count, 'row')}.")


def _whose(app: Watchprint, name: str | None) -> Account | str:
    """The account that is meant: of that name, made if need be; without one, the only one.

    Raises:
        BadParameter: There is not exactly one.
    """
    if name is not None:
        return name
    found = app.accounts()
    if len(found) == 1:
        return found[0]
    if not found:
        raise typer.BadParameter("there is no account yet: name one with --account NAME, and it is made")
    names = ", ".join(each.name for each in found)
    raise typer.BadParameter(f"there are several accounts ({names}): say whose the file is with --account NAME")


@contextmanager
def _interruptible(app: Watchprint, whose: Account | str, file: Path) -> Generator[None]:
    """Say after Ctrl-C what has become of the file."""
    from watchprint.cli.narrate import say

    before = _latest(app, whose)
    try:
        yield
    except KeyboardInterrupt:
        now = _latest(app, whose)
        if now is None or (before is not None and now.id == before.id) or now.file_name != file.name:
            say("Nothing of the file was kept.")
        else:
            say(f"It was too late: the file had been taken in, as import {now.id}.")
        raise


def _latest(app: Watchprint, whose: Account | str) -> Import | None:
    """The account's latest import; None: there is none, or not even the account."""
    from watchprint.identity.errors import NoSuchAccount

    with suppress(NoSuchAccount):
        return next(iter(app.imports(whose)), None)
    return None


@contextmanager
def _counted(what: str) -> Generator[Callable[[int, int | None], None]]:
    from watchprint.cli.narrate import counting

    with counting(what) as bar:
        before = 0

        def moved(done: int, total: int | None) -> None:
            nonlocal before
            bar.total(max(total, done) if total else None)
            bar.advance(done - before)
            before = done

        yield moved


def _emit(report: ImportReport, known: Coverage | None) -> None:
    import msgspec

    from watchprint.cli.narrate import emit_json

    data = msgspec.to_builtins(report)
    data["import"] = data.pop("import_id")
    if known is not None:
        data["coverage"] = {each.field: each.share for each in known.fields}
        data["raise_by"] = [
            {"source": each.source, "plays": each.plays, "words": each.words} for each in known.raise_by
        ]
    emit_json(data)


def _draw(report: ImportReport, name: str) -> None:
    from watchprint.cli.copy.telling import telling_columns
    from watchprint.cli.narrate import draw_table, say

    rows = [(part, *(f"{getattr(done, column):,}" for column in _COLUMNS)) for part, done in report.parts.items()]
    shown = telling_columns(("part", *_COLUMNS), rows, always=("part", "rows", "added"))
    draw_table(*shown, title=f"{name}: {'would be' if report.dry_run else 'is'} taken in")
    for part, why in report.unknown.items():
        say(f"{part} is unknown: {why}.")
    for note in report.notes:
        say(note)
    for problem in report.problems[:_SHOWN_PROBLEMS]:
        say(f"{problem.place}: {problem.what}: {problem.reason}.")
    _draw_end(report)


def _draw_end(report: ImportReport) -> None:
    from watchprint.cli.copy.telling import counted
    from watchprint.cli.narrate import say

    left = len(report.problems)
    if left > _SHOWN_PROBLEMS:
        say(f"… and {counted(left - _SHOWN_PROBLEMS, 'row')} more, not taken either.")
    if report.dry_run:
        say("Nothing was changed: this was a dry run.")
        return
    if report.kind != "correction":
        undoing = f"Undo it with: watchprint imports undo {report.import_id}"
        say(undoing if report else "Nothing was new; nothing was changed.")
    if left and report.import_id is not None:
        number = report.import_id
        say(
            f"Complete the rows that were not taken: watchprint imports problems {number} FILE.csv, "
            f"then watchprint imports correct {number} FILE.csv"
        )


def _draw_coverage(known: Coverage) -> None:
    from watchprint.cli.copy.telling import fact_rows
    from watchprint.cli.narrate import draw_table, say

    draw_table(("fact", "known", "plays"), fact_rows(known), title="What is known of the plays")
    for each in known.raise_by:
        say(each.words)


def _sum(report: Any, name: str) -> int:
    return sum(part.get(name, 0) for part in (report or {}).get("parts", {}).values())

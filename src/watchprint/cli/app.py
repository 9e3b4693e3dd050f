"""The command line: which commands there are, and what an error becomes.

    watchprint COMMAND --help          stdout is data, stderr is narration; every command has --json

Commands import what they need when they run, so that `--help` is quick. Errors become one sentence and an exit code
(exits.py); nothing here has logic of its own.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Annotated

import typer

from watchprint.cli.commands import InSections, register
from watchprint.cli.exits import Exit, exit_code
from watchprint.cli.narrate import fail

EPILOG = (
    "Exit codes: 0 done, 1 fault of ours, 2 usage, 3 not configured, 4 not found, 5 sign in again, 6 refused, "
    "7 throttled, 8 no answer, 9 missing extra, 10 unknown outcome, 11 partly written, 12 unreadable, 130 interrupted."
)
INTERRUPTED = "interrupted; what was stored stays stored"


def _say_version(wanted: bool) -> None:
    """Print the version and end, if it was asked for."""
    if wanted:
        from importlib.metadata import version

        sys.stdout.write(f"watchprint {version('watchprint')}\n")
        raise typer.Exit


Version = typer.Option("--version", is_eager=True, callback=_say_version, help="Show the version and exit.")


def build() -> typer.Typer:
    """The command tree."""
    app = typer.Typer(
        name="watchprint",
        cls=InSections,
        epilog=EPILOG,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_whole)
    register(app)
    return app


def _whole(version: Annotated[bool, Version] = False) -> None:
    """Analytics of what you watch, built on Trakt: record it, keep it, understand it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        code = _run(given)
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go_of_stdout()
        return Exit.OK
    except OSError as error:
        _let_go_of_stdout()
        fail(f"the output cannot be written: {error.strerror}; free some space, or write it elsewhere")
        return Exit.UNREADABLE
    return code


def _run(arguments: list[str]) -> int:
    """The exit code of one command; only what concerns the output is raised on."""
    try:
        if any(not _is_text(argument) for argument in arguments):
            fail("an argument is no text in this terminal's encoding: check how it was typed")
            return Exit.USAGE
        build()(args=arguments, prog_name="watchprint")
    except SystemExit as ended:
        return _ended(ended)
    except KeyboardInterrupt:
        fail(INTERRUPTED)
        return Exit.INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:
        code, text = _told(error)
        fail(text)
        return code
    return Exit.OK


def _is_text(argument: str) -> bool:
    """Bytes that are no text arrive as halves of characters."""
    return not any(0xD800 <= ord(character) <= 0xDFFF for character in argument)


def _ended(ended: SystemExit) -> int:
    """The code that a command, or typer for it, ended with."""
    if isinstance(ended.__context__, BrokenPipeError):
        raise ended.__context__
    if isinstance(ended.__context__, KeyboardInterrupt) or ended.code == Exit.INTERRUPTED:
        fail(INTERRUPTED)
        return Exit.INTERRUPTED
    if ended.code is None:
        return Exit.OK
    return ended.code if isinstance(ended.code, int) else Exit.UNEXPECTED


def _told(error: Exception) -> tuple[int, str]:
    """The exit code and the sentence for an error; a fault of ours is raised on, with its trace."""
    code = exit_code(error)
    if code is Exit.PARTLY_WRITTEN:
        from watchprint.cli.service.itemtext import left_of

        return code, f"{error}\nleft: {left_of(error)}"
    if code is not None:
        return code, f"{error}{_hint(error, code)}"
    if isinstance(error, ModuleNotFoundError) and error.name:
        from watchprint.cli.extras import ExtraLacking, extra_for

        extra = extra_for(error.name)
        if extra:
            return Exit.MISSING_EXTRA, str(ExtraLacking(extra))
    if isinstance(error, OSError) and error.strerror:
        if error.filename is None:
            raise error
        return Exit.UNREADABLE, f"{error.filename} cannot be used: {error.strerror}"
    raise error


def _hint(error: Exception, code: Exit) -> str:
    """What to do, where the library cannot know that a person at a command line asks."""
    expires_at = getattr(error, "expires_at", None)
    if expires_at is not None:
        return f"; it ends at {expires_at.astimezone():%Y-%m-%d %H:%M}"
    if code is Exit.NOT_FOUND and type(error).__name__ == "NotFound":
        return "; check the id or slug"
    if code is Exit.SIGN_IN:
        return "; run `watchprint login`, or give another --token"
    return "; `watchprint doctor` looks what is wrong" if code is Exit.NO_ANSWER else ""


def _let_go_of_stdout() -> None:
    """What is still waiting to be written goes nowhere, so that the interpreter does not stumble over it."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return

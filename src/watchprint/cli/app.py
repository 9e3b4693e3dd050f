"""The command line: which commands there are, and what an error becomes.

    watchprint COMMAND --help          stdout is data, stderr is narration; every command has --json

Commands import what they need when they run, so that `--help` is quick. Errors become one sentence and an exit code
(exits.py); nothing here has logic of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

EPILOG = (
    "Exit codes: 0 done, 1 fault of ours, 2 usage, 3 not configured, 4 not found, 5 sign in again, 6 refused, "
    "7 throttled, 8 no answer, 9 missing extra, 10 unknown outcome, 11 partly written, 12 unreadable, 130 interrupted."
)


def build() -> typer.Typer:
    """The command tree."""
    app = typer.Typer(
        name="watchprint",
        help="Analytics of what you watch, built on Trakt: record it, keep it, understand it.",
        epilog=EPILOG,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    from watchprint.cli import commands

    commands.register(app)
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    from watchprint.cli.exits import Exit
    from watchprint.cli.narrate import fail

    try:
        build()(args=None if arguments is None else list(arguments), prog_name="watchprint")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else Exit.OK
    except KeyboardInterrupt:
        fail("interrupted; what was stored stays stored")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.OK
    except Exception as error:
        code, text = _told(error)
        fail(text)
        return code
    return Exit.OK


def _told(error: Exception) -> tuple[int, str]:
    """The exit code and the sentence for an error; a fault of ours is raised on, with its trace."""
    from watchprint.cli.exits import Exit, exit_code
    from watchprint.trakt.errors import TraktError

    if isinstance(error, TraktError):
        return exit_code(error), str(error)
    told = _ours(error)
    if told is not None:
        return told
    if isinstance(error, ModuleNotFoundError) and error.name:
        from watchprint.cli.extras import extra_for

        extra = extra_for(error.name)
        if extra:
            return Exit.MISSING_EXTRA, f"this needs the extra '{extra}': pip install 'watchprint[{extra}]'"
    raise error


def _ours(error: Exception) -> tuple[int, str] | None:
    """The same for errors of the other packages, which are loaded already where they were raised."""
    from watchprint.cli.exits import OTHERS, Exit

    for kind in type(error).__mro__:
        code = OTHERS.get(f"{kind.__module__}.{kind.__name__}")
        if code is not None:
            return code, str(error)
    if isinstance(error, OSError) and error.filename is not None:
        return Exit.UNREADABLE, f"{error.filename}: {error.strerror}"
    return None

"""The two streams: stdout carries data, stderr carries narration. Rich is loaded only when something is drawn.

Titles, names and messages come from outside: whatever in them would move the cursor, colour the screen or turn the
writing round is written out instead (`clean`). Never decides what is said.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_WIDE = 1_000
"""Columns of a table that no terminal shows: nothing is wrapped or cut."""


def clean(text: str) -> str:
    """The text in one line, with control characters written out as in `\\x1b`."""
    return _CONTROLS.sub(_written_out, _BREAKS.sub(" ", text))


def _written_out(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def say(text: str) -> None:
    """A line of narration (stderr); line breaks in it stay."""
    sys.stderr.write("\n".join(map(clean, text.split("\n"))) + "\n")
    sys.stderr.flush()


def fail(text: str) -> None:
    """What went wrong, as one sentence (stderr)."""
    say(f"watchprint: {text}")


def emit_json(value: Any) -> None:
    """A value as one JSON document (stdout). Control characters are escaped, as JSON has it."""
    import json

    import msgspec

    text = msgspec.json.format(msgspec.json.encode(value, enc_hook=_plain), indent=2).decode()
    if "utf" not in (sys.stdout.encoding or "").lower():
        text = json.dumps(json.loads(text), indent=2)
    sys.stdout.write(_CONTROLS.sub(_escaped, text) + "\n")
    sys.stdout.flush()


def _escaped(found: re.Match[str]) -> str:
    """What JSON lets stand and a terminal does not; line breaks between values stay."""
    return found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}"


def _plain(value: Any) -> Any:
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)


def console(*, width: int | None = None) -> Console:
    """Where tables and plots are drawn (stdout)."""
    from rich.console import Console

    class Drawn(Console):
        def on_broken_pipe(self) -> None:
            """Whoever reads has enough: the caller is told, as for any other output."""
            raise BrokenPipeError

    return Drawn(highlight=False, soft_wrap=False, width=width)


def draw(*things: RenderableType, width: int | None = None) -> None:
    """Tables and plots (stdout)."""
    out = console(width=width)
    for thing in things:
        out.print(thing)


def draw_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str | None = None) -> None:
    """A table of text (stdout); says so when it is empty. In a pipe nothing is wrapped."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns:
        table.add_column(Text(name), overflow="fold")
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007
        table.add_row(*(Text("" if cell is None else clean(str(cell))) for cell in row))
    head = [Text(clean(title), style="italic")] if title and count else []
    draw(*head, table if count else Text(f"{clean(title)}: nothing." if title else "Nothing."), width=_room())


def draw_facts(facts: Mapping[str, object], *, title: str | None = None) -> None:
    """Names and values under a title (stdout)."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, pad_edge=False)
    for name, value in facts.items():
        table.add_row(Text(name, style="bold"), Text("-" if value is None else clean(str(value)), overflow="fold"))
    draw(*([Text(clean(title))] if title else []), *([table] if facts else []), width=_room())


def _room() -> int | None:
    """The columns of a table: the terminal's (None), or without one as many as it needs."""
    return None if sys.stdout.isatty() else _WIDE


class Progress(Protocol):
    """Something that counts."""

    def advance(self, by: int = 1) -> None: ...

    def total(self, total: int | None) -> None: ...


@contextmanager
def counting(what: str, total: int | None = None) -> Generator[Progress]:
    """A progress bar (stderr); nothing where stderr is no terminal.

    Args:
        what: What is counted, as a few words.
        total: How many there will be, if known.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    where = Console(stderr=True)
    with Bars(*columns, console=where, transient=False, disable=not where.is_terminal) as bars:
        task = bars.add_task(what, total=total)

        class Counting:
            def advance(self, by: int = 1) -> None:
                bars.advance(task, by)

            def total(self, total: int | None) -> None:
                bars.update(task, total=total)

        yield Counting()

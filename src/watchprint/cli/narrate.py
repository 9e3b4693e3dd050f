"""The two streams: stdout carries data, stderr carries narration. Rich is loaded only when something is drawn."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


def say(text: str) -> None:
    """A line of narration (stderr)."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def fail(text: str) -> None:
    """What went wrong, as one sentence (stderr)."""
    say(f"watchprint: {text}")


def emit_json(value: Any) -> None:
    """A value as one JSON document (stdout)."""
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(value, enc_hook=_plain), indent=2).decode() + "\n")
    sys.stdout.flush()


def _plain(value: Any) -> Any:
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)


def console() -> Console:
    """Where tables and plots are drawn (stdout)."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)


def draw(*things: RenderableType) -> None:
    """Tables and plots (stdout)."""
    out = console()
    for thing in things:
        out.print(thing)


def draw_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str | None = None) -> None:
    """A table of text (stdout); says so when it is empty."""
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    draw(table if count else Text(f"{title}: nothing yet." if title else "Nothing yet."))


def draw_facts(facts: Mapping[str, object]) -> None:
    """Names and values (stdout)."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, pad_edge=False)
    for name, value in facts.items():
        table.add_row(Text(name, style="bold"), Text("-" if value is None else str(value)))
    draw(table)


class Progress(Protocol):
    """Something that counts."""

    def advance(self, by: int = 1) -> None: ...

    def total(self, total: int | None) -> None: ...


@contextmanager
def counting(what: str, total: int | None = None) -> Generator[Progress]:
    """A progress bar (stderr; plain nothing where stderr is no terminal).

    Args:
        what: What is counted, as a few words.
        total: How many there will be, if known.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True), transient=False) as bars:
        task = bars.add_task(what, total=total)

        class Counting:
            def advance(self, by: int = 1) -> None:
                bars.advance(task, by)

            def total(self, total: int | None) -> None:
                bars.update(task, total=total)

        yield Counting()

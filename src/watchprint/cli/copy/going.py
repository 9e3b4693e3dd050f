"""Long work with Trakt, shown while it goes on, and what is said where it stops. Never decides whether it does."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from watchprint.app import SendingProgress, SyncProgress

    Progress: TypeAlias = SyncProgress | SendingProgress

LOCKED: Final = "Trakt has locked this user; only Trakt's support can help"
REFUSED: Final = "Trakt refuses this application: check TRAKT_CLIENT_ID"


@contextmanager
def shown_progress(words: str) -> Generator[Callable[[Progress], None]]:
    """A bar with the time to go (stderr), moved by what it is told; nothing where stderr is no terminal.

    Args:
        words: What stands before it; what the work says of itself follows.
    """
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bars

    from watchprint.cli.narrate import clean

    columns = (TextColumn("{task.fields[words]}", markup=False), BarColumn(), TextColumn("{task.fields[told]}"))
    console = Console(stderr=True)
    with Bars(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task("", total=None, words=clean(words), told="")

        def on_progress(now: Progress) -> None:
            what = getattr(now, "what", None)
            said = words if what is None else f"{words}: {what}"
            bars.update(task, words=clean(said), completed=now.done, total=now.total, told=_far(now))

        yield on_progress


def _far(now: Progress) -> str:
    """How far it is, and how long it takes still, where that can be said."""
    done = f"{now.done:,}" if now.total is None else f"{now.done:,} of {now.total:,}"
    if not now.seconds_left:
        return done if now.done or now.total else ""
    return f"{done}, {span(now.seconds_left)} to go"


def span(seconds: float) -> str:
    """A time as people say it: 40 s, 3 min, 1 h 20 min."""
    whole_s = max(0, round(seconds))
    if whole_s < 100:
        return f"{whole_s} s"
    minutes = round(whole_s / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"

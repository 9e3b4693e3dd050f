"""Lengths: bars, bars with a band, progress, bars to both sides, ranges on an axis. Characters first, colour second.

Colours are named (the terminal's own palette) and never white, black, yellow or blue, so that they hold on light and on
dark backgrounds.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from watchprint.cli.drawing.paper import Paper

COLOUR = "cyan"
LESS = "magenta"
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def bar(value: float, most: float, width: int, *, ascii_only: bool, style: str = COLOUR) -> Text:
    """A bar as long as the value's share of the most, at least a sliver when there is any."""
    if most <= 0 or value <= 0:
        return Text("")
    if ascii_only:
        return Text("#" * min(width, max(1, round(width * value / most))), style=style)
    eighths = min(width * 8, max(1, round(width * 8 * value / most)))
    return Text("█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip(), style=style)


def banded(low: float, value: float, high: float, most: float, width: int, paper: Paper) -> Text:
    """A bar up to the value, of which the part above `low` and the part on to `high` are what is not certain."""
    ends = [round(width * min(max(each, 0), most) / most) for each in (low, value, high)]
    sure, perhaps, beyond = paper.marks("█▓░", "#=-")
    text = sure * ends[0] + perhaps * (ends[1] - ends[0]) + beyond * (ends[2] - ends[1])
    return Text(text or sure, style=COLOUR)


def progress(share: float, width: int, paper: Paper) -> Text:
    """How far something is: filled up to the share, at least a cell of what is begun, never full before the end."""
    filled = round(width * share)
    filled = min(max(filled, 1 if share > 0 else 0), width - 1 if share < 1 else width)
    full, rest = paper.marks("█░", "#.")
    return Text.assemble((full * filled, COLOUR), (rest * (width - filled), "dim"))


def both_sides(value: float, most: float, width: int, paper: Paper) -> Text:
    """A bar from the middle: to the right above zero, to the left below."""
    half = width // 2
    length = min(half, round(half * abs(value) / most)) if most > 0 else 0
    if value and not length:
        length = 1
    full, middle = paper.glyphs("█", "#"), paper.glyphs("│", "|")
    left = (full * length if value < 0 else "").rjust(half)
    right = (full * length if value > 0 else "").ljust(half)
    return Text.assemble((left, LESS), middle, (right, COLOUR))


def span(start: float, end: float, width: int, paper: Paper) -> Text:
    """The stretch of an axis from `start` to `end`, both as shares of it."""
    first = min(width - 1, int(width * start))
    last = max(first + 1, min(width, round(width * end)))
    rest, full = paper.marks("·█", ".#")
    return Text.assemble((rest * first, "dim"), (full * (last - first), COLOUR), (rest * (width - last), "dim"))


def box(quantiles: Sequence[float], width: int, paper: Paper) -> Text:
    """Five quantiles on an axis, as shares of it: thin from the first to the last, thick in the middle half."""
    ends = [min(width - 1, int(width * min(max(each, 0), 1))) for each in quantiles]
    thin, thick, middle = paper.marks("─█┃", "-#|")
    line = [" "] * width
    line[ends[0] : ends[4] + 1] = thin * (ends[4] + 1 - ends[0])
    line[ends[1] : ends[3] + 1] = thick * (ends[3] + 1 - ends[1])
    marked = Text("".join(line), style=COLOUR)
    return Text.assemble(marked[: ends[2]], (middle, LESS), marked[ends[2] + 1 :])


def bars(paper: Paper, values: Sequence[tuple[str, float]], *, said: Sequence[str] | None = None) -> RenderableType:
    """A line a value: its name, the figure (or what is said of it), a bar."""
    most = max(value for _, value in values)
    shown = said or [f"{value:,}" for _, value in values]
    names = [paper.cut(name, paper.width // 3) for name, _ in values]
    label, figure = max(map(len, names)), max(map(len, shown))
    room = paper.width - label - figure - 2
    lines = []
    for name, (_, value), text in zip(names, values, shown, strict=True):
        line = Text(f"{name:>{label}} {text:>{figure}} ")
        line.append_text(bar(value, most, room, ascii_only=paper.ascii_only)).rstrip()
        lines.append(line)
    return Group(*lines)

"""Heights: a sparkline in one line, and columns several lines high. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rich.text import Text

from watchprint.cli.drawing.marks.bars import COLOUR
from watchprint.cli.drawing.paper import Paper

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_IN_ASCII = " .:-=+*#@"


def sparkline(values: Sequence[float], width: int, paper: Paper) -> Text:
    """The values in one line; where there are more than cells, a cell is the mean of some that follow each other."""
    cells = _fitted(values, width)
    most = max(cells, default=0)
    glyphs = paper.glyphs(_EIGHTHS, _IN_ASCII)
    heights = [max(1, round(8 * value / most)) if value > 0 else 0 for value in cells]
    return Text("".join(glyphs[height] for height in heights), style=COLOUR)


def _fitted(values: Sequence[float], width: int) -> list[float]:
    if len(values) <= width:
        return list(values)
    edges = [cell * len(values) // width for cell in range(width + 1)]
    return [sum(values[a:b]) / (b - a) for a, b in pairwise(edges)]


def columns(paper: Paper, values: Sequence[tuple[str, float]], *, height: int = 8, said: Sequence[str]) -> Text:
    """Columns side by side, each a share from 0 to 1, with what is said of it above and its name below.

    Args:
        height: of a share of 1 [lines].
        said: a short text for each.
    """
    cell = max(3, min(8, (paper.width - 2) // max(1, len(values))))
    lines = [Text("".join(text.center(cell) for text in said))]
    for level in range(height, 0, -1):
        line = Text()
        for _, share in values:
            line.append(_part(share * height - (level - 1), paper) * (cell - 1) + " ", style=COLOUR)
        lines.append(line)
    lines.append(Text("".join(name.center(cell) for name, _ in values)))
    return Text("\n").join(lines)


def _part(above: float, paper: Paper) -> str:
    """What of a line is filled by a column that reaches so far into it."""
    if paper.ascii_only:
        return "#" if above >= 0.5 else " "
    return _EIGHTHS[min(8, max(0, round(above * 8)))]

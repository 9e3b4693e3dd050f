"""Tables in lines of text: columns as wide as they need, the long ones cut so that the whole fits. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rich.cells import cell_len
from rich.text import Text

from watchprint.cli.drawing.paper import Paper

Cell: TypeAlias = str | Text | None
_GAP = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Args:
        name: its head.
        right: its cells end at the same place (figures).
        least: how far it may be cut where room is short [cells]; None: it is never cut.
    """

    name: str
    right: bool = False
    least: int | None = None


def names(name: str, least: int = 12) -> Column:
    """A column of names, which are cut where room is short."""
    return Column(name, least=least)


def figures(*heads: str) -> list[Column]:
    """Columns of figures."""
    return [Column(head, right=True) for head in heads]


def table(paper: Paper, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, indent: int = 0) -> Text:
    """The table, its head underlined, so many cells from the left; columns in which nothing stands are left out."""
    shown = [n for n in range(len(columns)) if any(_said(row[n]) for row in rows)]
    kept = [columns[n] for n in shown]
    cells = [[_clean(paper, row[n]) for n in shown] for row in rows]
    widths = _widths(paper.width - indent, kept, cells)
    head = [Text(column.name, style="bold") for column in kept]
    rule = [Text(paper.glyphs("─", "-") * width, style="dim") for width in widths]
    drawn = [head, rule, *cells] if any(column.name for column in kept) else cells
    margin = Text(" " * indent)
    return Text("\n").join(margin + _line(paper, kept, widths, line) for line in drawn)


def _said(cell: Cell) -> bool:
    return cell is not None and len(cell) > 0


def _clean(paper: Paper, cell: Cell) -> Text:
    return cell if isinstance(cell, Text) else Text(paper.plain(cell or ""))


def _widths(room: int, columns: Sequence[Column], rows: Sequence[Sequence[Text]]) -> list[int]:
    """What each column needs; too much is taken off the widest that can be cut."""
    widths = [max([cell_len(c.name), *(row[n].cell_len for row in rows)]) for n, c in enumerate(columns)]
    leasts = [
        column.least if column.least is not None else width for column, width in zip(columns, widths, strict=True)
    ]
    _shrink(widths, leasts, room - _GAP * (len(widths) - 1))
    _shrink(widths, [3] * len(widths), room - _GAP * (len(widths) - 1))  # better all cut than one lost
    return widths


def _shrink(widths: list[int], leasts: Sequence[int], room: int) -> None:
    """Take what is too much off the widest, down to the next widest, until it fits or nothing can give."""
    while (over := sum(widths) - room) > 0:
        able = [n for n, width in enumerate(widths) if width > leasts[n]]
        if not able:
            return
        widest = max(able, key=lambda n: widths[n])
        next_widest = max((widths[n] for n in able if n != widest), default=0)
        floor = max(leasts[widest], min(next_widest, widths[widest] - 1))
        widths[widest] = max(floor, widths[widest] - over)


def _line(paper: Paper, columns: Sequence[Column], widths: Sequence[int], cells: Sequence[Text]) -> Text:
    line = Text()
    for n, (column, width, cell) in enumerate(zip(columns, widths, cells, strict=True)):
        fits = cell if cell.cell_len <= width else Text(paper.cut(cell.plain, width), style=cell.style)
        gap = " " * max(0, width - fits.cell_len)
        line.append(" " * _GAP if n else "")
        line.append_text(Text.assemble(gap, fits) if column.right else Text.assemble(fits, gap))
    line.rstrip()
    return line

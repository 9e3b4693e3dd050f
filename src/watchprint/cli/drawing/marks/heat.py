"""Shades for heat maps, in characters, so that nothing depends on colour. Pure.

Colours are added by name (the terminal's own palette), so that they hold on light and on dark backgrounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text

_COLOURS = ("", "green", "green", "green", "green")


@dataclass(frozen=True, slots=True)
class Shades:
    """Five shades, from nothing to the most, for values of one map.

    Args:
        edges: the least value of shades 1 to 4; shade 0 is zero.
        glyphs: one character a shade.
    """

    edges: tuple[int, ...]
    glyphs: str

    def cell(self, value: int, width: int = 1) -> Text:
        """The cell of a value, `width` characters wide."""
        shade = sum(value >= edge for edge in self.edges)
        return Text(self.glyphs[shade] * width, style=_COLOURS[shade])

    def legend(self, unit: str) -> Text:
        """What each shade means."""
        parts = Text(f"{self.glyphs[0]} none")
        for shade, edge in enumerate(self.edges, start=1):
            last = shade == len(self.edges)
            until = self.edges[shade] - 1 if not last else edge
            span = f"{edge:,}" if until == edge and not last else f"{edge:,}-{until:,}" if not last else f"{edge:,}+"
            parts.append("  ").append(Text(self.glyphs[shade], style=_COLOURS[shade])).append(f" {span}")
        return parts.append(f" {unit}")


def shades(values: Sequence[int], *, ascii_only: bool) -> Shades:
    """Shades whose edges are the quartiles of the values above zero, each at least one more than the last."""
    busy = sorted(value for value in values if value > 0) or [1]
    edges: list[int] = []
    for quarter in range(4):
        edge = busy[quarter * len(busy) // 4]
        edges.append(1 if quarter == 0 else max(edge, edges[-1] + 1))
    return Shades(tuple(edges), ".-+*#" if ascii_only else "·░▒▓█")

"""What a terminal shows, as a small SVG that is good on light and on dark pages. Loads no font or style from elsewhere.

Every run of equal style is a text of a fixed length, so that columns stand below each other in any monospaced font.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from html import escape

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.style import Style

WIDTH = 80
_CELL, _LINE, _MARGIN = 7.8, 17, 14
_CLASSES = {"cyan": "c", "green": "g", "magenta": "m"}
_STYLE = (
    "rect{fill:#fff;stroke:#d0d7de}text{font:13px ui-monospace,Menlo,Consolas,monospace;fill:#24292f;white-space:pre}"
    ".b{font-weight:bold}.d{fill:#6e7781}.c{fill:#0b7285}.g{fill:#2b8a3e}.m{fill:#a61e4d}"
    "@media(prefers-color-scheme:dark){rect{fill:#0d1117;stroke:#30363d}text{fill:#e6edf3}"
    ".d{fill:#8b949e}.c{fill:#56c8dc}.g{fill:#56d364}.m{fill:#f778ba}}"
)


def svg(*things: RenderableType, title: str, width: int = WIDTH) -> str:
    """The things one below the other, as a terminal of so many columns shows them."""
    console = Console(
        width=width, file=io.StringIO(), force_terminal=True, color_system="standard", legacy_windows=False
    )
    lines = [line for thing in things for line in console.render_lines(thing, pad=False)]
    while lines and not "".join(segment.text for segment in lines[-1]).strip():
        lines.pop()
    across, down = round(width * _CELL) + 2 * _MARGIN, len(lines) * _LINE + 2 * _MARGIN
    body = "\n".join(text for row, line in enumerate(lines) for text in _texts(row, line))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" viewBox="0 0 {across} {down}" '
        f'width="{across}" height="{down}" role="img"><title>{escape(title)}</title><style>{_STYLE}</style>'
        f'<rect x=".5" y=".5" width="{across - 1}" height="{down - 1}" rx="6"/>\n{body}\n</svg>\n'
    )


def _texts(row: int, line: Sequence[Segment]) -> Iterator[str]:
    """A text for each run of a line, without the blanks round it."""
    column, y = 0, _MARGIN + row * _LINE + 13
    for segment in Segment.simplify(line):
        text = segment.text
        at = column + len(text) - len(text.lstrip(" "))
        column += cell_len(text)
        shown = text.strip(" ")
        if not shown:
            continue
        of = _class(segment.style)
        x, length = _MARGIN + at * _CELL, cell_len(shown) * _CELL
        yield f'<text x="{x:.1f}" y="{y}" textLength="{length:.1f}"{of}>{escape(shown, quote=False)}</text>'


def _class(style: Style | None) -> str:
    if style is None:
        return ""
    names = [name for name, said in (("b", style.bold), ("d", style.dim)) if said]
    if style.color is not None and style.color.name in _CLASSES:
        names.append(_CLASSES[style.color.name])
    return f' class="{" ".join(names)}"' if names else ""

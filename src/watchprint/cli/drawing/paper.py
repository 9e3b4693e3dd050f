"""What is drawn on: so many columns, with or without characters beyond ASCII. Pure; measures in cells, not characters.

Whatever comes from outside becomes harmless here: no control codes, no markup, nothing wider than its place.
"""

from __future__ import annotations

import textwrap
import unicodedata
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.text import Text

WIDTH = 80
_NO_WIDTH = {"\ufe0e", "\ufe0f", "\u200d", "\u200b", "\u2060", "\ufeff"}
"""They change how wide a terminal draws what stands beside them, each terminal in its own way."""
_IN_ASCII = str.maketrans(
    {"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "×": "x", "·": "-", "ß": "ss", "æ": "ae"}
    | {"ø": "o", "Ø": "O", "Æ": "AE", "ł": "l", "Ł": "L"}
)


@dataclass(frozen=True, slots=True)
class Paper:
    """Where an answer is drawn.

    Args:
        width: how many cells a line may have.
        ascii_only: no character beyond ASCII can be shown.
    """

    width: int
    ascii_only: bool

    def plain(self, text: str) -> str:
        """The text in one line, in characters that can be shown here."""
        kept = "".join(char for char in text if char not in _NO_WIDTH)
        shown = "".join(char if char.isprintable() else " " for char in kept)
        return in_ascii(shown) if self.ascii_only else shown

    def cut(self, text: str, cells: int) -> str:
        """The text in at most so many cells; what was cut off is marked."""
        shown = self.plain(text)
        if cell_len(shown) <= cells:
            return shown
        mark = ".." if self.ascii_only else "…"
        room = cells - cell_len(mark)
        return set_cell_size(shown, room).rstrip() + mark if room > 0 else set_cell_size(shown, cells)

    def wrapped(self, text: str, *, style: str = "", indent: int = 0) -> Text:
        """The text in as many lines as it takes, each indented by so many cells."""
        return Text("\n".join(self.lines(text, indent=indent)), style=style)

    def lines(self, text: str, *, indent: int = 0) -> list[str]:
        """The lines of a text, broken between words."""
        room, lines = self.width - indent, [""]
        for word in self.plain(text).split():
            for part in _pieces(word, room):
                joined = f"{lines[-1]} {part}".lstrip()
                if cell_len(joined) <= room:
                    lines[-1] = joined
                else:
                    lines.append(part)
        return [textwrap.indent(line, " " * indent) for line in lines]

    def glyphs(self, unicode: str, ascii_: str) -> str:
        """The characters for this paper."""
        return ascii_ if self.ascii_only else unicode

    def marks(self, unicode: str, ascii_: str) -> tuple[str, ...]:
        """The same, one by one."""
        return tuple(self.glyphs(unicode, ascii_))


def in_ascii(text: str) -> str:
    """The text with accents taken off, and a question mark for what ASCII has nothing like."""
    without = unicodedata.normalize("NFKD", text.translate(_IN_ASCII))
    return "".join(char for char in without if not unicodedata.combining(char)).encode("ascii", "replace").decode()


def _pieces(word: str, room: int) -> list[str]:
    """The word in pieces that fit."""
    pieces = [""]
    for char in word:
        if cell_len(pieces[-1] + char) > room:
            pieces.append("")
        pieces[-1] += char
    return pieces

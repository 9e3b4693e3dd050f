"""Text that must fit a box without a font at hand: widths are estimated, lines broken at spaces or inside words."""

from __future__ import annotations

import unicodedata

WIDE_EM, NARROW_EM, PLAIN_EM = 1.02, 0.36, 0.68
"""Estimated advance of East Asian, narrow and other letters of a bold sans serif, in parts of the font size."""
NARROW = frozenset("iIjlft.,:;'|!()[] ")
SMALLEST_PX = 9.0
SHRINK = 0.9


def printable(text: str) -> str:
    """The text without characters that XML cannot carry."""
    return "".join(
        c for c in text if c in "\t " or (ord(c) >= 0x20 and unicodedata.category(c) not in ("Cc", "Cs", "Cn"))
    )


def width_em(text: str) -> float:
    """The estimated width of a line, in parts of the font size."""
    return sum(_advance(c) for c in text)


def _advance(c: str) -> float:
    if unicodedata.east_asian_width(c) in "WF":
        return WIDE_EM
    return NARROW_EM if c in NARROW else PLAIN_EM


def wrapped(text: str, most_em: float) -> list[str]:
    """The text in lines of at most that width; a word wider than a line is broken."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if width_em(longer) <= most_em:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while width_em(line) > most_em and len(line) > 1:
            head = _head(line, most_em)
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line] if line else lines


def _head(word: str, most_em: float) -> str:
    count = 1
    while count < len(word) and width_em(word[: count + 1]) <= most_em:
        count += 1
    return word[:count]


def fitted(
    text: str, width_px: float, height_px: float, largest_px: float, *, most_lines: int = 5
) -> tuple[float, list[str]]:
    """The largest font size at which the text fits, and its lines; what does not fit at all is cut with "…".

    Args:
        text: What is written.
        width_px: Width of the box [px].
        height_px: Height of the box [px].
        largest_px: The font size to begin with [px].
        most_lines: More lines are never used.

    Returns:
        (font size [px], at least one line).
    """
    clean = printable(text).strip() or "…"
    size = largest_px
    while True:
        lines = wrapped(clean, width_px / size)
        room = max(1, min(most_lines, int(height_px / (size * 1.1))))
        if len(lines) <= room:
            return size, lines
        if size * SHRINK < SMALLEST_PX:
            return size, [*lines[: room - 1], lines[room - 1].rstrip() + "…"]
        size *= SHRINK


def initials(name: str) -> str:
    """The first letters of the first and the last word."""
    parts = printable(name).split()
    chosen = [parts[0], parts[-1]] if len(parts) > 1 else parts
    return "".join(part[0].upper() for part in chosen) or "?"

"""Text out of the bytes of a file, whatever its encoding, a line at a time and never more than a line can be.

UTF-8, with or without a mark; UTF-16 by its mark or its noughts; else Windows-1252, which is said.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from watchprint.exchange.errors import ExportUnreadable

MOST_BYTES: Final = 512 << 20
LONGEST_LINE: Final = 1 << 20
_LOOK: Final = 4096


def opened(path: str | os.PathLike[str]) -> IO[bytes]:
    """The file, open for reading.

    Raises:
        ExportUnreadable: It is absent, no file, or larger than any export.
    """
    shown = os.fspath(path)
    try:
        if not Path(path).is_file() and Path(path).exists():
            raise ExportUnreadable(f"{shown} is no file. Check the path.")
        stream = Path(path).open("rb")  # noqa: SIM115
    except OSError as error:
        raise ExportUnreadable(f"{shown} cannot be opened: {error.strerror or error}. Check the path.") from error
    if os.fstat(stream.fileno()).st_size > MOST_BYTES:
        stream.close()
        raise ExportUnreadable(f"{shown} is larger than {MOST_BYTES >> 20} MB, which no export is. Split it.")
    return stream


def encoding_of(path: str | os.PathLike[str]) -> str:
    """The encoding of a text file; cp1252 where it is no other."""
    with opened(path) as stream:
        head = stream.read(_LOOK)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if b"\x00" in head[:64]:
            noughts = [head[place::2][:32].count(0) for place in (0, 1)]
            if max(noughts) * 4 > len(head[:64]):
                return "utf-16-be" if noughts[0] > noughts[1] else "utf-16-le"
        decoder = codecs.getincrementaldecoder("utf-8-sig")()
        try:
            while head:
                decoder.decode(head)
                head = stream.read(_LOOK << 4)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def lines(path: str | os.PathLike[str], encoding: str) -> Iterator[str]:
    """The lines of a text file, with their ends.

    Raises:
        ExportUnreadable: A line is longer than any is, has a NUL, or is not of that encoding.
    """
    shown = os.fspath(path)
    with open(path, encoding=encoding, newline="", errors="replace" if encoding == "cp1252" else "strict") as stream:
        number = 0
        while True:
            number += 1
            try:
                line = stream.readline(LONGEST_LINE)
            except UnicodeDecodeError as error:
                raise ExportUnreadable(
                    f"{shown} is not text in {encoding} from line {number:,} on. Save it as UTF-8."
                ) from error
            if not line:
                return
            if "\x00" in line:
                raise ExportUnreadable(f"{shown} has a NUL in line {number:,}: it is no text file, or is damaged.")
            if len(line) >= LONGEST_LINE:
                raise ExportUnreadable(
                    f"{shown} has a line ({number:,}) of more than {LONGEST_LINE:,} characters, which no export has."
                )
            yield line

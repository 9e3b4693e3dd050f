"""What is asked for, made sense of before anything is read: which format, which parts, which files. Pure."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal

from watchprint.exporting.errors import ExportRefused

Format = Literal["csv", "json", "ndjson", "parquet", "trakt-zip"]
PartName = Literal["plays", "ratings", "watchlist", "collection", "favourites", "lists", "titles", "positions"]
FORMATS: Final[tuple[Format, ...]] = ("csv", "json", "ndjson", "parquet", "trakt-zip")
PARTS: Final[tuple[PartName, ...]] = (
    "plays", "ratings", "watchlist", "collection", "favourites", "lists", "titles", "positions",
)  # fmt: skip
ENDINGS: Final[Mapping[Format, str]] = {
    "csv": ".csv", "json": ".json", "ndjson": ".ndjson", "parquet": ".parquet", "trakt-zip": ".zip",
}  # fmt: skip
_GUESSED: Final[Mapping[str, Format]] = {ending: each for each, ending in ENDINGS.items()} | {".jsonl": "ndjson"}
ONE_TABLE: Final[frozenset[Format]] = frozenset({"csv", "ndjson", "parquet"})
"""Formats of which a file holds one table; of several parts each has a file in a folder."""
TO_PIPES: Final[frozenset[Format]] = frozenset({"csv", "json", "ndjson"})
_SPELT: Final[Mapping[str, PartName]] = {"favorites": "favourites", "history": "plays", "playback": "positions"}


def format_named(text: str) -> Format:
    """The format of that name.

    Raises:
        ExportRefused: There is none.
    """
    for each in FORMATS:
        if text.strip().lower() == each:
            return each
    raise ExportRefused(f"There is no format {text!r}: choose one of {', '.join(FORMATS)}.")


def format_of(path: Path) -> Format | None:
    """The format that a file's name ends in; None: it says none."""
    return _GUESSED.get(path.suffix.lower())


def format_for(destination: Path | str | None, named: str | None) -> Format:
    """The format that is asked for, else the one that the destination's name says.

    Args:
        destination: A file or a folder; None: it has no name, and JSON says all in one document.

    Raises:
        ExportRefused: There is no such format, or the name says none.
    """
    if named is not None:
        return format_named(named)
    if destination is None:
        return "json"
    path = Path(destination)
    guessed = format_of(path)
    if guessed is not None and not path.is_dir():
        return guessed
    if is_folder(destination):
        return "csv"
    raise ExportRefused(
        f"The name {path.name!r} says no format: let it end in {', '.join(ENDINGS.values())}, or give --format."
    )


def own_name(account: str, format: Format, parts: Sequence[str] | None) -> Path:
    """A file's name after the account; for several parts that have a file each, a folder's."""
    stem = "watchprint-" + (re.sub(r"[^\w-]+", "-", account).strip("-") or "account")
    if format not in ONE_TABLE:
        return Path(stem + ENDINGS[format])
    if parts is not None and len(set(parts)) > 1:
        return Path(stem)
    return Path(f"{stem}-{parts[0] if parts else 'plays'}{ENDINGS[format]}")


def parts_named(texts: Iterable[str]) -> tuple[PartName, ...]:
    """The parts of these names, each once, in the order in which they are written.

    Raises:
        ExportRefused: There is none of that name.
    """
    known: dict[str, PartName] = {part: part for part in PARTS} | dict(_SPELT)
    chosen = set()
    for text in texts:
        if text.strip().lower() not in known:
            raise ExportRefused(f"There is no part {text!r}: choose among {', '.join(PARTS)}.")
        chosen.add(known[text.strip().lower()])
    return tuple(part for part in PARTS if part in chosen)


def is_folder(destination: Path | str) -> bool:
    """The destination names a folder: it is one, or its name ends in a slash or has no ending."""
    path = Path(destination)
    return path.is_dir() or str(destination).endswith(os.sep) or not path.suffix


def parts_for(format: Format, parts: Iterable[str] | None, *, folder: bool) -> tuple[PartName, ...]:
    """Which parts are written.

    Args:
        parts: Those asked for; None: all that the destination holds (of a file of one table: the plays).
        folder: The destination is a folder.

    Raises:
        ExportRefused: One file cannot hold them.
    """
    chosen = parts_named(parts) if parts is not None else ("plays",) if format in ONE_TABLE and not folder else PARTS
    if not chosen:
        raise ExportRefused(f"No part is named: choose among {', '.join(PARTS)}.")
    if format in ONE_TABLE and not folder and len(chosen) > 1:
        raise ExportRefused(
            f"A file in the format {format} holds one part, and {len(chosen)} are asked for: name a folder instead, "
            "or one part."
        )
    if folder and format not in ONE_TABLE:
        raise ExportRefused(f"The format {format} is one file: name it, for example copy{ENDINGS[format]}.")
    return chosen


def files_for(destination: Path, format: Format, parts: Iterable[PartName], *, folder: bool) -> dict[Path, PartName]:
    """The file of each part in a folder; else the one file, under its first part."""
    if not folder:
        return {destination: next(iter(parts))}
    return {destination / f"{part}{ENDINGS[format]}": part for part in parts}

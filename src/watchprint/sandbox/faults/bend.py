"""Answers made wrong after they were made right: null rows, a wrong count, cut JSON. Pure."""

from __future__ import annotations

from typing import Any, Final

from msgspec import DecodeError
from msgspec.json import decode, encode

_TITLES: Final = ("movie", "show", "season", "episode", "person")


def with_null_rows(body: bytes, every: int) -> bytes | None:
    """The list with the title of its first row, and of every so manieth after it, null; None: no such list."""
    rows = _rows(body)
    if not rows or not all(isinstance(row, dict) for row in rows):
        return None
    hit = False
    for row in rows[::every]:
        for name in _TITLES:
            if name in row:
                row[name], hit = None, True
    return encode(rows) if hit else None


def _rows(body: bytes) -> list[Any] | None:
    try:
        rows = decode(body)
    except DecodeError:
        return None
    return rows if isinstance(rows, list) else None


def with_wrong_count(headers: dict[str, str], delta: int) -> None:
    """Move X-Pagination-Item-Count by that much, not below 0."""
    name = "X-Pagination-Item-Count"
    headers[name] = str(max(0, int(headers[name]) + delta))


def cut(body: bytes) -> bytes:
    """The first half of a body (nothing of one byte)."""
    return body[: len(body) // 2]

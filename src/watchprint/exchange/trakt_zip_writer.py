"""A ZIP in the layout of Trakt's own data export: its file names, its pages, its rows.

Takes rows in Trakt's shape (`trakt_rows`) and writes what they say; what a row does not say is left out, never null.
A part that is not written is absent, which a reader takes as unknown. Never decides what belongs into an export.

    with TraktZip(stream, packed_at=now) as archive:
        archive.paged("watched-history", plays)
        archive.whole("lists-watchlist", entries)
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from types import TracebackType
from typing import Any, BinaryIO, Final, Self

import msgspec
from msgspec import Struct

PAGE_ROWS: Final = 250
"""Rows a page: Trakt's exporter reads pages of the most that the API gives."""
_ENCODER: Final = msgspec.json.Encoder()
_RENAMED: Final = {"is_3d": "3d"}


class TraktZip:
    """Writes an export.

    Args:
        stream: Where to; it stays open.
        packed_at: When it is made.
        page_rows: Rows a page.
    """

    def __init__(self, stream: BinaryIO, *, packed_at: datetime, page_rows: int = PAGE_ROWS) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self._packed_at = max(packed_at.astimezone(UTC).timetuple()[:6], (1980, 1, 1, 0, 0, 0))
        self._page_rows, self._said = page_rows, _Said()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def paged(self, part: str, rows: Iterable[Struct]) -> int:
        """Write a part in numbered pages, `watched-history-1.json` and on; how many rows it has.

        A part without rows is one page with an empty list: it is known to be empty.
        """
        count = page = 0
        for page, some in enumerate(_some(rows, self._page_rows), 1):
            self._put(f"{part}-{page}", [self._said.row(row) for row in some])
            count += len(some)
        if page == 0:
            self._put(f"{part}-1", [])
        return count

    def whole(self, part: str, rows: Iterable[Struct]) -> int:
        """Write a part as one file, `ratings-movies.json`; how many rows it has."""
        listed = [self._said.row(row) for row in rows]
        self._put(part, listed)
        return len(listed)

    def single(self, part: str, row: Struct) -> None:
        """Write a part that is one object, `user-profile.json`."""
        self._put(part, self._said.row(row))

    def _put(self, name: str, value: Any) -> None:
        info = zipfile.ZipInfo(f"{name}.json", self._packed_at)
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
        self._zip.writestr(info, _ENCODER.encode(value))


class _Said:
    """Rows as JSON says them; a show that many rows share is put into words once."""

    _MOST: Final = 4096

    def __init__(self) -> None:
        self._shared: dict[int, tuple[Struct, msgspec.Raw]] = {}

    def row(self, row: Struct) -> dict[str, Any]:
        said: dict[str, Any] = {}
        for name in row.__struct_fields__:
            value = getattr(row, name)
            if value is None:
                continue
            shared = name in ("show", "movie") and isinstance(value, Struct)
            said[_RENAMED.get(name, name)] = self._once(value) if shared else self._plain(value)
        return said

    def _plain(self, value: Any) -> Any:
        if isinstance(value, Struct):
            return self.row(value)
        return instant_text(value) if isinstance(value, datetime) else value

    def _once(self, value: Struct) -> msgspec.Raw:
        known = self._shared.get(id(value))
        if known is None:
            if len(self._shared) >= self._MOST:
                self._shared.clear()
            known = value, msgspec.Raw(_ENCODER.encode(self.row(value)))
            self._shared[id(value)] = known  # the value is held, so that its id stays its own
        return known[1]


def instant_text(at: datetime) -> str:
    """An instant as Trakt writes it: 2024-05-01T21:30:00.000Z; with more digits only where it has more.

    Source: trakt-api.md 1.
    """
    exact = "microseconds" if at.microsecond % 1000 else "milliseconds"
    return at.astimezone(UTC).isoformat(timespec=exact).replace("+00:00", "Z")


def list_file(number: int, name: str) -> str:
    """The part that holds what stands on a personal list: lists-list-<id>-<slug>."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return f"lists-list-{number}-{slug}" if slug else f"lists-list-{number}"


def _some(rows: Iterable[Struct], size: int) -> Iterator[list[Struct]]:
    rest = iter(rows)
    while some := list(islice(rest, size)):
        yield some

"""Trakt's rows as JSON: arrays of history, ratings, watchlist or collection, flat rows as Trakt's importer takes them,
an object of such arrays, or one row a line. A row at a time is made into values. Never writes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from watchprint.domain.zones import Zones
from watchprint.exchange.errors import ExportUnreadable
from watchprint.exchange.reading.columns import BadField, Columns, fields_of, known_name
from watchprint.exchange.reading.texts import encoding_of, opened
from watchprint.exchange.reading.told import Part, Reader, Told
from watchprint.exchange.reading.trakt_told import RowReader

_LISTS: Final[dict[str, Part | None]] = {
    "history": "plays", "plays": "plays", "watched": "plays", "ratings": "ratings", "watchlist": "watchlist",
    "collection": "collection", "favorites": "favorites", "favourites": "favorites", "movies": None, "shows": None,
    "episodes": None, "seasons": None, "items": None, "rows": None,
}  # fmt: skip
_TOLD_BY: Final[dict[str, Part]] = {
    "watched_at": "plays", "rated_at": "ratings", "rating": "ratings", "collected_at": "collection",
    "last_collected_at": "collection", "listed_at": "watchlist",
}  # fmt: skip
_KINDS: Final = {"movies": "movie", "shows": "show", "seasons": "season", "episodes": "episode"}
_SHELVES: Final[dict[Part, str]] = {"collection": "collected_at", "favorites": "favorited_at"}
"""What a plain time on a list is on these shelves."""
_NESTED: Final = frozenset({"movie", "show", "season", "episode"})
_FIELDS: Final = msgspec.json.Decoder(dict[str, Any])


class TraktJson(Reader):
    """JSON, open.

    Raises:
        ExportUnreadable: It cannot be read, or holds no rows.
    """

    kind = "trakt-json"

    def __init__(self, path: str | os.PathLike[str], zones: Zones) -> None:
        super().__init__()
        self._shown = os.fspath(path)
        self._rows, self._columns = RowReader(zones), Columns(zones)
        with opened(path) as stream:
            content = stream.read()
        content = self._utf8(path, content)
        self._batches: list[tuple[Part | None, str | None, list[msgspec.Raw]]] = self._of(content)
        self.total = sum(len(rows) for _, _, rows in self._batches)

    def close(self) -> None:
        self._batches = []

    def rows(self) -> Iterator[Told]:
        number = 0
        for part, kind, rows in self._batches:
            for raw in rows:
                number += 1
                yield from self._told(raw, part, kind, f"row {number}")

    def _told(self, raw: msgspec.Raw, part: Part | None, kind: str | None, place: str) -> list[Told]:
        try:
            said = _FIELDS.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            why = f"the row cannot be read: {error}"[:300]
            return [Told(part=part or "other", place=place, wrong=why, raw={"row": _text(raw)})]
        nested = any(isinstance(said.get(each), dict) for each in _NESTED)
        named = said.get("type") in _NESTED and said.get(str(said["type"]), ...) is None
        if nested or named:
            each: Part | None = part or _part(said)
            if each is None:
                why = "the row has no watched_at, rated_at, listed_at or collected_at"
                return [Told(part="other", place=place, wrong=why, raw={"row": _text(raw)})]
            found = self._rows.read(raw, each, place) or []
            return [msgspec.structs.replace(row, raw={"row": _text(raw)}) if row.wrong else row for row in found]
        return self._flat(said, part, kind, place)

    def _flat(self, said: dict[str, Any], part: Part | None, kind: str | None, place: str) -> list[Told]:
        ids = said.pop("ids", None)
        flat = {**said, **({f"{scheme}_id": value for scheme, value in ids.items()} if isinstance(ids, dict) else {})}
        if "slug_id" in flat:
            flat["slug"] = flat.pop("slug_id")
        if kind is not None:
            flat.setdefault("type", kind)
        try:
            fields = fields_of(map(known_name, flat), flat.values())
        except BadField as error:
            return [Told(part="other", place=place, wrong=str(error))]
        fields.pop("row", None)
        if part in _SHELVES and "watchlisted_at" in fields:
            fields.setdefault(_SHELVES[part], fields.pop("watchlisted_at"))
        return self._columns.told(fields, place)

    def _utf8(self, path: str | os.PathLike[str], content: bytes) -> bytes:
        encoding = encoding_of(path)
        if encoding == "utf-8-sig":
            return content.removeprefix(b"\xef\xbb\xbf")
        if encoding == "cp1252":
            raise ExportUnreadable(f"{self._shown} is not UTF-8, as JSON is. Save it as UTF-8.")
        try:
            return content.decode(encoding).removeprefix("\ufeff").encode()
        except UnicodeDecodeError as error:
            raise ExportUnreadable(f"{self._shown} is damaged: it is not whole UTF-16. Save it as UTF-8.") from error

    def _of(self, content: bytes) -> list[tuple[Part | None, str | None, list[msgspec.Raw]]]:
        first = content.lstrip()[:1]
        try:
            if first == b"[":
                return [(None, None, msgspec.json.decode(content, type=list[msgspec.Raw]))]
            if first == b"{":
                return self._of_object(content)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise ExportUnreadable(f"{self._shown} is not whole JSON: {error}. Save or export it again.") from error
        raise ExportUnreadable(f"{self._shown} holds no rows: JSON begins with [ or {{. Check the file.")

    def _of_object(self, content: bytes) -> list[tuple[Part | None, str | None, list[msgspec.Raw]]]:
        """One row a line, or an object of arrays."""
        try:
            said = msgspec.json.decode(content, type=dict[str, msgspec.Raw])
        except msgspec.DecodeError:
            rows = [msgspec.Raw(line) for line in content.splitlines() if line.strip()]
            for number, row in enumerate(rows, 1):
                if not bytes(row).lstrip().startswith(b"{"):
                    raise ExportUnreadable(
                        f"{self._shown} is not whole JSON: line {number:,} is no row. Save or export it again."
                    ) from None
            return [(None, None, rows)]
        batches = []
        for name, raw in said.items():
            if name in _LISTS and bytes(raw).lstrip().startswith(b"["):
                batches.append((_LISTS[name], _KINDS.get(name), msgspec.json.decode(raw, type=list[msgspec.Raw])))
            elif name in _LISTS:
                self.notes.append(f"{name} is no array; it was passed over.")
        if not batches and {known_name(name) for name in said} - {None}:
            return [(None, None, [msgspec.Raw(content)])]
        if not batches:
            raise ExportUnreadable(
                f"{self._shown} holds no rows: none of its arrays is named like history, ratings or watchlist."
            )
        passed = [name for name in said if name not in _LISTS]
        if passed:
            self.notes.append(f"Not taken in: {', '.join(passed[:20])}."[:400])
        return batches


def _part(said: dict[str, Any]) -> Part | None:
    """What a row in Trakt's shape is, by what it has."""
    for name, part in _TOLD_BY.items():
        if name in said:
            return part
    if "plays" in said or "last_watched_at" in said:
        return "titles"
    return "plays" if "action" in said else None


def _text(raw: msgspec.Raw) -> str:
    return bytes(raw)[:500].decode("utf-8", "replace")

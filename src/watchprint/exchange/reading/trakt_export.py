"""Trakt's data export, a ZIP of JSON files, row by row: a page at a time in memory. Never writes, never asks Trakt.

Which parts it has and which are unknown is decided in `trakt_parts`. A row that cannot be read is one such row and
makes its part incomplete; a file that cannot be read makes the export unreadable.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
from msgspec import Struct

from watchprint.domain.zones import Zones
from watchprint.exchange.errors import ExportUnreadable
from watchprint.exchange.members import Limits, Members
from watchprint.exchange.reading.told import Part, Reader, Told, ToldList, Whose
from watchprint.exchange.reading.trakt_parts import (
    ABOUT,
    COLLECTION,
    ERRORS,
    HISTORY,
    RATINGS,
    TAKEN,
    TITLES,
    Parts,
    parts_of,
    unknown_parts,
)
from watchprint.exchange.reading.trakt_shape import RAW_ROWS, Count, Text
from watchprint.exchange.reading.trakt_told import RowReader
from watchprint.exchange.trakt_rows import Profile

_PARTS: Final[dict[str, Part]] = {
    HISTORY: "plays",
    **dict.fromkeys(TITLES, "titles"),
    **dict.fromkeys(RATINGS, "ratings"),
    **dict.fromkeys(COLLECTION, "collection"),
    "lists-watchlist": "watchlist",
    "lists-favorites": "favorites",
}
_KINDS: Final = {"movies": "movie", "shows": "show", "seasons": "season", "episodes": "episode"}


class _Listing(Struct):
    ids: dict[str, Any] | None = None
    name: Text | None = None
    description: Text | None = None
    privacy: Text | None = None


class _Settings(Struct):
    user: Profile | None = None


class _Activities(Struct):
    all: Text | None = None


class _Plays(Struct):
    plays: Count | None = None


class _Stats(Struct):
    movies: _Plays | None = None
    episodes: _Plays | None = None


class TraktExport(Reader):
    """An export, open.

    Args:
        path: The ZIP as Trakt gave it.
        zones: Where the person lived when, for a time without a zone.
        limits: How much it may hold.

    Raises:
        ExportUnreadable: It is absent, cut off, damaged, no Trakt export, or not safe to read.
    """

    kind = "trakt-zip"

    def __init__(self, path: str | os.PathLike[str], zones: Zones, limits: Limits | None = None) -> None:
        super().__init__()
        self._members = Members(path, limits)
        try:
            self._open(zones)
        except BaseException:
            self._members.close()
            raise

    def _open(self, zones: Zones) -> None:
        members = self._members
        self._parts: Parts = parts_of(members.names(), members.path)
        if not self._parts.pages.keys() & {*TAKEN, *ABOUT} and not self._parts.items:
            raise ExportUnreadable(
                f"{members.path} is no Trakt export: none of its files is named like watched-history-1.json. "
                "Take the ZIP from Trakt's settings, under Data."
            )
        errors = self._parts.files(ERRORS)
        self.unknown = unknown_parts(self._parts, members.content(errors[0]) if errors else None)
        if self._parts.others:
            listed = ", ".join(sorted({name.rsplit(".", 1)[0] for name in self._parts.others})[:12])
            self.notes.append(f"Not taken in: {listed[:400]}.")
        self._reader = RowReader(zones)
        self.whose, self.as_of = self._about()
        self._watched = 0
        self._plays = 0
        self._broken: set[str] = set()

    def close(self) -> None:
        self._members.close()

    def rows(self) -> Iterator[Told]:
        for part in TITLES:
            yield from self._of_part(part)
        for part in (HISTORY, *RATINGS, *COLLECTION, "lists-watchlist", "lists-favorites"):
            yield from self._of_part(part)
        for key, files in self._parts.items.items():
            for name in files:
                yield from self._of_file(f"list:{key}", name, "lists", list_key=key)
        self._compare()

    def lists(self) -> list[ToldList]:
        found = []
        for name in self._parts.files("lists-lists"):
            for n, each in enumerate(self._decoded(name, msgspec.json.Decoder(list[_Listing | None])), 1):
                if each is not None and (listed := _listed(each, n)) is not None:
                    found.append(listed)
        return found

    def complete(self) -> frozenset[tuple[str, str]]:
        if ERRORS in self.unknown:
            return frozenset()
        whole = {part for part in TAKEN if part not in self.unknown and part not in self._broken}
        found = {(_PARTS[part], _KINDS[part.split("-")[1]]) for part in whole & {*RATINGS, *COLLECTION}}
        if ("collection", "show") in found:
            found = (found - {("collection", "show")}) | {("collection", "episode")}
        if HISTORY in whole:
            found |= {("plays", "")}
        found |= {("watchlist", "")} if "lists-watchlist" in whole else set()
        found |= {("favorites", "")} if "lists-favorites" in whole else set()
        found |= {("lists", "")} if "lists-lists" in whole else set()
        listed = {key for key in self._parts.items if f"list:{key}" not in {*self.unknown, *self._broken}}
        return frozenset(found | {("lists", key) for key in listed})

    def _of_part(self, part: str) -> Iterator[Told]:
        for name in self._parts.files(part):
            yield from self._of_file(part, name, _PARTS[part])

    def _of_file(self, part: str, name: str, kind: Part, list_key: str | None = None) -> Iterator[Told]:
        empty = 0
        for n, raw in enumerate(self._decoded(name, RAW_ROWS), 1):
            rows = self._reader.read(raw, kind, f"{name}:{n}", list_key=list_key)
            if rows is None:
                empty += 1
                continue
            for row in rows:
                if row.wrong is not None:
                    self._broken.add(part)
                self._plays += row.part == "plays"
                yield row
            self._watched += self._reader.plays if kind == "titles" else 0
        if empty:
            self.notes.append(f"{name} holds {empty} empty rows; they say nothing and are not counted.")

    def _compare(self) -> None:
        """A history that is shorter than the watched titles say lacks something."""
        if self.unknown.keys() & {HISTORY, *TITLES} or self._watched == self._plays:
            return
        if self._watched > self._plays:
            self._broken.add(HISTORY)
        self.notes.append(
            f"The history holds {self._plays:,} plays, the watched titles add up to {self._watched:,}. If the history "
            "is short, ask Trakt for a new export."
        )

    def _about(self) -> tuple[Whose | None, datetime | None]:
        profile = self._single("user-profile", Profile)
        settings = self._single("user-settings", _Settings)
        known = [each for each in (profile, settings.user if settings else None) if each is not None]
        ids = [each.ids for each in known if each.ids is not None]
        whose = Whose(
            username=next((each.username for each in known if each.username), None),
            slug=next((each.slug for each in ids if each.slug), None),
            uuid=next((each.uuid for each in ids if each.uuid), None),
        )
        activities = self._single("user-last-activities", _Activities)
        as_of = _instant(activities.all) if activities is not None and activities.all else None
        stats = self._single("user-stats", _Stats)
        if stats is not None:
            counted = [each.plays or 0 for each in (stats.movies, stats.episodes) if each is not None]
            self.total = sum(counted) or None
        return (whose if whose != Whose() else None), as_of or self._members.newest_at()

    def _single(self, part: str, kind: type[Any]) -> Any:
        """What stands in a file about the user; None: it is absent, or says something else."""
        files = self._parts.files(part)
        if not files:
            return None
        try:
            return msgspec.json.decode(self._members.content(files[0]).removeprefix(_MARK), type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            self.notes.append(f"{files[0]} is not what Trakt writes; it was passed over.")
            return None

    def _decoded(self, name: str, decoder: msgspec.json.Decoder[Any]) -> Any:
        try:
            return decoder.decode(self._members.content(name).removeprefix(_MARK))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise ExportUnreadable(
                f"{name} inside {self._members.path} is not what Trakt writes: {error}. Download the export again."
            ) from error


_MARK: Final = b"\xef\xbb\xbf"


def _listed(said: _Listing, rank: int) -> ToldList | None:
    """A personal list, by Trakt's id, or by ours of one that Trakt does not have; None: it has neither."""
    ids = said.ids or {}
    trakt, own, slug = ids.get("trakt"), ids.get("watchprint"), ids.get("slug")
    key = trakt if isinstance(trakt, int) else own
    if not isinstance(key, int):
        return None
    return ToldList(
        key=str(key), name=said.name or str(slug or key), trakt_id=trakt if isinstance(trakt, int) else None,
        slug=slug if isinstance(slug, str) else None, description=said.description, privacy=said.privacy, rank=rank,
    )  # fmt: skip


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)

"""Trakt's data export, a ZIP of JSON files, read into rows in Trakt's shape.

A part is one or more files: `ratings-movies.json`, or numbered pages, `watched-history-1.json` and on. A part that is
absent, lacks a page, or is named in `_errors.json` (whose shape Trakt does not document) is unknown, never empty.
Reads one file at a time in memory; never writes, never asks Trakt.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypedDict, TypeVar

import msgspec
from msgspec.structs import replace

from watchprint.exchange.errors import ExportUnreadable
from watchprint.exchange.members import Limits, Members
from watchprint.exchange.trakt_rows import Listed, Play, Profile, Rating, Stats, Watched

T = TypeVar("T")

_PART = re.compile(r"^(?P<part>[a-z_]+(?:-[a-z]+)*?)(?:-(?P<page>[1-9]\d{0,5}))?\.json$")
_ERRORS = "_errors"
_SPELT = {"watched-history": "history", "lists-watchlist": "watchlist"}
_RATINGS = ("ratings-movies", "ratings-shows", "ratings-seasons", "ratings-episodes")
_TITLES = ("watched-movies", "watched-shows")
PARTS = ("watched-history", *_TITLES, *_RATINGS, "lists-watchlist", "user-profile", "user-stats")


class Rows(TypedDict):
    """Plays, titles and ratings, by the names under which insights take them."""

    plays: list[Play]
    titles: list[Watched]
    ratings: list[Rating]


@dataclass(frozen=True, slots=True)
class Export:
    """What a Trakt export says; None is a part that is unknown.

    Args:
        plays: the history, in the order of its pages (newest first).
        titles: watched movies and shows; full ones carry runtime, genres, country, language and network.
        ratings: of movies, shows, seasons and episodes.
        watchlist: its entries.
        profile: whose export it is.
        stats: what Trakt counts, to show beside our figures; never a source for them.
        missing: each part that is absent or incomplete, with the reason. Rows of an incomplete part are kept.
        notes: sentences for the reader about what is odd.
    """

    plays: list[Play] | None
    titles: list[Watched] | None
    ratings: list[Rating] | None
    watchlist: list[Listed] | None
    profile: Profile | None
    stats: Stats | None
    missing: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def rows(self) -> Rows:
        """Plays, titles and ratings as `insights.load` and `insights.compute` take them.

        A play without an id of Trakt's is named by its place, below nought.

        Raises:
            ExportUnreadable: the history is unknown, so that nothing can be counted.
        """
        if self.plays is None:
            raise ExportUnreadable(
                "The export holds no history (watched-history-1.json), so nothing can be counted. "
                "Ask Trakt for a new export."
            )
        plays = [replace(each, id=-n) if each.id is None else each for n, each in enumerate(self.plays, 1)]
        return {"plays": plays, "titles": self.titles or [], "ratings": self.ratings or []}


def read(path: str | os.PathLike[str], *, limits: Limits | None = None) -> Export:
    """What the export says.

    Args:
        path: the ZIP as Trakt gave it.
        limits: how much it may hold; the default takes exports of 100,000 plays with full titles.

    Raises:
        ExportUnreadable: the file is absent, cut off, damaged, no Trakt export, or not safe to read.
    """
    with Members(path, limits) as members:
        parts = _parts(members)
        if not parts.keys() & set(PARTS):
            raise ExportUnreadable(
                f"{members.path} is no Trakt export: none of its files is named like watched-history-1.json. "
                "Take the ZIP from Trakt's settings, under Data."
            )
        return _export(members, parts)


def _parts(members: Members) -> dict[str, dict[int, str]]:
    """Part to page to file name; a part without numbers is page 1."""
    parts: dict[str, dict[int, str]] = defaultdict(dict)
    for name in members.names():
        if found := _PART.match(name):
            page = int(found["page"] or 1)
            if page in parts[found["part"]]:
                raise ExportUnreadable(
                    f"{members.path} holds page {page} of {found['part']} twice. Pass the ZIP as Trakt gave it."
                )
            parts[found["part"]][page] = name
    return parts


def _export(members: Members, parts: dict[str, dict[int, str]]) -> Export:
    missing = _missing(members, parts)
    notes: list[str] = []

    def rows(wanted: Iterable[str], row: type[T]) -> list[T] | None:
        names = [parts[part][page] for part in wanted if part in parts for page in sorted(parts[part])]
        return _rows(members, names, row, notes) if names else None

    plays = rows(["watched-history"], Play)
    titles = rows(_TITLES, Watched)
    if not missing.keys() & {"watched-history", *_TITLES}:
        notes += _disagreement(plays or [], titles or [])
    return Export(
        plays=plays,
        titles=titles,
        ratings=rows(_RATINGS, Rating),
        watchlist=rows(["lists-watchlist"], Listed),
        profile=_single(members, parts, "user-profile", Profile),
        stats=_single(members, parts, "user-stats", dict),
        missing=missing,
        notes=tuple(notes),
    )


def _missing(members: Members, parts: dict[str, dict[int, str]]) -> dict[str, str]:
    failed = _failed(members, parts)
    missing: dict[str, str] = {}
    for part in PARTS:
        pages = parts.get(part, {})
        gaps = [str(page) for page in range(1, max(pages, default=0)) if page not in pages]
        if not pages:
            missing[part] = "the export has no such file"
        elif gaps:
            missing[part] = f"page {', '.join(gaps[:5])} of {max(pages)} is absent"
        if part in failed:
            missing[part] = "Trakt says that it could not export it (_errors.json)"
    if _ERRORS in parts and not failed & set(PARTS) and failed:
        missing[_ERRORS] = "it names something that this program does not know"
    return missing


def _failed(members: Members, parts: dict[str, dict[int, str]]) -> set[str]:
    """The parts that `_errors.json` names anywhere, whatever its shape; itself if it says something else."""
    if _ERRORS not in parts:
        return set()
    said = members.content(parts[_ERRORS][min(parts[_ERRORS])]).decode("utf-8", "replace").strip()
    spelt = re.sub(r"[_/ ]", "-", said.lower())
    named = {part for part in PARTS if re.search(rf"{_SPELT.get(part, part)}(?![a-z])", spelt)}
    return named or ({_ERRORS} if said.strip("[]{} \n\t") else set())


def _rows(members: Members, names: list[str], row: type[T], notes: list[str]) -> list[T]:
    decoder = msgspec.json.Decoder(list[row | None])  # type: ignore[valid-type]  # ty: ignore[invalid-type-form]
    found: list[T] = []
    for name in names:
        read_rows = _decoded(members, name, decoder)
        kept = [each for each in read_rows if each is not None]
        if empty := len(read_rows) - len(kept):
            notes.append(f"{name} holds {empty} empty rows; they say nothing and are not counted.")
        found += kept
    return found


def _single(members: Members, parts: dict[str, dict[int, str]], part: str, kind: type[T]) -> T | None:
    if part not in parts:
        return None
    name = parts[part][min(parts[part])]
    found: T = _decoded(members, name, msgspec.json.Decoder(kind))
    return found


def _decoded(members: Members, name: str, decoder: msgspec.json.Decoder[Any]) -> Any:
    content = members.content(name)
    try:
        return decoder.decode(content.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ExportUnreadable(
            f"{name} inside {members.path} is not what Trakt writes: {error}. Download the export again."
        ) from error


def _disagreement(plays: list[Play], titles: list[Watched]) -> list[str]:
    counted = sum(title.plays or 0 for title in titles)
    if counted == len(plays):
        return []
    return [
        f"The history holds {len(plays):,} plays, the watched titles add up to {counted:,}. If the history is "
        "short, ask Trakt for a new export."
    ]

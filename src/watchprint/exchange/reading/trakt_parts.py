"""Which parts an export of Trakt's has, by the names of its files; and which of them are unknown. Pure.

A part is one file, `ratings-movies.json`, or numbered pages, `watched-history-1.json` and on; what stands on a personal
list is `lists-list-<id>-<slug>.json`, or pages of that. A part that is absent, lacks a page or is named in
`_errors.json` is unknown, never empty. Trakt does not document that file: its exporter has written an array of failed
requests (https://github.com/trakt/trakt-web), so that a part counts as named wherever its words stand, however joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from watchprint.exchange.errors import ExportUnreadable

HISTORY: Final = "watched-history"
TITLES: Final = ("watched-movies", "watched-shows")
RATINGS: Final = ("ratings-movies", "ratings-shows", "ratings-seasons", "ratings-episodes")
COLLECTION: Final = ("collection-movies", "collection-shows", "collection-episodes")
SHELVES: Final = ("lists-watchlist", "lists-favorites", "lists-lists")
TAKEN: Final = (HISTORY, *TITLES, *RATINGS, *COLLECTION, *SHELVES)
"""The parts that can be taken in."""
ABOUT: Final = ("user-profile", "user-settings", "user-stats", "user-last-activities")
ERRORS: Final = "_errors"
_PART: Final = re.compile(r"^(?P<part>[a-z_]+(?:-[a-z_]+)*?)(?:-(?P<page>[1-9]\d{0,5}))?\.json$", re.IGNORECASE)
_LIST: Final = re.compile(r"^lists-list-(?P<id>\d{1,18})(?:-(?P<rest>.*))?\.json$", re.IGNORECASE)
_NAMED: Final[Mapping[str, str]] = {
    HISTORY: "history",
    "watched-movies": r"watched(?:movies|(?!shows|history|playback|at))",
    "watched-shows": r"watched(?:shows|(?!movies|history|playback|at))",
    **{part: rf"ratings(?:{part[8:]}|(?!movies|shows|seasons|episodes))" for part in RATINGS},
    **{part: rf"collection(?:{part[11:]}|(?!movies|shows|episodes|items))" for part in COLLECTION},
    "lists-watchlist": "watchlist",
    "lists-favorites": "favou?rites",
    "lists-lists": r"(?<!likes)(?<!comments)(?<!hidden)lists(?!watchlist|favou?rites|list\d|\d|collaborations)",
}
_LIST_ITEMS: Final = re.compile(r"lists(?:list)?(\d{1,18})")
_OTHERS: Final = re.compile(
    "stats|profile|settings|activities|comments|likes|hidden|notes|network|follow|friends|playback"
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The files of an export.

    Attributes:
        pages: Part to page to file name.
        items: Trakt's id of a list to the files of what stands on it.
        others: Files that are not taken in.
    """

    pages: dict[str, dict[int, str]]
    items: dict[str, list[str]]
    others: tuple[str, ...]

    def files(self, part: str) -> list[str]:
        """The files of a part, by page."""
        pages = self.pages.get(part, {})
        return [pages[page] for page in sorted(pages)]


def parts_of(names: Iterable[str], path: str) -> Parts:
    """The files of an export, by part.

    Raises:
        ExportUnreadable: A page is there twice.
    """
    pages: dict[str, dict[int, str]] = {}
    items: dict[str, list[str]] = {}
    others: list[str] = []
    for name in names:
        found = _PART.match(name)
        if listed := _LIST.match(name):
            items.setdefault(listed["id"], []).append(name)
        elif found is None or found["part"].lower() not in (*TAKEN, *ABOUT, ERRORS):
            others.append(name)
        else:
            mine = pages.setdefault(found["part"].lower(), {})
            page = int(found["page"] or 1)
            if page in mine:
                raise ExportUnreadable(
                    f"{path} holds page {page} of {found['part']} twice. Pass the ZIP as Trakt gave it."
                )
            mine[page] = name
    return Parts(pages, {key: sorted(names, key=_in_order) for key, names in items.items()}, tuple(others))


def unknown_parts(parts: Parts, errors: bytes | None) -> dict[str, str]:
    """Each part of which the export does not say everything, with the reason.

    Args:
        errors: What stands in `_errors.json`; None: it is not there.
    """
    unknown: dict[str, str] = {}
    for part in TAKEN:
        pages = parts.pages.get(part, {})
        gaps = [str(page) for page in range(1, max(pages, default=0)) if page not in pages]
        if not pages:
            unknown[part] = "the export has no such file"
        elif gaps:
            unknown[part] = f"page {', '.join(gaps[:5])} of {max(pages)} is absent"
    if errors is None:
        return unknown
    failed, doubtful = failed_parts(errors)
    for part in failed:
        unknown[part] = "Trakt says that it could not export it (_errors.json)"
    if doubtful:
        unknown[ERRORS] = "it says that something failed, not what: no part counts as complete"
    return unknown


def failed_parts(errors: bytes) -> tuple[set[str], bool]:
    """The parts that `_errors.json` names anywhere, whatever its shape; and whether it names nothing at all.

    What stands on one list is named `list:<id>`.
    """
    said = " ".join(_texts(errors)).lower()
    words = re.sub(r"[^a-z0-9 ]+", "", said)
    failed = {part for part, pattern in _NAMED.items() if re.search(pattern, words)}
    failed |= {f"list:{found}" for found in _LIST_ITEMS.findall(words)}
    return failed, bool(words.strip()) and not failed and _OTHERS.search(words) is None


def _texts(errors: bytes) -> list[str]:
    """Every text in it: keys and values of JSON, or all of it where it is none."""
    try:
        waiting: list[Any] = [msgspec.json.decode(errors)]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return [errors.decode("utf-8", "replace")]
    found: list[str] = []
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += [*each.values(), *each.keys()]
        elif isinstance(each, list):
            waiting += each
        elif isinstance(each, str):
            found.append(each)
    return found


def _in_order(name: str) -> tuple[int, str]:
    """Pages of one list by their number; a file without one is the first."""
    tail = re.search(r"-(\d{1,6})\.json$", name)
    return (int(tail[1]) if tail else 0, name)

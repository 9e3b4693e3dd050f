"""Rows that were not taken, as a CSV that people complete and hand in again.

Its columns after `candidates` are those that the CSV reader knows; `row` tells which row is meant.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Mapping
from typing import Final

from watchprint.domain.title import Title
from watchprint.exchange.reading.told import Part, Told
from watchprint.importing.report import Candidate, Problem, Standing

ANSWER: Final = (
    "type", "trakt_id", "imdb_id", "tmdb_id", "tvdb_id", "slug", "title", "year", "show_title", "show_year",
    "show_trakt_id", "show_imdb_id", "show_tmdb_id", "show_tvdb_id", "show_slug", "season", "episode",
    "episode_trakt_id", "episode_imdb_id", "episode_tmdb_id", "episode_tvdb_id", "episode_title", "watched_at",
    "rating", "rated_at", "watchlisted_at", "collected_at", "favorited_at", "history_id", "action", "notes",
)  # fmt: skip
COLUMNS: Final = ("row", "part", "problem", "reason", "what", "candidates", *ANSWER)
_TIMES: Final[Mapping[Part, str]] = {
    "plays": "watched_at", "ratings": "rated_at", "watchlist": "watchlisted_at", "collection": "collected_at",
    "favorites": "favorited_at",
}  # fmt: skip
_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")


def write_problems(problems: Iterable[Problem], path: str | os.PathLike[str]) -> int:
    """Write the rows that were not taken as CSV, for this user alone; how many there are."""
    count = 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "w", encoding="utf-8", newline="") as stream:
        written = csv.DictWriter(stream, COLUMNS, restval="", extrasaction="ignore")
        written.writeheader()
        for problem in problems:
            count += 1
            fixed = {
                "row": problem.place, "part": problem.part, "problem": problem.standing, "reason": problem.reason,
                "what": problem.what, "candidates": " | ".join(map(str, problem.candidates)),
            }  # fmt: skip
            row: dict[str, str] = {**problem.fields, **fixed}
            written.writerow({name: _harmless(text) for name, text in row.items()})
    return count


def problem_of(told: Told, standing: Standing, reason: str, candidates: Iterable[Candidate] = ()) -> Problem:
    """A row that is not taken, with what it says."""
    return Problem(
        part=told.part, place=told.place, standing=standing, what=_words(told), reason=reason,
        candidates=tuple(candidates), fields={**_fields(told), **told.raw},
    )  # fmt: skip


def _harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula (https://owasp.org/www-community/attacks/CSV_Injection)."""
    return f"'{text}" if text.startswith(_FORMULAS) else text


def _words(told: Told) -> str:
    """What a row is about."""
    title = told.title
    if title is None:
        return f"a {told.kind}" if told.kind else "nothing that is named"
    whose = title.show.facts.name if title.show is not None else None
    words = [whose or "", _place(title), title.facts.name or ""]
    named = " ".join(filter(None, words)) or ", ".join(f"{s} {v}" for s, v in title.named().items())
    return f"{named} ({title.facts.year})" if title.facts.year else named or "nothing that is named"


def _place(title: Title) -> str:
    if title.season is None:
        return ""
    return f"S{title.season:02}" + (f"E{title.number:02}" if title.number is not None else "")


def _fields(told: Told) -> dict[str, str]:
    """What a row says, by the names of columns."""
    found: dict[str, object] = {"type": told.kind, "notes": told.notes, "action": told.action, "rating": told.rating}
    if told.part == "plays":
        found["history_id"] = told.trakt_id
        found["watched_at"] = told.at.isoformat() if told.at else "unknown"
    elif told.part in _TIMES and told.at is not None:
        found[_TIMES[told.part]] = told.at.isoformat()
    title = told.title
    if title is not None:
        mine = "episode_" if title.kind == "episode" else ""
        found |= {f"{mine}{scheme}_id": value for scheme, value in title.named().items()}
        found |= {"season": title.season, "episode": title.number, "year": title.facts.year}
        found["episode_title" if title.kind == "episode" else "title"] = title.facts.name
        if title.show is not None:
            found |= {f"show_{scheme}_id": value for scheme, value in title.show.named().items()}
            found |= {"show_title": title.show.facts.name, "show_year": title.show.facts.year}
    for name in ("slug_id", "show_slug_id"):
        if name in found:
            found[name.removesuffix("_id")] = found.pop(name)
    return {name: str(value) for name, value in found.items() if value is not None and name in ANSWER}

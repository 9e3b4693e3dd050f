"""Readers of the hand-kept lists beside this file: which titles ship, and facts that the tables lack.

One title a line, fields parted by "|", empty = as the tables say, lines with # are comments.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from watchprint.sandbox.catalogue.rows import PersonRow
from watchprint.sandbox.catalogue.text import words

Facts = dict[str, Any]
HERE = Path(__file__).parent
FIRST_PERSON = 95_000_001


def genres(text: str) -> list[str]:
    """Genre slugs, parted by spaces."""
    return text.split()


FILM_FIELDS: dict[str, Callable[[str], Any]] = {
    "runtime": int,
    "released": date.fromisoformat,
    "genres": genres,
    "country": str,
    "language": str,
    "certification": str,
}
SHOW_FIELDS: dict[str, Callable[[str], Any]] = {
    "runtime": int,
    "genres": genres,
    "country": str,
    "language": str,
    "network": str,
    "certification": str,
    "status": str,
}


def lines(name: str) -> Iterator[list[str]]:
    """The fields of every line."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield [part.strip() for part in line.split("|")]


def titled(name: str, fields: dict[str, Callable[[str], Any]]) -> dict[tuple[str, int], Facts]:
    """Facts by (title, year)."""
    found: dict[tuple[str, int], Facts] = {}
    for title, year, *rest in lines(name):
        facts = {key: read(text) for (key, read), text in zip(fields.items(), rest, strict=False) if text}
        found[title, int(year)] = facts
    return found


def listed_films() -> dict[tuple[str, int], Facts]:
    """Films: title | year | runtime [min] | released | genres | country | language | certification."""
    return titled("films.txt", FILM_FIELDS)


def listed_shows() -> dict[tuple[str, int], Facts]:
    """Shows: title | year | runtime [min] | genres | country | language | network | certification |
    status."""
    return titled("shows.txt", SHOW_FIELDS)


def listed_people() -> list[PersonRow]:
    """People: name | IMDb id | TMDB id; the Trakt ids are ours, in the list's order."""
    made = []
    for number, (name, imdb, tmdb) in enumerate(lines("people.txt"), FIRST_PERSON):
        slug = re.sub(r"\s+", "-", " ".join(words(name)))
        made.append(PersonRow(number, slug, name, imdb or None, int(tmdb) if tmdb else None))
    return made

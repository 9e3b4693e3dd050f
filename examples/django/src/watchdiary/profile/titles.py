"""Titles as the pages show them and forms carry them: values only, nothing is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from watchprint import Episode, Item, Movie, Person, Season, Show

_KEY: Final = re.compile(r"(movie|show|season|episode|person):([1-9][0-9]{0,11})", re.ASCII)
_KINDS: Final = {"movie": "film", "show": "show", "season": "season", "episode": "episode", "person": "person"}
LOST: Final = "a title that Trakt has lost"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a page.

    Attributes:
        title: What it is called; of an episode with the show's name.
        kind: film, show, season, episode or person.
        key: What a form carries for it; empty: Trakt has lost the title, and nothing can be done with it.
        at: Since when it is there, or when it was watched.
        note: What else is known: a rating, notes, the kind of copy.
        play_id: Which play it is, in the history.
    """

    title: str
    kind: str = ""
    key: str = ""
    at: datetime | None = None
    note: str = ""
    play_id: int | None = None

    @property
    def playable(self) -> bool:
        """It can be checked in to."""
        return self.key.startswith(("movie:", "episode:"))

    @property
    def lovable(self) -> bool:
        """It can be a favourite."""
        return self.key.startswith(("movie:", "show:"))


def row(item: Item | None, at: datetime | None = None, note: str | None = None, *, play_id: int | None = None) -> Row:
    """The line of an item; None: Trakt has lost it."""
    if item is None:
        return Row(LOST, at=at, note=note or "", play_id=play_id)
    key = "" if item.trakt is None else f"{item.kind}:{item.trakt}"
    return Row(name_of(item), _KINDS[item.kind], key, at, note or "", play_id)


def name_of(item: Item) -> str:
    """One line of text."""
    match item:
        case Movie() | Show():
            return _joined(item.title, f"({item.year})" if item.year else None)
        case Season():
            return _joined(item.show.title if item.show else None, f"season {item.number}")
        case Episode():
            place = None if item.season is None or item.number is None else f"{item.season}x{item.number:02}"
            return _joined(item.show.title if item.show else None, place, item.title)
        case Person():
            return _joined(item.name)
    return LOST


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part) or LOST


def item_of(key: str) -> Item:
    """The item that a form names.

    Raises:
        ValueError: It names none.
    """
    said = _KEY.fullmatch(key)
    if said is None:
        raise ValueError("this is no title")
    kind, trakt = said[1], int(said[2])
    match kind:
        case "movie":
            return Movie(trakt=trakt)
        case "show":
            return Show(trakt=trakt)
        case "season":
            return Season(trakt=trakt)
        case "episode":
            return Episode(trakt=trakt)
    return Person(trakt=trakt)

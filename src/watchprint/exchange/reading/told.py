"""What any file says, row by row, in our words: one value for all formats. Reads nothing and decides nothing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final, Literal

from msgspec import Struct

from watchprint.domain.title import Title

Part = Literal["titles", "plays", "ratings", "watchlist", "collection", "favorites", "lists", "other"]
"""What a row is: facts of a title, a play, a rating, something on a shelf, an entry of a personal list; other: a row
that says none of these."""
PARTS: Final[tuple[Part, ...]] = (
    "titles", "plays", "ratings", "watchlist", "collection", "favorites", "lists", "other",
)  # fmt: skip
How = Literal["exact", "undated", "no_zone", "day_only", "epoch"]
"""How a time was read: with its zone, as unknown, by the person's own clock, as noon of a day, from a number."""


class Told(Struct, frozen=True, kw_only=True):
    """One thing that a row of a file says.

    Attributes:
        part: What it is.
        place: Where it stands in the file, for people and for telling rows apart.
        kind: movie, show, season, episode; None: the row does not say.
        title: What it is about; None: the row names nothing.
        at: watched, rated, listed or collected; None: unknown.
        how: How that was read; None: the row has no time.
        trakt_id: Trakt's id of the row: of a play in the history, of an entry on a shelf.
        list_key: Which personal list: Trakt's id of it.
        details: What else is said of a thing that is owned.
        wrong: Why the row cannot be taken; it says nothing else then.
        raw: The row as it stood there, for a row that somebody must look at.
    """

    part: Part
    place: str
    kind: str | None = None
    title: Title | None = None
    at: datetime | None = None
    how: How | None = None
    trakt_id: int | None = None
    action: str | None = None
    rating: int | None = None
    rank: int | None = None
    notes: str | None = None
    list_key: str | None = None
    details: Mapping[str, Any] = {}
    wrong: str | None = None
    raw: Mapping[str, str] = {}


class ToldList(Struct, frozen=True, kw_only=True):
    """A personal list: its own facts, without what stands on it."""

    key: str
    name: str
    trakt_id: int | None = None
    slug: str | None = None
    description: str | None = None
    privacy: str | None = None
    rank: int | None = None


class Whose(Struct, frozen=True, kw_only=True):
    """The Trakt user that a file is of, as far as it says."""

    username: str | None = None
    slug: str | None = None
    uuid: str | None = None


class Reader(ABC):
    """A file, open. What is known of it before its rows, and its rows, in the order in which they are to be taken.

    Attributes:
        kind: The format, as imports are told apart by.
        whose: The Trakt user; None: it does not say.
        as_of: When it was made; None: it does not say.
        unknown: Parts of which it says nothing for sure, each with the reason: absent, incomplete, failed.
        notes: Sentences for people about what is odd; complete when the rows have been read.
        total: How many rows there are, where that is known beforehand.
    """

    kind: str
    whose: Whose | None = None
    as_of: datetime | None = None
    total: int | None = None

    def __init__(self) -> None:
        self.unknown: dict[str, str] = {}
        self.notes: list[str] = []

    @abstractmethod
    def rows(self) -> Iterator[Told]:
        """Each thing that the file says."""

    def lists(self) -> list[ToldList]:
        """The personal lists that the file names."""
        return []

    def complete(self) -> frozenset[tuple[str, str]]:
        """The parts of which the file says everything, by kind of title; asked when its rows have been read."""
        return frozenset()

    @abstractmethod
    def close(self) -> None:
        """Let go of the file."""

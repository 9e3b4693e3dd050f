"""The parts of an export: each a declared table, and the rows that the store gives for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from watchprint.exporting.asked import PartName
from watchprint.exporting.parts.part import Part
from watchprint.exporting.parts.plays import PLAYS
from watchprint.exporting.parts.shelves import COLLECTION, FAVOURITES, LISTS, POSITIONS, RATINGS, WATCHLIST
from watchprint.exporting.parts.titles import TITLES

__all__ = ["ALL", "Part"]

ALL: Final[Mapping[PartName, Part]] = {
    "plays": PLAYS,
    "ratings": RATINGS,
    "watchlist": WATCHLIST,
    "collection": COLLECTION,
    "favourites": FAVOURITES,
    "lists": LISTS,
    "titles": TITLES,
    "positions": POSITIONS,
}

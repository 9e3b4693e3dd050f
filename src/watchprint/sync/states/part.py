"""What a part of an account is: which instants of Trakt's say that it has changed, and how it is read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from watchprint.store import Store
from watchprint.store.shelves.values import Difference
from watchprint.store.work import Work
from watchprint.trakt import AsyncTrakt


@dataclass(frozen=True, slots=True)
class Told(Difference):
    """What telling the store has changed, and how sure it is.

    Attributes:
        doubtful: Rows came without a title for the first time. Trakt has deleted it, or has answered badly: the part
            is to be read once more the next time, whether its fields move or not.
    """

    doubtful: bool = False


Keep: TypeAlias = Callable[[Work], Told]
"""Stores what was read. It asks Trakt nothing, and may be run again in another transaction."""


@dataclass(frozen=True)
class Part:
    """A part of an account that is read by itself.

    Args:
        name: For people: "ratings".
        fields: The fields of Trakt's last activities that move with it, dotted: "movies.rated_at".
        read: Reads all that it needs, and changes nothing. What it gives is run inside the transaction that also
            keeps those fields; the difference is by titles (lists: by list, then by title).
        cursors: The account's cursors by which it is spared reading what is here already.
    """

    name: str
    fields: frozenset[str]
    read: Callable[[AsyncTrakt, Store, int], Awaitable[Keep]]
    cursors: tuple[str, ...] = ()

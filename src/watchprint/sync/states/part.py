"""What a part of an account is: which instants of Trakt's say that it has changed, and how it is read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from watchprint.store import Store
from watchprint.store.shelves.values import Difference
from watchprint.store.work import Work
from watchprint.trakt import AsyncTrakt

Keep: TypeAlias = Callable[[Work], Difference]
"""Stores what was read. It asks Trakt nothing, and may be run again in another transaction."""


@dataclass(frozen=True)
class Part:
    """A part of an account that is read by itself.

    Args:
        name: For people: "ratings".
        fields: The fields of Trakt's last activities that move with it, dotted: "movies.rated_at".
        read: Reads all that it needs, and changes nothing. What it gives is run inside the transaction that also
            keeps those fields; the difference is by titles (lists: by list, then by title).
    """

    name: str
    fields: frozenset[str]
    read: Callable[[AsyncTrakt, Store, int], Awaitable[Keep]]

"""A media server's library as its answers tell of it, whichever server it is. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from watchprint.domain.title import Title

Kind: TypeAlias = Literal["movie", "show", "episode"]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a library: the server's own id of it, and the title."""

    key: str
    title: Title


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a library.

    Attributes:
        size: How many rows the answer had, whether they can be read or not.
        total: How many there are in all; None: the server does not say.
    """

    rows: tuple[Row, ...]
    size: int
    total: int | None

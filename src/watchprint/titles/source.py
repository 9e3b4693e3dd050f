"""What a source of facts is: it is asked of titles, and tells step by step what it knows. Values and the seam only."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from watchprint.domain.title import Kind, Title
from watchprint.store.titles.titles import KeptTitle

Known = Callable[[Sequence[Title]], Awaitable[list[int | None]]]
"""Which of our titles each row is of; None: none of them."""
Says = Mapping[Kind, tuple[str, ...]]
"""By kind of title, the facts that a source is asked for. `released_on` stands for the day or the instant."""

_MOVIE: Final = ("name", "year", "runtime_min", "genres", "country", "certification", "released_on")
_SHOW: Final = ("name", "year", "runtime_min", "genres", "network", "certification", "released_on")
_EPISODE: Final = ("name", "runtime_min", "released_on")
LIBRARY_SAYS: Final[Says] = {"movie": _MOVIE, "show": _SHOW, "episode": _EPISODE}
TMDB_SAYS: Final[Says] = {
    "movie": (*_MOVIE, "language"),
    "show": (*_SHOW, "country", "language"),
    "episode": _EPISODE,
}
TVMAZE_SAYS: Final[Says] = {
    "show": ("name", "year", "runtime_min", "genres", "country", "language", "network", "released_on"),
    "episode": (*_EPISODE, "first_aired_at"),
}
SAYS: Final[Mapping[str, Says]] = {
    "plex": LIBRARY_SAYS,
    "jellyfin": LIBRARY_SAYS,
    "emby": LIBRARY_SAYS,
    "tmdb": TMDB_SAYS,
    "tvmaze": TVMAZE_SAYS,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a source is asked of.

    Attributes:
        titles: Those that lack something, the most watched first.
        shows: The shows of the episodes among them, by number.
    """

    titles: Sequence[KeptTitle]
    shows: Mapping[int, KeptTitle]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one step of asking gave.

    Attributes:
        told: What the source says, by the number of the title.
        not_known: The titles of which it knows nothing.
        without_id: The titles that it could not be asked of, since none of their ids is one it knows.
        failed: The titles of which it gave no usable answer, and why.
        done, total: How far the asking is; None: that is not known.
    """

    told: Mapping[int, Title] = field(default_factory=dict)
    not_known: Sequence[int] = ()
    without_id: Sequence[int] = ()
    failed: Mapping[int, str] = field(default_factory=dict)
    done: int = 0
    total: int | None = None


class Source(Protocol):
    """A source of facts.

    Attributes:
        name: As titles keep it beside each field: plex, jellyfin, emby, tmdb or tvmaze.
        says: What it is asked for.
    """

    name: str
    says: Says

    @property
    def requests(self) -> int:
        """How many requests were sent."""
        ...

    def ask(self, wanted: Wanted, known: Known) -> AsyncGenerator[Step]:
        """Ask, and tell what came of it.

        Raises:
            SourceError: Nothing more can be asked; what was told before holds.
        """
        ...

    async def aclose(self) -> None:
        """Let go of the connections."""
        ...


def named(kept: KeptTitle) -> dict[str, str]:
    """One id a scheme of a title."""
    return {scheme: values[0] for scheme, values in kept.ids.items() if values}

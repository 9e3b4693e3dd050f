"""A finished viewing: where it stands with Trakt, and when two reports are of the same one.

Pure. One viewing reported by several doors is one play with several sources: the same title, times within the
runtime (at least ten minutes), at most one source of each kind, nearest first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, TypeVar

PlayState = Literal["none", "owed", "sending", "unsure", "there", "too_soon", "refused", "removed"]
"""none: Trakt is not to have it · owed: it waits to be sent · sending: a request is out · unsure: it left and no
answer came, so that it is looked up before anything is sent again · there: Trakt has it under a history id ·
too_soon: Trakt takes no second play of the title yet · refused: Trakt said no · removed: it was there and is not."""
PlayKind = Literal["movie", "episode"]

MOVES: Final[Mapping[PlayState, frozenset[PlayState]]] = {
    "none": frozenset({"owed", "there"}),
    "owed": frozenset({"none", "sending", "there"}),
    "sending": frozenset({"owed", "unsure", "there", "too_soon", "refused"}),
    "unsure": frozenset({"owed", "there", "too_soon", "refused"}),
    "too_soon": frozenset({"owed", "none", "there"}),
    "refused": frozenset({"owed", "none", "there"}),
    "there": frozenset({"removed", "unsure"}),
    "removed": frozenset({"there"}),
}
"""Which state may follow which. Only what was there can become removed; nothing is sent again out of `unsure`
without passing through a look-up, which leads to `there` or back to `owed`."""

OPEN_TO_TRAKT: Final[frozenset[PlayState]] = frozenset({"none", "owed", "sending", "unsure", "refused"})
"""The states in which a play may turn out to be a row of Trakt's history. A `too_soon` play is a second viewing
whose first one Trakt has, so that a row nearby is that first one."""

LEAST_WINDOW_MIN: Final = 10
TRAKT: Final = "trakt"

A = TypeVar("A")
P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Source:
    """One arrival of a play: through which door (trakt, session, import, key, …) and what that door calls it."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something was watched. Coordinates in degrees."""

    name: str | None = None
    kind: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    venue_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A play as one door reports it.

    Args:
        title_id: Our id of what was watched; None where the row does not say.
        kind: movie or episode; None: the title's.
        watched_at: The END of the viewing; None: the day is unknown.
        sources: What the door calls it; at least one, or a `trakt_id`.
        trakt_id: The id of the row in Trakt's history, where there is one: the play is then `there`.
        state: Where a play that is new stands with Trakt; `trakt_id` overrules it.
        finished_at: When we saw it end, by our clock.
        action: scrobble, checkin or watch.
    """

    title_id: int | None
    watched_at: datetime | None
    sources: tuple[Source, ...] = ()
    trakt_id: int | None = None
    state: PlayState = "none"
    finished_at: datetime | None = None
    action: str | None = None
    place: Place | None = None
    kind: PlayKind | None = None
    _doors: tuple[Source, ...] | None = field(default=None, init=False, repr=False, compare=False)

    def doors(self) -> tuple[Source, ...]:
        """All its sources, Trakt's history row among them."""
        if self._doors is None:
            trakts = () if self.trakt_id is None else (Source(TRAKT, str(self.trakt_id)),)
            object.__setattr__(self, "_doors", (*self.sources, *trakts))  # asked for again and again
            assert self._doors is not None
        return self._doors


def window_min(*runtimes_min: int | None) -> int:
    """How far apart two reports of one viewing may be [min]: the first known runtime, at least ten minutes."""
    known = next((runtime for runtime in runtimes_min if runtime), 0)
    return max(known, LEAST_WINDOW_MIN)


def paired(
    arrivals: Sequence[tuple[A, int | None]], plays: Sequence[tuple[P, int | None]], apart_min: int
) -> dict[int, int]:
    """Which arrival is which play, one to one, nearest first; places in the two lists.

    Args:
        arrivals, plays: Of one title, each with its minute (None: undated). Their order decides between pairs that
            are equally near.
        apart_min: How far apart they may be [min]. An undated arrival is an undated play only.
    """
    near = [
        (apart, a, p)
        for a, (_, arrived) in enumerate(arrivals)
        for p, (_, played) in enumerate(plays)
        if (apart := _apart(arrived, played)) is not None and apart <= apart_min
    ]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, a, p in sorted(near):
        if a not in found and p not in taken:
            found[a] = p
            taken.add(p)
    return found


def _apart(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return 0 if one is other else None
    return abs(one - other)

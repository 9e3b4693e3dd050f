"""A user's history by title, made once a revision and kept with what other readings add to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar, overload

from watchprint.sandbox.catalogue.catalogue import Catalogue
from watchprint.sandbox.kernel import World
from watchprint.sandbox.state import Play, User

T = TypeVar("T")
MOST = 200
"""How much the world remembers before it forgets all: a sandbox of many users stays small."""


@dataclass(slots=True)
class Viewed:
    """Plays by kind and title, newest first; the titles too, by their newest play.

    A play of a title that the catalogue lacks counts as a play and stands under no show.
    """

    user: User
    catalogue: Catalogue
    revision: int
    movies: list[Play] = field(default_factory=list)
    episodes: list[Play] = field(default_factory=list)
    by_movie: dict[int, list[Play]] = field(default_factory=dict)
    by_episode: dict[int, list[Play]] = field(default_factory=dict)
    by_show: dict[int, list[Play]] = field(default_factory=dict)
    kept: dict[Any, Any] = field(default_factory=dict)

    def keep(self, key: Any, make: Callable[[], T]) -> T:
        """What `make` gives, computed once for this revision."""
        if key not in self.kept:
            self.kept[key] = make()
        made: T = self.kept[key]
        return made


def viewed(user: User, world: World) -> Viewed:
    """The user's history by title; never stale, since every change moves the revision."""
    key = f"viewed:{user.slug}"
    known = world.memo.get(key)
    if (
        isinstance(known, Viewed)
        and known.user is user
        and known.catalogue is world.catalogue
        and known.revision == user.revision
    ):
        return known
    if len(world.memo) >= MOST:
        world.memo.clear()
    made = world.memo[key] = _index(user, world.catalogue)
    return made


def _index(user: User, catalogue: Catalogue) -> Viewed:
    made = Viewed(user, catalogue, user.revision)
    known, shows = catalogue.episodes, made.by_show
    for play in user.history:
        trakt = play.trakt
        if play.type == "movie":
            made.movies.append(play)
            made.by_movie.setdefault(trakt, []).append(play)
        else:
            made.episodes.append(play)
            made.by_episode.setdefault(trakt, []).append(play)
            episode = known.get(trakt)
            if episode is not None:
                shows.setdefault(episode.season.show.trakt, []).append(play)
    return made


def within(plays: Sequence[Play], since: datetime | None, until: datetime | None) -> Sequence[Play]:
    """The plays (newest first) from `since` to `until`, both inclusive."""
    first, last = 0, len(plays)
    if until is not None:
        first = _older(plays, until, inclusive=True)
    if since is not None:
        last = _older(plays, since, inclusive=False)
    return plays if (first, last) == (0, len(plays)) else Stretch(plays, first, last)


class Stretch(Sequence[Play]):
    """Plays from one place to another of a long list, without copying them."""

    def __init__(self, plays: Sequence[Play], first: int, last: int) -> None:
        self._plays, self._first, self._last = plays, first, max(first, last)

    def __len__(self) -> int:
        return self._last - self._first

    @overload
    def __getitem__(self, place: int) -> Play: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Play]: ...
    def __getitem__(self, place: int | slice) -> Play | Sequence[Play]:
        if isinstance(place, slice):
            return [self._plays[self._first + n] for n in range(*place.indices(len(self)))]
        return self._plays[range(self._first, self._last)[place]]


def _older(plays: Sequence[Play], bound: datetime, *, inclusive: bool) -> int:
    """Where the plays begin that are older than the bound (or as old, if inclusive)."""
    low, high = 0, len(plays)
    while low < high:
        middle = (low + high) // 2
        at = plays[middle].watched_at
        if at < bound or (inclusive and at == bound):
            high = middle
        else:
            low = middle + 1
    return low

"""What Trakt's map of plays and our plays have in common and what not, and what may be removed. Pure.

Plays are compared as a multiset of (title, minute), in Trakt's own numbers; our side carries the ids of history rows.
What the map has and we have not must be read. What we have and the map has not must be read too: **absence in a map
removes nothing by itself**. Only a play whose title was read from the history, where its row was not, is gone; if a
new row stands at the same title and minute, Trakt has made the row anew and the play takes its id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias

from watchprint.store.plays.values import AtTrakt

Point: TypeAlias = tuple[int | None, int | None]
"""A title by its Trakt id (None: not known), and a minute since 1970 (None: undated)."""
Tally: TypeAlias = Counter[Point]

MOST_GONE_SHARE: Final = 0.1
"""If more of the account than this would go, a whole walk decides."""
MOST_QUIRKS: Final = 1000


class Row(NamedTuple):
    """A row of Trakt's history, by its numbers."""

    trakt_id: int
    title: int | None
    minute: int | None


class Quirks(NamedTuple):
    """What a map says otherwise than the history, though both are right in their way: rows of deleted titles.

    Attributes:
        extra: The map has it, the history's rows do not.
        missing: The history has it, the map has not.
    """

    extra: Tally
    missing: Tally

    def taken_out_of(self, theirs: Tally) -> Tally:
        """The map as the history would draw it."""
        return theirs - self.extra + self.missing


NO_QUIRKS: Final = Quirks(Counter(), Counter())


class Difference(NamedTuple):
    """What one side has and the other has not."""

    extra: Tally
    missing: Tally

    def __bool__(self) -> bool:
        return bool(self.extra or self.missing)

    @property
    def points(self) -> frozenset[Point]:
        """The titles and minutes at which they differ."""
        return frozenset(self.extra) | frozenset(self.missing)


@dataclass(slots=True)
class Comparison:
    """Our plays of a kind beside Trakt's map of them, and what the history has said of the differences since.

    Args:
        theirs: Trakt's map.
        ours: Our plays that Trakt has (or had), as they were before anything was read.

    Attributes:
        rows: Rows that we have not, or have otherwise, by history id.
        renewed: Old history ids to new ones.
        gone: Plays that Trakt has no more.
    """

    theirs: Tally
    ours: dict[int, AtTrakt]
    rows: dict[int, Row] = field(default_factory=dict)
    renewed: dict[int, int] = field(default_factory=dict)
    gone: list[AtTrakt] = field(default_factory=list)
    _tally: Tally = field(init=False)
    _seen: set[int] = field(default_factory=set)
    _new: dict[Point, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._tally = Counter((each.title, each.minute) for each in self.ours.values())

    @property
    def count(self) -> int:
        """How many plays we have, with what was read taken in."""
        return len(self.ours)

    def difference(self) -> Difference:
        """How the two sides differ now."""
        return Difference(self.theirs - self._tally, self._tally - self.theirs)

    def take(self, rows: Iterable[Row], covers: Callable[[Point], bool]) -> None:
        """Take in rows of the history.

        Args:
            rows: All that a reading gave.
            covers: Whether everything at a point would have been among them.
        """
        for row in rows:
            self._seen.add(row.trakt_id)
            self._take(row)
        missing = {point: n for point, n in (self._tally - self.theirs).items() if covers(point)}
        if missing:
            self._drop(missing)

    def _take(self, row: Row) -> None:
        known = self.ours.get(row.trakt_id)
        if known is None:
            self._new.setdefault((row.title, row.minute), []).append(row.trakt_id)
            known = AtTrakt("", row.title, row.minute, row.trakt_id)
        else:
            title = known.title if row.title is None else row.title
            if (title, row.minute) == (known.title, known.minute):
                return
            self._less((known.title, known.minute))
            known = known._replace(title=title, minute=row.minute)
        self.ours[row.trakt_id] = known
        self._tally[known.title, known.minute] += 1
        self.rows[row.trakt_id] = row

    def _drop(self, missing: dict[Point, int]) -> None:
        """Of the plays at these points, those go that the readings, which cover them, have not shown."""
        unseen: dict[Point, list[AtTrakt]] = {}
        for each in self.ours.values():
            if (each.title, each.minute) in missing and each.trakt_id not in self._seen:
                unseen.setdefault((each.title, each.minute), []).append(each)
        for point, there in unseen.items():
            for each in there[: missing[point]]:
                del self.ours[each.trakt_id]
                self._less(point)
                if newcomers := self._new.get(point):
                    self.renewed[each.trakt_id] = newcomers.pop()
                else:
                    self.gone.append(each)

    def _less(self, point: Point) -> None:
        self._tally[point] -= 1
        if not self._tally[point]:
            del self._tally[point]


def agrees(theirs: Tally, count: int | None) -> bool:
    """The map has as many plays as Trakt counts (None: it does not say)."""
    return count is None or theirs.total() == count


def too_many(missing: Tally, held: int) -> bool:
    """So much would go that a map is not believed."""
    return missing.total() > held * MOST_GONE_SHARE


def quirks_of(left: Difference) -> Quirks | None:
    """What a map has otherwise than a history that was walked whole; None: too much to be remembered."""
    if left.extra.total() + left.missing.total() > MOST_QUIRKS:
        return None
    return Quirks(left.extra, left.missing)


def replaced(unseen: Sequence[AtTrakt], newcomers: Iterable[AtTrakt]) -> tuple[dict[int, int], list[AtTrakt]]:
    """Of plays that a whole walk has not shown: which have a new row (old id to new id), and which are gone.

    Args:
        unseen: Plays that were there before the walk, and whose rows it has not met.
        newcomers: Plays that the walk has added.
    """
    waiting: dict[Point, list[int]] = {}
    for each in newcomers:
        waiting.setdefault((each.title, each.minute), []).append(each.trakt_id)
    renewed: dict[int, int] = {}
    gone: list[AtTrakt] = []
    for each in unseen:
        new = waiting.get((each.title, each.minute))
        if each.title is not None and new:
            renewed[each.trakt_id] = new.pop()
        else:
            gone.append(each)
    return renewed, gone

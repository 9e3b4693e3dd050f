"""Plays of a file into the store, some at a time.

A row of Trakt's history is known by its id. In a local account it is as Trakt has it; in a linked one only what the
copy has not is added, as a play that Trakt does not have. Any other row is known by the file and its place in it, and
is the play of its title and minute that is there already, if one is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from watchprint.domain.play import TRAKT, Arrival, PlayKind, Source
from watchprint.exchange.reading.told import Told
from watchprint.importing.problems import problem_of
from watchprint.importing.report import Problem, Standing, Tally
from watchprint.importing.resolving import Meant, Resolver
from watchprint.store import Work
from watchprint.store.imports.meeting import Spot
from watchprint.store.plays.values import Arrived

GROUP: Final = 2000
LARGEST_GROUP: Final = 3 * GROUP
PAUSE: Final = timedelta(hours=12)
DOOR: Final = "import"
_BECAME: Final[dict[str, Standing]] = {
    "added": "added", "attached": "there", "known": "there", "changed": "edited", "revived": "added",
    "removed": "skipped",
}  # fmt: skip
_WATCHABLE: Final[dict[str, PlayKind]] = {"movie": "movie", "episode": "episode"}


class PlayTaker:
    """Takes the plays of one file.

    Args:
        prefix: What tells the file's rows from those of others.
        linked: The account is linked to Trakt, which has the last word.
        only_add: Plays that are known stay as they are.
    """

    def __init__(
        self, work: Work, account_id: int, tally: Tally, resolver: Resolver, *, prefix: str, linked: bool,
        only_add: bool, import_id: int,
    ) -> None:  # fmt: skip
        self._work, self._account_id, self._tally, self._resolver = work, account_id, tally, resolver
        self._prefix, self._linked, self._only_add = prefix, linked, only_add
        self._import_id = import_id
        self.told_ids: set[int] = set()
        self.untitled = 0
        self.stays_removed = 0

    def take(self, group: Sequence[Told]) -> None:
        """Take some plays."""
        rows = [row for row in group if self._can_be(row)]
        meant = self._meant(rows)
        self.told_ids.update(row.trakt_id for row in group if row.trakt_id is not None)
        arrivals: list[tuple[Told, Arrival]] = []
        for row, what in zip(rows, meant, strict=True):
            if isinstance(what, Problem):
                self._tally.trouble(what)
            elif what is not None and what.kind not in _WATCHABLE:
                why = f"a {what.kind} is not one viewing: name the episodes that were watched"
                self._tally.trouble(problem_of(row, "unresolved", why))
            else:
                arrivals.append((row, self._arrival(row, what)))
        self._arrive(self._as_there(arrivals))

    def removed(self) -> int:
        """Remove what Trakt had and the file, which says all of it, has not; how many plays."""
        gone = self._work.meeting.gone(self._account_id, self.told_ids)
        removed = self._work.plays.remove(self._account_id, gone)
        before = self._work.imports.touched(self._account_id, "play").difference(removed)
        also = [row.key for row in self._work.meeting.gone_rows(self._account_id, "play", before)]
        self._work.imports.hold_gone(self._import_id, "play", also)
        return len(removed)

    def _can_be(self, row: Told) -> bool:
        why = row.wrong
        if why is None and row.title is None and row.trakt_id is None:
            why = "the row names nothing that was watched"
        if why is not None:
            self._tally.trouble(problem_of(row, "unresolved", why))
        return why is None

    def _meant(self, rows: Sequence[Told]) -> list[Meant | Problem | None]:
        """What each row means; None: Trakt has deleted its title, and the play is kept without."""
        with_title = [row for row in rows if _names(row)]
        found = iter(self._resolver.resolve(with_title))
        return [next(found) if _names(row) else None for row in rows]

    def _arrival(self, row: Told, what: Meant | None) -> Arrival:
        kind = _WATCHABLE.get((what.kind if what is not None else row.kind) or "")
        title_id = None if what is None else what.title_id
        self.untitled += what is None
        if row.trakt_id is None:
            sources = (Source(DOOR, f"{self._prefix}{row.place}"),)
            return Arrival(title_id=title_id, kind=kind, watched_at=row.at, action=row.action, sources=sources)
        if self._linked:
            sources = (Source(TRAKT, str(row.trakt_id)),)
            return Arrival(title_id=title_id, kind=kind, watched_at=row.at, action=row.action, sources=sources)
        return Arrival(title_id=title_id, kind=kind, watched_at=row.at, action=row.action, trakt_id=row.trakt_id)

    def _as_there(self, arrivals: list[tuple[Told, Arrival]]) -> list[tuple[Told, Arrival]]:
        """Rows that no id tells apart are the plays of their titles and minutes that other files have brought."""
        bare = [arrival for row, arrival in arrivals if row.trakt_id is None]
        spots = {spot for arrival in bare if (spot := _spot(arrival)) is not None}
        if not spots:
            return arrivals
        meeting, titles = self._work.meeting, {title_id for title_id, _ in spots}
        mine = meeting.known(self._account_id, titles, [arrival.sources[0] for arrival in bare])
        standing = meeting.doors(self._account_id, spots)
        free = {key: [doors for doors in each if not any(map(self._is_mine, doors))] for key, each in standing.items()}
        done = []
        for row, arrival in arrivals:
            spot = _spot(arrival) if row.trakt_id is None and arrival.sources[0] not in mine else None
            there = [] if spot is None else free.get(spot, [])
            doors = there.pop(0) if there else []
            done.append((row, replace(arrival, sources=(*arrival.sources, *doors[:1]))))
        return done

    def _is_mine(self, door: Source) -> bool:
        return door.kind == DOOR and door.key.startswith(self._prefix)

    def _arrive(self, arrivals: list[tuple[Told, Arrival]]) -> None:
        only_add = self._only_add
        became = self._work.plays.arrive(self._account_id, [arrival for _, arrival in arrivals], only_add=only_add)
        for (row, _), arrived in zip(arrivals, became, strict=True):
            self._tally.count("plays", self._standing(row, arrived))

    def _standing(self, row: Told, arrived: Arrived) -> Standing:
        self.stays_removed += arrived.outcome == "removed"
        if arrived.outcome == "changed" and (row.trakt_id is None or self._only_add):
            return "there"  # another report of it, and nothing of it is other
        return _BECAME[arrived.outcome]


def _spot(arrival: Arrival) -> Spot | None:
    """The title and the minute at which a play is met; None where it has no title."""
    if arrival.title_id is None:
        return None
    return arrival.title_id, None if arrival.watched_at is None else int(arrival.watched_at.timestamp() // 60)


def groups(rows: Iterable[Told]) -> Iterator[list[Told]]:
    """The plays some at a time, cut where nothing was watched for a while: two reports of one viewing stay together."""
    group: list[Told] = []
    for row in rows:
        if len(group) >= GROUP and (len(group) >= LARGEST_GROUP or _apart(group[-1], row)):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _apart(one: Told, other: Told) -> bool:
    return one.at is not None and other.at is not None and abs(one.at - other.at) >= PAUSE


def _names(row: Told) -> bool:
    return row.title is not None and bool(
        row.title.named() or row.title.show is not None or row.title.facts.name or row.trakt_id is None
    )

"""Which rows name the same title: decided in memory over the titles near a batch, with no database in sight.

Two titles are the same when a row names ids of both and nothing tells them apart: no scheme in which a title has one
id names two, and they do not stand at two places of their show. Trakt's own id decides where it is known: it finds
its title whatever else has changed, and corrects the title's other ids and place. An episode is also known by its
place. What cannot be told apart or joined stays as it is; nothing is merged on a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from watchprint.domain.title import SCHEMES, SINGLE, Title, agree

Key = tuple[str, str, str]
"""Kind, scheme, value."""
Spot = tuple[int, int, int | None]
"""Show, season, and the number of an episode (None: the season itself)."""


@dataclass(slots=True)
class Entry:
    """A title as the book has it."""

    id: int
    kind: str
    ids: dict[str, set[str]] = field(default_factory=dict)
    show_id: int | None = None
    season: int | None = None
    number: int | None = None

    def single(self) -> dict[str, str]:
        """Its ids in the schemes in which it has one."""
        return {scheme: next(iter(values)) for scheme, values in self.ids.items() if scheme in SINGLE and values}

    def spot(self) -> Spot | None:
        """Its place in its show, if it is known."""
        return spot(self.kind, self.show_id, self.season, self.number)


def spot(kind: str, show_id: int | None, season: int | None, number: int | None) -> Spot | None:
    """A place in a show, where all that makes one is there."""
    if show_id is None or season is None or (kind == "episode" and number is None):
        return None
    return (show_id, season, number if kind == "episode" else None)


class Book:
    """Titles by number, by id and by place.

    Args:
        new_id: Gives the number of a new title.
        children: Puts the seasons and episodes of a show into the book; asked before two shows are merged.
    """

    def __init__(self, new_id: Callable[[], int], children: Callable[[int], None]) -> None:
        self._new_id, self._load_children = new_id, children
        self.entries: dict[int, Entry] = {}
        self.owners: dict[Key, int] = {}
        self.spots: dict[tuple[str, Spot], int] = {}
        self.aliases: dict[int, int] = {}
        self._shows: dict[int, tuple[Title, int, int | None]] = {}
        self._version = 0

    def put(self, entry: Entry) -> None:
        """Let the book know a title that there is."""
        if entry.id in self.entries or entry.id in self.aliases:
            return
        self.entries[entry.id] = entry
        for scheme, values in entry.ids.items():
            for value in values:
                self.owners[entry.kind, scheme, value] = entry.id
        if (place := entry.spot()) is not None:
            self.spots[entry.kind, place] = entry.id

    def current(self, title_id: int) -> int:
        """The number that stands for the title now."""
        while title_id in self.aliases:
            title_id = self.aliases[title_id]
        return title_id

    def resolve(self, title: Title) -> int | None:
        """The title that a row names, new if there is none; None where the row names nothing."""
        show_id = None if title.show is None else self.show(title.show)
        ids = title.named()
        place = spot(title.kind, show_id, title.season, title.number)
        if not ids and place is None:
            return None
        found, sure = self._found(title.kind, ids, place)
        if found is None:
            found = Entry(self._new_id(), title.kind, show_id=show_id)
            self.entries[found.id] = found
            self._changed(found)
        elif found.show_id is None:
            found.show_id = show_id
        for scheme, value in ids.items():
            found = self._take(found, scheme, value, sure=sure)
        if place is not None:
            found = self._move(found, place, sure=sure)
        return found.id

    def show(self, title: Title) -> int | None:
        """The show of an episode; the same row again says nothing new while no show has changed."""
        known = self._shows.get(id(title))
        if known is None or known[1] != self._version:
            found = self.resolve(title)
            self._shows[id(title)] = known = (title, self._version, found)  # the row is held, so that its id stays its
        return known[2]

    def _found(self, kind: str, ids: dict[str, str], place: Spot | None) -> tuple[Entry | None, bool]:
        """The title, and whether Trakt's id found it."""
        if "trakt" in ids and (owner := self.owners.get((kind, "trakt", ids["trakt"]))) is not None:
            return self.entries[owner], True
        if place is not None and (there := self.spots.get((kind, place))) is not None:
            entry = self.entries[there]
            if "trakt" not in ids or not entry.ids.get("trakt"):
                return entry, False
        for scheme in SCHEMES:
            if scheme in ids and (owner := self.owners.get((kind, scheme, ids[scheme]))) is not None:
                entry = self.entries[owner]
                if agree(entry.single(), ids) and _meet(entry.spot(), place):
                    return entry, False
        return None, "trakt" in ids

    def _take(self, entry: Entry, scheme: str, value: str, *, sure: bool) -> Entry:
        """Give the title an id, unless another title keeps it; the title that both are, if they are one."""
        owner = self.owners.get((entry.kind, scheme, value))
        if owner == entry.id:
            return entry
        mine = entry.ids.get(scheme, set())
        replaced = set(mine) if scheme in SINGLE else set()
        if replaced and not sure:
            return entry
        if owner is not None:
            other = self.entries[owner]
            rest = {each: text for each, text in entry.single().items() if each != scheme}
            if not (agree(rest, other.single()) and _meet(entry.spot(), other.spot())):
                return entry
        for old in replaced:
            self._drop(entry, scheme, old)
        if owner is not None:
            return self.merge(entry.id, owner)
        entry.ids.setdefault(scheme, set()).add(value)
        self.owners[entry.kind, scheme, value] = entry.id
        self._changed(entry)
        return entry

    def _move(self, entry: Entry, place: Spot, *, sure: bool) -> Entry:
        """Let the title stand at this place, unless another keeps it there."""
        if entry.spot() == place or not (entry.spot() is None or sure):
            return entry
        there = self.spots.get((entry.kind, place))
        if there is not None:
            other = self.entries[there]
            if agree(entry.single(), other.single()):
                self._leave(entry)
                return self.merge(entry.id, other.id)
            if not sure:
                return entry
            self._leave(other)
        self._leave(entry)
        self._stand(entry, place)
        return entry

    def merge(self, one: int, other: int) -> Entry:
        """Make two titles one: the older number stays, the other is its alias."""
        winner, loser = self.entries[min(one, other)], self.entries[max(one, other)]
        if winner.kind == "show":
            for show in (winner, loser):
                self._load_children(show.id)
        self._changed(winner)
        place = winner.spot() or loser.spot()
        self._leave(loser)
        del self.entries[loser.id]
        self.aliases[loser.id] = winner.id
        for scheme, values in loser.ids.items():
            for value in values:
                winner.ids.setdefault(scheme, set()).add(value)
                self.owners[winner.kind, scheme, value] = winner.id
        if winner.show_id is None:
            winner.show_id = loser.show_id
        if place is not None and winner.spot() is None:
            self._stand(winner, place)
        for child in list(self._children(loser.id)):
            self._adopt(winner, child)
        return winner

    def _children(self, show_id: int) -> Iterator[Entry]:
        return (entry for entry in self.entries.values() if entry.show_id == show_id)

    def _adopt(self, show: Entry, child: Entry) -> None:
        """Move a season or an episode to the show that its own has become."""
        if child.id not in self.entries:
            return
        before = child.spot()
        self._leave(child)
        child.show_id = show.id
        if before is None:
            return
        place = (show.id, *before[1:])
        there = self.spots.get((child.kind, place))
        if there is None:
            self._stand(child, place)
        elif agree(child.single(), self.entries[there].single()):
            self.merge(child.id, there)

    def _drop(self, entry: Entry, scheme: str, value: str) -> None:
        self._changed(entry)
        entry.ids[scheme].discard(value)
        self.owners.pop((entry.kind, scheme, value), None)

    def _changed(self, entry: Entry) -> None:
        if entry.kind == "show":
            self._version += 1

    def _leave(self, entry: Entry) -> None:
        """The title stands nowhere; it stays with its show."""
        if (place := entry.spot()) is not None:
            self.spots.pop((entry.kind, place), None)
        entry.season = entry.number = None

    def _stand(self, entry: Entry, place: Spot) -> None:
        entry.show_id, entry.season, entry.number = place
        self.spots[entry.kind, place] = entry.id


def _meet(one: Spot | None, other: Spot | None) -> bool:
    """True where nothing says that they stand at two places."""
    return one is None or other is None or one == other

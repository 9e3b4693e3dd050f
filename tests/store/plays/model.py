"""How plays arrive, settle and go, the slow way: one list, looked through again for every question."""

from __future__ import annotations

from dataclasses import dataclass, field

OPEN = ("none", "owed", "sending", "unsure", "refused")


@dataclass(eq=False)
class Viewing:
    """A play of the model."""

    title: int | None
    minute: int | None
    state: str
    doors: set[tuple[str, str]] = field(default_factory=set)
    trakt_id: int | None = None
    finished: int | None = None
    gone: bool = False

    def seen(self) -> tuple[object, ...]:
        return self.title, self.minute, self.finished, self.state, self.trakt_id, frozenset(self.doors), self.gone


class Diary:
    """One account's plays, in the order in which they were made."""

    def __init__(self, windows: dict[int, int]) -> None:
        self.windows, self.viewings = windows, list[Viewing]()

    def with_door(self, door: tuple[str, str]) -> Viewing | None:
        return next((v for v in self.viewings if door in v.doors), None)

    def report(self, kind: str, rows: list[tuple[str, int | None, int | None]], state: str, only_add: bool) -> None:
        """Rows of one door: key, title, minute."""
        unknown: list[tuple[str, int | None, int | None]] = []
        for row in rows:
            known = self.with_door((kind, row[0]))
            if known is None:
                unknown.append(row)
            else:
                self.again(known, kind, row, only_add)
        twice = [row for n, row in enumerate(unknown) if row[0] in [key for key, _, _ in unknown[:n]]]
        unknown = [row for n, row in enumerate(unknown) if row[0] not in [key for key, _, _ in unknown[:n]]]
        there = list(self.viewings)
        pairs: list[tuple[int, Viewing]] = []
        while near := [
            (distance, n, m)
            for n, row in enumerate(unknown)
            for m, viewing in enumerate(there)
            if n not in [a for a, _ in pairs] and viewing not in [v for _, v in pairs]
            if (distance := self.distance(kind, row, viewing)) is not None
        ]:
            _, n, m = min(near)
            pairs.append((n, there[m]))
        for n, (key, title, minute) in enumerate(unknown):
            viewing = next((v for a, v in pairs if a == n), None)
            if viewing is None:
                viewing = Viewing(title, minute, "there" if kind == "trakt" else state)
                self.viewings.append(viewing)
            elif viewing.state == "none" and state == "owed" and kind != "trakt":
                viewing.state = "owed"
            viewing.doors.add((kind, key))
            if kind == "trakt":
                viewing.trakt_id, viewing.state, viewing.minute = int(key), "there", minute
            elif kind == "session" and viewing.finished is None:
                viewing.finished = minute
        for row in twice:
            known = self.with_door((kind, row[0]))
            assert known is not None
            self.again(known, kind, row, only_add)

    def again(self, known: Viewing, kind: str, row: tuple[str, int | None, int | None], only_add: bool) -> None:
        if kind == "trakt" and not only_add:
            known.title = known.title if row[1] is None else row[1]
            known.minute, known.state, known.gone = row[2], "there", False
        elif kind == "session" and not only_add and not known.gone and known.finished is None:
            known.finished = row[2]

    def distance(self, kind: str, row: tuple[str, int | None, int | None], viewing: Viewing) -> int | None:
        _, title, minute = row
        if title is None or viewing.title != title or viewing.gone or kind in [k for k, _ in viewing.doors]:
            return None
        if kind == "trakt" and viewing.state not in OPEN:
            return None
        if minute is None or viewing.minute is None:
            return 0 if minute is viewing.minute else None
        apart = abs(minute - viewing.minute)
        return apart if apart <= self.windows[title] else None

    def settle(self, ours: Viewing, trakt_id: int, minute: int | None) -> bool:
        """False where it cannot be."""
        if ours.gone or ours.trakt_id not in (None, trakt_id):
            return False
        door = ("trakt", str(trakt_id))
        other = self.with_door(door)
        if other is not None and other is not ours:
            other.doors.remove(door)
            other.trakt_id = None
            if not other.doors:
                ours.title, ours.minute = other.title, other.minute
                other.state, other.gone = "removed", True
            elif not other.gone:
                other.state = "unsure"
                other.minute = other.minute if other.finished is None else other.finished
        ours.doors.add(door)
        ours.trakt_id, ours.state = trakt_id, "there"
        if minute is not None:
            ours.minute = minute
        return True

    def remove(self, viewing: Viewing) -> None:
        if viewing.state == "there":
            viewing.state, viewing.gone = "removed", True

    def renew(self, old: int, new: int) -> None:
        viewing, taken = self.with_door(("trakt", str(old))), self.with_door(("trakt", str(new)))
        if viewing is not None and viewing.trakt_id == old and taken is None:
            viewing.doors.remove(("trakt", str(old)))
            viewing.doors.add(("trakt", str(new)))
            viewing.trakt_id = new
        elif viewing is not None and viewing.trakt_id == old and taken is not None and self.made_anew(viewing, taken):
            viewing.doors = (viewing.doors - {("trakt", str(old))}) | taken.doors
            viewing.trakt_id, taken.trakt_id = new, None
            taken.doors, taken.state, taken.gone = set(), "removed", True

    def made_anew(self, viewing: Viewing, taken: Viewing) -> bool:
        same = (viewing.title, viewing.minute) == (taken.title, taken.minute)
        only_trakt = {kind for kind, _ in taken.doors} == {"trakt"}
        return same and only_trakt and taken is not viewing and not viewing.gone and not taken.gone

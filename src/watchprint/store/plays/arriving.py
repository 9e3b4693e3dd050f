"""Plays arrive: each is found by its source, else it is another report of a play that is there, else it is new.

Trakt has the last word on the plays it has: their title, minute and action are brought up to date. Nothing here
removes a play.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from watchprint.domain.play import OPEN_TO_TRAKT, TRAKT, Arrival, Source, paired
from watchprint.store.plays.desk import Desk, Sheet
from watchprint.store.plays.values import Arrived, Outcome
from watchprint.store.schema.columns import MINUTE_US, minute_us, us


def arrive(desk: Desk, arrivals: Sequence[Arrival], *, only_add: bool) -> list[Arrived]:
    """What becomes of each arrival, in their order; written down when this returns.

    Args:
        only_add: Leave plays that are known as they are, and removed ones removed.
    """
    desk.by_sources(door for arrival in arrivals for door in arrival.doors())
    desk.by_trakt_ids(arrival.trakt_id for arrival in arrivals if arrival.trakt_id is not None)
    found: dict[int, Arrived] = {}
    groups: dict[frozenset[str], list[int]] = {}
    for n, arrival in enumerate(arrivals):
        if not arrival.doors():
            raise ValueError("an arrival says through which door it came")
        groups.setdefault(frozenset(door.kind for door in arrival.doors()), []).append(n)
    for kinds, places in groups.items():
        unknown = []
        for n in places:
            sheet = _known(desk, arrivals[n])
            if sheet is None:
                unknown.append(n)
            else:
                found[n] = Arrived(sheet.id, _again(desk, sheet, arrivals[n], only_add=only_add))
        found |= _matched(desk, arrivals, unknown, kinds, only_add=only_add)
    desk.keep()
    return [found[n] for n in range(len(arrivals))]


def _known(desk: Desk, arrival: Arrival) -> Sheet | None:
    """The play of one of its sources; Trakt's is asked first."""
    owners = [desk.owners[door] for door in reversed(arrival.doors()) if door in desk.owners]
    return desk.sheets[owners[0]] if owners else None


def _matched(
    desk: Desk, arrivals: Sequence[Arrival], places: list[int], kinds: frozenset[str], *, only_add: bool
) -> dict[int, Arrived]:
    """Arrivals of no known source: paired with plays of their titles, and added where there is none."""
    by_title: dict[int | None, list[int]] = {}
    seen: dict[Source, int] = {}
    twice: dict[int, int] = {}
    for n in places:
        first = min((seen.setdefault(door, n) for door in arrivals[n].doors()), default=n)
        if first != n:
            twice[n] = first
        else:
            by_title.setdefault(arrivals[n].title_id, []).append(n)
    named = [title for title in by_title if title is not None]
    desk.by_titles(named, OPEN_TO_TRAKT if TRAKT in kinds else None)
    playing = _playing(desk.sheets.values(), set(named), kinds)
    windows_min = desk.windows_min(title for title in playing if title is not None)
    same: dict[int, Sheet] = {}
    for title_id, mine in by_title.items():
        if title_id is not None and (there := playing.get(title_id)):
            reports = [(n, _minute(arrivals[n])) for n in mine]
            pairs = paired(reports, [(sheet, sheet.minute) for sheet in there], windows_min[title_id])
            same |= {mine[place]: there[which] for place, which in pairs.items()}
    found = {
        n: _attached(desk, same[n], arrivals[n]) if n in same else _added(desk, arrivals[n])
        for n in sorted(n for mine in by_title.values() for n in mine)
    }
    for n, first in twice.items():
        sheet = desk.sheets[found[first].play_id]
        found[n] = Arrived(sheet.id, _again(desk, sheet, arrivals[n], only_add=only_add))
    return found


def _playing(sheets: Iterable[Sheet], titles: set[int], kinds: frozenset[str]) -> dict[int | None, list[Sheet]]:
    """The plays that may be what arrives through these doors, by title, oldest first."""
    playing: dict[int | None, list[Sheet]] = {}
    for sheet in sorted(sheets, key=lambda each: each.id):
        open_to_it = sheet.values["removed_at"] is None and not sheet.kinds & kinds
        if TRAKT in kinds:
            open_to_it &= sheet.values["state"] in OPEN_TO_TRAKT
        if open_to_it and sheet.values["title_id"] in titles:
            playing.setdefault(sheet.values["title_id"], []).append(sheet)
    return playing


def _added(desk: Desk, arrival: Arrival) -> Arrived:
    place = None if arrival.place is None else asdict(arrival.place)
    finished_at = None if arrival.finished_at is None else us(arrival.finished_at)
    sheet = desk.add(
        kind=arrival.kind,
        title_id=arrival.title_id,
        watched_at=minute_us(arrival.watched_at),
        finished_at=finished_at,
        action=arrival.action,
        state=arrival.state if arrival.trakt_id is None else "there",
        trakt_id=arrival.trakt_id,
        place=place,
    )
    for door in arrival.doors():
        desk.attach(sheet, door)
    return Arrived(sheet.id, "added")


def _attached(desk: Desk, sheet: Sheet, arrival: Arrival) -> Arrived:
    desk.say(sheet)
    for door in arrival.doors():
        desk.attach(sheet, door)
    if arrival.trakt_id is not None:
        sheet.change(**_as_trakt_has_it(sheet, arrival))
    elif sheet.values["state"] == "none" and arrival.state == "owed":
        sheet.change(state="owed")
    _complete(sheet, arrival)
    return Arrived(sheet.id, "attached")


def _again(desk: Desk, sheet: Sheet, arrival: Arrival, *, only_add: bool) -> Outcome:
    """A play that is known by one of the arrival's sources."""
    removed = sheet.values["removed_at"] is not None
    if removed and (only_add or arrival.trakt_id is None):
        return "removed"
    desk.say(sheet)
    for door in arrival.doors():
        desk.confirm(door)
        if door not in desk.owners and (door.kind != TRAKT or sheet.values["trakt_id"] is None):
            desk.attach(sheet, door)
    changed = sheet.led
    if arrival.trakt_id is not None and sheet.values["trakt_id"] in (None, arrival.trakt_id) and not only_add:
        changed |= sheet.change(**_as_trakt_has_it(sheet, arrival))
    if not only_add:
        changed |= _complete(sheet, arrival)
    if removed:
        return "revived"
    return "changed" if changed else "known"


def _as_trakt_has_it(sheet: Sheet, arrival: Arrival) -> dict[str, Any]:
    title_id = sheet.values["title_id"] if arrival.title_id is None else arrival.title_id
    same = title_id == sheet.values["title_id"]
    return {
        "kind": arrival.kind or (sheet.values["kind"] if same else None),
        "title_id": title_id,
        "watched_at": minute_us(arrival.watched_at),
        "action": arrival.action or sheet.values["action"],
        "state": "there",
        "trakt_id": arrival.trakt_id,
        "removed_at": None,
    }


def _complete(sheet: Sheet, arrival: Arrival) -> bool:
    """What the play did not know of itself yet."""
    known = {
        "finished_at": None if arrival.finished_at is None else us(arrival.finished_at),
        "place": None if arrival.place is None else asdict(arrival.place),
        "action": arrival.action,
    }
    return sheet.change(**{n: v for n, v in known.items() if v is not None and sheet.values[n] is None})


def _minute(arrival: Arrival) -> int | None:
    at = minute_us(arrival.watched_at)
    return None if at is None else at // MINUTE_US

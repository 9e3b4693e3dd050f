"""Two rows that turn out to be one viewing become one; and a delivery's history id finds its play.

The row that is folded away stays for thirty days, marked with the play it has become.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from watchprint.domain.play import OPEN_TO_TRAKT, TRAKT, PlayState, Source
from watchprint.store.errors import WrongState
from watchprint.store.plays.desk import Desk, Sheet
from watchprint.store.plays.values import Settled
from watchprint.store.schema.columns import MINUTE_US, minute_us

_FURTHEST: Sequence[PlayState] = ("there", "sending", "unsure", "owed", "too_soon", "refused", "none")
"""Whose state the play has that two have become: the one's with whom Trakt has to do more."""


def fold(desk: Desk, gone: Sheet, into: Sheet) -> bool:
    """Let a row be the same play as another; False where both came through the same kind of door."""
    if gone.kinds & into.kinds:
        return False
    theirs = dict(gone.values)
    gone.change(trakt_id=None, state="removed", removed_at=desk.now, folded_into=into.id)
    for door in list(gone.doors):
        desk.attach(into, door)
    if theirs["trakt_id"] is not None:
        into.change(**{name: theirs[name] for name in ("kind", "title_id", "watched_at", "state", "trakt_id")})
        into.change(action=theirs["action"] or into.values["action"])
    elif _FURTHEST.index(theirs["state"]) < _FURTHEST.index(into.values["state"]):
        into.change(state=theirs["state"])
    for name in ("finished_at", "place", "action"):
        if into.values[name] is None:
            into.change(**{name: theirs[name]})
    return True


def settle(desk: Desk, play_id: str, trakt_id: int, watched_at: datetime | None, action: str | None) -> Settled:
    """A delivery is done: Trakt has the play under this id.

    A row that the copy has already made of that id is folded into the play. Where the id was taken for another
    viewing of ours, an answer is surer than nearness: the other one must be looked up again.
    """
    desk.by_ids([play_id])
    desk.by_trakt_ids([trakt_id])
    desk.by_sources([Source(TRAKT, str(trakt_id))])
    ours = desk.sheets.get(play_id)
    if ours is None or ours.values["removed_at"] is not None:
        raise WrongState(f"The play {play_id} is not there any more, so that it cannot be settled.")
    if ours.values["trakt_id"] not in (None, trakt_id):
        raise WrongState(f"The play {play_id} has another row of Trakt's history already.")
    door = Source(TRAKT, str(trakt_id))
    other = desk.sheets[desk.owners[door]] if door in desk.owners else None
    folded: tuple[str, ...] = ()
    unsure: str | None = None
    if other is not None and other is not ours:
        if other.kinds == {TRAKT} and fold(desk, other, ours):
            folded = (other.id,)
        else:
            unsure = _given_back(other)
    desk.attach(ours, door)
    ours.change(state="there", trakt_id=trakt_id)
    if watched_at is not None:
        ours.change(watched_at=minute_us(watched_at))
    if action is not None:
        ours.change(action=action)
    desk.keep()
    return Settled(ours.id, folded, unsure)


def _given_back(sheet: Sheet) -> str | None:
    """The play that had the history row goes back to the time at which we saw it end."""
    if sheet.values["removed_at"] is not None:
        sheet.change(trakt_id=None)
        return None
    finished_at = sheet.values["finished_at"]
    if finished_at is not None:
        sheet.change(watched_at=finished_at // MINUTE_US * MINUTE_US)
    sheet.change(state="unsure", trakt_id=None)
    return sheet.id


def renewed(desk: Desk, old: int, new: int) -> bool:
    """Trakt has replaced a row of its history by another of the same title and minute; False where it cannot be.

    A play that has come of nothing but the new row is folded into the one that had the old row.
    """
    desk.by_trakt_ids([old, new])
    desk.by_sources([Source(TRAKT, str(new))])
    found = {sheet.values["trakt_id"]: sheet for sheet in desk.sheets.values()}
    ours, newcomer = found.get(old), found.get(new)
    if ours is None:
        return False
    if newcomer is not None and not _made_anew(ours, newcomer):
        return False
    if Source(TRAKT, str(old)) in desk.owners:
        desk.detach(Source(TRAKT, str(old)))
    if newcomer is None:
        ours.change(trakt_id=new)
        desk.attach(ours, Source(TRAKT, str(new)))
    else:
        fold(desk, newcomer, ours)
    desk.keep()
    return True


def _made_anew(ours: Sheet, newcomer: Sheet) -> bool:
    """The newcomer has come of a row that stands in the place of ours, and of nothing else."""
    same = ("title_id", "watched_at", "removed_at")
    live = newcomer is not ours and ours.values["removed_at"] is None
    return live and newcomer.kinds == {TRAKT} and all(ours.values[n] == newcomer.values[n] for n in same)


def fold_reports(desk: Desk, title_id: int) -> list[str]:
    """Let plays of one title that are reports of one viewing be one, nearest first; the ids that are gone.

    For titles that were two when the plays arrived.
    """
    desk.by_titles([title_id])
    apart_min = desk.windows_min([title_id])[title_id]
    live = sorted((s for s in desk.sheets.values() if _of(s, title_id)), key=lambda sheet: sheet.id)
    near = sorted(
        (apart, n, m)
        for n, one in enumerate(live)
        for m, other in enumerate(live[n + 1 :], n + 1)
        if (apart := _apart_min(one, other)) is not None and apart <= apart_min
    )
    gone: list[str] = []
    for _, n, m in near:
        into, other = live[n], live[m]
        if other.values["state"] == "sending":
            into, other = other, into
        if {into.id, other.id}.isdisjoint(gone) and _may_be_one(into, other) and fold(desk, other, into):
            gone.append(other.id)
    desk.keep()
    return gone


def _of(sheet: Sheet, title_id: int) -> bool:
    return sheet.values["title_id"] == title_id and sheet.values["removed_at"] is None


def _may_be_one(one: Sheet, other: Sheet) -> bool:
    states = {one.values["state"], other.values["state"]}
    return states != {"sending"} and ("there" not in states or bool(states & OPEN_TO_TRAKT))


def _apart_min(one: Sheet, other: Sheet) -> int | None:
    if one.minute is None or other.minute is None:
        return 0 if one.minute is other.minute else None
    return abs(one.minute - other.minute)

"""What sending writes down: each step is one transaction, so that a process that dies can be told where it was.

Before a batch leaves, its plays are `sending` and noted as flying; after the answer they are what it says. Whatever is
found flying when sending begins again has left or not, nobody knows: it is `unsure`, and looked up first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

import msgspec
from msgspec import Struct

from watchprint.domain.play import PlayState
from watchprint.sending.deciding import UNKNOWN_AT
from watchprint.sending.errors import NothingToSend, SendingRefused
from watchprint.sending.report import LINKS, Outcome
from watchprint.sending.waiting import Waiting, waiting
from watchprint.store.errors import WrongState
from watchprint.store.plays.values import KeptPlay
from watchprint.store.work import Work
from watchprint.trakt.models.history import HistoryRow

CURSOR: Final = "sending"
MEANT: Final[tuple[PlayState, ...]] = ("none", "owed", "refused")
"""The states of plays that an import has and Trakt has not."""
_ALL: Final = 1_000_000


class Memo(Struct):
    """What is known of plays beside their states.

    Attributes:
        flying: They leave now, or have left.
        left_at: When the last request left whose outcome is not known.
        acknowledged: Trakt has said that it stored them; it does not show them yet, and they are never sent again.
        refused: What Trakt said against each.
    """

    flying: list[str] = []
    left_at: datetime | None = None
    acknowledged: list[str] = []
    refused: dict[str, str] = {}

    @classmethod
    def of(cls, work: Work, account_id: int) -> Memo:
        """The account's."""
        return msgspec.convert(work.cursors.get(account_id, CURSOR) or {}, cls)

    def keep(self, work: Work, account_id: int) -> None:
        """Write it down; where there is nothing to know, there is none."""
        said = msgspec.to_builtins(self)
        work.cursors.put(account_id, CURSOR, said if self.flying or self.acknowledged or self.refused else None)


def meant(work: Work, account_id: int, import_id: int) -> list[Waiting]:
    """The plays of an import that Trakt has not, the oldest first.

    Raises:
        SendingRefused: The account is local, or the import is another account's, or undone.
        UnknownRow: There is no such import.
    """
    account, what = work.accounts.get(account_id), work.imports.get(import_id)
    if what.account_id != account_id:
        raise SendingRefused(f"Import number {import_id} is not one of the account {account.name!r}.")
    if account.link is None:
        raise SendingRefused(f"The account {account.name!r} is not linked to Trakt. Run: watchprint login")
    if what.undone_at is not None:
        raise NothingToSend(f"Import number {import_id} was undone: it has no plays any more.")
    return with_titles(work, account_id, work.plays.of_import(account_id, import_id, MEANT))


def with_titles(work: Work, account_id: int, plays: Sequence[KeptPlay]) -> list[Waiting]:
    """The plays with their titles."""
    titles = work.titles.get_all({play.title_id for play in plays if play.title_id is not None})
    titles |= work.titles.get_all({title.show_id for title in titles.values() if title.show_id is not None})
    return waiting(plays, titles, Memo.of(work, account_id).refused)


@dataclass(frozen=True, slots=True)
class Around:
    """What of ours stands around some plays.

    Attributes:
        taken: History ids of plays that Trakt has.
        occupied: Minutes by title at which other plays of ours are, or may be, at Trakt.
    """

    taken: frozenset[int]
    occupied: Mapping[int, frozenset[datetime]]


def around(work: Work, account_id: int, plays: Collection[Waiting]) -> Around:
    """What of ours stands around these plays."""
    mine, titles = {each.id for each in plays}, {each.play.title_id for each in plays} - {None}
    there = work.plays.there(account_id, title_ids=[each for each in titles if each is not None])
    under_way = work.plays.in_state(account_id, ["sending", "unsure"], limit=_ALL)
    minutes: dict[int, set[datetime]] = {}
    for title_id, at in [(t.title_id, t.watched_at) for t in there] + [
        (play.title_id, play.watched_at) for play in under_way if play.id not in mine and play.title_id in titles
    ]:
        if title_id is not None and at is not None:
            minutes.setdefault(title_id, set()).add(at)
    return Around(frozenset(t.trakt_id for t in there), {title: frozenset(ats) for title, ats in minutes.items()})


def unsure(work: Work, account_id: int, import_id: int) -> tuple[list[Waiting], Memo]:
    """The plays that must be looked up before anything is sent; what was flying when a sender died is among them."""
    memo = Memo.of(work, account_id)
    if memo.flying:
        work.plays.move_all(account_id, memo.flying, "unsure", out_of=["sending"])
    known = work.plays.get_all(account_id, {*memo.flying, *memo.acknowledged})
    mine = {play.id: play for play in work.plays.of_import(account_id, import_id, ["unsure"])}
    open_ = {play.id: play for play in known.values() if play.state == "unsure"}
    memo.flying = sorted(each for each in memo.flying if each in open_)
    memo.acknowledged = sorted(each for each in memo.acknowledged if each in open_)
    memo.keep(work, account_id)
    both = open_ | mine
    return with_titles(work, account_id, [both[each] for each in sorted(both)]), memo


def begun(work: Work, account_id: int, plays: Sequence[Waiting]) -> tuple[list[Waiting], Around]:
    """The plays that leave now, and what stands around them; those that have gone another way meanwhile stay."""
    ids = [each.id for each in plays]
    work.plays.move_all(account_id, ids, "owed", out_of=["none"])
    leaving = set(work.plays.move_all(account_id, ids, "sending", out_of=["owed"]))
    memo = Memo.of(work, account_id)
    memo.flying, memo.left_at = sorted({*memo.flying, *leaving}), work.now
    memo.keep(work, account_id)
    mine = [each for each in plays if each.id in leaving]
    return mine, around(work, account_id, mine)


Where = Literal["none", "owed", "unsure", "refused"]


@dataclass(frozen=True, slots=True)
class Landing:
    """What becomes of plays that left.

    Attributes:
        found: The rows of the history that they are.
        to: Where others go.
        acknowledged: Of those that are unsure: Trakt has said that it stored them.
        refused: What it said against each that it does not take.
    """

    found: Mapping[str, HistoryRow]
    to: Mapping[str, Where]
    acknowledged: frozenset[str] = frozenset()
    refused: Mapping[str, str] = field(default_factory=dict)


def landed(work: Work, account_id: int, landing: Landing) -> int:
    """Write down what has become of plays; how many of those that were found are Trakt's now."""
    settled = sum(_settled(work, account_id, play_id, row) for play_id, row in landing.found.items())
    by_state: dict[Where, list[str]] = {}
    for play_id, state in landing.to.items():
        by_state.setdefault(state, []).append(play_id)
    for state, ids in by_state.items():
        if state == "none":
            work.plays.move_all(account_id, ids, "owed", out_of=["sending", "unsure"])
            work.plays.move_all(account_id, ids, "none", out_of=["owed"])
        elif state == "unsure":
            work.plays.move_all(account_id, ids, "unsure", out_of=["sending"])
        else:
            work.plays.move_all(account_id, ids, state, out_of=["sending", "unsure"])
    done = {*landing.found, *landing.to}
    memo = Memo.of(work, account_id)
    memo.flying = [each for each in memo.flying if each not in done]
    memo.acknowledged = sorted({*memo.acknowledged} - done | landing.acknowledged)
    memo.refused = {each: why for each, why in memo.refused.items() if each not in done} | dict(landing.refused)
    memo.keep(work, account_id)
    if landing.acknowledged or landing.found or "unsure" in by_state:
        work.accounts.due_at(account_id, work.now, only_sooner=True)
    return settled


def _settled(work: Work, account_id: int, play_id: str, row: HistoryRow) -> bool:
    """The row is the play; False where a sync has given it to another one meanwhile."""
    try:
        watched_at = None if row.watched_at == UNKNOWN_AT else row.watched_at
        work.plays.settle(account_id, play_id, row.id, watched_at=watched_at, action=row.action)
    except WrongState:
        return False
    return True


def stopped(work: Work, account_id: int, outcome: Outcome, reason: str | None) -> None:
    """Note how the account's link stands, where that is why sending stopped."""
    if outcome in LINKS:
        work.accounts.set_link_status(account_id, LINKS[outcome], reason)

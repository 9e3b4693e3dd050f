"""Which waiting plays Trakt has already, which would be there twice, and which are to be sent. Pure.

A row of the history is a waiting play where both are reports of one viewing (`domain.play.paired`): the same title,
within its runtime, one to one, nearest first. Of what is left nothing is sent where Trakt has a play of the title at
that minute, whosever it is; Trakt itself would store it twice. Plays of unknown date are counted: where Trakt has
two of a title and we have three, one is sent.

Source: trakt-api.md 11.5 and 20 (traps 3 and 4).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from watchprint.domain.play import paired
from watchprint.sending.waiting import Waiting
from watchprint.service.guarding.viewings import to_minute
from watchprint.service.titles.given import item_of
from watchprint.service.titles.matching import Alias, aliases
from watchprint.trakt.models.history import HistoryRow

UNKNOWN_AT: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""How Trakt dates a play of which nobody knows when it was."""
_MINUTE: Final = timedelta(minutes=1)


@dataclass(slots=True)
class Decision:
    """What becomes of each waiting play.

    Attributes:
        found: The rows of the history that are these plays, by play.
        doubled: Trakt has one at that minute already, or the batch names it twice.
        send: In the order in which they wait.
    """

    found: dict[str, HistoryRow] = field(default_factory=dict)
    doubled: list[Waiting] = field(default_factory=list)
    send: list[Waiting] = field(default_factory=list)


def decided(
    plays: Sequence[Waiting], rows: Iterable[HistoryRow], taken: Collection[int],
    occupied: Mapping[int, Collection[datetime]],
) -> Decision:  # fmt: skip
    """What becomes of the plays.

    Args:
        plays: All with an item.
        rows: The history around them, as far as it matters.
        taken: History ids of other plays of ours.
        occupied: Minutes by title at which other plays of ours are, or may be, in Trakt's history.
    """
    rows_of = _by_name(rows)
    result, used = Decision(), set(taken)
    by_title: defaultdict[int | None, list[Waiting]] = defaultdict(list)
    for play in plays:
        by_title[play.play.title_id].append(play)
    for title_id, mine in by_title.items():
        theirs = _rows_of(mine[0], rows_of)
        free = [row for row in theirs if row.id not in used]
        pairs = paired([(each, minute_of(each.play.watched_at)) for each in mine], _minutes(free), mine[0].window_min)
        for n, m in pairs.items():
            result.found[mine[n].id] = free[m]
            used.add(free[m].id)
        busy = {to_minute(row.watched_at) for row in theirs} | set(occupied.get(title_id or 0, ()))
        for each in mine:
            if each.id not in result.found:
                _send_or_not(each, busy, result)
    order = {each.id: n for n, each in enumerate(plays)}
    result.send.sort(key=lambda each: order[each.id])
    return result


def _send_or_not(each: Waiting, busy: set[datetime], result: Decision) -> None:
    at = each.play.watched_at
    if at is None:
        result.send.append(each)
    elif at in busy:
        result.doubled.append(each)
    else:
        busy.add(at)
        result.send.append(each)


def spans(plays: Iterable[Waiting]) -> list[tuple[datetime, datetime]]:
    """Between which minutes rows of the history may be these plays."""
    found = []
    for each in plays:
        at = each.play.watched_at
        near = timedelta(minutes=each.window_min)
        found.append((UNKNOWN_AT, UNKNOWN_AT) if at is None else (at - near, at + near))
    return found


def minute_of(at: datetime | None) -> int | None:
    """Minutes since 1970; None: undated."""
    return None if at is None else (at - UNKNOWN_AT) // _MINUTE


def _minutes(rows: Sequence[HistoryRow]) -> list[tuple[HistoryRow, int | None]]:
    return [(row, None if row.watched_at == UNKNOWN_AT else minute_of(row.watched_at)) for row in rows]


def _by_name(rows: Iterable[HistoryRow]) -> dict[Alias, list[HistoryRow]]:
    by_name: defaultdict[Alias, list[HistoryRow]] = defaultdict(list)
    for row in rows:
        item = item_of(row)
        for name in () if item is None else aliases(item):
            by_name[name].append(row)
    return by_name


def _rows_of(play: Waiting, rows_of: Mapping[Alias, list[HistoryRow]]) -> list[HistoryRow]:
    """The rows of the play's title, in the order of their ids."""
    assert play.item is not None, "only plays that can be sent are decided on"
    found = {row.id: row for name in aliases(play.item) for row in rows_of.get(name, ())}
    return [found[each] for each in sorted(found)]

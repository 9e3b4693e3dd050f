"""The random histories hold each kind of thing that goes wrong with dates, marks and titles, and hold it often.

A property test says nothing of what its examples never are. Here it is counted how many of them have each kind, so
that none can disappear unseen; a kind that is asked for on a time axis has to stand on one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.insights.histories import EDGES, MOST_MOMENTS, ZONES, history, question
from tests.insights.reference import Frame, Seen, bulk, counted, duplicates

MANY = 600
Example = tuple[list[Seen], Frame]


def examples() -> list[Example]:
    by = Random(5)
    return [(history(by, by.choice([0, 1, *range(4, MOST_MOMENTS + 1)])), question(by)[1]) for _ in range(MANY)]


@pytest.fixture(scope="module")
def drawn() -> list[Example]:
    return examples()


def dated(rows: list[Seen]) -> list[Seen]:
    return [row for row in rows if row.dated]


def walls(rows: list[Seen], frame: Frame) -> list[datetime]:
    return [frame.wall(row.at) for row in dated(rows)]


def offset(frame: Frame, at: datetime) -> timedelta:
    return frame.wall(at) - at.replace(tzinfo=None)


def near_a_change(rows: list[Seen], frame: Frame) -> bool:
    """A play within two hours of clocks that change."""
    two = timedelta(hours=2)
    return any(offset(frame, row.at - two) != offset(frame, row.at + two) for row in dated(rows))


def of_a_doubled_hour(rows: list[Seen], frame: Frame) -> bool:
    """A play in an hour that the clock on the wall shows twice, seen by its fold."""
    return any(
        row.at.astimezone(ZoneInfo(name)).fold == 1 for row in dated(rows) for began, name in frame.spans
        if began is None and len(frame.spans) == 1
    )  # fmt: skip


def over_a_year(rows: list[Seen], frame: Frame) -> bool:
    """A play whose year in the asked zone is not that of UTC, or not that of its own wall clock."""
    return any(len({row.at.year, frame.wall(row.at).year, frame.day(row.at).year}) > 1 for row in dated(rows))


def per(rows: list[Seen], key: Callable[[Seen], Any]) -> Counter[Any]:
    return Counter(key(row) for row in dated(rows))


def minute(row: Seen) -> datetime:
    at: datetime = row.at.replace(second=0)
    return at


def length_of_days(rows: list[Seen], frame: Frame) -> set[int]:
    days: Counter[date] = Counter()
    for row in dated(rows):
        days[frame.day(row.at)] += row.length or 0
    return set(days.values())


def apart(rows: list[Seen], seconds: int) -> bool:
    """Two plays of one title, the second ending so long after its runtime is over."""
    own = [row for row in dated(rows) if row.title is not None]
    return any(
        a.title == b.title and (b.at - a.at).total_seconds() == (b.length or 1) * 60 + seconds for a in own for b in own
    )


def follows(rows: list[Seen], gap_min: int) -> bool:
    """A play that begins so long after another has ended."""
    ends = {row.at for row in dated(rows)}
    return any(row.at - timedelta(minutes=(row.length or 0) + gap_min) in ends for row in dated(rows))


def counts(rows: list[Seen], frame: Frame) -> bool:
    return len(counted(rows, frame, axis=True, leaves=("duplicate", "bulk"))) >= 3


def about_the_end(rows: list[Seen], frame: Frame) -> bool:
    days = {frame.day(row.at) for row in dated(rows)}
    return frame.until_on is not None and {frame.until_on - timedelta(days=1), frame.until_on} <= days


def on_both_sides(rows: list[Seen], frame: Frame) -> bool:
    moved_at = frame.spans[-1][0]
    return moved_at is not None and len({row.at >= moved_at for row in dated(rows)}) == 2


def three_episodes(rows: list[Seen], frame: Frame) -> bool:
    episodes = {(row.show, row.title) for row in rows if row.show is not None}
    return any(n >= 3 for n in Counter(show for show, _ in episodes).values())


def day_after_day(rows: list[Seen], frame: Frame) -> bool:
    days = {frame.day(row.at) for row in dated(rows)}
    return any(day + timedelta(days=1) in days for day in days)


KINDS: dict[str, tuple[float, Callable[[list[Seen], Frame], bool]]] = {
    "nothing": (0.05, lambda rows, _: not rows),
    "one play": (0.02, lambda rows, _: len(rows) == 1),
    "twenty plays": (0.05, lambda rows, _: len(rows) >= 20),
    "something that counts on the time axis": (0.5, counts),
    "clocks that change": (0.1, near_a_change),
    "a doubled hour": (0.01, of_a_doubled_hour),
    "a leap day": (0.15, lambda rows, frame: any((at.month, at.day) == (2, 29) for at in walls(rows, frame))),
    "a year that ends elsewhere": (0.15, over_a_year),
    "somebody who moved": (0.2, lambda _, frame: len(frame.spans) == 2),
    "plays on both sides of a move": (0.08, on_both_sides),
    "the instant of a move": (0.01, lambda rows, frame: any(row.at == frame.spans[-1][0] for row in dated(rows))),
    "an unknown date": (0.2, lambda rows, _: any(row.at is None for row in rows)),
    "Trakt's unknown date": (0.2, lambda rows, _: any(row.at is not None and row.at.year == 1970 for row in rows)),
    "a duplicate": (0.3, lambda rows, _: bool(duplicates(rows))),
    "a duplicate by a minute": (0.05, lambda rows, _: apart(rows, -60)),
    "a second viewing at the end of the runtime": (0.05, lambda rows, _: apart(rows, 0)),
    "bulk": (0.2, lambda rows, frame: bool(bulk(rows, frame))),
    "three in a minute": (0.05, lambda rows, _: 3 in per(rows, minute).values()),
    "four in a minute": (0.05, lambda rows, _: 4 in per(rows, minute).values()),
    "a day of 24 hours": (0.05, lambda rows, frame: 1440 in length_of_days(rows, frame)),
    "a day of more": (0.1, lambda rows, frame: any(length > 1440 for length in length_of_days(rows, frame))),
    "an unknown runtime": (0.2, lambda rows, _: any(row.length is None and row.title is not None for row in rows)),
    "the show's runtime": (0.2, lambda rows, _: any(row.own_min is None and row.show_min is not None for row in rows)),
    "an own runtime beside the show's": (
        0.2,
        lambda rows, _: any(None not in (row.own_min, row.show_min) and row.own_min != row.show_min for row in rows),
    ),
    "many genres": (0.3, lambda rows, _: any(len(row.genres) > 1 for row in rows)),
    "no genre": (0.3, lambda rows, _: any(not row.genres and row.title is not None for row in rows)),
    "no title": (0.2, lambda rows, _: any(row.title is None for row in rows)),
    "the end of a sitting": (0.03, lambda rows, _: follows(rows, 45) or follows(rows, 46)),
    "the end of a binge": (0.03, lambda rows, _: follows(rows, 30) or follows(rows, 31)),
    "three episodes of a show": (
        0.1,
        lambda rows, _: any(
            n >= 3 for show, n in Counter(show for show, _ in {(row.show, row.title) for row in rows}).items() if show
        ),
    ),
    "days that follow each other": (
        0.3,
        lambda rows, frame: any(
            frame.day(row.at + timedelta(days=1)) in per(rows, lambda each: frame.day(each.at)) for row in dated(rows)
        ),
    ),
    "ids that are not in order of time": (
        0.3,
        lambda rows, _: [row.at for row in dated(rows)] != sorted(row.at for row in dated(rows)),
    ),
    "a period": (0.3, lambda _, frame: frame.bounded),
    "plays on the last day of a period, and on the next": (0.01, about_the_end),
    "as Trakt counts": (0.1, lambda _, frame: frame.as_trakt),
    "now": (0.2, lambda _, frame: frame.today is not None),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_comes_often(drawn: list[Example], kind: str) -> None:
    at_least, holds = KINDS[kind]
    share = sum(holds(rows, frame) for rows, frame in drawn) / MANY
    print(f"{kind}: {share:.0%}")
    assert share >= at_least


def test_each_zone_and_edge_is_met(drawn: list[Example]) -> None:
    assert {name for _, frame in drawn for _, name in frame.spans} == set(ZONES)
    met = {edge for rows, _ in drawn for edge in EDGES if any(row.at == edge for row in rows)}
    assert met == set(EDGES)


def test_a_seed_gives_the_same_again() -> None:
    assert examples()[:50] == examples()[:50]

"""Random histories and questions for property tests: small, and full of the moments at which dates go wrong.

Hypothesis draws no more than a seed and how much there is; what happens is drawn from the seed, so that each kind of
moment comes as often as it is meant to (test_histories.py holds it to that).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.insights.reference import Frame, Seen

EDGES = [
    datetime(2021, 10, 31, 0, 30, tzinfo=UTC),  # clocks go back in Berlin at 01:00 UTC
    datetime(2022, 3, 27, 1, 0, tzinfo=UTC),  # and forward
    datetime(2021, 11, 7, 6, 0, tzinfo=UTC),  # back in New York
    datetime(2022, 4, 2, 15, 0, tzinfo=UTC),  # half an hour back on Lord Howe
    datetime(2011, 12, 30, 10, 0, tzinfo=UTC),  # Samoa skips a day
    datetime(2020, 2, 29, 23, 0, tzinfo=UTC),
    datetime(2024, 2, 29, 11, 0, tzinfo=UTC),
    datetime(2020, 12, 31, 23, 30, tzinfo=UTC),
    datetime(2021, 1, 3, 23, 0, tzinfo=UTC),  # the last evening of ISO year 2020
    datetime(2022, 1, 1, 0, 0, tzinfo=UTC),
]
ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "America/Havana",
]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

LENGTHS = [1, 24, 45, 90, 720]
"""Minutes; two of the longest are a day to the minute, which is no more than a day."""
MOMENTS = ["alone", "alone", "again", "after", "after", "crowd", "full day", "days later", "undated"]
"""What may come next: a play at any time; the same title about its runtime later; another that begins about when the
next of a sitting or a binge must have begun; several in one minute; several on one day, of about 24 hours; one at the
same time on later days; a play of unknown date."""
MOST_MOMENTS = 12
seeds = st.integers(0, 2**64 - 1)


def catalogue(by: Random) -> list[Seen]:
    """Titles as rows without id and time: films and episodes, some without a runtime, with several genres or none."""
    made = []
    for number in range(by.randint(1, 3)):
        named: dict[str, Any] = {"kind": "movie", "title": f"m{number}", "name": f"Film {number}"}
        made.append(Seen(0, None, **named, own_min=by.choice([None, *LENGTHS]), **_facts(by)))
    for number in range(by.randint(1, 2)):
        facts = _facts(by) | {"show_min": by.choice([None, *LENGTHS]), "network": by.choice([None, "HBO", "BBC"])}
        for episode in range(by.randint(1, 5)):
            named = {"kind": "episode", "title": f"s{number}e{episode}", "show": f"s{number}"}
            named |= {"name": f"Show {number}|Episode {episode}", "own_min": by.choice([None, None, *LENGTHS])}
            made.append(Seen(0, None, **named, **facts))
    made.append(Seen(0, None, "movie", None))
    return made


def _facts(by: Random) -> dict[str, Any]:
    year = by.choice([None, by.randint(1985, 2024), by.randint(1985, 2024)])
    genres = tuple(by.sample(["drama", "comedy", "crime"], by.randint(0, 3)))
    return {"year": year, "genres": genres, "country": by.choice([None, "us", "de"]),
            "language": by.choice([None, "en", "ko"])}  # fmt: skip


def instant(by: Random) -> datetime:
    """At an edge, about it, or some days from it."""
    return by.choice(EDGES) + timedelta(minutes=by.choice([0, by.randint(-240, 240), by.randint(-4000, 4000)]))


@st.composite
def histories(draw: st.DrawFn) -> list[Seen]:
    """Up to some thirty plays in a dozen moments, which are those at which rules begin to hold or cease to."""
    by, moments = Random(draw(seeds)), draw(st.sampled_from([0, 1, *range(4, MOST_MOMENTS + 1)]))
    return history(by, moments)


def history(by: Random, moments: int) -> list[Seen]:
    """So many moments of somebody's."""
    titles = catalogue(by)
    last, at = by.choice(titles), instant(by)
    plays: list[tuple[Seen, datetime | None]] = []
    for _ in range(moments):
        if by.random() < 0.2:
            at = instant(by)
        came = _moment(by, titles, last, at)
        plays += came
        last, at = next(((of, then) for of, then in reversed(came) if then and then != EPOCH), (last, at))
    return [replace(of, id=number, at=then) for number, (of, then) in enumerate(plays, 1)]


def _moment(by: Random, titles: list[Seen], last: Seen, at: datetime) -> list[tuple[Seen, datetime | None]]:
    moment, of = by.choice(MOMENTS), by.choice(titles)

    def later(minutes: int) -> datetime:
        return at + timedelta(minutes=minutes)

    if moment == "alone":
        return [(of, instant(by))]
    if moment == "undated":
        return [(of, by.choice([None, EPOCH]))]
    if moment == "again":
        return [(last, later((last.length or 1) + by.choice([-1, 0, 1, 200])))]
    if moment == "after":
        return [(of, later((of.length or 0) + by.choice([0, 1, 30, 31, 45, 46])))]
    if moment == "crowd":
        when = later(by.choice([0, 7, 60]))
        return [(by.choice(titles), when + timedelta(seconds=by.choice([0, 0, 59]))) for _ in range(by.randint(3, 5))]
    if moment == "full day":
        longest = max(titles, key=lambda each: each.length or 0)
        more: list[tuple[Seen, datetime | None]] = [(of, later(1441))] * by.randint(0, 1)
        return [(longest, later(720)), (longest, later(1440)), *more]
    return [(of, later(1440 * n)) for n in range(1, by.randint(2, 4))]


@st.composite
def judgements(draw: st.DrawFn) -> list[tuple[datetime | None, int, str]]:
    """Up to 25 ratings: when, which, and of what."""
    by = Random(draw(seeds))
    kinds = ["movie", "show", "season", "episode"]
    return [
        (by.choice([None, EPOCH, *(instant(by) for _ in range(6))]), by.randint(1, 10), by.choice(kinds))
        for _ in range(draw(st.integers(0, 25)))
    ]


PERIODS = [
    *[("all", None, None)] * 6,
    ("2021", date(2021, 1, 1), date(2022, 1, 1)),
    ("2021-01-01..2022-12-31", date(2021, 1, 1), date(2023, 1, 1)),
    ("2020-02", date(2020, 2, 1), date(2020, 3, 1)),
    ("2021-10-31", date(2021, 10, 31), date(2021, 11, 1)),
    ("2020-12-31..2022-01-01", date(2020, 12, 31), date(2022, 1, 2)),
    ("2021-11-07..", date(2021, 11, 7), None),
    ("..2011-12-30", None, date(2011, 12, 31)),
]


@st.composite
def questions(draw: st.DrawFn) -> tuple[dict[str, Any], Frame]:
    """What is asked, and the same as the reference takes it."""
    return question(Random(draw(seeds)))


def question(by: Random) -> tuple[dict[str, Any], Frame]:
    """Any zone, or two; any start of the day and period; now, or the last play."""
    first = by.choice(ZONES)
    spans: tuple[tuple[datetime | None, str], ...] = ((None, first),)
    zone: Any = first
    if by.random() < 0.3:
        spans = (*spans, (by.choice(EDGES), by.choice(ZONES)))
        zone = list(reversed(spans))
    text, from_on, until_on = by.choice(PERIODS)
    start, start_min = by.choice([("04:00", 240), ("00:00", 0), ("02:30", 150), ("23:59", 1439)])
    as_trakt = by.random() < 0.2
    start_min = 0 if as_trakt else start_min
    now = by.choice([None, None, datetime(2022, 4, 10, 12, tzinfo=UTC)])
    bare = Frame(spans, start_min)
    today = bare.day(now) if now else None
    asked = {"zone": zone, "day_start": start, "period": text, "as_trakt_counts": as_trakt, "now": now}
    return asked, Frame(spans, start_min, from_on, until_on, as_trakt, today)


def trakt_rows(rows: list[Seen]) -> list[dict[str, Any]]:
    """The history in Trakt's own shape."""
    return [_trakt_row(row) for row in rows]


def _trakt_row(row: Seen) -> dict[str, Any]:
    made: dict[str, Any] = {"id": row.id, "watched_at": row.at, "action": "watch", "type": row.kind}
    facts = {"year": row.year, "genres": list(row.genres), "country": row.country, "language": row.language}
    names = row.name.split("|")
    if row.title is None:
        return {**made, row.kind: None}
    own = {"title": names[-1], "ids": {"slug": row.title}, "runtime": row.own_min}
    if row.kind == "movie":
        return {**made, "movie": {**own, **facts}}
    show = {"title": names[0], "ids": {"slug": row.show}, "runtime": row.show_min, "network": row.network, **facts}
    return {**made, "episode": {**own, "season": 1, "number": int(row.title[-1])}, "show": show}

"""Random histories and questions for property tests: small, and full of the moments at which dates go wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
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

_near_edges = st.builds(
    lambda edge, minutes: edge + timedelta(minutes=minutes),
    st.sampled_from(EDGES),
    st.one_of(st.integers(-240, 240), st.integers(-4000, 4000)),
)
instants = st.one_of(_near_edges, _near_edges, st.sampled_from(EDGES), st.sampled_from([None, EPOCH]))


@st.composite
def catalogues(draw: st.DrawFn) -> list[Seen]:
    """Titles as rows without id and time: films and episodes, some without a runtime, with several genres or none."""
    lengths = st.one_of(st.none(), st.sampled_from([1, 24, 45, 90, 700]))
    genres = st.lists(st.sampled_from(["drama", "comedy", "crime"]), max_size=3, unique=True).map(tuple)
    facts = st.tuples(st.one_of(st.none(), st.integers(1985, 2024)), genres, st.sampled_from([None, "us", "de"]))
    made = []
    for number in range(draw(st.integers(1, 3))):
        year, of, country = draw(facts)
        made.append(
            Seen(0, None, "movie", f"m{number}", None, f"Film {number}", year, draw(lengths), None, of, country)
        )
    for number in range(draw(st.integers(1, 2))):
        year, of, country = draw(facts)
        usual = draw(lengths)
        for episode in range(draw(st.integers(1, 3))):
            name = f"Show {number}|Episode {episode}"
            title, show = f"s{number}e{episode}", f"s{number}"
            own = draw(lengths)
            made.append(Seen(0, None, "episode", title, show, name, year, own, usual, of, country))
    made.append(Seen(0, None, "movie", None))
    return made


@st.composite
def histories(draw: st.DrawFn) -> list[Seen]:
    """Up to twenty plays, with repeats within minutes and several at one time."""
    titles = draw(catalogues())
    rows: list[Seen] = []
    for number in range(draw(st.integers(0, 20))):
        at = draw(instants)
        if rows and rows[-1].at is not None and rows[-1].dated and draw(st.booleans()):
            at = rows[-1].at + timedelta(
                minutes=draw(st.sampled_from([0, 0, 1, 23, 24, 45, 90, 200, 1440, 1440, 2880]))
            )
        of = draw(st.sampled_from(titles))
        made: dict[str, Any] = {**of.__dict__, "id": number + 1, "at": at}
        rows.append(Seen(**made))
    return rows


_periods = st.sampled_from(
    [
        ("all", None, None),
        ("all", None, None),
        ("2021", date(2021, 1, 1), date(2022, 1, 1)),
        ("2020-02", date(2020, 2, 1), date(2020, 3, 1)),
        ("2021-10-31", date(2021, 10, 31), date(2021, 11, 1)),
        ("2020-12-31..2022-01-01", date(2020, 12, 31), date(2022, 1, 2)),
        ("2021-11-07..", date(2021, 11, 7), None),
        ("..2011-12-30", None, date(2011, 12, 31)),
    ]
)


@st.composite
def questions(draw: st.DrawFn) -> tuple[dict[str, Any], Frame]:
    """What is asked, and the same as the reference takes it."""
    first = draw(st.sampled_from(ZONES))
    spans: tuple[tuple[datetime | None, str], ...] = ((None, first),)
    zone: Any = first
    if draw(st.integers(0, 3)) == 0:
        spans = (*spans, (draw(st.sampled_from(EDGES)), draw(st.sampled_from(ZONES))))
        zone = list(reversed(spans))
    text, from_on, until_on = draw(_periods)
    start, start_min = draw(st.sampled_from([("04:00", 240), ("00:00", 0), ("02:30", 150), ("23:59", 1439)]))
    as_trakt = draw(st.booleans())
    start_min = 0 if as_trakt else start_min
    now = draw(st.sampled_from([None, None, datetime(2022, 4, 10, 12, tzinfo=UTC)]))
    bare = Frame(spans, start_min)
    today = bare.day(now) if now else None
    asked = {"zone": zone, "day_start": start, "period": text, "as_trakt_counts": as_trakt, "now": now}
    return asked, Frame(spans, start_min, from_on, until_on, as_trakt, today)


def trakt_rows(rows: list[Seen]) -> list[dict[str, Any]]:
    """The history in Trakt's own shape."""
    return [_trakt_row(row) for row in rows]


def _trakt_row(row: Seen) -> dict[str, Any]:
    made: dict[str, Any] = {"id": row.id, "watched_at": row.at, "action": "watch", "type": row.kind}
    facts = {"year": row.year, "genres": list(row.genres), "country": row.country}
    names = row.name.split("|")
    if row.title is None:
        return {**made, row.kind: None}
    own = {"title": names[-1], "ids": {"slug": row.title}, "runtime": row.own_min}
    if row.kind == "movie":
        return {**made, "movie": {**own, **facts}}
    show = {"title": names[0], "ids": {"slug": row.show}, "runtime": row.show_min, **facts}
    return {**made, "episode": {**own, "season": 1, "number": int(row.title[-1])}, "show": show}

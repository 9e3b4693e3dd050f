"""Fleets of accounts: random small ones, full of the moments at which dates go wrong, and a few long histories."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import strategies as st

from tests.insights.histories import EDGES, ZONES, histories
from tests.insights.reference import Seen
from watchprint.insights import Answer, BadQuestion, PlayRow, RatingRow, TitleRow, prepared
from watchprint.insights.loading.reading import tables
from watchprint.insights.loading.tables import Tables

Spans = list[tuple[datetime | None, str]]
_EVER = (datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))
_INSTANT = pa.timestamp("us", tz="UTC")
_PLACES = [(None, None), ("Odeon", "cinema"), ("Sofa", "home"), (None, "travel")]
HOSTILE = "it's \\ a \"test\" -- 'x'"


@dataclass(frozen=True)
class Home:
    """Where an account lives, and when its days begin; said: whether the table of zones says so."""

    spans: Spans
    start_min: int
    said: bool = True

    @property
    def asked(self) -> dict[str, Any]:
        return {"zone": self.spans, "day_start": f"{self.start_min // 60:02d}:{self.start_min % 60:02d}"}


@dataclass(frozen=True)
class Fleet:
    """The rows of several accounts, and their homes."""

    tables: Tables
    homes: dict[int, Home]

    @property
    def zones(self) -> pa.Table:
        """What is said of homes, as a job takes it."""
        rows = [
            {"account_id": account, "zone": zone, "from_at": from_at, "day_start_min": home.start_min}
            for account, home in self.homes.items()
            if home.said
            for from_at, zone in home.spans
        ]
        schema = [
            ("account_id", pa.int64()),
            ("zone", pa.string()),
            ("from_at", _INSTANT),
            ("day_start_min", pa.int32()),
        ]
        return pa.Table.from_pylist(rows, schema=pa.schema(schema))

    @property
    def bounds(self) -> pa.Table:
        """The zones with their ends, as the views read them."""
        rows = []
        for account, home in self.homes.items():
            froms = [_EVER[0], *(at for at, _ in home.spans[1:])]
            for (_, zone), from_at, until_at in zip(home.spans, froms, [*froms[1:], _EVER[1]], strict=True):
                rows.append({"account_id": account, "zone": zone, "from_at": from_at, "until_at": until_at,
                             "day_start_min": home.start_min})  # fmt: skip
        schema = [("account_id", pa.int64()), ("zone", pa.string()), ("from_at", _INSTANT), ("until_at", _INSTANT),
                  ("day_start_min", pa.int32())]  # fmt: skip
        return pa.Table.from_pylist(rows, schema=pa.schema(schema))

    @property
    def given(self) -> dict[str, Any]:
        """The tables as a job takes them."""
        return {"plays": self.tables.plays, "titles": self.tables.titles, "ratings": self.tables.ratings,
                "zones": self.zones}  # fmt: skip

    @property
    def last_at(self) -> dict[int, datetime]:
        """The latest dated play of each account."""
        last = self.tables.plays.group_by("account_id").aggregate([("watched_at", "max")])
        return dict(zip(last["account_id"].to_pylist(), last["watched_at_max"].to_pylist(), strict=True))

    def alone(self, name: str, **asked: Any) -> dict[int, Answer | BadQuestion]:
        """What each account is answered when it is asked alone, of its own rows."""
        answers: dict[int, Answer | BadQuestion] = {}
        for account, home in self.homes.items():
            try:
                whose: dict[str, Any] = {**home.asked, **asked, "account_id": account, "compare": False}
                answers[account] = self._lenses[account].ask(name, **whose)
            except BadQuestion as error:
                answers[account] = error
        return answers

    @cached_property
    def _lenses(self) -> dict[int, Any]:
        def own(table: pa.Table, account: int) -> pa.Table:
            return table.filter(pc.equal(table["account_id"], account))

        return {
            account: prepared(
                plays=own(self.tables.plays, account),
                titles=self.tables.titles,
                ratings=own(self.tables.ratings, account),
            )
            for account in self.homes
        }


@st.composite
def homes(draw: st.DrawFn) -> Home:
    spans: Spans = [(None, draw(st.sampled_from(ZONES)))]
    if draw(st.booleans()):
        spans.append((draw(st.sampled_from(EDGES)), draw(st.sampled_from(ZONES))))
    return Home(spans, draw(st.sampled_from([240, 240, 0, 150, 1439])))


@st.composite
def fleets(draw: st.DrawFn) -> Fleet:
    """Three to five accounts: one of them says nothing of its home, another has watched nothing."""
    lived = {account: draw(homes()) for account in range(1, draw(st.integers(3, 5)))}
    as_text = draw(st.booleans())
    plays: list[PlayRow] = []
    for account in lived:
        plays += [_play(row, account, as_text=as_text) for row in draw(histories())]
    known = sorted({(str(row.kind), str(row.title)) for row in plays if row.title is not None})
    ratings: list[RatingRow] = [
        draw(_rating(account, known)) for account in lived for _ in range(draw(st.integers(0, 6))) if known
    ]
    lived[1] = Home([(None, "UTC")], 240, said=False)
    lived[99] = Home([(None, "Asia/Kathmandu")], 240)
    if all(row.account_id != 1 for row in plays) and all(row.account_id != 1 for row in ratings):
        del lived[1]
    made = tables(plays, _aired(plays), ratings)
    return Fleet(made, lived)


def _play(row: Seen, account: int, *, as_text: bool) -> PlayRow:
    number = account * 1000 + row.id
    place, place_kind = _PLACES[row.id % 4]
    of = {} if row.title is None else _title(row)
    return PlayRow(id=f"p{number}" if as_text else number, watched_at=row.at, kind=row.kind, title=row.title,
                   place=place, place_kind=place_kind, account_id=account, **of)  # fmt: skip


def _title(row: Seen) -> dict[str, Any]:
    names = row.name.split("|")
    number = int(str(row.title)[-1])
    facts = {"year": row.year, "genres": row.genres, "country": row.country, "runtime_min": row.own_min,
             "language": "en" if number else None, "released_on": EDGES[number].date(), "name": names[-1]}  # fmt: skip
    if row.kind == "movie":
        return facts
    return {**facts, "show": row.show, "show_name": names[0], "show_runtime_min": row.show_min, "season": number % 2,
            "number": number + 1, "network": HOSTILE, "first_aired_at": EDGES[number]}  # fmt: skip


def _aired(plays: list[PlayRow]) -> list[TitleRow]:
    """Episodes that nobody has watched, and what the community says."""
    shows = sorted({str(row.show) for row in plays if row.show is not None})
    unseen = [
        TitleRow(kind="episode", title=f"{show}x{number}", show=show, season=1, number=number, runtime_min=30,
                 first_aired_at=EDGES[number])
        for show in shows for number in (5, 6)
    ]  # fmt: skip
    films = sorted({str(row.title) for row in plays if row.kind == "movie" and row.title is not None})
    liked = [
        TitleRow(kind="movie", title=film, community_rating=6.6 + len(film) / 7, community_votes=120 + place)
        for place, film in enumerate(films)
    ]
    return [*unseen, *liked]


@st.composite
def _rating(draw: st.DrawFn, account: int, known: list[tuple[str, str]]) -> RatingRow:
    kind, title = draw(st.sampled_from(known))
    community = draw(st.sampled_from([None, 7.1234, 5.5]))
    return RatingRow(rated_at=draw(st.sampled_from([None, *EDGES])), rating=draw(st.integers(1, 10)), kind=kind,
                     title=title, community_rating=community, community_votes=1234 if community else None,
                     at_rating_time=draw(st.sampled_from([None, True, False])), account_id=account)  # fmt: skip


@st.composite
def asked_of_all(draw: st.DrawFn) -> dict[str, Any]:
    """What everybody is asked: a moment at which it is two days at once, period, kind and filters."""
    now = draw(st.sampled_from([datetime(2022, 4, 10, 12, tzinfo=UTC), datetime(2021, 10, 31, 10, 30, tzinfo=UTC)]))
    filters: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
        [{}, {}, {}, {"genre": ["drama", HOSTILE]}, {"country": "us"}, {"decade": 1990}, {"network": HOSTILE},
         {"show": ["Show 0", HOSTILE]}]
    )  # fmt: skip
    periods = ["all", "all", "2021", "last 400 days", "2020-12-31..2022-01-01", "2021-11-07..", "..2011-12-30"]
    return {
        "now": now,
        "period": draw(st.sampled_from(periods)),
        "kind": draw(st.sampled_from([None, None, None, "movie", "episode"])),
        "as_trakt_counts": draw(st.sampled_from([None, None, True, False])),
        **draw(filters),
    }


def long_fleet(seed: int) -> Fleet:
    """Three accounts with some 700 plays over seven years each, enough for every insight to say something."""
    by = random.Random(seed)
    lived = {
        1: Home([(None, "Europe/Berlin")], 240),
        2: Home([(None, "UTC"), (datetime(2020, 1, 1, tzinfo=UTC), "Pacific/Auckland")], 150),
        3: Home([(None, "Australia/Lord_Howe")], 0),
    }
    plays: list[PlayRow] = []
    ratings: list[RatingRow] = []
    for account in lived:
        at = datetime(2016, 1, 3, 19, 30, tzinfo=UTC)
        for number in range(700):
            at += timedelta(minutes=by.choice([45, 46, 50, 90, 2900, 5900, 10_000, 20_000]))
            plays.append(_long_play(by, account, number, None if number % 60 == 7 else at))
        ratings += [_long_rating(by, account, film) for film in range(45)]
    shows = [TitleRow(kind="episode", title=f"s{show}e{number}", show=f"s{show}", season=1, number=number,
                      runtime_min=45, first_aired_at=_aired_at(show, number))
             for show in range(28) for number in range(1, 26)]  # fmt: skip
    return Fleet(tables(plays, shows, ratings), lived)


def _aired_at(show: int, episode: int) -> datetime:
    return datetime(2015, 1, 1, tzinfo=UTC) + timedelta(days=30 * show + 7 * episode)


def _long_play(by: random.Random, account: int, number: int, at: datetime | None) -> PlayRow:
    who: dict[str, Any] = {"id": account * 10_000 + number, "watched_at": at, "account_id": account}
    late = number > 350
    if by.random() < 0.4:
        film = by.randrange(45)
        place, place_kind = _PLACES[film % 4]
        return PlayRow(**who, kind="movie", title=f"m{film}", name=f"Film {film}", year=1960 + film,
                       runtime_min=80 + film, genres=("horror", "drama") if late else ("comedy",),
                       country="kr" if late else "us", language="en", place=place, place_kind=place_kind,
                       released_on=date(2016, 1, 1) + timedelta(days=film))  # fmt: skip
    show, episode = number // 25, 1 + number % 25
    return PlayRow(**who, kind="episode", title=f"s{show}e{episode}", show=f"s{show}", season=1, number=episode,
                   name=f"Episode {episode}", show_name=f"Show {show}", year=2000 + show, runtime_min=45,
                   genres=("crime",) if late else ("comedy", "animation"), network=f"net {show % 3}", country="dk",
                   first_aired_at=_aired_at(show, episode))  # fmt: skip


def _long_rating(by: random.Random, account: int, film: int) -> RatingRow:
    community = round(by.uniform(3, 9), 3)
    own = min(10, max(1, round(community + by.choice([-3, -1, 0, 1, 2]))))
    return RatingRow(rated_at=datetime(2019, 1, 1, tzinfo=UTC) + timedelta(hours=7 * film), rating=own, kind="movie",
                     title=f"m{film}", community_rating=community, community_votes=500 + 13 * film,
                     at_rating_time=film % 3 == 0, account_id=account)  # fmt: skip

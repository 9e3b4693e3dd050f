"""An account's rows as Arrow are what its plays and titles say one by one, and insights take them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watchprint import insights
from watchprint.domain.play import Arrival, Source
from watchprint.domain.title import Facts, Title
from watchprint.identity import NoSuchAccount
from watchprint.insights.loading import tables
from watchprint.store import Store, Work
from watchprint.store.shelves.values import RatingSeen

BEGAN = datetime(2024, 1, 1, tzinfo=UTC)
WORDS = st.none() | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)
FACTS = st.builds(
    Facts,
    name=WORDS, year=st.none() | st.integers(1900, 2030), runtime_min=st.none() | st.integers(0, 300),
    genres=st.lists(st.text("ab,'\"é", max_size=3), max_size=3).map(tuple),
    country=WORDS, language=WORDS, network=WORDS,
    released_on=st.none() | st.dates(date(1900, 1, 1), date(2030, 1, 1)),
    first_aired_at=st.none() | st.datetimes(datetime(1930, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
)  # fmt: skip
MOVIE = st.tuples(st.integers(1, 4), FACTS)
EPISODE = st.tuples(st.integers(1, 2), st.integers(1, 2), FACTS, FACTS)
VIEWING = st.tuples(st.none() | MOVIE | EPISODE, st.none() | st.integers(0, 10**6), WORDS)


def title_of(said: tuple[Any, ...] | None) -> Title | None:
    if said is None:
        return None
    if len(said) == 2:
        return Title(kind="movie", ids={"trakt": said[0]}, facts=said[1])
    show = Title(kind="show", ids={"trakt": said[0]}, facts=said[2])
    return Title(kind="episode", show=show, season=1, number=said[1], facts=said[3])


def expected(work: Work, account: int) -> list[dict[str, Any]]:
    """The slow way: play by play."""
    plays = work.plays.page(account, limit=10_000)
    titles = work.titles.get_all(play.title_id for play in plays if play.title_id is not None)
    shows = work.titles.get_all(title.show_id for title in titles.values() if title.show_id is not None)
    found = []
    for play in plays:
        title = titles[play.title_id] if play.title_id is not None else None
        show = shows[title.show_id] if title is not None and title.show_id is not None else None
        own = title.facts if title else Facts()
        whole = show.facts if show else Facts()
        taken = own if show is None else whole
        aired_on = own.first_aired_at.date() if own.first_aired_at else None
        found.append(
            {
                "id": play.id,
                "watched_at": play.watched_at,
                "kind": play.kind,
                "action": play.action,
                "title": title and title.id,
                "show": show and show.id,
                "season": title and title.season,
                "number": title and title.number,
                "name": own.name,
                "show_name": whole.name,
                "runtime_min": own.runtime_min,
                "show_runtime_min": whole.runtime_min,
                "released_on": own.released_on or aired_on,
                "year": taken.year,
                "genres": list(taken.genres) or None,
                "country": taken.country,
                "language": taken.language,
                "network": taken.network,
                "first_aired_at": own.first_aired_at,
                "place": play.place and play.place.name,
                "place_kind": play.place and play.place.kind,
                "account_id": account,
            }
        )
    return found


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(VIEWING, max_size=12))
def test_rows_are_what_the_plays_say(store: Store, viewings: list[tuple[Any, Any, Any]]) -> None:
    def taken_in(work: Work) -> int:
        account = work.accounts.create(f"a{len(work.accounts.all())}").id
        named = [title_of(said) for said, _, _ in viewings]
        numbers = work.titles.resolve_all([title for title in named if title is not None], "trakt")
        found = iter(numbers)
        arrivals = [
            Arrival(
                title_id=None if title is None else next(found),
                watched_at=None if minute is None else BEGAN + timedelta(minutes=minute),
                sources=(Source("session", str(n)),),
                action=action,
                kind="movie" if title is None else None,
            )
            for n, (title, (_, minute, action)) in enumerate(zip(named, viewings, strict=True))
        ]
        work.plays.arrive(account, arrivals)
        return account

    account = store.write(taken_in)
    rows = store.rows(account)
    assert rows.revision == store.read(lambda work: work.accounts.revision(account))
    assert set(rows.plays.column_names) == tables.PLAYS.keys()
    found = sorted(rows.plays.to_pylist(), key=lambda row: row["id"])
    assert found == sorted(store.read(lambda work: expected(work, account)), key=lambda row: row["id"])


@pytest.mark.parametrize("name", ["\x1e", "\x1f", "a\x1eb", "a\x1fb", "", ",", "null"])
def test_a_text_that_looks_like_a_mark_is_that_text(store: Store, name: str) -> None:
    def taken_in(work: Work) -> int:
        account = work.accounts.create("marks").id
        films = [
            Title(kind="movie", ids={"trakt": n}, facts=Facts(name=of)) for n, of in ((1, name), (2, None), (3, "c"))
        ]
        found = work.titles.resolve_all(films, "trakt")
        work.plays.arrive(
            account, [Arrival(title_id=title, watched_at=BEGAN, trakt_id=n) for n, title in enumerate(found, 1)]
        )
        return account

    account = store.write(taken_in)
    told = zip(*(store.rows(account).plays.column(each).to_pylist() for each in ("title", "name")), strict=True)
    assert [of for _, of in sorted(told)] == [name, None, "c"]


ASKED: list[tuple[str, Any]] = [
    ("totals", {}), ("by-month", {}), ("calendar", {}), ("punch-card", {}), ("streaks", {}), ("ratings", {}),
    ("top", {"of": "show"}), ("top", {"of": "movie"}), ("top", {"of": "genre"}), ("top", {"of": "country"}),
    ("top", {"of": "decade"}),
]  # fmt: skip


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(VIEWING, max_size=12), st.lists(st.tuples(VIEWING, st.integers(1, 10)), max_size=4))
def test_tables_answer_as_the_rows_do(store: Store, viewings: list[Any], rated: list[Any]) -> None:
    def taken_in(work: Work) -> int:
        account = work.accounts.create(f"a{len(work.accounts.all())}").id
        known = iter(work.titles.resolve_all([t for said, *_ in viewings if (t := title_of(said))], "trakt"))
        rows = []
        for number, (said, minute, action) in enumerate(viewings):
            at = None if minute is None else BEGAN + timedelta(minutes=minute)
            number_of = None if said is None else next(known)
            kind: Any = "movie" if said is None else None
            rows.append(Arrival(title_id=number_of, watched_at=at, trakt_id=number + 1, action=action, kind=kind))
        work.plays.arrive(account, rows)
        named = [(title, rating) for (said, *_), rating in rated if (title := title_of(said))]
        numbers = work.titles.resolve_all([title for title, _ in named], "trakt")
        seen = [
            RatingSeen(title_id=n, rating=rating, rated_at=BEGAN)
            for n, (_, rating) in zip(numbers, named, strict=True)
            if n is not None
        ]
        work.ratings.put(account, seen)
        return account

    account = store.write(taken_in)
    rows, apart = store.rows(account), store.tables(account)
    slow = insights.load(plays=rows.plays, ratings=rows.ratings)
    fast = insights.prepared(plays=apart.plays, titles=apart.titles, ratings=apart.ratings)
    for name, asked in ASKED:
        one, other = slow.ask(name, **asked), fast.ask(name, **asked)
        assert (one.rows, one.n, one.coverage, one.left_out) == (other.rows, other.n, other.coverage, other.left_out)


def test_tables_hold_the_episodes_that_have_aired_unwatched(store: Store, ann: int) -> None:
    aired_at = BEGAN + timedelta(days=3)

    def more(work: Work) -> None:
        show = Title(kind="show", ids={"trakt": 9}, facts=Facts(aired_episodes=4, status="ended"))
        third = Title(kind="episode", show=show, season=1, number=3, facts=Facts(first_aired_at=aired_at))
        dateless = Title(kind="episode", show=show, season=1, number=4)
        foreign = Title(kind="show", ids={"trakt": 10, "slug": "other"})
        other = Title(kind="episode", show=foreign, season=1, number=1, facts=Facts(first_aired_at=aired_at))
        work.titles.resolve_all([third, dateless, other], "trakt")

    store.write(more)
    titles = store.tables(ann).titles.to_pylist()
    episodes = {
        (each["season"], each["number"]): each["first_aired_at"] for each in titles if each["kind"] == "episode"
    }
    assert episodes == {(1, 1): None, (1, 2): None, (1, 3): aired_at}
    [show] = [each for each in titles if each["kind"] == "show"]
    assert (show["aired_episodes"], show["status"], show["name"]) == (4, "ended", "Show")


@pytest.fixture
def ann(store: Store) -> int:
    """A viewer of one film and two episodes, who rated two of them."""
    show = Title(
        kind="show", ids={"trakt": 9}, facts=Facts(name="Show", runtime_min=45, genres=("drama",), country="us")
    )
    titles = [
        Title(kind="movie", ids={"trakt": 1}, facts=Facts(name="Heat", runtime_min=170, genres=("crime", "action"))),
        Title(kind="episode", show=show, season=1, number=1, facts=Facts(name="Pilot")),
        Title(kind="episode", show=show, season=1, number=2, facts=Facts(name="Second", runtime_min=50)),
    ]

    def made(work: Work) -> int:
        account = work.accounts.create("ann").id
        found = work.titles.resolve_all(titles, "trakt")
        rows = [
            Arrival(title_id=title, watched_at=BEGAN + timedelta(days=n), trakt_id=n + 1, action="watch")
            for n, title in enumerate(found)
        ]
        work.plays.arrive(account, [*rows, Arrival(title_id=None, watched_at=None, trakt_id=99, kind="episode")])
        work.plays.arrive(account, [Arrival(title_id=found[0], watched_at=BEGAN, trakt_id=100)])
        gone = work.plays.of_trakt_ids(account, [100])[100].id
        work.plays.remove(account, [gone])
        work.ratings.put(
            account, [RatingSeen(title_id=t, rating=8, rated_at=BEGAN) for t in found[:2] if t is not None]
        )
        return account

    return store.write(made)


def test_insights_take_them(store: Store, ann: int) -> None:
    rows = store.rows(ann)
    totals = insights.compute("totals", plays=rows.plays, ratings=rows.ratings)
    assert totals.n == 4
    assert [(row.kind, row.plays, row.minutes) for row in totals.rows] == [
        ("movie", 1, 170), ("episode", 3, 95), ("show", None, None), ("all", 4, 265),
    ]  # fmt: skip
    found = insights.compute("ratings", plays=rows.plays, ratings=rows.ratings).rows
    [rated] = [row for row in found if row.rating == 8]
    assert rated.ratings == 2
    assert set(rows.ratings.column_names) == tables.RATINGS.keys()
    assert rows.ratings.schema.field("rated_at").type == pa.timestamp("us", tz="UTC")


def test_an_empty_account_has_empty_tables(store: Store) -> None:
    bob = store.write(lambda work: work.accounts.create("bob")).id
    rows = store.rows(bob)
    assert (len(rows.plays), len(rows.ratings)) == (0, 0)
    assert insights.compute("totals", plays=rows.plays, ratings=rows.ratings).n == 0
    with pytest.raises(NoSuchAccount):
        store.rows(bob + 1)


def test_what_changed_since_a_revision_is_told(store: Store, ann: int) -> None:
    revision = store.rows(ann).revision
    known = max(store.tables(ann).titles["title_id"].to_pylist())
    nothing = store.changes(ann, since=revision, known=known)
    assert nothing is not None
    assert (len(nothing.now.plays), nothing.gone) == (0, [])
    gone = store.read(lambda work: work.plays.of_trakt_ids(ann, [1])[1].id)
    store.write(lambda work: work.plays.remove(ann, [gone]))
    changed = store.changes(ann, since=revision, known=known)
    assert changed is not None
    assert (len(changed.now.plays), changed.gone) == (0, [gone])
    assert len(store.rows(ann).plays) == 3

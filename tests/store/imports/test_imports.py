"""Imports: the same file again changes nothing, and undoing gives back exactly what was there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watchprint.domain.play import Arrival, Source
from watchprint.domain.title import Facts, Title
from watchprint.store import Store, UnknownRow, Work
from watchprint.store.imports.imports import Undone
from watchprint.store.shelves.values import EntrySeen, ListSeen, RatingSeen

END = datetime(2024, 5, 1, 21, 30, tzinfo=UTC)
ROWS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4), st.none() | st.integers(1, 9)), max_size=6)
SHELF = st.dictionaries(st.integers(0, 2), st.integers(1, 10), max_size=3)


def person(store: Store) -> tuple[int, list[int]]:
    def made(work: Work) -> tuple[int, list[int]]:
        account = work.accounts.create(f"a{len(work.accounts.all())}").id
        rows = [Title(kind="movie", ids={"trakt": n}, facts=Facts(runtime_min=100)) for n in (1, 2, 3)]
        return account, [film for film in work.titles.resolve_all(rows, "trakt") if film is not None]

    return store.write(made)


def at(step: int) -> datetime:
    return END + timedelta(minutes=60 * step)


def arrivals(films: list[int], rows: Sequence[tuple[int, int, int | None]], file: str) -> list[Arrival]:
    return [
        Arrival(
            title_id=films[film], watched_at=at(step), trakt_id=trakt_id, sources=(Source("import", f"{file}:{n}"),)
        )
        for n, (film, step, trakt_id) in enumerate(rows)
    ]


def seen(store: Store, account: int) -> Any:
    """Everything that a reader sees of the account."""

    def read(work: Work) -> Any:
        plays = [
            (p.title_id, p.watched_at, p.finished_at, p.action, p.state, p.trakt_id, p.sources)
            for p in work.plays.page(account, limit=1000)
        ]
        ratings = [(r.title_id, r.rating, r.rated_at) for r in work.ratings.all(account)]
        entries = [(e.title_id, e.rank, e.appeared_at) for e in work.shelves.all(account, "watchlist")]
        return (
            sorted(plays, key=repr),
            ratings,
            sorted(entries, key=repr),
            [e.name for e in work.shelves.lists(account)],
        )

    return store.read(read)


def imported(
    store: Store, account: int, plays: list[Arrival], ratings: list[RatingSeen], shelf: list[EntrySeen],
    names: Sequence[str] = (), *, complete: bool = False,
) -> int:  # fmt: skip
    store.clock.sleep(1)

    def work(work: Work) -> int:
        number = work.imports.begin(account, "trakt-zip", file_name="export.zip", file_hash="abc")
        with work.imports.under(number):
            work.plays.arrive(account, plays)
            work.ratings.put(account, ratings, complete=complete)
            work.shelves.put(account, "watchlist", shelf, complete=complete)
            work.shelves.put_lists(account, [ListSeen(name=name) for name in names], complete=complete)
        work.imports.finish(number, {"plays": len(plays)})
        return number

    return store.write(work)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, ROWS, SHELF, SHELF, st.booleans())
def test_undoing_gives_back_what_was_there(
    store: Store,
    before: list[tuple[int, int, int | None]],
    rows: list[tuple[int, int, int | None]],
    had: dict[int, int],
    has: dict[int, int],
    complete: bool,
) -> None:
    ann, films = person(store)
    sessions = [
        Arrival(title_id=films[f], watched_at=at(s), trakt_id=t, sources=(Source("session", str(n)),), state="owed")
        for n, (f, s, t) in enumerate(before)
    ]
    ratings, entries = (
        [[RatingSeen(title_id=films[t], rating=v) for t, v in shelf.items()] for shelf in (had, has)],
        [[EntrySeen(title_id=films[t], rank=v) for t, v in shelf.items()] for shelf in (had, has)],
    )
    store.write(lambda work: work.plays.arrive(ann, sessions))
    store.write(lambda work: work.ratings.put(ann, ratings[0]))
    store.write(lambda work: work.shelves.put(ann, "watchlist", entries[0]))
    store.write(lambda work: work.shelves.put_lists(ann, [ListSeen(name="Noir")]))
    kept = seen(store, ann)
    new = arrivals(films, rows, "file")
    number = imported(store, ann, new, ratings[1], entries[1], ["War"], complete=complete)
    after, revision = seen(store, ann), store.read(lambda work: work.accounts.revision(ann))
    again = imported(store, ann, new, ratings[1], entries[1], ["War"], complete=complete)
    assert seen(store, ann) == after
    assert store.read(lambda work: work.accounts.revision(ann)) == revision
    store.write(lambda work: work.imports.undo(again))
    assert seen(store, ann) == after
    store.write(lambda work: work.imports.undo(number))
    assert seen(store, ann) == kept
    assert store.write(lambda work: work.imports.undo(number)) == Undone(0, 0, 0)


def test_what_came_by_another_door_stays(store: Store) -> None:
    ann, [film, *_] = person(store)
    number = imported(store, ann, arrivals([film], [(0, 0, 900), (0, 3, 901)], "file"), [], [])
    row = Arrival(title_id=film, watched_at=at(0), trakt_id=900)
    assert store.write(lambda work: work.plays.arrive(ann, [row]))[0].outcome == "known"
    undone = store.write(lambda work: work.imports.undo(number))
    assert (undone.gone, undone.kept) == (1, 1)
    [play] = store.read(lambda work: work.plays.page(ann))
    assert (play.trakt_id, play.state, play.sources) == (900, "there", (Source("trakt", "900"),))


def test_a_second_import_of_the_same_plays_holds_them(store: Store) -> None:
    ann, [film, *_] = person(store)
    first = imported(store, ann, arrivals([film], [(0, 0, 900)], "january"), [], [])
    second = imported(store, ann, arrivals([film], [(0, 0, 900), (0, 3, 901)], "february"), [], [])
    store.write(lambda work: work.imports.undo(first))
    plays = store.read(lambda work: work.plays.page(ann))
    assert [(play.trakt_id, play.state) for play in plays] == [(901, "there"), (900, "there")]
    assert [each.id for each in store.read(lambda work: work.imports.all(ann))] == [second, first]
    assert (
        store.write(lambda work: work.plays.arrive(ann, arrivals([film], [(0, 0, 900)], "january")))[0].outcome
        == "changed"
    )


def test_what_was_changed_since_is_left_alone(store: Store) -> None:
    ann, [film, other, _] = person(store)
    store.write(lambda work: work.ratings.put(ann, [RatingSeen(title_id=film, rating=3)]))
    new = [RatingSeen(title_id=film, rating=7), RatingSeen(title_id=other, rating=8)]
    number = imported(store, ann, [], new, [])
    store.write(lambda work: work.ratings.put(ann, [RatingSeen(title_id=film, rating=10)]))
    undone = store.write(lambda work: work.imports.undo(number))
    assert (undone.kept, undone.gone) == (1, 1)
    assert [(r.title_id, r.rating) for r in store.read(lambda work: work.ratings.all(ann))] == [(film, 10)]


def test_what_came_back_by_itself_is_not_doubled(store: Store) -> None:
    ann, [film, *_] = person(store)
    store.write(lambda work: work.shelves.put(ann, "watchlist", [EntrySeen(title_id=film)]))
    number = imported(store, ann, [], [], [], complete=True)
    store.write(lambda work: work.shelves.put(ann, "watchlist", [EntrySeen(title_id=film)]))
    assert store.write(lambda work: work.imports.undo(number)).kept == 1
    assert len(store.read(lambda work: work.shelves.all(ann, "watchlist"))) == 1


def test_an_import_says_what_it_was(store: Store) -> None:
    ann, films = person(store)
    number = imported(store, ann, arrivals(films, [(0, 0, None)], "file"), [], [])
    kept = store.read(lambda work: work.imports.get(number))
    assert (kept.kind, kept.file_name, kept.file_hash, kept.report) == ("trakt-zip", "export.zip", "abc", {"plays": 1})
    assert kept.finished_at is not None
    assert kept.undone_at is None
    store.write(lambda work: work.imports.undo(number))
    assert store.read(lambda work: work.imports.get(number)).undone_at is not None
    with pytest.raises(UnknownRow):
        store.write(lambda work: work.imports.undo(number + 1))

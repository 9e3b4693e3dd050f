"""Plays in bulk: walked through in one order, those of an import, and many taken from one state to another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from watchprint.domain.play import Arrival, PlayState, Source
from watchprint.domain.title import Title
from watchprint.store import Store, Work, WrongState

END = datetime(2024, 5, 1, 21, 30, tzinfo=UTC)


@pytest.fixture
def ann(store: Store) -> int:
    return store.write(lambda work: work.accounts.create("ann")).id


def told(
    store: Store, account: int, minutes: list[int | None], *, door: str = "file", state: PlayState = "none"
) -> None:
    rows = [
        Arrival(
            title_id=None,
            watched_at=None if minute is None else END + timedelta(minutes=minute),
            sources=(Source(door, f"{n}"),),
            state=state,
        )
        for n, minute in enumerate(minutes)
    ]
    store.write(lambda work: work.plays.arrive(account, rows))


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_a_walk_gives_every_play_once_in_the_order_of_pages(store: Store, ann: int, size: int) -> None:
    told(store, ann, [5, None, 3, 3, 700, None, -20])

    def both(work: Work) -> tuple[list[str], list[str], list[int]]:
        chunks = list(work.plays.walk(ann, size=size))
        pages = work.plays.page(ann, limit=100)
        return [play.id for some in chunks for play in some], [play.id for play in pages], [len(c) for c in chunks]

    walked, paged, sizes = store.read(both)
    assert len(walked) == 7
    assert walked == paged
    assert max(sizes) <= size


def test_a_walk_between_two_instants_leaves_undated_plays_out(store: Store, ann: int) -> None:
    told(store, ann, [0, 1, 2, None])
    since, until = END + timedelta(minutes=1), END + timedelta(minutes=2)
    [some] = store.read(lambda work: list(work.plays.walk(ann, since=since, until=until)))
    assert [play.watched_at for play in some] == [since]
    open_ended = store.read(lambda work: list(work.plays.walk(ann, since=since)))
    assert [play.watched_at for some in open_ended for play in some] == [until, since]


def test_the_plays_of_an_import_are_those_it_reported(store: Store, ann: int) -> None:
    told(store, ann, [900])
    number = store.write(lambda work: work.imports.begin(ann, "csv"))

    def taken(work: Work) -> None:
        rows = [
            Arrival(title_id=None, watched_at=END, sources=(Source("csv", "1"),)),
            Arrival(title_id=None, watched_at=None, sources=(Source("csv", "2"),)),
            Arrival(title_id=None, watched_at=END - timedelta(days=1), trakt_id=7),
        ]
        with work.imports.under(number):
            work.plays.arrive(ann, rows)

    store.write(taken)
    found = store.read(lambda work: work.plays.of_import(ann, number, ["none", "owed"]))
    assert [play.watched_at for play in found] == [END, None]
    there = store.read(lambda work: work.plays.of_import(ann, number, ["there"]))
    assert [play.trakt_id for play in there] == [7]
    assert store.read(lambda work: work.plays.of_import(ann, number + 1, ["none", "there"])) == []


def test_the_titles_that_were_played_come_once_each(store: Store, ann: int) -> None:
    rows = [Title(kind="movie", ids={"tmdb": n}) for n in (5, 3, 4)]
    five, three, _ = store.write(lambda work: work.titles.resolve_all(rows, "trakt"))
    doors = [(five, "1"), (three, "2"), (five, "3"), (None, "4")]
    seen = [Arrival(title_id=title, watched_at=None, sources=(Source("file", key),)) for title, key in doors]
    store.write(lambda work: work.plays.arrive(ann, seen))
    assert five is not None
    assert three is not None
    assert store.read(lambda work: work.plays.title_ids(ann)) == sorted([five, three])


def test_many_plays_go_from_one_state_to_another(store: Store, ann: int) -> None:
    told(store, ann, [0, 1, 2])
    told(store, ann, [500], door="other", state="owed")
    ids = [play.id for play in store.read(lambda work: work.plays.page(ann))]
    gone = store.write(lambda work: work.plays.move_all(ann, [*ids, "nobody"], "owed", out_of=["none"]))
    assert len(gone) == 3
    assert store.read(lambda work: work.plays.count(ann, states=["owed"])) == 4
    before = store.read(lambda work: work.accounts.revision(ann))
    assert store.write(lambda work: work.plays.move_all(ann, ids, "owed", out_of=["none"])) == []
    assert store.read(lambda work: work.accounts.revision(ann)) == before


def test_many_plays_go_no_way_that_one_may_not(store: Store, ann: int) -> None:
    told(store, ann, [0])
    [play] = store.read(lambda work: work.plays.page(ann))
    steps: list[tuple[PlayState, PlayState]] = [
        ("unsure", "none"), ("there", "owed"), ("sending", "none"), ("unsure", "there"),
    ]  # fmt: skip
    for to, out_of in steps:

        def moved(work: Work, to: PlayState = to, out_of: PlayState = out_of) -> list[str]:
            return work.plays.move_all(ann, [play.id], to, out_of=[out_of])

        with pytest.raises(WrongState):
            store.write(moved)

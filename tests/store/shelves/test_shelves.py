"""Shelves, ratings and positions: told whole or in part, they are what a dictionary would be, and times are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watchprint.domain.title import Title
from watchprint.store import Store, UnknownRow, Work
from watchprint.store.shelves.values import EntrySeen, ListSeen, OnNow, Position, RatingSeen

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TITLES = st.integers(0, 4)
STEPS = st.lists(
    st.tuples(st.sampled_from(["put", "whole", "drop"]), st.dictionaries(TITLES, st.integers(1, 3), max_size=4)),
    max_size=6,
)


def person(store: Store) -> tuple[int, list[int]]:
    """An account of its own, and five films."""

    def made(work: Work) -> tuple[int, list[int]]:
        account = work.accounts.create(f"a{len(work.accounts.all())}").id
        films = work.titles.resolve_all([Title(kind="movie", ids={"trakt": n}) for n in range(1, 6)], "trakt")
        return account, [film for film in films if film is not None]

    return store.write(made)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.sampled_from(["ratings", "watchlist", "list", "positions"]))
def test_what_is_told_is_what_stands_there(store: Store, steps: list[tuple[str, dict[int, int]]], where: str) -> None:
    ann, films = person(store)
    list_id = store.write(lambda work: work.shelves.put_lists(ann, [ListSeen(name="Noir")])).added[0]

    def tell(work: Work, values: dict[int, int], *, complete: bool) -> Any:
        if where == "ratings":
            return work.ratings.put(
                ann, [RatingSeen(title_id=t, rating=v) for t, v in values.items()], complete=complete
            )
        if where == "positions":
            seen = [Position(title_id=t, progress_pct=v) for t, v in values.items()]
            return work.positions.put(ann, seen, complete=complete)
        entries = [EntrySeen(title_id=t, rank=v) for t, v in values.items()]
        if where == "list":
            return work.shelves.put(ann, "list", entries, list_id=list_id, complete=complete)
        return work.shelves.put(ann, "watchlist", entries, complete=complete)

    def drop(work: Work, titles: list[int]) -> Any:
        if where == "ratings":
            return work.ratings.drop(ann, titles)
        if where == "positions":
            return work.positions.drop(ann, titles)
        if where == "list":
            return work.shelves.drop(ann, "list", titles, list_id=list_id)
        return work.shelves.drop(ann, "watchlist", titles)

    def there(work: Work) -> dict[int, float | None]:
        if where == "ratings":
            return {each.title_id: each.rating for each in work.ratings.all(ann)}
        if where == "positions":
            return {each.title_id: each.progress_pct for each in work.positions.all(ann)}
        if where == "list":
            return {each.title_id: each.rank for each in work.shelves.all(ann, "list", list_id=list_id)}
        return {each.title_id: each.rank for each in work.shelves.all(ann, "watchlist")}

    model: dict[int, int] = {}
    for act, told in steps:
        values = {films[title]: value for title, value in told.items()}
        before, revision = dict(model), store.read(lambda work: work.accounts.revision(ann))
        store.clock.sleep(1)
        if act == "drop":
            found = store.write(lambda work, v=values: drop(work, list(v)))  # type: ignore[misc]
            model = {title: value for title, value in model.items() if title not in values}
        else:
            whole = act == "whole"
            found = store.write(lambda work, v=values, w=whole: tell(work, v, complete=w))  # type: ignore[misc]
            model = values if whole else model | values
        assert store.read(there) == model
        assert set(found.added) == model.keys() - before.keys()
        assert set(found.gone) == before.keys() - model.keys()
        assert set(found.changed) == {t for t in model.keys() & before.keys() if model[t] != before[t]}
        assert store.read(lambda work: work.accounts.revision(ann)) == revision + (model != before)


def test_entries_keep_when_they_came_and_went(store: Store) -> None:
    ann, films = person(store)
    listed_at = NOW - timedelta(days=30)
    seen = EntrySeen(title_id=films[0], listed_at=listed_at, notes="soon", details={"resolution": "uhd_4k"}, trakt_id=7)
    store.write(lambda work: work.shelves.put(ann, "collection", [seen, EntrySeen(title_id=films[1])], complete=True))
    store.clock.sleep(60)
    store.write(lambda work: work.shelves.put(ann, "collection", [], complete=True))
    store.write(lambda work: work.shelves.put(ann, "collection", [EntrySeen(title_id=films[0])]))
    kept = store.read(lambda work: work.shelves.all(ann, "collection", gone=True))
    times = sorted((each.title_id, each.appeared_at, each.disappeared_at) for each in kept if each.disappeared_at)
    assert times == [(films[0], listed_at, NOW + timedelta(seconds=60)), (films[1], NOW, NOW + timedelta(seconds=60))]
    assert next(each for each in kept if each.trakt_id == 7).details == {"resolution": "uhd_4k"}
    [there] = [each for each in kept if each.disappeared_at is None]
    assert (there.title_id, there.appeared_at) == (films[0], NOW + timedelta(seconds=60))
    assert store.read(lambda work: work.shelves.all(ann, "watchlist", gone=True)) == []


def test_a_list_is_known_again_when_it_is_renamed(store: Store) -> None:
    ann, films = person(store)
    noir, war = ListSeen(name="Noir", trakt_id=5, rank=1), ListSeen(name="War", trakt_id=6, rank=2)
    noir_id, war_id = store.write(lambda work: work.shelves.put_lists(ann, [noir, war], complete=True)).added
    store.write(lambda work: work.shelves.put(ann, "list", [EntrySeen(title_id=films[0])], list_id=noir_id))
    store.write(lambda work: work.shelves.put(ann, "list", [EntrySeen(title_id=films[0])], list_id=war_id))
    renamed = ListSeen(name="Film noir", trakt_id=5, rank=1)
    found = store.write(lambda work: work.shelves.put_lists(ann, [renamed], complete=True))
    assert (found.added, found.changed, found.gone) == ((), (noir_id,), (war_id,))
    assert [(each.name, each.id) for each in store.read(lambda work: work.shelves.lists(ann))] == [
        ("Film noir", noir_id)
    ]
    assert [each.list_id for each in store.read(lambda work: work.shelves.all(ann, "list"))] == [noir_id]
    gone = store.read(lambda work: work.shelves.lists(ann, gone=True))
    assert {each.id: each.disappeared_at for each in gone} == {noir_id: None, war_id: NOW}
    with pytest.raises(UnknownRow):
        store.write(lambda work: work.shelves.put(ann, "list", [], list_id=war_id))


def test_a_rating_keeps_what_the_community_gave_then(store: Store) -> None:
    ann, [film, old, *_] = person(store)
    fresh = RatingSeen(
        title_id=film, rating=9, rated_at=NOW - timedelta(hours=2), community_rating=7.5, community_votes=100
    )
    long_ago = RatingSeen(title_id=old, rating=4, rated_at=NOW - timedelta(days=900), community_rating=6.0)
    store.write(lambda work: work.ratings.put(ann, [fresh, long_ago]))
    later = RatingSeen(
        title_id=film, rating=9, rated_at=NOW - timedelta(hours=2), community_rating=8.0, community_votes=500
    )
    store.clock.sleep(1000)
    assert not store.write(lambda work: work.ratings.put(ann, [later]))
    first, second = store.read(lambda work: work.ratings.all(ann))
    assert (first.community_rating, first.community_votes, first.community_at) == (7.5, 100, NOW)
    assert (first.at_rating_time, second.at_rating_time) == (True, False)
    anew = RatingSeen(title_id=film, rating=10, rated_at=NOW + timedelta(seconds=900), community_rating=8.0)
    store.write(lambda work: work.ratings.put(ann, [anew]))
    assert store.read(lambda work: work.ratings.all(ann))[0].community_rating == 8.0


def test_what_is_on_now_is_told_once(store: Store) -> None:
    ann, films = person(store)
    on = OnNow(
        title_id=films[0], action="scrobble", progress_pct=12.5, started_at=NOW, expires_at=NOW + timedelta(hours=2)
    )
    assert store.write(lambda work: work.positions.set_now(ann, on))
    assert not store.write(lambda work: work.positions.set_now(ann, on))
    assert store.read(lambda work: work.positions.now(ann)) == on
    assert store.write(lambda work: work.positions.set_now(ann, None))
    assert store.read(lambda work: work.positions.now(ann)) is None


def test_titles_that_become_one_stand_once(store: Store) -> None:
    def before(work: Work) -> tuple[int, int, int]:
        account = work.accounts.create("ann").id
        rows = [Title(kind="movie", ids={"tmdb": 1}), Title(kind="movie", ids={"imdb": "tt1"})]
        one, other = work.titles.resolve_all(rows, "plex")
        assert one is not None
        assert other is not None
        return account, one, other

    ann, one, other = store.write(before)
    early = EntrySeen(title_id=other, listed_at=NOW - timedelta(days=9))
    store.write(lambda work: work.shelves.put(ann, "watchlist", [EntrySeen(title_id=one), early]))
    ratings = [
        RatingSeen(title_id=one, rating=3, rated_at=NOW - timedelta(days=5)),
        RatingSeen(title_id=other, rating=8, rated_at=NOW - timedelta(days=1)),
    ]
    store.write(lambda work: work.ratings.put(ann, ratings))
    store.write(lambda work: work.positions.put(ann, [Position(title_id=t, progress_pct=5) for t in (one, other)]))
    revision = store.read(lambda work: work.accounts.revision(ann))
    store.write(lambda work: work.titles.merge(other, one))
    [entry] = store.read(lambda work: work.shelves.all(ann, "watchlist"))
    [rating] = store.read(lambda work: work.ratings.all(ann))
    [position] = store.read(lambda work: work.positions.all(ann))
    assert (entry.title_id, entry.appeared_at) == (one, NOW - timedelta(days=9))
    assert (rating.title_id, rating.rating) == (one, 8)
    assert position.title_id == one
    assert store.read(lambda work: work.accounts.revision(ann)) == revision + 1

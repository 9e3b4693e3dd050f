"""Titles: the same one under several names, merged in one transaction, with facts from several sources."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings

from tests.store.places import Place
from tests.store.titles.reference import BATCHES, Record, World
from watchprint.domain.title import Facts, Title
from watchprint.store import Store, UnknownRow, Work

_WORLDS = count()


def apart(title: Title, world: int) -> Title:
    """The same title in a world of its own: its ids are no other world's."""
    ids = {scheme: value and f"{world}-{value}" for scheme, value in title.ids.items()}
    show = None if title.show is None else apart(title.show, world)
    return Title(kind=title.kind, ids=ids, show=show, season=title.season, number=title.number)


def telling(rows: list[Title]) -> Callable[[Work], list[int | None]]:
    return lambda work: work.titles.resolve_all(rows, "trakt")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(BATCHES)
def test_rows_find_the_titles_that_a_slow_reading_finds(store: Store, batches: list[list[Title]]) -> None:
    here, world = next(_WORLDS), World()
    numbers: list[int | None] = []
    expected: list[Record | None] = []
    for batch in batches:
        rows = [apart(title, here) for title in batch]
        numbers += store.write(telling(rows))
        for row in rows:
            if row.show is not None:
                world.tell(row.show)
        expected += [world.tell(row) for row in rows]
    known = [number for number in numbers if number is not None]
    now = store.read(lambda work: {number: work.titles.current(number) for number in known})
    theirs = [None if record is None else world.now(record) for record in expected]
    pairs = {(number and now[number], record) for number, record in zip(numbers, theirs, strict=True)}
    assert len(pairs) == len({number for number, _ in pairs}) == len({record for _, record in pairs})
    kept = store.read(lambda work: work.titles.get_all(number for number, _ in pairs if number))
    for number, record in pairs:
        if number is not None and record is not None:
            title = kept[number]
            assert {(s, v) for s, values in title.ids.items() for v in values} == record.names
            at = (title.season, title.number) if title.season is not None else None
            assert at == record.at


def test_two_titles_become_one_when_a_row_names_both(store: Store) -> None:
    by_tmdb = store.write(lambda work: work.titles.resolve(Title(kind="movie", ids={"tmdb": 949}), "plex"))
    by_imdb = store.write(lambda work: work.titles.resolve(Title(kind="movie", ids={"imdb": "tt0113277"}), "export"))
    assert by_tmdb != by_imdb
    both = Title(kind="movie", ids={"trakt": 15, "tmdb": 949, "imdb": "tt0113277", "slug": "heat-1995"})
    assert store.write(lambda work: work.titles.resolve(both, "trakt")) == by_tmdb
    assert by_imdb is not None
    kept = store.read(lambda work: work.titles.get(by_imdb))
    assert kept.id == by_tmdb
    assert kept.ids == {"trakt": ("15",), "tmdb": ("949",), "imdb": ("tt0113277",), "slug": ("heat-1995",)}
    assert store.read(lambda work: work.titles.find("movie", "imdb", "tt0113277")) == by_tmdb
    assert store.read(lambda work: work.titles.find("show", "imdb", "tt0113277")) is None


def test_a_merge_of_shows_takes_their_episodes_along(store: Store) -> None:
    one, other = Title(kind="show", ids={"tvdb": 81189}), Title(kind="show", ids={"tmdb": 1396})
    pilot = [Title(kind="episode", show=show, season=1, number=1) for show in (one, other)]
    second = Title(kind="episode", show=other, season=1, number=2)
    first, again, next_one = store.write(lambda work: work.titles.resolve_all([*pilot, second], "plex"))
    assert first is not None
    assert again is not None
    assert next_one is not None
    assert first != again
    both = Title(kind="show", ids={"tvdb": 81189, "tmdb": 1396})
    show = store.write(lambda work: work.titles.resolve(both, "tmdb"))
    kept = store.read(lambda work: [work.titles.get(each) for each in (first, again, next_one)])
    assert [each.id for each in kept] == [first, first, next_one]
    assert {each.show_id for each in kept} == {show}


def test_each_fact_is_the_most_trusted_sources(store: Store) -> None:
    named = Title(kind="movie", ids={"tmdb": 949})
    film = store.write(lambda work: work.titles.resolve(named, "plex"))
    assert film is not None
    from_tmdb = Facts(name="Heat (TMDB)", runtime_min=171, genres=("crime", "action"), released_on=date(1995, 12, 15))
    from_trakt = Facts(
        name="Heat", runtime_min=170, rating=8.2, votes=4000, first_aired_at=datetime(1995, 12, 15, tzinfo=UTC)
    )
    store.write(lambda work: work.titles.learn({film: from_tmdb}, "tmdb"))
    store.write(lambda work: work.titles.learn({film: from_trakt}, "trakt"))
    store.write(lambda work: work.titles.learn({film: Facts(country="us", runtime_min=1)}, "somebody"))
    kept = store.read(lambda work: work.titles.get(film))
    assert kept.facts == Facts(
        name="Heat", runtime_min=170, rating=8.2, votes=4000, first_aired_at=datetime(1995, 12, 15, tzinfo=UTC),
        genres=("crime", "action"), released_on=date(1995, 12, 15), country="us",
    )  # fmt: skip
    assert (kept.sources["runtime_min"], kept.sources["genres"], kept.sources["country"]) == (
        "trakt",
        "tmdb",
        "somebody",
    )
    assert store.read(lambda work: work.titles.wanting("tvmaze")) == [film]
    assert store.read(lambda work: work.titles.wanting("trakt")) == []


def test_bare_rows_take_nothing_away(store: Store) -> None:
    full = Title(kind="movie", ids={"trakt": 15}, facts=Facts(name="Heat", runtime_min=170))
    bare = Title(kind="movie", ids={"trakt": 15}, facts=Facts(name="Heat"))
    film = store.write(lambda work: work.titles.resolve_all([full, bare], "trakt"))[0]
    assert store.write(lambda work: work.titles.resolve(bare, "trakt")) == film
    assert film is not None
    assert store.read(lambda work: work.titles.get(film)).facts.runtime_min == 170


def test_rows_that_name_nothing_are_nothing(store: Store) -> None:
    rows = [Title(kind="movie", ids={"imdb": "", "tmdb": None}), Title(kind="episode", season=1, number=1)]
    assert store.write(lambda work: work.titles.resolve_all(rows, "trakt")) == [None, None]
    with pytest.raises(UnknownRow):
        store.read(lambda work: work.titles.get(1))


def test_processes_that_meet_the_same_titles_make_each_once(place: Place) -> None:
    program = """
import sys
from pathlib import Path
from watchprint.domain.title import Title
from watchprint.store import Store
with Store.open(home=Path(sys.argv[1]), url=sys.argv[2] or None) as store:
    for n in range(40):
        rows = [Title(kind="movie", ids={"trakt": n}), Title(kind="movie", ids={"trakt": n + 1, "imdb": f"tt{n + 1}"})]
        store.write(lambda work: work.titles.resolve_all(rows, "trakt"))
"""
    place.open().close()
    command = [sys.executable, "-c", program, str(place.home), place.url or ""]
    assert [p.wait(60) for p in [subprocess.Popen(command) for _ in range(3)]] == [0, 0, 0]
    with place.open() as store:
        found = store.read(lambda work: work.titles.find_all("movie", "trakt", range(41)))
        assert len(found) == len(set(found.values())) == 41
        assert store.read(
            lambda work: work.titles.find_all("movie", "imdb", [f"tt{n}" for n in range(1, 41)])
        ).keys() == {f"tt{n}" for n in range(1, 41)}

"""Coverage: the shares that insights find on the same rows, and the sources that could raise them."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import EXAMPLES
from tests.titles.running import asked_of
from tests.titles.services import PlexServer, TmdbServer, plex_row
from tests.titles.shelf import Viewer, episode, movie, show
from tests.titles.test_tmdb import HEAT
from watchprint import insights
from watchprint.domain.play import Arrival, Source
from watchprint.domain.title import Title
from watchprint.identity.errors import NoSuchAccount
from watchprint.store import Store
from watchprint.titles import Coverage, coverage

FULL: dict[str, Any] = {
    "name": "x", "year": 1995, "runtime_min": 100, "genres": ("crime",), "country": "us", "language": "en",
    "certification": "R", "released_on": date(1995, 12, 15), "rating": 8.0, "votes": 10,
}  # fmt: skip
SOMETIMES = {
    "year": st.none() | st.just(1995), "runtime_min": st.none() | st.just(50),
    "genres": st.just(()) | st.just(("drama",)), "country": st.none() | st.just("de"),
    "language": st.none() | st.just("en"), "network": st.none() | st.just("HBO"),
}  # fmt: skip
FACTS = st.fixed_dictionaries(SOMETIMES)
PLAYS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=12)


def shares(found: Coverage) -> dict[str, float | None]:
    return {each.field: each.share for each in found.fields}


@settings(max_examples=max(8, EXAMPLES // 8), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(FACTS, min_size=4, max_size=4), st.lists(FACTS, min_size=2, max_size=2), PLAYS)
def test_shares_are_those_of_insights_on_the_same_rows(
    store: Store, facts: list[dict[str, Any]], of_shows: list[dict[str, Any]], plays: list[tuple[int, int]]
) -> None:
    world = store.write(lambda work: work.accounts.create(f"a{len(work.accounts.all())}")).id
    ann = Viewer(store, world)
    titles: list[Title] = []
    for which, of in plays:
        told = {name: value for name, value in facts[which].items() if name != "network"}
        ids: dict[str, str | int | None] = {"tmdb": f"{world}-{which}-{of}"}
        if of == 2:
            titles.append(movie(ids, **told))
        else:
            series = show({"tvdb": f"{world}-{of}"}, **of_shows[of])
            titles.append(episode(series, 1, which, ids, runtime_min=told["runtime_min"]))
    ann.watch(titles)
    found, rows = coverage(store, ann.id), store.tables(ann.id)
    known = shares(found)
    assert found.plays == len(plays)
    with closing(insights.prepared(plays=rows.plays, titles=rows.titles, ratings=rows.ratings)) as lens:
        asked: dict[str, Any] = {"as_trakt_counts": True}
        assert known["runtime_min"] == lens.ask("totals", by="time", **asked).coverage
        for of_what, name in (("genre", "genres"), ("country",) * 2, ("language",) * 2, ("decade", "year")):
            assert known[name] == lens.ask("top", of=of_what, by="plays", **asked).coverage
        of_series = lens.ask("top", of="network", by="plays", kind="episode", **asked)
        assert known["network"] == of_series.coverage
    by_source = {each.field: sum(each.by_source.values()) for each in found.fields}
    assert by_source == {each.field: each.known for each in found.fields}


def test_an_episode_has_of_its_show_what_insights_take_from_there_and_a_day_of_its_own(ann: Viewer) -> None:
    first = datetime(2008, 1, 21, 3, tzinfo=UTC)
    bad = show({"tvdb": 1}, genres=("drama",), runtime_min=47, certification="TV-MA", first_aired_at=first, rating=9.0)
    ann.watch(
        [episode(bad, 1, 1), episode(bad, 1, 2, first_aired_at=first), episode(bad, 1, 3, released_on=first.date())]
    )
    found = {each.field: (each.known, each.plays) for each in coverage(ann.store, ann.id).fields}
    assert found == {
        "runtime_min": (3, 3), "genres": (3, 3), "country": (0, 3), "language": (0, 3), "network": (0, 3),
        "certification": (3, 3), "year": (0, 3), "released_on": (2, 3), "first_aired_at": (1, 3), "rating": (3, 3),
    }  # fmt: skip


def test_plays_that_are_removed_or_of_nothing_known_are_counted_as_they_are(ann: Viewer) -> None:
    assert set(shares(coverage(ann.store, ann.id)).values()) == {None}
    ann.watch([movie({"tmdb": 1}, **FULL)])
    nothing = Arrival(title_id=None, watched_at=None, sources=(Source("import", "x"),))
    there = Arrival(title_id=None, watched_at=None, sources=(), trakt_id=5)
    made = ann.store.write(lambda work: work.plays.arrive(ann.id, [nothing, there]))
    assert coverage(ann.store, ann.id).plays == 3
    ann.store.write(lambda work: work.plays.remove(ann.id, [made[1].play_id]))
    found = coverage(ann.store, ann.id)
    assert found.plays == 2
    assert shares(found)["runtime_min"] == 0.5
    assert found.raise_by == ()
    with pytest.raises(NoSuchAccount):
        coverage(ann.store, 4711)


def test_every_insight_that_rests_on_a_fact_has_its_share(ann: Viewer) -> None:
    ann.watch([movie({"tmdb": 1}, **FULL), movie({"tmdb": 2}, year=1990)])
    found = coverage(ann.store, ann.id).insights
    told = {each.insight: (each.field, each.share) for each in found}
    assert told["top of genre"] == ("genres", 0.5)
    assert told["top of decade"] == ("year", 1.0)
    assert told["totals by time"] == ("runtime_min", 0.5)
    assert told["top of network"] == ("network", None)
    known = [each.share for each in found if each.share is not None]
    assert known == sorted(known)


def test_what_would_raise_it_is_named_until_it_was_asked(ann: Viewer) -> None:
    ann.watch([movie({"tmdb": 949}, rating=8.0), movie({"slug": "nowhere"}, **FULL | {"language": None})])
    before = {each.source: each for each in coverage(ann.store, ann.id).raise_by}
    assert list(before) == ["trakt", "plex", "jellyfin", "emby", "tmdb"]
    assert before["trakt"].fields["language"] == 2
    assert before["trakt"].plays == 2
    assert before["plex"].fields == {
        "runtime_min": 1, "genres": 1, "country": 1, "certification": 1, "year": 1, "released_on": 1,
    }  # fmt: skip
    assert before["tmdb"].fields == {**before["plex"].fields, "language": 1}
    assert before["tmdb"].words == (
        "Ask TMDB, with a key of your own: watchprint titles fill --tmdb. It could add up to 1 plays: "
        "runtime, genres, country, language, certification, year, day of release."
    )
    asked_of(
        ann, "plex", PlexServer({"1": ("movie", {"1": [plex_row("1", "movie", ["tmdb://949"], duration=60_000)]})})
    )
    then = {each.source: each for each in coverage(ann.store, ann.id).raise_by}
    assert "plex" not in then
    assert "runtime_min" not in then["tmdb"].fields
    asked_of(ann, "tmdb", TmdbServer(movies={949: HEAT | {"genres": []}}))
    last = {each.source: each.fields for each in coverage(ann.store, ann.id).raise_by}
    assert last["jellyfin"] == {"genres": 1}
    assert "tmdb" not in last


def test_what_a_source_did_not_raise_is_not_promised(ann: Viewer) -> None:
    bad = show({"tvdb": 81189, "tmdb": 1396})
    ann.watch([episode(bad, 1, 1), episode(bad, 1, 1), movie({"tmdb": 1}, **FULL)])
    promised = {each.source: each.plays for each in coverage(ann.store, ann.id).raise_by}
    assert promised["tvmaze"] == 2
    assert promised["tmdb"] == 2
    asked_of(ann, "tmdb", TmdbServer())
    assert "tmdb" not in {each.source for each in coverage(ann.store, ann.id).raise_by}


def test_a_bare_export_can_be_raised_by_a_full_one_and_a_full_one_cannot(ann: Viewer) -> None:
    bare = movie({"tmdb": 1}, name="x", year=1995)
    ann.watch([bare])
    promised = {each.source: each for each in coverage(ann.store, ann.id).raise_by}
    assert set(promised["export"].fields) == {
        "runtime_min", "genres", "country", "language", "certification", "released_on", "rating",
    }  # fmt: skip
    ann.store.write(lambda work: work.titles.resolve(movie({"tmdb": 1}, name="x", runtime_min=100), "export"))
    assert "export" not in {each.source for each in coverage(ann.store, ann.id).raise_by}

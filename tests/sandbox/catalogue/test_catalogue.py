"""Finding titles by id, name and path: against a slow reference that tries every title."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchprint.sandbox.catalogue import Catalogue, Movie, Show, builtin
from watchprint.sandbox.catalogue.catalogue import ACCEPTED, SCHEMES
from watchprint.sandbox.state import Item

SMALL = st.integers(1, 6)
OPTIONAL = st.none() | SMALL
FILMS = st.lists(
    st.builds(
        Movie,
        trakt=st.integers(1, 12),
        slug=st.sampled_from(["a", "b", "c-1999"]),
        title=st.sampled_from(["A", "B", "Ä", "C"]),
        year=st.none() | st.integers(1998, 2001),
        imdb=st.none() | st.sampled_from(["tt1", "tt2", "tt3"]),
        tmdb=OPTIONAL,
        votes=SMALL,
    ),
    max_size=8,
    unique_by=lambda film: film.trakt,
)
IDS = st.fixed_dictionaries(
    {},
    optional={
        "trakt": st.none() | st.integers(1, 12) | st.integers(1, 12).map(str),
        "imdb": st.sampled_from(["tt1", "tt3", "", None]),
        "tmdb": OPTIONAL | SMALL.map(str) | st.just("x"),
        "tvdb": OPTIONAL,
        "slug": st.sampled_from(["a", "b", "c-1999", "", None]),
        "plex": st.none(),
    },
)


def slow_by_ids(films: list[Movie], ids: dict[str, Any]) -> Movie | None:
    """Scheme by scheme, the film with that id; of several the one with most votes, then the oldest id."""
    for scheme in ("trakt", "imdb", "tmdb", "slug"):
        wanted = ids.get(scheme)
        fits = [f for f in films if wanted not in (None, "") and str(getattr(f, scheme)) == str(wanted)]
        if fits:
            return min(fits, key=lambda film: (-film.votes, film.trakt))
    return None


@given(FILMS, IDS)
def test_by_ids_is_the_first_id_that_hits(films: list[Movie], ids: dict[str, Any]) -> None:
    assert Catalogue(films, []).by_ids("movie", ids) is slow_by_ids(films, ids)


@given(FILMS, st.sampled_from(["a", "A", " b ", "ä", "d"]), st.none() | st.integers(1998, 2001))
def test_by_title_is_that_year_else_the_most_current(films: list[Movie], title: str, year: int | None) -> None:
    plain = title.strip().lower().replace("ä", "a")
    named = [f for f in films if f.title.lower().replace("ä", "a") == plain]
    fits = [f for f in named if year is not None and f.year == year] or named
    wanted = min(fits, key=lambda f: (-(f.year or 0), -f.votes, f.trakt), default=None)
    assert Catalogue(films, []).by_title("movie", title, year) is wanted


def test_schemes_are_tried_in_trakts_order() -> None:
    assert SCHEMES == ("trakt", "imdb", "tmdb", "tvdb", "slug")
    for accepted in ACCEPTED.values():
        assert sorted(accepted, key=SCHEMES.index) == list(accepted)


def test_the_first_id_wins_even_if_others_contradict_it() -> None:
    found = builtin().by_ids("movie", {"tmdb": 603, "trakt": 28, "imdb": "tt0113277"})
    assert isinstance(found, Movie)
    assert found.trakt == 28


@pytest.mark.parametrize("value", [True, "", None, "tt-nothing", -1, 1.5, [], {}, "9" * 40, "٣"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_unusable_ids_find_nothing(scheme: str, value: Any) -> None:
    for kind in ACCEPTED:
        assert builtin().by_ids(kind, {scheme: value}) is None


def test_unknown_kinds_find_nothing() -> None:
    catalogue = builtin()
    assert catalogue.by_ids("user", {"trakt": 1}) is None
    assert catalogue.by_title("episode", "Pilot") is None
    assert catalogue.by_path("user", "demo") is None
    assert catalogue.lookup("tmdb", "1396", ["user"]) == []


def test_every_title_is_found_by_its_tmdb_id_alone() -> None:
    catalogue = builtin()
    assert all(catalogue.by_ids("movie", {"tmdb": m.tmdb}) is m for m in catalogue.movies.values())
    assert all(catalogue.by_ids("show", {"tmdb": s.tmdb}) is s for s in catalogue.shows.values())
    assert all(catalogue.by_ids("season", {"tmdb": s.tmdb}) is s for s in catalogue.seasons.values())
    assert all(catalogue.by_ids("episode", {"tmdb": e.tmdb}) is e for e in catalogue.episodes.values())


def test_a_path_is_a_trakt_id_a_slug_or_an_imdb_id() -> None:
    catalogue = builtin()
    show = catalogue.shows[1388]
    assert {catalogue.by_path("show", text) for text in ("1388", "breaking-bad", "tt0903747")} == {show}
    assert catalogue.by_path("show", "no-such-show") is None


def test_a_slug_of_digits_is_found_unless_it_is_a_trakt_id() -> None:
    day, other = Show(trakt=1960, slug="24", title="24"), Show(trakt=25, slug="1960", title="1960")
    catalogue = Catalogue([], [day, other])
    assert catalogue.by_path("show", "24") is day
    assert catalogue.by_path("show", "1960") is day


def test_ids_are_unique_only_per_type() -> None:
    found = builtin().lookup("trakt", "1388", ["movie", "show", "episode", "person"])
    assert [type(title) for title in found] == [Movie, Show]


def test_items_of_the_state_are_found() -> None:
    catalogue = builtin()
    assert catalogue.get(Item("movie", 789)) is catalogue.by_ids("movie", {"tmdb": 949})
    assert catalogue.get(Item("person", 95_000_001)) is catalogue.people[95_000_001]
    assert catalogue.get(Item("season", 1)) is None


def test_two_shows_with_one_slug_both_stay() -> None:
    catalogue = builtin()
    both = [s for s in catalogue.shows.values() if s.slug == "battlestar-galactica-2003"]
    assert [s.trakt for s in both] == [1959, 173344]
    assert catalogue.by_path("show", "battlestar-galactica-2003") is both[0]

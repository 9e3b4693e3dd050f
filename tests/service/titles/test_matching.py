"""The same title by different names."""

from __future__ import annotations

from watchprint import Episode, Movie, Season, Show
from watchprint.service.titles.matching import aliases, comparable, same

SHOW = Show(tmdb=1396, trakt=1388)


def test_any_shared_name_is_enough() -> None:
    assert same(Movie(tmdb=949), Movie(trakt=1, tmdb=949))
    assert same(Movie(imdb="tt0113277"), Movie(imdb="tt0113277", title="Heat"))
    assert same(Episode(Show(tmdb=1396), 1, 2), Episode(SHOW, 1, 2, trakt=5))
    assert same(Episode(trakt=5), Episode(SHOW, 1, 2, trakt=5))
    assert same(Season(Show(trakt=1388), 0), Season(SHOW, 0))


def test_kinds_places_and_numbers_tell_apart() -> None:
    assert not same(Movie(trakt=28), Show(trakt=28))
    assert not same(Episode(SHOW, 1, 2), Episode(SHOW, 2, 1))
    assert not same(Season(SHOW, 0), Season(SHOW, 1))
    assert not same(Season(SHOW, 1), Episode(SHOW, 1, 1))
    assert not same(Show(trakt=1388), Season(SHOW, 1))
    assert aliases(Movie(title="Heat", year=1995)) == ()


def test_comparable_means_that_equal_titles_are_seen() -> None:
    assert comparable([])
    assert comparable([Movie(tmdb=1)])
    assert comparable([Movie(tmdb=1), Movie(tmdb=2, imdb="tt0000001")])
    assert not comparable([Movie(tmdb=1), Movie(imdb="tt0000001")])
    assert not comparable([Movie(tmdb=1), Movie(tmdb=2, trakt=2), Movie(trakt=3)])
    assert comparable([Episode(Show(tmdb=1), 1, 1), Episode(Show(tmdb=1), 1, 2)])
    assert not comparable([Episode(Show(tmdb=1), 1, 1), Episode(tmdb=7)])

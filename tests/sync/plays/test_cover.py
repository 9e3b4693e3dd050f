"""The cheapest readings that explain every difference, beside every other way to read."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from watchprint.sync.activities import KINDS, Kind
from watchprint.sync.plan import Point, Tally
from watchprint.sync.plays.cover import PAGE, Reading, cheapest, pages, titled, windows

DAY = 24 * 60
points = st.sets(st.tuples(st.integers(1, 30), st.one_of(st.none(), st.integers(0, 400 * DAY))), max_size=30)
SHOWS = {title: title % 4 for title in range(1, 25)}


def history(titles: int, plays: int, every: int = DAY) -> Tally:
    """A steady past: one play every so many minutes, the titles in turn."""
    times: list[Point] = [(n % titles + 1, n * every) for n in range(plays)]
    return Counter(times)


def covered(readings: list[Reading], wanted: set[Point]) -> bool:
    return all(any(each.covers(point, SHOWS) for each in readings) for point in wanted)


@given(points, st.sampled_from(KINDS), st.integers(0, 3000))
def test_every_point_is_covered_and_nothing_costs_more_than_the_whole(
    wanted: set[Point], kind: Kind, plays: int
) -> None:
    theirs = history(30, plays, every=190) + Counter(wanted)
    for way in (titled, windows):
        assert covered(way(kind, wanted, theirs, SHOWS), wanted)
    best = cheapest(kind, wanted, theirs, SHOWS)
    least = min(sum(each.pages for each in way(kind, wanted, theirs, SHOWS)) for way in (titled, windows))
    if best is None:
        assert least >= pages(theirs.total())
    else:
        assert covered(best, wanted)
        assert sum(each.pages for each in best) == least < pages(theirs.total())


@given(points)
def test_the_pages_of_a_reading_are_those_it_takes(wanted: set[Point]) -> None:
    theirs = history(30, 2500, every=190) + Counter(wanted)
    for way in (titled, windows):
        for each in way("episodes", wanted, theirs, SHOWS):
            inside = sum(n for point, n in theirs.items() if each.covers(point, SHOWS))
            assert pages(inside) <= each.pages <= pages(inside + 2), "a window's ends reach a minute further"


def test_a_backdated_season_is_one_reading_of_its_show() -> None:
    theirs = history(30, 4000)
    season: set[Point] = {(title, 9 * DAY + title) for title in (4, 8, 12, 16)}
    [reading] = cheapest("episodes", season, theirs + Counter(season), SHOWS) or []
    assert reading.pages == 1


def test_a_hundred_films_of_one_evening_are_one_window() -> None:
    theirs: Tally = Counter((n, 1_000_000 + n * 3000) for n in range(5000))
    evening: set[Point] = {(n, 2_000_000 + n) for n in range(100)}
    [reading] = cheapest("movies", evening, theirs + Counter(evening), {}) or []
    assert (reading.of, reading.trakt_id, reading.pages) == ("movies", None, 1)


def test_a_film_in_the_past_is_read_by_itself() -> None:
    theirs = history(900, 4000)
    assert cheapest("movies", [(17, 5)], theirs, {}) == [Reading("movies", 17)]


def test_what_differs_everywhere_is_walked_whole() -> None:
    theirs: Tally = Counter((n, n * DAY) for n in range(4 * PAGE))
    assert cheapest("movies", theirs, theirs, {}) is None

"""Items and facts are checked when they are made: each mistake is one sentence, and none is left for Trakt to find."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from watchprint import Episode, Invalid, Listed, Movie, Owned, Person, Place, Season, Seen, Show
from watchprint.trakt.facts import Moment, instant

HEAT = Movie(tmdb=949)
BREAKING_BAD = Show(tmdb=1396)


@pytest.mark.parametrize(
    ("make", "wrong", "says"),
    [
        (Movie, {"tmdb": "949"}, "tmdb id of a movie is a whole number above 0, not '949'"),
        (Movie, {"tmdb": 0}, "whole number above 0"),
        (Movie, {"trakt": True}, "whole number above 0"),
        (Movie, {"imdb": "0113277"}, "imdb id of a movie is text like 'tt0113277'"),
        (Movie, {"slug": " "}, "slug of a movie is text"),
        (Movie, {"title": 5}, "title of a movie is text"),
        (Movie, {"title": "Heat", "year": "1995"}, "year of a movie is a whole number, not '1995'"),
        (Show, {"title": "House", "year": 2004.0}, "year of a show is a whole number"),
        (Season, {"show": BREAKING_BAD, "number": -1}, "number of a season is a whole number from 0"),
        (Episode, {"show": "x", "season": 1, "number": 1}, "the show of an episode is a Show"),
        (Episode, {"show": BREAKING_BAD, "season": 1}, "this episode has nothing to find it by: give its show, season"),
        (Season, {"number": 1}, "this season has nothing to find it by: give its show and number"),
        (Movie, {"year": 1995}, "this movie has nothing to find it by: give an id, e.g. tmdb=949, or title and year"),
        (Person, {"name": "Al Pacino"}, "this person has nothing to find it by: give an id, e.g. tmdb=2636"),
        (Seen, {"item": "Heat"}, "an item is a Movie, Show"),
        (Seen, {"item": HEAT, "at": datetime(2026, 1, 1)}, "has no time zone"),
        (Listed, {"item": HEAT, "notes": 5}, "notes is text, not 5"),
        (Listed, {"item": HEAT, "notes": "x" * 501}, "at most 500 characters, not 501"),
        (Owned, {"item": HEAT, "media_type": 4}, "media_type is text, not 4"),
        (Owned, {"item": HEAT, "is_3d": "no"}, "is_3d is True, False or None, not 'no'"),
        (Place, {"name": "Rex", "kind": "moon"}, "a place is home"),
        (Place, {"name": "Rex", "latitude": 1.0}, "both latitude and longitude"),
        (Place, {"name": "Rex", "latitude": "48", "longitude": 2}, "a latitude is a number from -90 to 90, not '48'"),
        (Place, {"name": "Rex", "latitude": 48, "longitude": float("nan")}, "a longitude is a number"),
        (Place, {"name": "Rex", "venue_id": 5}, "a venue_id is text"),
    ],
)
def test_a_mistake_is_told_when_it_is_made(make: Any, wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(Invalid) as told:
        make(**wrong)
    assert says in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("at", "means"),
    [
        (None, None),
        ("released", Moment.RELEASED),
        (Moment.UNKNOWN, Moment.UNKNOWN),
        ("2026-01-31T20:15:00Z", datetime(2026, 1, 31, 20, 15, tzinfo=UTC)),
        ("2026-01-31T21:15:00+01:00", datetime(2026, 1, 31, 20, 15, tzinfo=UTC)),
        (
            datetime(2026, 1, 31, 15, 15, tzinfo=timezone(timedelta(hours=-5))),
            datetime(2026, 1, 31, 20, 15, tzinfo=UTC),
        ),
    ],
)
def test_times_are_told_in_utc(at: Any, means: Any) -> None:
    assert instant(at) == means


@pytest.mark.parametrize(
    "at", ["tomorrow", "2026-01-31", "2026-01-31T20:15:00", 1_700_000_000, datetime(2026, 1, 1),
           "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:00-14:00"]
)  # fmt: skip
def test_a_time_that_is_none_is_told(at: Any) -> None:
    with pytest.raises(Invalid):
        instant(at)


def test_items_are_values() -> None:
    assert Episode(BREAKING_BAD, 1, 2) == Episode(show=Show(tmdb=1396), season=1, number=2)
    assert len({HEAT, Movie(tmdb=949), Movie(imdb="tt0113277")}) == 2
    assert repr(Episode(BREAKING_BAD, 1, 2)) == "Episode(Show(tmdb=1396), season=1, number=2)"

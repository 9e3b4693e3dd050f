"""Values out of foreign JSON, and whole answers of whatever JSON there may be: nothing is raised over a value."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import EXAMPLES
from watchprint.domain.title import Facts, Title
from watchprint.titles.answers import jellyfin, plex, tmdb, tvmaze
from watchprint.titles.answers.reading import (
    day,
    day_near,
    ids,
    instant,
    minutes_of_ms,
    minutes_of_ticks,
    number,
    runtime_min,
    text,
    whole,
    year,
)

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(
    ["tt0113277", "1995-12-15", "2008-01-21T03:00:00+00:00", "plex://movie/5d77", "tmdb://949", "movie", "Movie", "US"]
)  # fmt: skip
_NAMES = """MediaContainer Directory Metadata Guid Genre Country id tag key type ratingKey title year duration guid
    parentIndex index grandparentRatingKey grandparentGuid originallyAvailableAt contentRating totalSize Items Id Type
    ProviderIds Imdb Tmdb Genres RunTimeTicks PremiereDate Studios Name ProductionLocations TotalRecordCount SeriesId
    ParentIndexNumber IndexNumber movie_results tv_results runtime genres name release_date first_air_date
    release_dates results iso_3166_1 certification content_ratings rating networks origin_country vote_count
    vote_average original_language external_ids imdb_id tvdb_id episode_run_time episodes episode_number season_number
    air_date status externals network webChannel country code premiered language _embedded season number airstamp
    airtime airdate"""
NAMES = st.sampled_from(_NAMES.split())
DOCUMENTS = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=8), max_leaves=40
)
SHOW = Title(kind="show", ids={"tmdb": 1})


def read(document: Any) -> list[Title]:
    """All titles that any reading finds in a document."""
    found: list[Title | None] = [tmdb.movie(document), tmdb.show(document)]
    found += [each.title for each in tmdb.season(document, SHOW, 1) or ()]
    known = tvmaze.known(document)
    found += [known.show, *known.episodes.values()] if known else []
    for kind in ("movie", "show", "episode"):
        page = plex.page(document, kind, {})
        found += [row.title for row in page.rows] if page else []
    items = jellyfin.page(document, {})
    found += [row.title for row in items.rows] if items else []
    plex.libraries(document)
    tmdb.found(document, "movie")
    return [title for title in found if title is not None]


def whole_facts(facts: Facts) -> bool:
    """Whether facts are such as can be kept and be true."""
    texts = [facts.name, facts.country, facts.language, facts.network, facts.certification, facts.status]
    kept = all(each is None or (each == each.strip() != "" and "\x00" not in each) for each in texts)
    return (
        kept
        and (facts.year is None or 1870 <= facts.year <= 2200)
        and (facts.runtime_min is None or 0 < facts.runtime_min <= 6000)
        and (facts.first_aired_at is None or facts.first_aired_at.tzinfo is not None)
        and (facts.rating is None) == (facts.votes is None)
    )


@settings(max_examples=EXAMPLES * 2)
@given(DOCUMENTS)
def test_any_json_is_read_without_an_error_and_gives_facts_that_can_be_true(document: Any) -> None:
    for title in read(document):
        assert whole_facts(title.facts)
        assert all(value for value in title.named().values())


@given(st.integers(1, 10**14))
def test_lengths_are_rounded_to_the_nearest_minute_and_are_at_least_one(units: int) -> None:
    for minutes, unit in ((minutes_of_ms(units), 60_000), (minutes_of_ticks(units), 600_000_000)):
        exact = Fraction(units, unit)
        if exact > 6000:
            assert minutes is None or minutes == 6000
        else:
            assert minutes is not None
            assert abs(minutes - exact) <= Fraction(1, 2) or (minutes == 1 and exact < 1)


def test_whole_numbers_come_in_several_shapes() -> None:
    assert [whole(each) for each in (5, "5", " 5 ", 5.0, True, 5.5, -1, "x", None, [5], 2**31, "٣", float("nan"))] == [
        5, 5, 5, 5, None, None, None, None, None, None, None, None, None,
    ]  # fmt: skip
    assert [year(each) for each in (1995, "1995", 0, 1869, 2201)] == [1995, 1995, None, None, None]
    assert [number(each, 0, 10) for each in (7, 7.5, 11, "7", True, float("nan"))] == [7.0, 7.5, None, None, None, None]
    assert [runtime_min(each) for each in (0, 1, 6000, 6001)] == [None, 1, 6000, None]


def test_texts_are_one_line_of_characters_that_can_be_kept() -> None:
    assert text(" A\x00\n\tB ") == "A B"
    assert [text(each) for each in ("", "  ", "\x00", 7, None)] == [None] * 5
    assert len(text("x" * 10_000) or "") == 500
    assert text(json.loads('"a\\ud800b"')) == "a b"


@pytest.mark.parametrize(
    ("said", "on"),
    [
        ("1995-12-15T00:00:00.0000000Z", date(1995, 12, 15)),
        ("1995-12-14T23:00:00.0000000Z", date(1995, 12, 15)),  # midnight in Berlin
        ("1995-12-15T05:00:00.0000000Z", date(1995, 12, 15)),  # midnight in New York
        ("1995-12-15", date(1995, 12, 15)),
        ("0001-01-01T00:00:00.0000000Z", None),
        ("9999-12-31T23:59:59Z", None),
        ("soon", None),
        (None, None),
    ],
)
def test_days_that_are_written_as_midnights(said: str | None, on: date | None) -> None:
    assert day_near(said) == on


def test_days_and_instants() -> None:
    assert day("2008-01-20 and more") == date(2008, 1, 20)
    assert [day(each) for each in ("", "20080120x", "2008-13-01", 20080120, "1000-01-01")] == [None] * 5
    assert instant("2008-01-21T03:00:00+01:00") == datetime(2008, 1, 21, 2, tzinfo=UTC)
    assert [instant(each) for each in ("2008-01-21T03:00:00", "2008-01-21", "", 5)] == [None] * 4


def test_ids_that_are_none_are_left_out() -> None:
    assert ids("tt0113277", "949", 234) == {"imdb": "tt0113277", "tmdb": 949, "tvdb": 234}
    assert ids("nm0000001", 0, "x/../y") == {}

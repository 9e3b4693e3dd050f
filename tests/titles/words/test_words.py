"""The words of other services, as Trakt has them; what it has no word for is left out."""

from __future__ import annotations

import pytest

from watchprint.sandbox.present.names import COUNTRIES, GENRES, LANGUAGES
from watchprint.titles.words import countries, genres, languages
from watchprint.titles.words.certifications import american


def test_genres_have_trakts_slugs() -> None:
    assert set(GENRES) - {"none"} == genres.TRAKTS
    assert genres.slugs(["Sci-Fi & Fantasy", "Science Fiction", "Drama", "TV Movie", "Krimi", "Talk Show"]) == (
        "science-fiction", "fantasy", "drama", "talk-show",
    )  # fmt: skip
    assert genres.slugs(["Action/Adventure", "Kids", "War & Politics", "MINI-SERIES", "", "Sports"]) == (
        "action", "adventure", "children", "war", "mini-series",
    )  # fmt: skip


@pytest.mark.parametrize("code", sorted(COUNTRIES))
def test_trakts_countries_are_known_by_name_and_code(code: str) -> None:
    assert countries.code(COUNTRIES[code]) == countries.code(code.upper()) == code


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_trakts_languages_are_known_by_name_and_code(code: str) -> None:
    assert languages.code(LANGUAGES[code]) == languages.code(code) == code


def test_countries_and_languages_that_are_none() -> None:
    assert [countries.code(each) for each in (None, "", "Neverland", "XX", "SU", "USA")] == [None] * 5 + ["us"]
    assert countries.first(["SU", "Neverland", "GB", "US"]) == "gb"
    assert [languages.code(each) for each in (None, "Klingon", "xx", "cn", "nb", "Cantonese")] == [
        None, None, None, "cn", "nb", "cn",
    ]  # fmt: skip


def test_only_american_certifications_are_taken() -> None:
    said = ["PG-13", "us/R", "US-TV-MA", "Not Rated", "tv-14", "TV-Y7-FV", "gb/15", "DE-16", "FSK 12", "", None, "M"]
    assert [american(each) for each in said] == [
        "PG-13", "R", "TV-MA", "NR", "TV-14", "TV-Y7", None, None, None, None, None, None,
    ]  # fmt: skip

"""Drawn pictures: well-formed, small, the same every time, and unharmed by odd names."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchprint.sandbox.catalogue import Movie, builtin, poster
from watchprint.sandbox.catalogue.images import BARE, FACES, SIZES
from watchprint.sandbox.catalogue.lettering import fitted, initials, width_em, wrapped

SVG = "{http://www.w3.org/2000/svg}"


def film(title: str, trakt: int = 1) -> Movie:
    """A film of that name."""
    return Movie(trakt=trakt, slug="x", title=title, year=1999)


@pytest.mark.parametrize("kind", SIZES)
def test_each_kind_is_an_svg_of_its_size(kind: str) -> None:
    show = builtin().shows[1388]
    season = show.seasons[1]
    for title in (show, season, season.episodes[0], builtin().movies[789], builtin().people[95_000_001], "demo"):
        raw = poster(title, kind)
        root = ElementTree.fromstring(raw)
        assert (root.get("width"), root.get("height")) == tuple(str(n) for n in SIZES[kind])
        assert len(raw) < 4_000
        assert (root.find(f"{SVG}rect") is None) == (kind in BARE)


def test_the_words_stand_in_the_picture() -> None:
    heat = ElementTree.fromstring(poster(builtin().movies[789]))
    assert {t.text for t in heat.iter(f"{SVG}text")} == {"Heat", "1995"}
    pilot = builtin().shows[1388].seasons[1].episodes[0]
    still = ElementTree.fromstring(poster(pilot, "screenshot"))
    assert {t.text for t in still.iter(f"{SVG}text")} == {"Pilot", "Breaking Bad 1x01"}
    face = ElementTree.fromstring(poster("demo user", "avatar"))
    assert [t.text for t in face.iter(f"{SVG}text")] == ["DU"]


@given(st.text(), st.sampled_from(sorted(SIZES)))
def test_any_name_makes_a_well_formed_picture(name: str, kind: str) -> None:
    raw = poster(film(name), kind)
    ElementTree.fromstring(raw)
    assert raw == poster(film(name), kind)
    ElementTree.fromstring(poster(name, kind))


def test_markup_in_a_name_is_text() -> None:
    root = ElementTree.fromstring(poster(film("<script>&\"'</script>")))
    assert root.find(f".//{SVG}script") is None
    assert "<script>" in "".join(t.text or "" for t in root.iter(f"{SVG}text"))


def test_titles_look_different() -> None:
    pictures = {poster(film("Same", trakt)) for trakt in range(40)}
    assert len(pictures) >= 39


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"])), st.floats(1, 30))
def test_wrapping_loses_no_letter(text: str, most_em: float) -> None:
    lines = wrapped(text, most_em)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_em(line) <= most_em or len(line) == 1 for line in lines)


@given(st.text(min_size=1, max_size=200), st.floats(60, 800), st.floats(12, 400), st.floats(10, 120))
def test_fitted_text_fits(text: str, width_px: float, height_px: float, largest_px: float) -> None:
    size, lines = fitted(text, width_px, height_px, largest_px)
    assert 0 < size <= largest_px
    assert 1 <= len(lines) <= 5


@pytest.mark.parametrize(("name", "letters"), [("", "?"), ("demo", "D"), ("anna b. müller", "AM"), ("\x00", "?")])
def test_initials_are_those_of_the_first_and_last_word(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_every_face_has_only_initials() -> None:
    assert {"headshot", "avatar"} == FACES

"""Items as text: whatever is typed is an item or a sentence, and what is printed can be typed again."""

from __future__ import annotations

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from watchprint import Episode, Invalid, Movie, PartlyWritten, Person, Season, Seen, Show
from watchprint.cli.service import forms
from watchprint.cli.service.itemtext import LONGEST, item_of, left_of, name_of, text_of
from watchprint.service.titles import typed
from watchprint.trakt.items import Item

KINDS = ("movie", "show", "season", "episode", "person")
SCHEMES = ("trakt", "slug", "imdb", "tmdb", "tvdb")


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("movie:tmdb:949", Movie(tmdb=949)),
        ("movie:949", Movie(trakt=949)),
        ("movie:heat-1995", Movie(slug="heat-1995")),
        ("movie:slug:300", Movie(slug="300")),
        ("movie:tt0113277", Movie(imdb="tt0113277")),
        ("movie:Heat (1995)", Movie(title="Heat", year=1995)),
        ("  movie:Mission: Impossible (1996) ", Movie(title="Mission: Impossible", year=1996)),
        ("movie:1917 (2019)", Movie(title="1917", year=2019)),
        ("movie:Blade Runner (Final Cut) (1982)", Movie(title="Blade Runner (Final Cut)", year=1982)),
        ("show:tvdb:81189", Show(tvdb=81189)),
        ("season:tmdb:1396:1", Season(Show(tmdb=1396), 1)),
        ("season:breaking-bad:0", Season(Show(slug="breaking-bad"), 0)),
        ("season:The Wire (2002):3", Season(Show(title="The Wire", year=2002), 3)),
        ("season:trakt:3950", Season(trakt=3950)),
        ("episode:tmdb:1396:1x02", Episode(Show(tmdb=1396), 1, 2)),
        ("episode:breaking-bad:s1e2", Episode(Show(slug="breaking-bad"), 1, 2)),
        ("episode:The Wire (2002):S03E11", Episode(Show(title="The Wire", year=2002), 3, 11)),
        ("episode:trakt:62085", Episode(trakt=62085)),
        ("episode:62085", Episode(trakt=62085)),
        ("episode:tt0959621", Episode(imdb="tt0959621")),
        ("person:nm0000199", Person(imdb="nm0000199")),
        ("person:al-pacino", Person(slug="al-pacino")),
    ],
)
def test_what_a_text_names(text: str, item: Item) -> None:
    assert item_of(text) == item


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "does not begin with"),
        ("movie", "does not name an item"),
        ("movie:", "does not name an item"),
        ("movie: ", "does not name an item"),
        ("film:tmdb:949", "does not begin with movie"),
        ("movie:tmdb:", "a slug is letters"),
        ("movie:tmdb:heat", "a tmdb id is a number"),
        ("movie:tmdb:-1", "a tmdb id is a number"),
        ("movie:tmdb:0", "above 0"),
        ("movie:tmdb:²", "a tmdb id is a number"),
        ("movie:tmdb:" + "9" * 5000, "at most 500 characters"),
        ("movie:tmdb:" + "9" * 400, "at most 18 digits"),
        ("movie:tvdb:1", "a movie is named by trakt, slug, imdb or tmdb"),
        ("movie:imdb:heat", "imdb"),
        ("movie:Heat", None),
        ("movie:Heat of the night", "needs its year"),
        ("season:tmdb:1396", None),
        ("season:breaking-bad", "a season is a show and a number"),
        ("season:slug:1", None),
        ("season:tmdb:1396:one", "a season is a show and a number"),
        ("episode:heat", "an episode is a show and a place"),
        ("episode:1x02", "an episode is a show and a place"),
        ("episode:slug:heat", "an episode is a show and a place"),
        ("episode:tmdb:1396:1x", "an episode"),
        ("episode:tmdb:1x02", "a tmdb id is a number"),
        ("person:tvdb:1", "a person is named by"),
        ("person:Al Pacino", "a slug is letters"),
    ],
)
def test_what_names_nothing_is_told_how_to_be_written(text: str, words: str | None) -> None:
    if words is None:
        assert text_of(item_of(text))
        return
    with pytest.raises(Invalid, match=words):
        item_of(text)


LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NEAR = st.text(st.sampled_from("0123456789xXsSeE:()- tmdbslgivrk²٣\n\x00"), max_size=25)
PARTS = st.sampled_from([*KINDS, *SCHEMES, "", "1", "1x02", "0", "tt123", "Heat (1995)", "a b", "²", "1x²", "s1e1"])


@given(
    st.one_of(
        LETTERS,
        st.builds("{}:{}".format, st.sampled_from(KINDS), st.one_of(LETTERS, NEAR)),
        st.lists(PARTS, max_size=5).map(":".join),
    )
)
@example("season:slug:²")
@example("episode:tmdb:²:1x1")
@example("movie:" + " " * 400 + "x")
def test_whatever_is_typed_is_an_item_or_invalid(text: str) -> None:
    try:
        item = item_of(text)
    except Invalid:
        return
    again = text_of(item)
    assert again
    assert item_of(again) == item
    assert name_of(item)


IDS = st.integers(1, 10**18 - 1)
SLUGS = st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=30)
TITLES = (
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=30)
    .map(str.strip)
    .filter(bool)
)
COUNTS = st.integers(0, 999_999)
SHOWS = st.one_of(
    st.builds(Show, tmdb=IDS),
    st.builds(Show, trakt=IDS),
    st.builds(Show, tvdb=IDS),
    st.builds(Show, slug=SLUGS),
    st.builds(Show, imdb=st.integers(100, 10**8).map("tt{}".format)),
    st.builds(Show, title=TITLES, year=st.integers(1000, 9999)),
)


@given(
    st.one_of(
        SHOWS,
        st.builds(Movie, tmdb=IDS),
        st.builds(Movie, slug=SLUGS),
        st.builds(Movie, title=TITLES, year=st.integers(1000, 9999)),
        st.builds(Season, SHOWS, COUNTS),
        st.builds(Season, trakt=IDS),
        st.builds(Episode, SHOWS, COUNTS, COUNTS),
        st.builds(Episode, imdb=st.integers(100, 10**8).map("tt{}".format)),
        st.builds(Person, slug=SLUGS),
    )
)
def test_what_is_printed_can_be_typed_again(item: Item) -> None:
    assert len(text_of(item)) < LONGEST
    assert item_of(text_of(item)) == item


def test_an_answers_item_is_typed_by_an_id_that_every_method_takes() -> None:
    whole = Movie(trakt=789, slug="heat-1995", imdb="tt0113277", tmdb=949, title="Heat", year=1995)
    assert text_of(whole) == "movie:tmdb:949"
    assert text_of(Episode(Show(trakt=1388, tmdb=1396), 1, 2, trakt=73483, tmdb=62086)) == "episode:tmdb:1396:1x02"
    assert text_of(Movie(title="Heat")) == ""


def test_names_are_words() -> None:
    show = Show(tmdb=1396, title="Breaking Bad", year=2008)
    assert name_of(show) == "Breaking Bad (2008)"
    assert name_of(Season(show, 1)) == "Breaking Bad (2008), season 1"
    assert name_of(Episode(show, 1, 2, title="Cat's in the Bag...")) == "Breaking Bad 1x02 Cat's in the Bag..."
    assert name_of(Episode(tmdb=62086)) == "episode tmdb 62086"
    assert name_of(Episode(trakt=1, number=2)) == "episode trakt 1"
    assert name_of(Person(slug="al-pacino")) == "al-pacino"
    assert name_of(None) == "(a title that Trakt no longer names)"


def test_what_a_batch_left_is_typed_again() -> None:
    left = (Movie(tmdb=949), Seen(Movie(title="Heat", year=1995)), 17, Movie(title="Heat"))
    error = PartlyWritten("it stopped", written=None, left=left)
    assert left_of(error) == "movie:tmdb:949, movie:Heat (1995), play 17, Heat"


def test_help_and_errors_show_the_same_forms() -> None:
    assert forms.FORMS == typed.FORMS

"""Search by text: against a slow reference without an index, and by examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchprint.sandbox.catalogue import Catalogue, Episode, Movie, Person, Season, Show, Title, builtin
from watchprint.sandbox.catalogue.search import score
from watchprint.sandbox.catalogue.text import folded, query_words, words

KINDS = ("movie", "show", "episode", "person")
QUERIES = st.lists(
    st.sampled_from(["the", "th", "matrix", "1999", "star", "bad", "pilot", "é", "of", "Ω", "wa", "12"]),
    min_size=1,
    max_size=3,
).map(" ".join)


def everything(catalogue: Catalogue) -> list[Title]:
    """All titles that have names."""
    titles: list[Title] = [*catalogue.movies.values(), *catalogue.shows.values()]
    return [*titles, *catalogue.episodes.values(), *catalogue.people.values()]


@given(QUERIES)
def test_the_index_finds_what_scoring_every_title_finds(query: str) -> None:
    asked = query_words(query)
    slow = [(float(score(asked, t)), t) for t in everything(builtin()) if score(asked, t)]
    slow.sort(key=lambda hit: (-hit[0], -getattr(hit[1], "votes", 0), hit[1].trakt))
    fast = builtin().search(query, KINDS)
    assert [(s, t.trakt) for s, t in fast] == [(s, t.trakt) for s, t in slow]
    assert all(s == round(s) > 0 for s, _ in fast)


def titles(query: str, *kinds: str, exact: bool = False) -> list[str]:
    """Names of the hits."""
    hits = builtin().search(query, kinds, exact=exact)
    return [t.name if isinstance(t, Person) else getattr(t, "title", "") or "" for _, t in hits]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("the matrix", "The Matrix"),
        ("THE MATR", "The Matrix"),
        ("wall e", "WALL·E"),
        ("wall\\-e", "WALL·E"),
        ("leon professional", "Léon: The Professional"),
        ("mission\\: impossible", "Mission: Impossible"),
        ("kikis delivery", "Kiki's Delivery Service"),
        ("cache", "Caché"),
        ("three amigos", "¡Three Amigos!"),
        ("alien³", "Alien³"),
        ("heat 1995", "Heat"),
        ("batman 1989", "Batman"),
    ],
)
def test_the_best_film_comes_first(query: str, first: str) -> None:
    assert titles(query, "movie")[0] == first


def test_a_year_alone_finds_what_came_out_then() -> None:
    years = {t.year for _, t in builtin().search("2006", ["movie"]) if isinstance(t, Movie)}
    assert years == {2006}


def test_an_exact_search_wants_the_whole_title() -> None:
    assert titles("the thing", "movie", exact=True) == ["The Thing", "The Thing"]
    assert titles("thing", "movie", exact=True) == []
    assert titles("dark", "show", "movie", exact=True) == ["Dark"]


def test_episodes_are_found_by_their_title_and_their_show() -> None:
    hits = builtin().search("breaking bad ozymandias", ["episode"])
    assert isinstance(hits[0][1], Episode)
    assert hits[0][1].title == "Ozymandias"
    assert len(builtin().search("breaking bad", ["episode"])) >= 63


def test_people_are_found_with_and_without_accents() -> None:
    assert titles("penelope", "person") == titles("Penélope", "person") == ["Penélope Cruz"]
    assert titles("mifune toshiro", "person") == ["Toshirō Mifune"]


@pytest.mark.parametrize("query", ["", "   ", "\\", "()", "+-&&||", "'", "\\*\\?", "~"])
def test_a_query_without_a_word_finds_nothing(query: str) -> None:
    assert builtin().search(query, KINDS) == []


def test_seasons_and_unknown_kinds_have_no_names() -> None:
    assert builtin().search("season", ["season", "list", "user"]) == []


@given(st.text())
def test_any_text_is_a_harmless_query(query: str) -> None:
    hits = builtin().search(query, ["movie"])
    assert [s for s, _ in hits] == sorted((s for s, _ in hits), reverse=True)


@given(st.text())
def test_folding_is_idempotent_and_case_does_not_matter(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert words(text.upper()) == words(text.upper().lower())


def test_a_title_without_letters_is_still_found_by_name() -> None:
    odd = Movie(trakt=1, slug="x", title="…")
    show = Show(trakt=1, slug="y", title="Y")
    season = Season(1, show, 1)
    season.episodes.append(Episode(1, season, 1))
    show.seasons.append(season)
    small = Catalogue([odd], [show])
    assert small.by_title("movie", "…") is odd
    assert small.search("…", ["movie"]) == []
    assert [t.trakt for _, t in small.search("y", ["episode"])] == [1]

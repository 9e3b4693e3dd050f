"""What a sync body means: every asked title is a leaf or echoed, against an obvious reading (trakt-api.md 7)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sandbox.routes.small import ALIEN, ANIME, HEAT, NOW, WIRE, WIRE_S1, small_world
from watchprint.sandbox.rules.requests.items import Expand, read_items

WORLD = small_world()
CATALOGUE = WORLD.catalogue
SHOWS = [28, 70, 71, 404]

episodes = st.lists(st.builds(lambda n: {"number": n}, st.integers(1, 5)), max_size=3)
seasons = st.lists(
    st.builds(
        lambda n, e: {"number": n, **e}, st.integers(0, 3), st.just({}) | st.builds(lambda e: {"episodes": e}, episodes)
    ),
    max_size=3,
)
shows = st.builds(
    lambda trakt, more: {"ids": {"trakt": trakt}, **more},
    st.sampled_from(SHOWS),
    st.just({}) | st.builds(lambda s: {"seasons": s}, seasons),
)


def slow(show: dict[str, Any], expand: Expand) -> tuple[list[tuple[str, int]], Any]:
    """The leaves of one show and its echo, written out plainly."""
    known = CATALOGUE.shows.get(show["ids"]["trakt"])
    if known is None:
        return [], show
    by_number = {s.number: s for s in known.seasons}

    def of_season(number: int) -> list[tuple[str, int]]:
        if expand is Expand.ITSELF:
            return [("season", by_number[number].trakt)]
        every = expand is Expand.EVERY
        return [
            ("episode", e.trakt)
            for e in by_number[number].episodes
            if every or (e.first_aired is not None and e.first_aired <= NOW)
        ]

    if not show.get("seasons") or expand is Expand.WHOLE:
        if expand in (Expand.ITSELF, Expand.WHOLE):
            return [("show", known.trakt)], None
        numbers = [n for n in by_number if n or expand is Expand.EVERY]
        return [leaf for n in numbers for leaf in of_season(n)], None
    leaves: list[tuple[str, int]] = []
    missing = []
    for season in show["seasons"]:
        if season["number"] not in by_number:
            missing.append(season)
        elif not season.get("episodes"):
            leaves += of_season(season["number"])
        else:
            there = {e.number: e.trakt for e in by_number[season["number"]].episodes}
            leaves += [("episode", there[e["number"]]) for e in season["episodes"] if e["number"] in there]
            gone = [e for e in season["episodes"] if e["number"] not in there]
            missing += [{**season, "episodes": gone}] if gone else []
    return leaves, {**show, "seasons": missing} if missing else None


@given(st.lists(shows, max_size=4), st.sampled_from(Expand))
def test_shows_with_seasons_and_episodes(asked: list[dict[str, Any]], expand: Expand) -> None:
    reading = read_items({"shows": asked}, WORLD, expand=expand)
    expected = [slow(show, expand) for show in asked]
    assert [(leaf.item.type, leaf.item.trakt) for leaf in reading.leaves] == [x for xs, _ in expected for x in xs]
    assert reading.not_found["shows"] == [echo for _, echo in expected if echo is not None]


@pytest.mark.parametrize(
    ("asked", "trakt"),
    [
        ({"ids": {"trakt": HEAT, "imdb": "tt0078748"}}, HEAT),
        ({"ids": {"trakt": 404, "imdb": "tt0078748", "tmdb": 949}}, ALIEN),
        ({"ids": {"tmdb": 949, "slug": "alien-1979"}}, HEAT),
        ({"ids": {"slug": "alien-1979"}}, ALIEN),
        ({"ids": {}, "title": "Heat", "year": 1995}, HEAT),
        ({"title": "heat"}, HEAT),
        ({"name": "Alien", "year": 1900}, ALIEN),
    ],
)
def test_ids_in_order_then_title_and_year_then_title(asked: dict[str, Any], trakt: int) -> None:
    (leaf,) = read_items({"movies": [asked]}, WORLD, expand=Expand.ITSELF).leaves
    assert leaf.item.trakt == trakt


def test_ids_are_looked_up_inside_the_type_of_the_array() -> None:
    body = {name: [{"ids": {"trakt": 28}}] for name in ("movies", "shows", "seasons", "episodes")}
    reading = read_items(body, WORLD, expand=Expand.ITSELF)
    assert [leaf.item.type for leaf in reading.leaves] == ["movie", "show"]
    assert reading.not_found["seasons"] == reading.not_found["episodes"] == [{"ids": {"trakt": 28}}]


def test_seasons_by_tmdb_as_number_or_text() -> None:
    for tmdb in (WIRE_S1 + 6000, str(WIRE_S1 + 6000)):
        (leaf,) = read_items({"seasons": [{"ids": {"tmdb": tmdb}}]}, WORLD, expand=Expand.ITSELF).leaves
        assert leaf.item.trakt == WIRE_S1


def test_attributes_are_inherited_downwards_only() -> None:
    show = {
        "ids": {"trakt": WIRE},
        "rating": 1,
        "seasons": [{"number": 1, "rating": 2, "episodes": [{"number": 1, "rating": 3}, {"number": 2}]}, {"number": 2}],
    }
    body = {"shows": [show, {"ids": {"trakt": ANIME}}]}
    leaves = read_items(body, WORLD, expand=Expand.ITSELF, attrs=("rating",)).leaves
    assert [leaf.attrs for leaf in leaves] == [{"rating": 3}, {"rating": 2}, {"rating": 1}, {}]


def test_arrays_that_an_endpoint_lacks_are_passed_over() -> None:
    reading = read_items({"movies": [{"ids": {"trakt": HEAT}}]}, WORLD, expand=Expand.ITSELF, arrays=("shows",))
    assert (reading.leaves, reading.not_found) == ([], {"shows": []})

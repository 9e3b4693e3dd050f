"""Bodies: what is nested, which ids are sent, and how an echo leads back to what the caller handed in."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from watchprint import Episode, Movie, Season, Show
from watchprint import Person as Someone
from watchprint.service.arguments import Asked
from watchprint.service.writing.bodies import Line, body_of, unknown_of
from watchprint.trakt.items import Item
from watchprint.trakt.models.writes import NotFound

SHOW = Show(tmdb=1396)


def line(item: Item, **marks: Any) -> Line:
    return Line(item, Asked(item, item), marks)


def said(*lines: Line) -> Any:
    return json.loads(msgspec.json.encode(body_of(lines)))


def test_episodes_by_place_stand_inside_their_show() -> None:
    body = said(
        line(Episode(SHOW, 1, 1), notes="a"),
        line(Movie(tmdb=949, title="Heat")),
        line(Episode(SHOW, 1, 2)),
        line(Season(SHOW, 1), notes="whole"),
        line(Episode(SHOW, 0, 3)),
        line(SHOW),
    )
    assert body == {
        "movies": [{"ids": {"tmdb": 949}}],
        "shows": [
            {"ids": {"tmdb": 1396}},
            {
                "ids": {"tmdb": 1396},
                "seasons": [
                    {"number": 1, "episodes": [{"number": 1, "notes": "a"}, {"number": 2}]},
                    {"number": 1, "notes": "whole"},
                    {"number": 0, "episodes": [{"number": 3}]},
                ],
            },
        ],
    }


def test_own_ids_go_first_and_only_those_that_trakt_takes() -> None:
    body = said(
        line(Episode(SHOW, 1, 1, trakt=5, tmdb=6, imdb="tt0000007")),
        line(Season(SHOW, 1, tmdb=8)),
        line(Someone(slug="al-pacino", imdb="nm0000199", name="Al Pacino")),
        line(Movie(title="Heat", year=1995)),
    )
    assert body == {
        "movies": [{"title": "Heat", "year": 1995}],
        "seasons": [{"ids": {"tmdb": 8}}],
        "episodes": [{"ids": {"trakt": 5}}],
        "people": [{"ids": {"slug": "al-pacino", "imdb": "nm0000199"}}],
    }


def test_one_title_twice_is_sent_twice() -> None:
    body = said(line(Episode(SHOW, 1, 1)), line(Episode(SHOW, 1, 1)))
    assert body["shows"][0]["seasons"] == [{"number": 1, "episodes": [{"number": 1}, {"number": 1}]}]


LINES = [
    line(Movie(tmdb=949)),
    line(Movie(title="Heat", year=1995)),
    line(SHOW),
    line(Season(SHOW, 2)),
    line(Episode(SHOW, 1, 1)),
    line(Episode(SHOW, 1, 2)),
    line(Episode(trakt=5)),
    line(Someone(tmdb=1158)),
]


@pytest.mark.parametrize(
    ("echo", "unknown"),
    [
        ({}, []),
        ({"movies": [{"ids": {"tmdb": 949}}]}, [0]),
        ({"movies": [{"ids": {"tmdb": 949, "slug": None, "plex": {"guid": None}}}]}, [0]),
        ({"movies": [{"title": "HEAT", "year": 1995}]}, [1]),
        ({"shows": [{"ids": {"tmdb": 1396}}]}, [2, 3, 4, 5]),
        ({"shows": [{"ids": {"tmdb": 1396}, "seasons": [{"number": 2}]}]}, [3]),
        ({"shows": [{"ids": {"tmdb": 1396}, "seasons": [{"number": 1}]}]}, [4, 5]),
        ({"shows": [{"ids": {"tmdb": 1396}, "seasons": [{"number": 1, "episodes": [{"number": 2}]}]}]}, [5]),
        ({"episodes": [{"ids": {"trakt": 5}}], "people": [{"ids": {"tmdb": 1158}}]}, [6, 7]),
        ({"shows": [{"ids": {"tmdb": 949}}]}, []),
        ({"movies": [{"ids": {"trakt": 5}}]}, []),
    ],
)
def test_an_echo_leads_back(echo: dict[str, Any], unknown: list[int]) -> None:
    found = unknown_of(LINES, msgspec.convert(echo, NotFound))
    assert [LINES.index(one) for one in found] == unknown

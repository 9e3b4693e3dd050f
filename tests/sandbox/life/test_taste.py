"""Drawing by taste: chances follow the eras, and what is allowed is always found."""

from __future__ import annotations

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from watchprint.sandbox.catalogue import Movie, builtin
from watchprint.sandbox.life.taste import ERAS, Palette, era_at, liking


@given(st.floats(0, 1))
def test_eras_follow_each_other_over_the_whole_life(part: float) -> None:
    ends = [sum(era.share for era in ERAS[: n + 1]) for n in range(len(ERAS))]
    assert era_at(part) == next((n for n, end in enumerate(ends) if part < end), len(ERAS) - 1)


def test_the_eras_fill_the_life() -> None:
    assert abs(sum(era.share for era in ERAS) - 1) < 1e-9
    assert [era_at(p) for p in (0.0, 0.5, 1.0)] == [0, 1, 2]


def test_titles_are_drawn_by_their_chances() -> None:
    comedy = Movie(1, "a", "A", genres=("comedy",), country="us", votes=900)
    war = Movie(2, "b", "B", genres=("war",), country="us", votes=900)
    palette = Palette([comedy, war], ERAS[0])
    rng = Random(1)
    drawn = Counter(film.trakt for _ in range(4_000) if (film := palette.pick(rng, lambda _: True)))
    wanted = liking(comedy, ERAS[0]) / (liking(comedy, ERAS[0]) + liking(war, ERAS[0]))
    assert abs(drawn[1] / 4_000 - wanted) < 0.03


@given(st.integers(0, 100), st.integers(0, 937))
def test_the_only_allowed_title_is_found(seed: int, place: int) -> None:
    films = list(builtin().movies.values())
    wanted = films[place % len(films)]
    assert Palette(films, ERAS[seed % 3]).pick(Random(seed), lambda film: film is wanted) is wanted


def test_nothing_allowed_is_nothing_drawn() -> None:
    films = list(builtin().movies.values())[:10]
    assert Palette(films, ERAS[0]).pick(Random(1), lambda _: False) is None
    assert Palette[Movie]([], ERAS[0]).pick(Random(1), lambda _: True) is None

"""Ratings given, changed, dated back and taken back, kind by kind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.sync.states.desk import RATED, Desk


def rated(desk: Desk, points: int, *titles: tuple[str, int]) -> Any:
    return desk.do(lambda t: t.sync.add_ratings(desk.marked({title: {"rating": points} for title in titles})))


@pytest.mark.parametrize("kind", RATED)
def test_a_rating_given_changed_and_taken_back(desk: Desk, kind: str) -> None:
    one, two = desk.catalogue()[kind][:2]
    rated(desk, 7, (kind, one), (kind, two))
    assert len(desk.sync()[f"ratings of {kind}s"].added) == 2
    desk.check()
    rated(desk, 9, (kind, two))
    found = desk.sync()
    assert [name for name in found if name.startswith("ratings")] == [f"ratings of {kind}s"], "no other kind is read"
    assert len(found[f"ratings of {kind}s"].changed) == 1
    desk.check()
    desk.do(lambda t: t.sync.remove_ratings(desk.items(kind, one)))
    assert len(desk.sync()[f"ratings of {kind}s"].gone) == 1
    desk.check()
    assert not desk.sync()


def test_a_rating_that_is_dated_back_behind_hundreds(desk: Desk) -> None:
    episodes = desk.catalogue()["episode"]
    marks = {("episode", each): {"rating": 5, "rated_at": desk.store.clock.now()} for each in episodes[:60]}
    desk.do(lambda t: t.sync.add_ratings(desk.marked(marks)))
    desk.sync()
    long_ago = desk.store.clock.now() - timedelta(days=900)
    rating = {("episode", episodes[60]): {"rating": 3, "rated_at": long_ago}}
    desk.do(lambda t: t.sync.add_ratings(desk.marked(rating)))
    desk.sync()
    desk.check()


def test_a_rating_keeps_what_everybody_gave_when_it_was_first_seen(desk: Desk) -> None:
    movie = desk.catalogue()["movie"][0]
    given = desk.server.run(lambda sandbox: sandbox.world.catalogue.movies[movie])
    assert given.votes
    rated(desk, 8, ("movie", movie))
    desk.sync()
    [rating] = desk.store.read(lambda work: work.ratings.all(desk.account_id))
    assert rating.community_votes == given.votes
    assert rating.community_rating == pytest.approx(given.rating, abs=1e-3)
    assert rating.at_rating_time is True

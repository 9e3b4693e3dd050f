"""Positions come, move and go; and what is on now is read when somebody asks."""

from __future__ import annotations

from tests.sync.states.desk import Desk, film
from watchprint.sync.states import on_now
from watchprint.trakt.models.bodies import EpisodeRef, Subject
from watchprint.trakt.models.ids import Ids


def test_positions_come_move_and_go(desk: Desk) -> None:
    some = desk.catalogue()
    one, two = some["movie"][:2]
    desk.do(lambda t: t.scrobble.stop(film(one), 41.5))
    desk.do(lambda t: t.scrobble.stop(Subject(episode=EpisodeRef(ids=Ids(trakt=some["episode"][0]))), 12.0))
    desk.do(lambda t: t.scrobble.stop(film(two), 7.0))
    assert len(desk.sync()["positions"].added) == 3
    desk.check()
    desk.later(60)
    desk.do(lambda t: t.scrobble.stop(film(one), 60.0))
    assert len(desk.sync()["positions"].changed) == 1
    desk.check()
    saved = next(each for each in desk.user.playback if each.item.trakt == two)
    desk.do(lambda t: t.sync.remove_playback(saved.id))
    desk.do(lambda t: t.scrobble.stop(film(one), 97.0))
    assert len(desk.sync()["positions"].gone) == 2
    desk.check()


def test_what_is_on_now(desk: Desk) -> None:
    movie = desk.catalogue()["movie"][0]
    assert desk.runner.run(on_now(desk.trakt, desk.store, desk.account_id)) is None
    desk.do(lambda t: t.scrobble.start(film(movie), 3.0))
    asked = desk.requests(lambda: desk.runner.run(on_now(desk.trakt, desk.store, desk.account_id)))
    assert asked == ["/users/me/watching"]
    on = desk.store.read(lambda work: work.positions.now(desk.account_id))
    assert on is not None
    assert on.action == "scrobble"
    assert on.title_id == desk.store.read(lambda work: work.titles.find("movie", "trakt", movie))
    assert on.expires_at is not None
    desk.do(lambda t: t.scrobble.stop(film(movie), 20.0))
    assert desk.runner.run(on_now(desk.trakt, desk.store, desk.account_id)) is None
    assert desk.store.read(lambda work: work.positions.now(desk.account_id)) is None

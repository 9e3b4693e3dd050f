"""Air dates of what was not watched: few requests, each show weekly, and it goes on where it stopped."""

from __future__ import annotations

from typing import Any

from tests.sync.states.desk import Desk
from watchprint.domain.play import Arrival
from watchprint.domain.title import Title
from watchprint.sync.states import air_dates


def test_air_dates_of_what_was_not_watched(desk: Desk) -> None:
    watched = desk.catalogue()["episode"][0]
    show = desk.server.run(lambda s: s.world.catalogue.episodes[watched].show)
    episodes = [each for season in show.seasons for each in season.episodes]

    def played(work: Any) -> int:
        shown = Title(kind="show", ids={"trakt": show.trakt})
        title = Title(kind="episode", ids={"trakt": watched}, show=shown)
        arrival = Arrival(title_id=work.titles.resolve(title, "trakt"), watched_at=work.now, trakt_id=1)
        work.plays.arrive(desk.account_id, [arrival])
        return int(work.titles.find("show", "trakt", show.trakt))

    show_id = desk.store.write(played)

    def step(at_most: int = 5) -> int:
        return desk.runner.run(air_dates(desk.trakt, desk.store, desk.account_id, at_most=at_most))

    assert step(0) == 0
    before = desk.store.read(lambda work: work.accounts.revision(desk.account_id))
    assert desk.requests(step) == [f"/shows/{show.trakt}/seasons"]
    known = desk.store.read(lambda work: work.airing.episodes(show_id))
    assert {place: airs.first_aired_at for place, airs in known.items()} == {
        (each.season.number, each.number): each.first_aired for each in episodes
    }
    assert desk.store.read(lambda work: work.accounts.revision(desk.account_id)) > before
    assert step() == 0, "once a week at most"
    desk.later(days=60)
    before = desk.store.read(lambda work: work.accounts.revision(desk.account_id))
    assert step() == 1
    assert desk.store.read(lambda work: work.accounts.revision(desk.account_id)) == before, "nothing was new"
    desk.later(days=3 * 366)
    assert step() == 0, "a show that nobody has watched for years"

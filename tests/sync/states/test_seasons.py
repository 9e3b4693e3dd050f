"""Air dates of what was not watched: few requests, each show weekly, and it goes on where it stopped."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from tests.sync.states.desk import Desk
from watchprint.domain.play import Arrival
from watchprint.domain.title import Title
from watchprint.store.work import Work
from watchprint.sync.states import air_dates
from watchprint.trakt.errors import TraktError
from watchprint.trakt.wire import Reply


def played(desk: Desk, *watched: int) -> list[int]:
    """The first episodes of these shows, played just now; our numbers of the shows."""

    def deed(work: Work) -> list[int]:
        numbers = []
        for n, trakt_id in enumerate(watched, 1):
            shown = Title(kind="show", ids={"trakt": trakt_id})
            title = Title(kind="episode", show=shown, season=1, number=1)
            arrival = Arrival(title_id=work.titles.resolve(title, "trakt"), watched_at=work.now, trakt_id=n)
            work.plays.arrive(desk.account_id, [arrival])
            numbers.append(work.titles.resolve(shown, "trakt") or 0)
        return numbers

    return desk.store.write(deed)


def step(desk: Desk, at_most: int = 5) -> int:
    return desk.runner.run(air_dates(desk.trakt, desk.store, desk.account_id, at_most=at_most))


def theirs(desk: Desk, show: int) -> dict[tuple[int, int], datetime | None]:
    episodes = desk.server.run(lambda s: [e for each in s.world.catalogue.shows[show].seasons for e in each.episodes])
    return {(each.season.number, each.number): each.first_aired for each in episodes}


def ours(desk: Desk, show_id: int) -> dict[tuple[int, int], datetime | None]:
    known = desk.store.read(lambda work: work.airing.episodes(show_id))
    return {place: airs.first_aired_at for place, airs in known.items()}


def revision(desk: Desk) -> int:
    return desk.store.read(lambda work: work.accounts.revision(desk.account_id))


def test_air_dates_of_what_was_not_watched(desk: Desk) -> None:
    show = desk.catalogue()["show"][0]
    [show_id] = played(desk, show)
    assert step(desk, 0) == 0
    before = revision(desk)
    assert desk.requests(lambda: step(desk)) == [f"/shows/{show}/seasons"]
    assert ours(desk, show_id) == theirs(desk, show)
    assert revision(desk) > before, "what is computed from them is computed anew"
    assert step(desk) == 0, "once a week at most"
    desk.later(days=60)
    before = revision(desk)
    assert step(desk) == 1
    assert revision(desk) == before, "nothing was new"
    desk.later(days=3 * 366)
    assert step(desk) == 0, "a show that nobody has watched for years"


def with_one_season(url: str, reply: Reply) -> Reply:
    """As Trakt answered before the other seasons were made."""
    return Reply(reply.status, reply.headers, json.dumps(json.loads(reply.body)[:1]).encode())


def test_new_episodes_of_a_show_are_news_for_whoever_watches_it(desk: Desk) -> None:
    show = desk.server.run(lambda s: next(e.trakt for e in s.world.catalogue.shows.values() if len(e.seasons) == 6))
    [show_id] = played(desk, show)
    desk.http.after = with_one_season
    step(desk)
    before, known = revision(desk), ours(desk, show_id)
    desk.mend()
    desk.later(days=60)
    step(desk)
    assert ours(desk, show_id) == theirs(desk, show) != known
    assert revision(desk) > before


def test_a_few_at_a_time_it_goes_on_where_it_stopped(desk: Desk) -> None:
    shows = desk.catalogue()["show"][:5]
    numbers = played(desk, *shows)
    asked = [desk.requests(lambda: step(desk, 2)) for _ in range(4)]
    assert [len(each) for each in asked] == [2, 2, 1, 0]
    assert sorted(path for some in asked for path in some) == sorted(f"/shows/{each}/seasons" for each in shows)
    assert all(ours(desk, number) == theirs(desk, show) for number, show in zip(numbers, shows, strict=True))


def test_an_error_loses_nothing_that_was_read_before(desk: Desk) -> None:
    shows = desk.catalogue()["show"][:2]
    played(desk, *shows)
    desk.fault("503", "/shows/*", skip=1, times=None)
    with pytest.raises(TraktError):
        step(desk)
    desk.mend()
    assert step(desk) == 1, "the other one"


def test_a_show_that_trakt_has_deleted_is_no_error(desk: Desk) -> None:
    played(desk, 999_999_999)
    assert step(desk) == 1
    assert step(desk) == 0


def without_episodes(url: str, reply: Reply) -> Reply:
    """As Trakt answered for a while: seasons, and none of the episodes that were asked for with them."""
    if "seasons?" not in url:
        return reply
    seasons = [{name: value for name, value in each.items() if name != "episodes"} for each in json.loads(reply.body)]
    return Reply(reply.status, reply.headers, json.dumps(seasons).encode())


@pytest.mark.parametrize("at_most", [1, 3, 100])
def test_seasons_that_come_without_their_episodes_are_read_one_by_one(desk: Desk, at_most: int) -> None:
    show = desk.server.run(lambda s: next(e.trakt for e in s.world.catalogue.shows.values() if len(e.seasons) == 6))
    [show_id] = played(desk, show)
    desk.http.after = without_episodes
    made = [step(desk, at_most) for _ in range(8)]
    assert max(made) <= at_most
    assert sum(made) == 1 + 6
    assert ours(desk, show_id) == theirs(desk, show)

"""Every kind of change is found, at the price of what changed, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.sync.desk import CopyDesk, both, entries
from tests.sync.states.desk import film
from watchprint.sync import Counts, NotLinked, Progress, last_read
from watchprint.trakt.models.bodies import SyncItems

LONG_AGO = datetime(2019, 5, 1, 21, 30, tzinfo=UTC)


def test_a_first_copy_is_whole_and_then_nothing_costs_one_request(copying: CopyDesk) -> None:
    told: list[Progress] = []
    copying.fill(600)
    copying.later(60)
    report = copying.runner.run(copying.copying(told).sync())
    assert (report.outcome, report.whole, report.plays) == ("changed", True, Counts(added=600))
    copying.check_all(ids=True)
    assert [(each.done, each.total) for each in told if each.what == "Reading your history"][-1] == (600, 600)
    assert copying.store.read(lambda work: last_read(work, copying.account_id)).whole_at is not None
    for _ in range(3):
        again = copying.copy()
        assert (again.outcome, again.requests, again.plays) == ("nothing", 1, Counts())


def test_an_empty_account_is_copied(copying: CopyDesk) -> None:
    assert copying.copy().outcome == "changed"
    copying.check_all(ids=True)
    copying.later(60)
    assert copying.copy().requests == 1


def oldest(desk: CopyDesk, kind: str, n: int = 0) -> int:
    plays = desk.their_plays()
    return sorted((id_ for id_ in plays if plays[id_][0] == kind), key=lambda id_: plays[id_][2] or 0)[n]


def newest(desk: CopyDesk, kind: str, n: int = 0) -> int:
    plays = desk.their_plays()
    return sorted((id_ for id_ in plays if plays[id_][0] == kind), key=lambda id_: -(plays[id_][2] or 0))[n]


def a_removed_title(desk: CopyDesk) -> None:
    desk.unwatch("episode", desk.their_plays()[oldest(desk, "episode")][1] or 0)


def another_date(desk: CopyDesk) -> None:
    desk.edit(oldest(desk, "movie", 3), LONG_AGO)


def a_new_row_and_another(desk: CopyDesk) -> None:
    """A row is made anew in the old part of the history, and something else changes with it."""
    desk.replace(newest(desk, "movie", 1))
    desk.watch("movie", desk.catalogue()["movie"][30])


def a_finished_scrobble(desk: CopyDesk) -> None:
    desk.do(lambda trakt: trakt.scrobble.stop(film(desk.catalogue()["movie"][40]), 92.0))


def twice(desk: CopyDesk) -> None:
    for _ in range(2):
        desk.watch("movie", desk.catalogue()["movie"][0], at=desk.now)


def episodes_of(desk: CopyDesk, season: int, n: int = 10) -> list[int]:
    return desk.show()[season][:n]


CHANGES: dict[str, tuple[Callable[[CopyDesk], object], int]] = {
    "a new film": (lambda d: d.watch("movie", d.catalogue()["movie"][20]), 3),
    "a new episode": (lambda d: d.watch("episode", episodes_of(d, 1)[0]), 3),
    "a rewatch of the same day": (lambda d: d.watch("episode", episodes_of(d, 1)[0], at=d.now - timedelta(hours=3)), 3),
    "the same minute twice": (twice, 3),
    "a special": (lambda d: d.watch("episode", episodes_of(d, 0)[0]), 3),
    "a scrobble": (a_finished_scrobble, 4),
    "a backdated film": (lambda d: d.watch("movie", d.catalogue()["movie"][21], at=LONG_AGO), 4),
    "a backdated episode": (lambda d: d.watch("episode", episodes_of(d, 1)[1], at=LONG_AGO), 4),
    "an undated play": (lambda d: d.watch("movie", d.catalogue()["movie"][22], at="unknown"), 4),
    "another undated play of the same": (lambda d: d.watch("movie", d.catalogue()["movie"][22], at="unknown"), 4),
    "a play in the future": (lambda d: d.watch("movie", d.catalogue()["movie"][23], at=d.now + timedelta(days=9)), 3),
    "a season at once": (lambda d: d.watch("episode", *episodes_of(d, 1)), 3),
    "a season at its dates": (lambda d: d.watch("episode", *episodes_of(d, 1), at="released"), 5),
    "a season at an unknown time": (lambda d: d.watch("episode", *episodes_of(d, 1), at="unknown"), 4),
    "an old play removed": (lambda d: d.remove(oldest(d, "episode")), 4),
    "a new play removed": (lambda d: d.remove(newest(d, "episode")), 3),
    "one of two in the same minute removed": (lambda d: d.remove(newest(d, "movie", 1)), 4),
    "a title removed": (a_removed_title, 6),
    "a season removed": (lambda d: d.unwatch("episode", *episodes_of(d, 1)), 6),
    "another date": (another_date, 5),
    "a row made anew among other changes": (a_new_row_and_another, 4),
    "both kinds": (lambda d: d.do(lambda t: t.sync.add_to_history(SyncItems(
        movies=entries([d.catalogue()["movie"][1]]), episodes=entries(episodes_of(d, 1)[:1])))), 5),
}  # fmt: skip
"""What a user does, and how many requests it may cost to learn of it (air dates of new shows included)."""


def test_each_kind_of_change_is_found_at_its_price(copying: CopyDesk) -> None:
    copying.fill(1500)
    copying.later(60)
    copying.copy()
    costs = {}
    for name, (change, most) in CHANGES.items():
        change(copying)
        copying.later(60)
        report = copying.copy()
        copying.check_plays(ids=name != "a row made anew among other changes")
        assert report.outcome == "changed", name
        assert not report.whole, name
        costs[name] = plays_cost(copying)
        assert costs[name] <= most, (name, copying.paths()[-report.requests :])
        assert report.requests <= 6 or costs[name] == report.requests, name
        copying.later(60)
        assert copying.copy().requests == 1, name
    copying.copy(whole=True)
    copying.check_all(ids=True)


def plays_cost(desk: CopyDesk) -> int:
    """The requests of the last sync that were for plays."""
    paths = desk.paths()
    last = len(paths) - paths[::-1].index("/sync/last_activities") - 1
    return sum(path.startswith(("/sync/last", "/sync/history", "/sync/watched")) for path in paths[last:])


def test_what_a_title_lost_comes_back(copying: CopyDesk) -> None:
    copying.fill(20)
    copying.copy()
    play = newest(copying, "movie")
    before = copying.their_plays()
    copying.remove(play)
    copying.later(60)
    assert copying.copy().plays == Counts(removed=1)
    copying.change(lambda user: user.history.clear())
    copying.touch("movies.watched_at", "episodes.watched_at")
    copying.later(60)
    assert copying.copy().plays.removed == 19
    copying.check_plays(ids=True)
    assert copying.store.read(lambda work: work.plays.count(copying.account_id)) == 0
    assert len(before) == 20


def test_a_whole_walk_renews_ids_and_keeps_the_plays(copying: CopyDesk) -> None:
    copying.fill(700)
    copying.later(60)
    copying.copy()
    old = [oldest(copying, "episode", 5), oldest(copying, "episode", 7)]
    ours = copying.store.read(lambda work: work.plays.of_trakt_ids(copying.account_id, old))
    new = [copying.replace(each) for each in old]
    copying.later(60)
    assert copying.copy().plays == Counts(), "a map does not show it"
    copying.later(days=8)
    copying.watch("movie", copying.catalogue()["movie"][9])
    copying.watch("episode", episodes_of(copying, 1)[0])
    copying.later(60)
    report = copying.copy()
    assert report.whole, "a week is over"
    assert report.plays == Counts(added=2, changed=2)
    copying.check_plays(ids=True)
    renewed = copying.store.read(lambda work: work.plays.of_trakt_ids(copying.account_id, new))
    assert [renewed[each].id for each in new] == [ours[each].id for each in old]


def test_an_old_id_is_renewed_at_once(copying: CopyDesk) -> None:
    copying.fill(40)
    copying.later(60)
    copying.copy()
    old, gone, same = (newest(copying, "movie", n) for n in range(3))
    new = copying.replace(old)
    copying.remove(gone)
    found = copying.runner.run(copying.copying().renew([old, gone, same, 17]))
    assert found == {old: new, gone: None, same: same}
    copying.check_plays(ids=True)


def test_two_processes_never_copy_one_account_at_once(copying: CopyDesk) -> None:
    copying.fill(300)
    copying.later(60)
    reports = copying.runner.run(both(copying.copying(), copying.copying()))
    assert sorted(each.outcome for each in reports) == ["changed", "elsewhere"]
    copying.check_all(ids=True)


def test_a_dead_workers_lease_runs_out(copying: CopyDesk) -> None:
    copying.store.write(lambda work: work.leases.claim(f"sync {copying.account_id}", "a dead one", 90))
    assert copying.copy().outcome == "elsewhere"
    copying.later(91)
    assert copying.copy().outcome == "changed"


def test_a_local_account_is_told_how_to_be_linked(copying: CopyDesk) -> None:
    copying.store.write(lambda work: work.accounts.unlink(copying.account_id))
    with pytest.raises(NotLinked, match="watchprint login"):
        copying.copy()

"""The watchlist and the favourites through every operation; and when what stood there came and went."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.sync.states.desk import RATED, Desk
from watchprint.store.shelves.values import Shelf


@pytest.mark.parametrize("name", ["watchlist", "favourites"])
def test_a_shortlist_through_every_operation(desk: Desk, name: str) -> None:
    some, watchlist = desk.catalogue(), name == "watchlist"
    kinds = RATED if watchlist else RATED[:2]
    titles = {
        (kind, some[kind][n]): {"notes": f"Größe, 映画 {n} 🎬"} if n == 1 else {} for kind in kinds for n in (0, 1)
    }
    added = desk.marked(titles)
    desk.do(lambda t: t.sync.add_to_watchlist(added) if watchlist else t.sync.add_to_favorites(added))
    assert len(desk.sync()[name].added) == 2 * len(kinds)
    desk.check()
    shelf: Shelf = "watchlist" if watchlist else "favorites"
    ids = [each[4] for each in desk.theirs()[shelf]]
    turned = [*ids[2:], *ids[:2]]
    desk.do(lambda t: t.sync.reorder_watchlist(turned) if watchlist else t.sync.reorder_favorites(turned))
    assert desk.sync()[name].changed
    desk.check()
    assert [each[4] for each in desk.ours()[shelf]] == turned
    note = "Another"
    desk.do(
        lambda t: (
            t.sync.update_watchlist_item(ids[0], notes=note)
            if watchlist
            else t.sync.update_favorites_item(ids[0], notes=note)
        )
    )
    assert len(desk.sync()[name].changed) == 1
    desk.check()
    gone = desk.items("show", *some["show"][:2])
    desk.do(lambda t: t.sync.remove_from_watchlist(gone) if watchlist else t.sync.remove_from_favorites(gone))
    assert len(desk.sync()[name].gone) == 2
    desk.check()
    rest = desk.marked({title: {} for title in titles})
    desk.do(lambda t: t.sync.remove_from_watchlist(rest) if watchlist else t.sync.remove_from_favorites(rest))
    desk.sync()
    desk.check()
    assert desk.ours()[shelf] == []


def test_a_watched_title_leaves_the_watchlist_with_its_time(desk: Desk) -> None:
    some = desk.catalogue()
    show = desk.server.run(lambda s: s.world.catalogue.episodes[some["episode"][0]].show.trakt)
    titles: dict[tuple[str, int], Any] = {
        ("movie", some["movie"][0]): {},
        ("show", show): {},
        ("season", some["season"][1]): {},
    }
    desk.do(lambda t: t.sync.add_to_watchlist(desk.marked(titles)))
    desk.sync()
    desk.later(hours=5)
    desk.do(lambda t: t.sync.add_to_history(desk.items("movie", some["movie"][0])))
    desk.do(lambda t: t.sync.add_to_history(desk.items("episode", some["episode"][0])))
    assert len(desk.sync()["watchlist"].gone) >= 2
    desk.check()
    entries = desk.store.read(lambda work: work.shelves.all(desk.account_id, "watchlist", gone=True))
    left = [each for each in entries if each.disappeared_at is not None]
    assert all(each.appeared_at == each.listed_at for each in left)
    assert all(each.disappeared_at and each.disappeared_at - each.appeared_at >= timedelta(hours=5) for each in left)


def test_what_was_taken_off_and_put_there_anew_came_twice(desk: Desk) -> None:
    movie = desk.catalogue()["movie"][0]
    desk.do(lambda t: t.sync.add_to_watchlist(desk.items("movie", movie)))
    desk.sync()
    desk.later(hours=2)
    desk.do(lambda t: t.sync.remove_from_watchlist(desk.items("movie", movie)))
    desk.later(hours=2)
    desk.do(lambda t: t.sync.add_to_watchlist(desk.items("movie", movie)))
    desk.later(hours=2)
    found = desk.sync()["watchlist"]
    assert (found.added, len(found.changed), found.gone) == ((), 1, ())
    desk.check()
    one, two = sorted(
        desk.store.read(lambda work: work.shelves.all(desk.account_id, "watchlist", gone=True)),
        key=lambda each: each.appeared_at,
    )
    assert two.disappeared_at is None
    assert one.disappeared_at == two.appeared_at == two.listed_at
    assert two.appeared_at - one.appeared_at >= timedelta(hours=4)

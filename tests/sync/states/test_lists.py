"""Personal lists through every operation, at the price of the lists that have changed."""

from __future__ import annotations

from typing import Any

from tests.sync.states.desk import PART, RATED, Desk


def test_a_list_through_every_operation(desk: Desk) -> None:
    some = desk.catalogue()
    noir = desk.do(lambda t: t.lists.create("Noir", description="Dark", privacy="public"))
    late = desk.do(lambda t: t.lists.create("Spät 夜", privacy="private"))
    assert noir.ids.trakt
    assert late.ids.trakt
    noir_id, late_id = noir.ids.trakt, late.ids.trakt
    everything: dict[tuple[str, int], Any] = {(kind, some[kind][0]): {} for kind in (*RATED, "person")}
    desk.do(lambda t: t.lists.add(noir_id, desk.marked(everything)))
    desk.do(lambda t: t.lists.add(late_id, desk.items("movie", *some["movie"][:3])))
    found = desk.sync()["lists"]
    assert len(found.added) == 2 + 5 + 3, "two lists, and what stands on them"
    desk.check()
    desk.later(60)

    desk.do(lambda t: t.lists.update(noir_id, name="Film noir", privacy="private"))
    desk.sync()
    desk.check()
    desk.do(lambda t: t.lists.reorder([late_id, noir_id]))
    desk.sync()
    desk.check()
    assert [each[0] for each in desk.ours()["lists"]] == [late_id, noir_id]
    ids = [each[4] for each in desk.theirs()["lists"][1][5]]
    desk.do(lambda t: t.lists.reorder_items(noir_id, ids[::-1]))
    desk.sync()
    desk.check()
    desk.do(lambda t: t.lists.update_item(noir_id, ids[0], notes="So dark"))
    desk.sync()
    desk.check()
    desk.do(lambda t: t.lists.remove(noir_id, desk.marked(dict(list(everything.items())[1:3]))))
    assert len(desk.sync()["lists"].gone) == 2
    desk.check()
    desk.do(lambda t: t.lists.delete(noir_id))
    assert len(desk.sync()["lists"].gone) >= 1
    desk.check()
    kept = desk.store.read(lambda work: work.shelves.lists(desk.account_id, gone=True))
    assert {each.trakt_id: each.disappeared_at is None for each in kept} == {noir_id: False, late_id: True}


def test_only_lists_that_have_changed_are_read(desk: Desk) -> None:
    movie = desk.catalogue()["movie"]
    ids = [made(desk, f"List {n}", movie[n]) for n in range(5)]
    desk.later(60)
    assert len(desk.requests(desk.sync)) > 6
    desk.do(lambda t: t.lists.add(ids[3], desk.items("movie", movie[9])))
    desk.later(60)
    asked = desk.requests(desk.sync)
    assert asked == [
        "/sync/last_activities", "/users/me/lists", f"/users/me/lists/{ids[3]}/items/all/rank/asc"
    ]  # fmt: skip
    desk.check()
    assert desk.requests(desk.sync) == ["/sync/last_activities"]


def test_two_changes_of_a_list_within_one_second_are_both_seen(desk: Desk) -> None:
    some = desk.catalogue()["movie"]
    made(desk, "Noir", *some[:3])
    desk.read(PART["lists"])  # in the very second of the change
    ids = [each[4] for each in desk.theirs()["lists"][0][5]]
    desk.change(lambda user: _turned(user.lists[0].entries))  # the list says no other time, and no other count
    desk.later(60)
    desk.read(PART["lists"])
    desk.check()
    assert [each[4] for each in desk.ours()["lists"][0][5]] == ids[::-1]


def made(desk: Desk, name: str, *movies: int) -> int:
    """A list of some films."""
    trakt_id = desk.do(lambda t: t.lists.create(name)).ids.trakt
    assert trakt_id is not None
    desk.do(lambda t: t.lists.add(trakt_id, desk.items("movie", *movies)))
    return trakt_id


def _turned(entries: list[Any]) -> None:
    entries.reverse()
    for rank, entry in enumerate(entries, 1):
        entry.rank = rank

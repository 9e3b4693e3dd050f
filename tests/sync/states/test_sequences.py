"""Any sequence of what a user does, with readings in between and faults during them: the store has what Trakt has."""

from __future__ import annotations

import functools
import os
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sync.states.desk import RATED, Desk, film
from watchprint.trakt import AsyncTrakt
from watchprint.trakt.errors import TraktError
from watchprint.trakt.models.bodies import EpisodeRef, Subject
from watchprint.trakt.models.ids import Ids

EXAMPLES = max(1, int(os.environ.get("WATCHPRINT_EXAMPLES", "100")) // 10)
FAULTS = ("null_rows", "bad_count", "truncated", "bad_json", "503", "reset", "429", "lag")
WHERE = ("*", "/sync/ratings/*", "/sync/watchlist*", "/users/me/lists*", "/sync/collection/*", "/sync/playback*")
TITLE = st.tuples(st.sampled_from(RATED), st.integers(0, 3))
N = st.integers(0, 5)


@dataclass(frozen=True)
class Act:
    """Something that happens: its name, and two numbers and a title that say what to."""

    name: str
    title: tuple[str, int]
    one: int
    two: int


NAMES = (
    "rate", "unrate", "list", "unlist", "list note", "reorder watchlist", "favour", "unfavour", "reorder favourites",
    "new list", "delete list", "rename list", "hide list", "reorder lists", "put", "take", "reorder list", "own",
    "disown", "pause", "finish", "play", "forget position", "later", "sync", "faulty sync",
)  # fmt: skip
OFTEN = (*NAMES, *("sync",) * 3, *("faulty sync",) * 5)
ACTS = st.lists(st.builds(Act, st.sampled_from(OFTEN), TITLE, N, N), min_size=4, max_size=16)


class Hand:
    """The user's hand: does what an act says, if it can be done."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.known = desk.catalogue()

    def does(self, act: Act) -> None:
        getattr(self, act.name.replace(" ", "_"))(act)

    def item(self, act: Act, *, only: tuple[str, ...] = RATED, **marks: Any) -> Any:
        kind = act.title[0] if act.title[0] in only else only[0]
        return self.desk.marked({(kind, self.known[kind][act.title[1]]): marks})

    def ids(self, shelf: str) -> Sequence[int]:
        return [each[4] for each in self.desk.theirs()[shelf]]

    def list_id(self, act: Act) -> int | None:
        lists = self.desk.user.lists
        return lists[act.one % len(lists)].id if lists else None

    def rate(self, act: Act) -> None:
        self.desk.do(lambda t: t.sync.add_ratings(self.item(act, rating=1 + act.one)))

    def unrate(self, act: Act) -> None:
        self.desk.do(lambda t: t.sync.remove_ratings(self.item(act)))

    def list(self, act: Act) -> None:
        marks: dict[str, Any] = {"notes": f"Notiz {act.one} 🎬"} if act.one % 2 else {}
        self.desk.do(lambda t: t.sync.add_to_watchlist(self.item(act, **marks)))

    def unlist(self, act: Act) -> None:
        self.desk.do(lambda t: t.sync.remove_from_watchlist(self.item(act)))

    def list_note(self, act: Act) -> None:
        if ids := self.ids("watchlist"):
            of = ids[act.one % len(ids)]
            self.desk.do(lambda t: t.sync.update_watchlist_item(of, notes=f"Note {act.two}"))

    def reorder_watchlist(self, act: Act) -> None:
        if ids := self.ids("watchlist"):
            self.desk.do(lambda t: t.sync.reorder_watchlist(ids[act.one % len(ids) :][::-1]))

    def favour(self, act: Act) -> None:
        self.desk.do(lambda t: t.sync.add_to_favorites(self.item(act, only=RATED[:2])))

    def unfavour(self, act: Act) -> None:
        self.desk.do(lambda t: t.sync.remove_from_favorites(self.item(act, only=RATED[:2])))

    def reorder_favourites(self, act: Act) -> None:
        if ids := self.ids("favorites"):
            self.desk.do(lambda t: t.sync.reorder_favorites(ids[::-1]))

    def new_list(self, act: Act) -> None:
        if len(self.desk.user.lists) < 4:
            self.desk.do(lambda t: t.lists.create(f"Liste {act.one}", description="x" * act.two or None))

    def delete_list(self, act: Act) -> None:
        if (of := self.list_id(act)) is not None:
            self.desk.do(lambda t: t.lists.delete(of))

    def rename_list(self, act: Act) -> None:
        if (of := self.list_id(act)) is not None:
            self.desk.do(lambda t: t.lists.update(of, name=f"Namen {act.two} 夜"))

    def hide_list(self, act: Act) -> None:
        if (of := self.list_id(act)) is not None:
            self.desk.do(lambda t: t.lists.update(of, privacy="public" if act.two % 2 else "private"))

    def reorder_lists(self, act: Act) -> None:
        if lists := self.desk.user.lists:
            self.desk.do(lambda t: t.lists.reorder([each.id for each in lists][::-1]))

    def put(self, act: Act) -> None:
        if (of := self.list_id(act)) is not None:
            person = self.desk.items("person", self.known["person"][act.two])
            self.desk.do(lambda t: t.lists.add(of, person if act.two == 5 else self.item(act)))

    def take(self, act: Act) -> None:
        if (of := self.list_id(act)) is not None:
            self.desk.do(lambda t: t.lists.remove(of, self.item(act)))

    def reorder_list(self, act: Act) -> None:
        for each in self.desk.theirs()["lists"]:
            if each[0] == self.list_id(act) and each[5]:
                turned, of = [row[4] for row in each[5]][::-1], int(each[0])
                self.desk.do(functools.partial(_turned, of=of, ids=turned))

    def own(self, act: Act) -> None:
        marks = {"resolution": "uhd_4k", "is_3d": bool(act.two % 2)} if act.one % 2 else {"media_type": "digital"}
        self.desk.do(lambda t: t.sync.add_to_collection(self.item(act, only=("movie", "episode"), **marks)))

    def disown(self, act: Act) -> None:
        self.desk.do(lambda t: t.sync.remove_from_collection(self.item(act, only=("movie", "episode"))))

    def subject(self, act: Act) -> Subject:
        if act.title[0] == "episode":
            return Subject(episode=EpisodeRef(ids=Ids(trakt=self.known["episode"][act.title[1]])))
        return film(self.known["movie"][act.title[1]])

    def pause(self, act: Act) -> None:
        self.desk.do(lambda t: t.scrobble.stop(self.subject(act), 5.0 + 10 * act.one))

    def finish(self, act: Act) -> None:
        self.desk.later(hours=5)  # so that Trakt takes it for another viewing
        self.desk.do(lambda t: t.scrobble.stop(self.subject(act), 95.0))

    def play(self, act: Act) -> None:
        self.desk.do(lambda t: t.sync.add_to_history(self.item(act, only=("movie", "episode"))))

    def forget_position(self, act: Act) -> None:
        if saved := self.desk.user.playback:
            self.desk.do(lambda t: t.sync.remove_playback(saved[act.one % len(saved)].id))

    def later(self, act: Act) -> None:
        self.desk.later(30.0 * (1 + act.one))

    def sync(self, act: Act) -> None:
        self.desk.sync()
        self.desk.check()

    def faulty_sync(self, act: Act) -> None:
        kind = FAULTS[(act.one + 6 * (act.two % 2)) % len(FAULTS)]
        self.desk.fault(kind, WHERE[act.two], times=1 + act.one % 3)
        certain = False
        try:
            certain = not any(each.doubtful for each in self.desk.sync().values())
        except TraktError:
            pass
        finally:
            self.desk.mend()
        if certain:
            self.desk.check()


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(acts=ACTS)
def test_after_each_reading_both_sides_are_equal(desk: Desk, acts: list[Act]) -> None:
    hand = Hand(desk)
    for act in acts:
        hand.does(act)
    desk.later(60)
    desk.sync()
    desk.check()


@pytest.mark.parametrize("name", NAMES)
def test_every_act_is_one(desk: Desk, name: str) -> None:
    hand = Hand(desk)
    hand.does(Act("new list", RATED_FILM, 1, 1))
    hand.does(Act("put", RATED_FILM, 0, 0))
    hand.does(Act(name, RATED_FILM, 0, 0))
    hand.does(Act("sync", RATED_FILM, 0, 0))


def _turned(trakt: AsyncTrakt, of: int, ids: list[int]) -> Awaitable[Any]:
    return trakt.lists.reorder_items(of, ids)


RATED_FILM = ("movie", 0)

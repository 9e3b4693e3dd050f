"""Any sequence of arrivals, deliveries and removals leaves what a slow model has, and the revision tells of changes."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from tests.store.places import Place
from tests.store.plays.model import Diary, Viewing
from watchprint.domain.play import Arrival, PlayState, Source
from watchprint.domain.title import Facts, Title
from watchprint.store import Store, Work, WrongState
from watchprint.store.plays.values import KeptPlay

BEGAN = datetime(2024, 1, 1, tzinfo=UTC)
MINUTES = st.none() | st.sampled_from([0, 5, 10, 11, 45, 50, 90, 91, 200])
PLACES = st.none() | st.integers(0, 2) | st.just(1)
_NAMES = count()
Row = tuple[int, int | None, int | None]
SHOW = Title(kind="show", ids={"trakt": 1}, facts=Facts(runtime_min=45))
TITLES = [
    Title(kind="movie", ids={"trakt": 1}, facts=Facts(runtime_min=3)),
    Title(kind="movie", ids={"trakt": 2}, facts=Facts(runtime_min=90)),
    Title(kind="episode", ids={"trakt": 3}, show=SHOW, season=1, number=1),
]
WINDOWS_MIN = (10, 90, 45)


class Plays(RuleBasedStateMachine):
    """Operations on one account, here and in the model."""

    store: Store
    place: Place
    played = Bundle("played")

    @initialize()
    def begin(self) -> None:
        name = f"a{next(_NAMES)}"
        self.account = self.store.write(lambda work: work.accounts.create(name)).id
        titles = self.store.write(lambda work: work.titles.resolve_all(TITLES, "trakt"))
        self.titles = [title for title in titles if title is not None]
        self.diary = Diary(dict(zip(self.titles, WINDOWS_MIN, strict=True)))
        self.ids: set[str] = set()
        self.seen, self.revision = self.reading()

    @rule(
        target=played,
        kind=st.sampled_from(["trakt", "trakt", "session", "import"]),
        rows=st.lists(st.tuples(st.integers(1, 6), PLACES, MINUTES), min_size=1, max_size=4),
        state=st.sampled_from(["none", "owed"]),
        only_add=st.booleans(),
    )
    def arrive(
        self, kind: str, rows: list[tuple[int, int | None, int | None]], state: PlayState, only_add: bool
    ) -> Any:
        told = [(str(key), None if n is None else self.titles[n], minute) for key, n, minute in rows]
        arrivals = [
            Arrival(
                title_id=title,
                watched_at=at(minute),
                sources=() if kind == "trakt" else (Source(kind, key),),
                trakt_id=int(key) if kind == "trakt" else None,
                finished_at=at(minute) if kind == "session" else None,
                state=state,
            )
            for key, title, minute in told
        ]
        self.pass_time()
        found = self.store.write(lambda work: work.plays.arrive(self.account, arrivals, only_add=only_add))
        self.ids |= {play.play_id for play in found}
        self.diary.report(kind, told, state, only_add)
        doors = [(kind, key) for key, _, _ in told]
        made = {play.play_id: self.diary.with_door(door) for play, door in zip(found, doors, strict=True)}
        return multiple(*((play_id, viewing) for play_id, viewing in made.items() if viewing is not None))

    @rule(play=played, to=st.sampled_from(["none", "owed", "sending", "unsure", "too_soon", "refused"]))
    def move(self, play: tuple[str, Viewing], to: PlayState) -> None:
        play_id, viewing = play
        self.pass_time()
        try:
            moved = self.store.write(
                lambda work: work.plays.move(
                    self.account, play_id, to, out_of=[work.plays.get(self.account, play_id).state]
                )
            )
        except WrongState:
            return
        assert moved
        viewing.state = to

    @rule(play=played, trakt_id=st.integers(1, 5), minute=MINUTES)
    def settle(self, play: tuple[str, Viewing], trakt_id: int, minute: int | None) -> None:
        play_id, viewing = play
        self.pass_time()
        expected = self.diary.settle(viewing, trakt_id, minute)
        try:
            self.store.write(lambda work: work.plays.settle(self.account, play_id, trakt_id, watched_at=at(minute)))
        except WrongState:
            assert not expected
        else:
            assert expected

    @rule(plays=st.lists(played, max_size=3))
    def remove(self, plays: list[tuple[str, Viewing]]) -> None:
        self.pass_time()
        for _, viewing in plays:
            self.diary.remove(viewing)
        self.store.write(lambda work: work.plays.remove(self.account, [play_id for play_id, _ in plays]))

    @rule(old=st.integers(1, 9), new=st.integers(1, 12))
    def renew(self, old: int, new: int) -> None:
        self.pass_time()
        self.diary.renew(old, new)
        self.store.write(lambda work: work.plays.renew_trakt_id(self.account, old, new))

    @invariant()
    def all_is_as_in_the_model(self) -> None:
        if not hasattr(self, "account"):
            return
        seen, revision = self.reading()
        assert Counter(seen) == Counter(v.seen() for v in self.diary.viewings)
        assert (revision != self.revision) == (seen != self.seen)
        assert revision >= self.revision
        self.seen, self.revision = seen, revision

    def reading(self) -> tuple[list[tuple[object, ...]], int]:
        def read(work: Work) -> tuple[list[tuple[object, ...]], int]:
            plays = work.plays.get_all(self.account, self.ids)
            live = [play.id for play in work.plays.page(self.account, limit=1000)]
            assert sorted(live) == sorted(play.id for play in plays.values() if play.removed_at is None)
            return [seen(plays[play_id]) for play_id in sorted(plays)], work.accounts.revision(self.account)

        return self.store.read(read)

    def pass_time(self) -> None:
        self.place.clock.sleep(1)


def at(minute: int | None) -> datetime | None:
    return None if minute is None else BEGAN + timedelta(minutes=minute)


def seen(play: KeptPlay) -> tuple[object, ...]:
    minute, finished = (
        None if instant is None else (instant - BEGAN) // timedelta(minutes=1)
        for instant in (play.watched_at, play.finished_at)
    )
    doors = frozenset((door.kind, door.key) for door in play.sources)
    return play.title_id, minute, finished, play.state, play.trakt_id, doors, play.removed_at is not None


def test_any_sequence_leaves_what_the_model_has(place: Place) -> None:
    with place.open() as store:
        machine = type("Machine", (Plays,), {"store": store, "place": place})
        run_state_machine_as_test(
            machine,
            settings=settings(
                phases=[Phase.generate],
                max_examples=100,
                stateful_step_count=25,
                suppress_health_check=list(HealthCheck),
            ),
        )

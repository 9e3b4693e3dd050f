"""Exports of one local account, one after another: what is kept is what they say, and undoing any of them leaves what
the others would have made. The reference applies them in order, slowly and obviously.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import EXAMPLES
from tests.importing.files import Said, at, content, zipped
from watchprint.importing import take_in, undo
from watchprint.store import Store

TITLES = ("f1", "f2", "f3", "e1", "e2", "e3")
MADE = datetime(2024, 6, 1, tzinfo=UTC)
HELD = ["watched-history", "ratings-movies", "ratings-episodes", "ratings-shows", "lists-watchlist", "lists-lists"]
TOLD = {"watched-history": "users/ann/history?page=2", "lists-watchlist": "watchlist", "lists-lists": "users/ann/lists"}


@st.composite
def exports(draw: st.DrawFn) -> Said:
    """An export: history ids mean one title for ever, their times and all else may change."""
    ids = draw(st.sets(st.integers(1, 8), max_size=6))
    plays = {n: (TITLES[n % len(TITLES)], draw(st.none() | st.integers(0, 40).map(at))) for n in ids}
    rated = draw(st.dictionaries(st.sampled_from((*TITLES, "s")), st.integers(1, 10), max_size=4))
    watchlist = draw(st.lists(st.sampled_from(("f1", "f2", "s")), unique=True, max_size=3))
    favorites = draw(st.lists(st.sampled_from(("f1", "f3", "s")), unique=True, max_size=2))
    names = draw(st.dictionaries(st.sampled_from((71, 72)), st.sampled_from(("Noir", "War")), max_size=2))
    lists = {
        n: (f"{name}{n}", draw(st.lists(st.sampled_from(("f1", "f2", "e1")), unique=True, max_size=2)))
        for n, name in names.items()
    }
    failed = draw(st.sets(st.sampled_from(HELD), max_size=2))
    return Said(plays, rated, watchlist, favorites, lists, failed=[TOLD.get(each, each) for each in sorted(failed)])


@dataclass
class Model:
    """What a local account holds after some exports."""

    plays: dict[int, Any]
    ratings: dict[str, int]
    watchlist: list[str]
    favorites: list[str]
    lists: dict[int, tuple[str, list[str]]]

    def take(self, said: Said) -> None:
        unknown = {each for each in HELD if TOLD.get(each, each) in said.failed}
        self.plays = {**(self.plays if "watched-history" in unknown else {}), **said.plays}
        for part, letter in (("ratings-movies", "f"), ("ratings-episodes", "e"), ("ratings-shows", "s")):
            if part not in unknown:
                self.ratings = {what: value for what, value in self.ratings.items() if what[0] != letter}
        self.ratings |= said.ratings
        if "lists-watchlist" not in unknown:
            self.watchlist = []
        self.watchlist = [each for each in self.watchlist if each not in said.watchlist] + said.watchlist
        self.favorites = said.favorites
        self.lists = {**(self.lists if "lists-lists" in unknown else {}), **said.lists}

    def content(self) -> Any:
        return {
            "plays": sorted((n, what, when) for n, (what, when) in self.plays.items() if when)
            + sorted((n, what, when) for n, (what, when) in self.plays.items() if not when),
            "ratings": sorted(self.ratings.items()),
            "watchlist": sorted(self.watchlist),
            "favorites": sorted(self.favorites),
            "lists": {name: sorted(titles) for name, titles in self.lists.values()},
        }


def of_store(store: Store, account: int) -> Any:
    kept = content(store, account)
    plays = [(n, what, when) for n, what, when, state, _ in kept["plays"] if state == "there"]
    assert len(plays) == len(kept["plays"])
    return {
        "plays": sorted(each for each in plays if each[2]) + sorted(each for each in plays if not each[2]),
        "ratings": [(what, value) for what, value, _ in kept["ratings"]],
        "watchlist": [what for what, *_ in kept["watchlist"]],
        "favorites": [what for what, *_ in kept["favorites"]],
        "lists": {name: [what for what, _ in titles] for name, titles in kept["lists"].items()},
    }


def model(all_said: Sequence[Said]) -> Any:
    found = Model({}, {}, [], [], {})
    for said in all_said:
        found.take(said)
    return found.content()


@settings(max_examples=max(6, EXAMPLES // 4), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(all_said=st.lists(exports(), min_size=1, max_size=4), data=st.data())
def test_what_is_kept_is_what_the_standing_exports_say(
    store: Store, tmp_path: Path, all_said: list[Said], data: st.DataObject
) -> None:
    store.clock.sleep(60)
    count = len(store.read(lambda work: work.accounts.all()))
    account = store.write(lambda work: work.accounts.create(f"a{count}")).id
    standing: dict[int, Said] = {}
    for number, said in enumerate(all_said):
        store.clock.sleep(60)
        path = zipped(tmp_path / f"{number}.zip", said.files(), made_at=MADE + timedelta(days=number))
        tried = take_in(store, account, path, dry_run=True)
        before = content(store, account)
        report = take_in(store, account, path)
        assert tried.parts == report.parts
        assert (tried.problems, tried.unknown, tried.notes) == (report.problems, report.unknown, report.notes)
        assert bool(report) == (
            content(store, account) != before or any(p.added or p.edited for p in tried.parts.values())
        )
        after = content(store, account)
        again = take_in(store, account, path)
        assert not again
        assert content(store, account) == after
        if report.import_id is not None and report.import_id not in standing:
            standing[report.import_id] = said
        assert of_store(store, account) == model(all_said[: number + 1])
    while standing:
        gone = data.draw(st.sampled_from(sorted(standing)))
        store.clock.sleep(60)
        undo(store, gone)
        del standing[gone]
        assert of_store(store, account) == model(list(standing.values()))

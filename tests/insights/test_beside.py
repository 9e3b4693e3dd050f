"""As Trakt counts equals Trakt's own statistics after any life; a figure that is tampered with is seen.

The sandbox is driven over HTTP by the lives of the copy's tests, and by what those leave out. What is told of the
history and the ratings stands beside what `/users/me/stats` says: rows as a client reads them, and rows that a sync
has stored. Not compared is what no insight counts: what is in the library (`collected`), comments, and people
(`network`); `total_plays`, `total_minutes`, `progress` and `lists` are not among what every Trakt sends.
"""

from __future__ import annotations

import asyncio
import copy
import json
import shutil
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import EXAMPLES
from tests.store.places import Template
from tests.sync.desk import CopyDesk
from tests.sync.states.conftest import loop, numbers, sandbox
from tests.sync.states.desk import Meddling, control
from tests.sync.test_sequences import Life, a_life, begun, folder, http
from watchprint import insights
from watchprint.insights import beside_trakt
from watchprint.insights.engine import Lens
from watchprint.sandbox import SandboxServer
from watchprint.sync.report import WELL

__all__ = ["begun", "folder", "http", "loop", "sandbox"]

LIVES = max(4, EXAMPLES // 10)
KINDS = ("movies", "shows", "seasons", "episodes")
COMPARED = {
    "totals": [
        *(f"{kind}.{figure}" for kind in ("movies", "episodes") for figure in ("plays", "watched", "minutes")),
        "shows.watched",
    ],
    "ratings": [
        "ratings.total",
        *(f"ratings.distribution.{rating}" for rating in range(1, 11)),
        *(f"{kind}.ratings" for kind in KINDS),
    ],
}
LEFT_OUT = {
    *(f"{kind}.comments" for kind in KINDS),
    *(f"{kind}.collected" for kind in KINDS if kind != "seasons"),
    *(f"network.{figure}" for figure in ("friends", "followers", "following")),
}


class Viewer(Life):
    """Somebody who also watches and forgets whole shows, and rates all that can be rated, some of it again."""

    def any_rated(self) -> tuple[str, int]:
        of = {"show": self.shows, "season": self.seasons, "movie": self.films, "episode": self.episodes}
        kind = self.draw.choice(sorted(of))
        return kind, self.draw.choice(of[kind])

    def does_watch_a_show(self) -> None:
        self.desk.watch("show", self.draw.choice(self.shows), at=self.some_time())

    def does_watch_in_bulk(self) -> None:
        at = self.some_time()
        for trakt in self.draw.sample(self.episodes, 5):
            self.desk.watch("episode", trakt, at=at)

    def does_forget_a_show(self) -> None:
        self.desk.unwatch("show", self.draw.choice(self.shows))

    def does_rate_much(self) -> None:
        marks = {self.any_rated(): {"rating": self.draw.randint(1, 10)} for _ in range(6)}
        self.desk.do(lambda t: t.sync.add_ratings(self.desk.marked(marks)))

    def does_rate_again(self) -> None:
        if rated := self.desk.user.ratings:
            item = self.draw.choice(rated).item
            marked = self.desk.marked({(item.type, item.trakt): {"rating": self.draw.randint(1, 10)}})
            self.desk.do(lambda t: t.sync.add_ratings(marked))

    def does_take_a_rating_back(self) -> None:
        if rated := self.desk.user.ratings:
            item = self.draw.choice(rated).item
            self.desk.do(lambda t: t.sync.remove_ratings(self.desk.items(item.type, item.trakt)))


async def read(desk: CopyDesk) -> tuple[dict[str, Any], Any]:
    """The rows of the user and Trakt's statistics, as a client reads them."""
    sync = desk.trakt.sync
    plays = [row async for row in sync.history(extended="full")]
    ratings = [row async for row in sync.ratings(extended="full")]
    return {"plays": plays, "ratings": ratings}, await desk.trakt.users.stats()


def stored(desk: CopyDesk) -> Lens:
    """The rows of the user as a sync has stored them."""
    for _ in range(3):
        if desk.copy().outcome in WELL:
            break
        desk.later(100)
    rows = desk.store.tables(desk.account_id)
    return insights.prepared(plays=rows.plays, titles=rows.titles, ratings=rows.ratings)


def unequal(lens: Lens, stats: Any) -> list[str]:
    """What our figures and Trakt's differ in."""
    asked: dict[str, Any] = {"as_trakt_counts": True, "zone": "Pacific/Apia"}
    found = []
    for name, figures in COMPARED.items():
        beside = beside_trakt(lens.ask(name, **asked), stats)
        assert [each.figure for each in beside] == figures
        found += [f"{each.figure}: {each.ours}, Trakt {each.trakts}" for each in beside if not each.agrees]
    return found


@pytest.fixture
def still(sandbox: SandboxServer) -> Iterator[None]:
    """A clock that only moves when it is moved, so that nothing ends between two questions."""
    control(sandbox, "POST", "clock", {"frozen": True})
    yield
    control(sandbox, "POST", "clock", {"frozen": False})


@settings(max_examples=LIVES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32 - 1), steps=st.integers(5, 40))
def test_figures_equal_trakts_after_any_life(
    sandbox: SandboxServer, loop: asyncio.Runner, begun: Template, http: Meddling, folder: Path, still: None, seed: int,
    steps: int,
) -> None:  # fmt: skip
    home = folder / f"viewer-{next(numbers)}"
    with begun.begun(home) as place, a_life(sandbox, loop, place, http) as desk:
        life = Viewer(desk, seed)
        for step in range(1, steps + 1):
            life.step()
            if step % 10 == 0 or step == steps:
                rows, stats = loop.run(read(desk))
                assert unequal(insights.load(**rows), stats) == []
        desk.later(200)
        kept = stored(desk)
        assert unequal(kept, loop.run(desk.trakt.users.stats())) == []
    shutil.rmtree(home)


def figures(stats: Any, path: str = "") -> list[str]:
    """The paths of all numbers in an answer."""
    if not isinstance(stats, dict):
        return [path]
    return [each for name, value in stats.items() for each in figures(value, f"{path}.{name}" if path else name)]


def tampered(stats: dict[str, Any], path: str, by: int) -> dict[str, Any]:
    """The answer with one figure off."""
    made = copy.deepcopy(stats)
    *way, last = path.split(".")
    at = made
    for name in way:
        at = at[name]
    at[last] += by
    return made


@pytest.fixture(scope="module")
def lived(
    sandbox: SandboxServer, loop: asyncio.Runner, begun: Template, http: Meddling, folder: Path
) -> tuple[Lens, dict[str, Any]]:
    """A life with something of everything, and Trakt's statistics of it as they come over the wire."""
    with begun.begun(folder / "lived") as place, a_life(sandbox, loop, place, http) as desk:
        life = Viewer(desk, 5)
        for name in [name for name in dir(life) if name.startswith(("does_watch", "does_rate"))] * 3:
            getattr(life, name)()
        control(sandbox, "POST", "clock", {"frozen": True})
        rows, _ = loop.run(read(desk))
        stats = on_the_wire(sandbox, desk)
        control(sandbox, "POST", "clock", {"frozen": False})
    return insights.load(**rows), stats


def on_the_wire(sandbox: SandboxServer, desk: CopyDesk) -> dict[str, Any]:
    token = control(sandbox, "POST", "tokens", {"user": desk.slug})["access_token"]
    headers = {"trakt-api-key": sandbox.greeting["client_id"], "trakt-api-version": "2",
               "Content-Type": "application/json", "Authorization": f"Bearer {token}"}  # fmt: skip
    with urllib.request.urlopen(urllib.request.Request(f"{sandbox.base_url}/users/me/stats", headers=headers)) as got:
        found: dict[str, Any] = json.load(got)
    return found


@pytest.mark.parametrize("by", [1, -1])
@pytest.mark.parametrize("path", [path for paths in COMPARED.values() for path in paths])
def test_each_tampered_figure_is_seen(lived: tuple[Lens, dict[str, Any]], path: str, by: int) -> None:
    lens, stats = lived
    assert unequal(lens, stats) == []
    [seen] = unequal(lens, tampered(stats, path, by))
    assert seen.startswith(f"{path}: ")


def test_all_that_trakt_says_is_compared_or_said_to_be_left_out(lived: tuple[Lens, dict[str, Any]]) -> None:
    _, stats = lived
    compared = {path for paths in COMPARED.values() for path in paths}
    assert set(figures(stats)) == compared | LEFT_OUT
    assert not compared & LEFT_OUT


def test_a_figure_that_trakt_does_not_send_agrees_with_nothing(lived: tuple[Lens, dict[str, Any]]) -> None:
    lens, stats = lived
    seen = unequal(lens, {name: value for name, value in stats.items() if name != "seasons"})
    assert [each.split(":")[0] for each in seen] == ["seasons.ratings"]

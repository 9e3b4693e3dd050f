"""An account at Trakt's limit of 100,000 plays: one new one is learned of in six requests at most."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.store.places import Template
from tests.sync.desk import CopyDesk
from tests.sync.states.desk import Meddling
from tests.sync.test_sequences import a_life, begun, folder, http
from watchprint.domain.play import Arrival
from watchprint.domain.title import Title
from watchprint.sandbox import SandboxServer
from watchprint.sandbox.state import UNKNOWN, Play
from watchprint.store import Work

__all__ = ["begun", "folder", "http"]

PLAYS = 100_000


def test_one_new_play_of_a_hundred_thousand(
    sandbox: SandboxServer, loop: asyncio.Runner, begun: Template, http: Meddling, folder: Path
) -> None:
    with begun.begun(folder / "large") as place, a_life(sandbox, loop, place, http) as desk:
        desk.copy()
        desk.change(lambda user: setattr(user.limits, "history_plays", PLAYS * 2))
        desk.fill(PLAYS)
        taken_in(desk)
        desk.later(60)
        assert desk.copy().plays.added == 0
        changes: tuple[Callable[[], None], ...] = (
            lambda: desk.watch("episode", desk.show()[1][0]),
            lambda: desk.watch("movie", desk.catalogue()["movie"][8]),
            lambda: desk.remove(sorted(desk.their_plays())[PLAYS // 2]),
        )
        for change in changes:
            change()
            desk.later(60)
            report = desk.copy()
            assert report.plays.added + report.plays.removed == 1
            assert report.requests <= 6
            assert not report.whole
            assert desk.copy().requests == 1
        desk.check_plays(ids=True)


def taken_in(desk: CopyDesk) -> None:
    """What the sandbox has been given is in the store too, as if it had been copied long ago."""
    history = desk.server.run(lambda s: list(s.world.state.users[desk.slug].history))
    shows = desk.server.run(lambda s: {e.trakt: e.season.show.trakt for e in s.world.catalogue.episodes.values()})

    def stored(work: Work, some: list[Play]) -> None:
        named = [title(play, shows) for play in some]
        found = work.titles.resolve_all(named, "trakt")
        rows = [
            Arrival(
                title_id=number,
                watched_at=None if play.watched_at == UNKNOWN else play.watched_at,
                trakt_id=play.id,
                action=play.action,
                kind="movie" if play.type == "movie" else "episode",
            )
            for play, number in zip(some, found, strict=True)
        ]
        work.plays.arrive(desk.account_id, rows)

    for first in range(0, len(history), 5000):
        desk.store.write(partial(stored, some=history[first : first + 5000]))


def title(play: Play, shows: dict[int, int]) -> Title:
    """What is needed to know it again."""
    if play.type == "movie":
        return Title(kind="movie", ids={"trakt": play.trakt})
    return Title(kind="episode", ids={"trakt": play.trakt}, show=Title(kind="show", ids={"trakt": shows[play.trakt]}))

"""The desk of the copy's tests: that of the parts, and the plays on both sides."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.sync.states.desk import Desk, Meddling, control
from watchprint.domain.play import PlayKind
from watchprint.sandbox import SandboxServer
from watchprint.sandbox.rules.viewing.plays import order
from watchprint.sandbox.state import UNKNOWN, Kind, Play, User
from watchprint.store import Store, Work
from watchprint.sync import Copy, Progress, SyncReport
from watchprint.sync.plan import Point
from watchprint.testing.desk import LOCAL_REDIRECT
from watchprint.trakt import AsyncTrakt, AwaitingHttp, MemoryTokens, Pacing, Tokens
from watchprint.trakt.models.bodies import Entry, SyncItems
from watchprint.trakt.models.ids import Ids
from watchprint.trakt.pacing import InProcess

ONE_OF = {"movies": "movie", "episodes": "episode"}
Numbered = dict[int, tuple[str, int | None, int | None, str]]


@dataclass
class CopyDesk(Desk):
    """Both sides, with plays.

    Attributes:
        copier: The client that copies; None: the same that does what other clients do.
    """

    copier: AsyncTrakt | None = None

    @classmethod
    def of(
        cls, server: SandboxServer, runner: asyncio.Runner, store: Store, slug: str, account_id: int, http: Meddling
    ) -> CopyDesk:
        """The desk between a user of the sandbox and an account, with two clients: one acts, the other copies."""
        acting = client(server, slug, store, http)
        return cls(server, runner, acting, store, slug, account_id, http, copier=client(server, slug, store, http))

    def copy(self, *, whole: bool = False) -> SyncReport:
        """One synchronisation."""
        return self.runner.run(self.copying().sync(whole=whole))

    def copying(self, told: list[Progress] | None = None) -> Copy:
        """The copy of this account."""
        trakt = self.copier or self.trakt
        return Copy(self.store, trakt, self.account_id, on_progress=None if told is None else told.append)

    def paths(self) -> list[str]:
        """What was asked since the sandbox last forgot it: paths, in order."""
        return [row["path"] for row in control(self.server, "GET", "requests")]

    # --- what stands there

    def their_plays(self) -> Numbered:
        """The history as Trakt has it, by id: type, title, minute, action."""
        history = self.server.run(lambda sandbox: list(sandbox.world.state.users[self.slug].history))
        return {play.id: (play.type, play.trakt, minute(play.watched_at), play.action) for play in history}

    def our_plays(self) -> Numbered:
        """The plays that we say Trakt has, likewise."""
        return self.store.read(self._our_plays)

    def _our_plays(self, work: Work) -> Numbered:
        found: Numbered = {}
        kinds: tuple[PlayKind, ...] = ("movie", "episode")
        for kind in kinds:
            numbered = work.plays.at_trakt(self.account_id, kind)
            kept = work.plays.get_all(self.account_id, [each.play_id for each in numbered])
            for each in numbered:
                found[each.trakt_id] = (kind, each.title, each.minute, kept[each.play_id].action or "")
        assert work.plays.count(self.account_id, states=["there"]) == len(found), "every play there has a kind"
        return found

    def check_plays(self, *, ids: bool = False) -> None:
        """(title, minute, count) are the same on both sides; with `ids` the history ids and actions too."""
        theirs, ours = self.their_plays(), self.our_plays()
        assert tally(ours) == tally(theirs)
        if ids:
            assert ours == theirs

    def check_all(self, *, ids: bool = False) -> None:
        """Everything is the same on both sides."""
        self.check_plays(ids=ids)
        self.check()

    # --- doing, as another client

    def watch(self, kind: str, *ids: int, at: datetime | str | None = None) -> None:
        """Mark titles as watched."""
        marks = {} if at is None else {"watched_at": at}
        self.do(lambda trakt: trakt.sync.add_to_history(self.marked({(kind, each): dict(marks) for each in ids})))

    def unwatch(self, kind: str, *ids: int) -> None:
        """Remove all plays of titles."""
        self.do(lambda trakt: trakt.sync.remove_from_history(self.items(kind, *ids)))

    def remove(self, *play_ids: int) -> None:
        """Remove single plays."""
        self.do(lambda trakt: trakt.sync.remove_from_history(SyncItems(ids=play_ids)))

    def edit(self, play_id: int, at: datetime) -> None:
        """Give a play another date, as Trakt's site does: its id stays."""

        def deed(user: User) -> None:
            [play] = [each for each in user.history if each.id == play_id]
            play.watched_at = at.replace(second=0, microsecond=0)
            user.history.sort(key=order)

        self.change(deed)
        self.touch(f"{self.their_plays()[play_id][0]}s.watched_at")

    def replace(self, play_id: int) -> int:
        """Let Trakt make a row anew: same title, same minute, another id; the new id."""

        def deed(sandbox: Any) -> int:
            user = sandbox.world.state.users[self.slug]
            [play] = [each for each in user.history if each.id == play_id]
            new: int = sandbox.world.state.new_id()
            user.history.remove(play)
            user.history.append(Play(new, play.watched_at, play.action, play.type, play.trakt))
            user.history.sort(key=order)
            return new

        kind = self.their_plays()[play_id][0]
        new = self.server.run(deed)
        self.touch(f"{kind}s.watched_at")
        return new

    def touch(self, *fields: str) -> None:
        """Let fields of the last activities move, as they do with every change."""

        def deed(sandbox: Any) -> None:
            user = sandbox.world.state.users[self.slug]
            user.activities |= dict.fromkeys(fields, sandbox.world.now)
            user.revision += 1

        self.server.run(deed)

    def fill(self, plays: int, *, movies: int = 5) -> None:
        """Many plays at once, one an hour, the newest two days ago."""
        ids = self.catalogue()
        films, episodes = ids["movie"][:movies], self.server.run(lambda s: sorted(s.world.catalogue.episodes))

        def deed(sandbox: Any) -> None:
            user, state = sandbox.world.state.users[self.slug], sandbox.world.state
            newest = sandbox.world.now.replace(second=0, microsecond=0) - timedelta(days=2)
            for n in range(plays):
                at = newest - timedelta(hours=n)
                kind: Kind = "episode" if n % 9 else "movie"
                trakt = films[n % len(films)] if kind == "movie" else episodes[n % len(episodes)]
                user.history.append(Play(state.new_id(), at, "watch", kind, trakt))
            user.history.sort(key=order)

        self.server.run(deed)
        self.touch("movies.watched_at", "episodes.watched_at")

    @property
    def now(self) -> datetime:
        """The sandbox's time."""
        return self.server.run(lambda sandbox: sandbox.world.now)

    def show(self) -> dict[int, list[int]]:
        """The seasons of a show with specials: number to Trakt ids of episodes."""

        def some(sandbox: Any) -> dict[int, list[int]]:
            shows = sandbox.world.catalogue.shows.values()
            with_specials = [each for each in shows if any(season.number == 0 for season in each.seasons)]
            one = max(with_specials, key=lambda each: len(each.seasons))
            return {season.number: [each.trakt for each in season.episodes] for season in one.seasons}

        return self.server.run(some)


def client(
    server: SandboxServer, slug: str, store: Store, http: AwaitingHttp, *, pacing: Pacing | None = None
) -> AsyncTrakt:
    """A client of a user's with a token pair of its own, which it renews."""
    pair = control(server, "POST", "tokens", {"user": slug})
    greeting: dict[str, Any] = server.greeting
    return AsyncTrakt(
        greeting["client_id"], greeting["client_secret"],
        tokens=MemoryTokens(Tokens(pair["access_token"], pair["refresh_token"])), api_url=server.base_url,
        redirect_uri=LOCAL_REDIRECT, driver=http, clock=store.clock,
        pacing=pacing
        or InProcess(write_gap_s=0.0, get_limit=10**6, clock=lambda: store.clock.now().timestamp()),
    )  # fmt: skip


def minute(at: datetime) -> int | None:
    """The minute since 1970; None: undated."""
    return None if at == UNKNOWN else int(at.timestamp()) // 60


def tally(plays: Numbered) -> Counter[tuple[str, Point]]:
    """Plays by kind, title and minute."""
    return Counter((kind, (title, at)) for kind, title, at, _ in plays.values())


def entries(ids: Sequence[int]) -> tuple[Entry, ...]:
    """Titles for a body."""
    return tuple(Entry(ids=Ids(trakt=each)) for each in ids)


async def both(*copies: Copy) -> list[SyncReport]:
    """Several at once."""
    return list(await asyncio.gather(*(each.sync() for each in copies)))

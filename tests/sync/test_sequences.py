"""Random lives: any operation of a user's, from several clients, with syncs between and faults during them.

After each sync that says that all is well, (title, minute, count) are what the sandbox has, and so is everything else;
after a whole walk the ids of the history and the actions too. However it ends, a sync without faults makes it so.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.places import Place, Template
from tests.sync.desk import CopyDesk, tally
from tests.sync.states.conftest import numbers
from tests.sync.states.desk import Meddling, SandboxClock, control, film
from watchprint.identity.accounts import NewLink
from watchprint.sandbox import SandboxServer
from watchprint.sandbox.faults.armed import KINDS as FAULTS
from watchprint.store import Store, Work
from watchprint.sync.report import WELL, SyncReport
from watchprint.trakt.errors import TraktError
from watchprint.trakt.models.bodies import EpisodeRef, Subject
from watchprint.trakt.models.ids import Ids

SEQUENCES = int(os.environ.get("WATCHPRINT_EXAMPLES", "200"))
LONG_AGO = datetime(2015, 1, 1, tzinfo=UTC)
WRITES = ("stored_504", "lag", "seconds_kept")
"""Faults of writes: another client meets them. `lost_refresh` has a test of its own: nobody can repair it."""
READS = tuple(kind for kind in FAULTS if kind not in (*WRITES, "lost_refresh"))


class Life:
    """One user, who does what chance says."""

    def __init__(self, desk: CopyDesk, seed: int) -> None:
        self.desk, self.draw = desk, Random(seed)
        known = desk.catalogue()
        self.films, self.episodes = known["movie"][:12], known["episode"][:30]
        self.episodes += [each for n, some in desk.show().items() if n == 0 for each in some[:3]]
        self.seasons, self.shows = known["season"], known["show"][:5]

    def step(self) -> None:
        """Something happens; what Trakt does not allow, does not."""
        deeds = [name for name in dir(self) if name.startswith("does_")]
        with contextlib.suppress(TraktError):
            getattr(self, self.draw.choice(deeds))()
        if self.draw.random() < 0.5:
            self.desk.later(self.draw.choice((0.3, 1.0, 5.0, 90.0, 4000.0)))

    def any_title(self) -> tuple[str, int]:
        kind = self.draw.choice(("movie", "episode", "episode"))
        return kind, self.draw.choice(self.films if kind == "movie" else self.episodes)

    def subject(self) -> Subject:
        kind, trakt = self.any_title()
        return film(trakt) if kind == "movie" else Subject(episode=EpisodeRef(ids=Ids(trakt=trakt)))

    def some_time(self) -> datetime | str | None:
        now = self.desk.now
        return self.draw.choice((
            None, now, now - timedelta(minutes=self.draw.randrange(300)), "unknown", "released",
            LONG_AGO + timedelta(hours=self.draw.randrange(50)), now + timedelta(hours=2),
        ))  # fmt: skip

    def does_watch(self) -> None:
        self.desk.watch(*self.any_title(), at=self.some_time())

    def does_watch_twice(self) -> None:
        kind, trakt = self.any_title()
        at = self.desk.now
        self.desk.watch(kind, trakt, at=at)
        self.desk.watch(kind, trakt, at=at)

    def does_watch_a_season(self) -> None:
        self.desk.watch("season", self.draw.choice(self.seasons), at=self.some_time())

    def does_scrobble(self) -> None:
        subject = self.subject()
        scrobble = self.draw.choice(("start", "pause", "stop"))
        progress = self.draw.choice((20.0, 50.0, 79.0) if scrobble != "stop" else (30.0, 90.0, 100.0))
        self.desk.do(lambda t: getattr(t.scrobble, scrobble)(subject, progress))

    def does_check_in(self) -> None:
        self.desk.do(lambda t: t.checkin.create(self.subject()))

    def does_remove_a_play(self) -> None:
        if plays := self.desk.their_plays():
            self.desk.remove(*self.draw.sample(sorted(plays), min(len(plays), self.draw.choice((1, 1, 2)))))

    def does_remove_a_title(self) -> None:
        self.desk.unwatch(*self.any_title())

    def does_remove_much(self) -> None:
        self.desk.unwatch("season", self.draw.choice(self.seasons))

    def does_edit(self) -> None:
        if plays := self.desk.their_plays():
            at = self.draw.choice((self.desk.now, LONG_AGO + timedelta(hours=self.draw.randrange(50))))
            self.desk.edit(self.draw.choice(sorted(plays)), at)

    def does_replace(self) -> None:
        if plays := self.desk.their_plays():
            self.desk.replace(self.draw.choice(sorted(plays)))

    def does_rate(self) -> None:
        kind, trakt = self.any_title()
        marked = self.desk.marked({(kind, trakt): {"rating": self.draw.randint(1, 10)}})
        self.desk.do(lambda t: t.sync.add_ratings(marked))

    def does_unrate(self) -> None:
        self.desk.do(lambda t: t.sync.remove_ratings(self.desk.items(*self.any_title())))

    def does_list(self) -> None:
        kind, trakt = self.draw.choice((self.any_title(), ("show", self.draw.choice(self.shows))))
        self.desk.do(lambda t: t.sync.add_to_watchlist(self.desk.items(kind, trakt)))

    def does_unlist(self) -> None:
        self.desk.do(lambda t: t.sync.remove_from_watchlist(self.desk.items(*self.any_title())))

    def does_own(self) -> None:
        self.desk.do(lambda t: t.sync.add_to_collection(self.desk.items(*self.any_title())))

    def does_disown(self) -> None:
        self.desk.do(lambda t: t.sync.remove_from_collection(self.desk.items(*self.any_title())))

    def does_favour(self) -> None:
        self.desk.do(lambda t: t.sync.add_to_favorites(self.desk.items("movie", self.draw.choice(self.films))))

    def does_make_a_list(self) -> None:
        name = f"List {self.draw.randrange(5)}"
        made = self.desk.do(lambda t: t.lists.create(name))
        self.desk.do(lambda t: t.lists.add(made.ids.trakt or 0, self.desk.items(*self.any_title())))

    def does_change_a_list(self) -> None:
        if lists := self.desk.user.lists:
            one = self.draw.choice(lists)
            if self.draw.random() < 0.4:
                self.desk.do(lambda t: t.lists.delete(one.id))
            elif self.draw.random() < 0.5:
                self.desk.do(lambda t: t.lists.update(one.id, name=f"Other {self.draw.randrange(5)}"))
            else:
                self.desk.do(lambda t: t.lists.add(one.id, self.desk.items(*self.any_title())))

    # --- and the copy follows

    def follows(self, *, whole: bool = False, late: bool = False) -> SyncReport:
        """A sync, and what must be true after it.

        Args:
            late: Trakt may show what was before: then nothing that it has, and that was here, may be lost.
        """
        before = tally(self.desk.our_plays())
        then = self.desk.their_plays()
        report = self.desk.copy(whole=whole)
        ours, theirs = tally(self.desk.our_plays()), tally(self.desk.their_plays())
        assert not (before & theirs) - ours, "nothing that is there is removed"
        moved = then != self.desk.their_plays()  # a check-in has become a play while the sync waited
        if report.outcome in WELL and not late and not moved:
            self.desk.check_all(ids=whole)
        return report

    def breaks(self) -> None:
        """Something will go wrong with requests of the next sync."""
        kind = self.draw.choice(READS)
        more: dict[str, Any] = {"times": self.draw.choice((1, 1, 2, 6)), "skip": self.draw.randrange(6)}
        if kind == "slow":
            more["delay_s"] = 0.002
        if kind in ("429", "429_html"):
            more["retry_after_s"] = self.draw.choice((1, 40, 300))
        if kind == "bad_count":
            more["delta"] = self.draw.choice((-300, -1, 1, 250))
        self.desk.fault(kind, **more)

    def breaks_a_write(self) -> None:
        """A write of another client's goes wrong, and something may be seen late."""
        kind = self.draw.choice(WRITES)
        more: dict[str, Any] = {"lag_s": self.draw.choice((0.5, 1.5))} if kind == "lag" else {}
        self.desk.fault(kind, **more)
        self.step()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the stores are: in memory where there is such a place, since nothing here is about the disk."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path_factory.mktemp("lives")
        return
    made = Path(tempfile.mkdtemp(prefix="watchprint-lives-", dir=memory))
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="session")
def begun(folder: Path) -> Iterator[Template]:
    made = Template("sqlite", folder / "template", None)
    yield made
    made.drop()


@pytest.mark.parametrize("half", [1, 2])  # two workers share the work
@settings(max_examples=max(1, SEQUENCES // 2), suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32 - 1), steps=st.integers(3, 14))
def test_whatever_a_user_does_the_copy_follows(
    sandbox: SandboxServer, loop: asyncio.Runner, begun: Template, http: Meddling, folder: Path, half: int, seed: int,
    steps: int,
) -> None:  # fmt: skip
    home = folder / f"life-{next(numbers)}"
    with begun.begun(home) as place, a_life(sandbox, loop, place, http) as desk:
        live(Life(desk, 2 * seed + half), steps)
    shutil.rmtree(home)


def live(life: Life, steps: int) -> None:
    """A life, and at its end a copy that is right, with all ids."""
    for _ in range(steps):
        life.step()
        chance = life.draw.random()
        if chance < 0.15:
            life.follows(whole=life.draw.random() < 0.3)
        elif chance < 0.45:
            life.breaks()
            life.follows()
            life.desk.mend()
        elif chance < 0.55:
            life.breaks_a_write()
            life.follows(late=True)
            life.desk.mend()
    life.desk.mend()
    life.desk.later(200)
    for _ in range(3):
        report = life.follows()
        if report.outcome in WELL:
            break
        life.desk.later(100)
    assert report.outcome in WELL, report
    life.desk.later(100)
    assert life.follows(whole=True).outcome == "changed"


@pytest.fixture(scope="session")
def http(loop: asyncio.Runner) -> Iterator[Meddling]:
    """One HTTP library for all lives: making one takes longer than a sync."""
    made = Meddling()
    yield made
    loop.run(made.aclose())


@contextmanager
def a_life(sandbox: SandboxServer, loop: asyncio.Runner, place: Place, http: Meddling) -> Generator[CopyDesk]:
    """A user of their own on the sandbox, linked to an account of an empty store; the user is let go at the end."""
    slug = f"life-{next(numbers)}"
    control(sandbox, "POST", "users", {"slug": slug, "vip": True, "expires_in": 10**9})
    uuid = sandbox.run(lambda s: s.world.state.users[slug].uuid)
    with Store.open(home=place.home, url=place.url, clock=SandboxClock(sandbox)) as store:

        def linked(work: Work) -> int:
            account = work.accounts.create(slug)
            work.accounts.link(account.id, NewLink(uuid=uuid, trakt_url=sandbox.base_url))
            return account.id

        desk = CopyDesk.of(sandbox, loop, store, slug, store.write(linked), http)
        try:
            yield desk
        finally:
            control(sandbox, "DELETE", "faults")
            sandbox.run(lambda s: s.world.state.users.pop(slug))

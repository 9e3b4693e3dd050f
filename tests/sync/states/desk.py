"""The desk of these tests: a user of the sandbox, another client of theirs, a store, and what stands on both sides."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import Awaitable, Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from tests.store.places import Place
from watchprint.identity.accounts import NewLink
from watchprint.sandbox import SandboxServer
from watchprint.sandbox.state import Item, User, UserList
from watchprint.store import Store, Work
from watchprint.store.shelves.values import SHELVES, KeptEntry
from watchprint.sync.activities import fields_of
from watchprint.sync.states import PARTS, Part, Told
from watchprint.trakt import AsyncTrakt
from watchprint.trakt.drivers.with_httpx2 import AwaitingHttpx2
from watchprint.trakt.models.bodies import Entry, Subject, SyncItems
from watchprint.trakt.models.ids import Ids
from watchprint.trakt.pacing import InProcess
from watchprint.trakt.ports import BlockingHttp
from watchprint.trakt.wire import NoReply, Reply

T = TypeVar("T")
PART = {part.name: part for part in PARTS}
RATED = ("movie", "show", "season", "episode")
Rows = dict[str, Any]
ARRAYS = {"movie": "movies", "show": "shows", "season": "seasons", "episode": "episodes", "person": "people"}


@dataclass
class SandboxClock:
    """The sandbox's clock: waiting moves it, and takes no time."""

    server: SandboxServer

    def now(self) -> datetime:
        return self.server.run(lambda sandbox: sandbox.world.now)

    def sleep(self, seconds: float) -> None:
        control(self.server, "POST", "clock", {"advance_s": seconds})

    async def asleep(self, seconds: float) -> None:
        await asyncio.to_thread(self.sleep, seconds)


@dataclass
class Meddling:
    """The HTTP library, with somebody who does something before each request that is sent.

    Args:
        before: Told the address of each request; None: nobody meddles.
        after: Gives the answer as it is to arrive.
    """

    inner: AwaitingHttpx2 = field(default_factory=AwaitingHttpx2)
    before: Callable[[str], None] | None = None
    after: Callable[[str, Reply], Reply] | None = None

    async def send(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Reply | NoReply:
        if self.before is not None:
            await asyncio.to_thread(self.before, url)
        reply = await self.inner.send(method, url, headers, body)
        return self.after(url, reply) if self.after is not None and isinstance(reply, Reply) else reply

    async def aclose(self) -> None:
        await self.inner.aclose()

    def blocking(self) -> BlockingHttp:
        return self.inner.blocking()


@dataclass
class Desk:
    """Both sides, and what goes on between them."""

    server: SandboxServer
    runner: asyncio.Runner
    trakt: AsyncTrakt
    store: Store
    slug: str
    account_id: int
    http: Meddling
    seen: dict[str, str] = field(default_factory=dict)

    @classmethod
    @contextmanager
    def at(cls, server: SandboxServer, runner: asyncio.Runner, place: Place, slug: str, token: str) -> Generator[Desk]:
        clock = SandboxClock(server)
        pacing = InProcess(write_gap_s=0.0, get_limit=10**6)
        here: dict[str, Any] = {"tokens": token, "api_url": server.base_url, "pacing": pacing, "clock": clock}
        http = Meddling()
        trakt = AsyncTrakt(server.greeting["client_id"], driver=http, **here)
        uuid = server.run(lambda sandbox: sandbox.world.state.users[slug].uuid)
        with Store.open(home=place.home, url=place.url, clock=clock) as store:

            def linked(work: Work) -> int:
                account = work.accounts.create(slug)
                work.accounts.link(account.id, NewLink(uuid=uuid, trakt_url=server.base_url))
                return account.id

            yield cls(server, runner, trakt, store, slug, store.write(linked), http)
        runner.run(trakt.aclose())

    # --- doing

    def do(self, call: Callable[[AsyncTrakt], Awaitable[T]]) -> T:
        """The answer to a call of another client of the user's."""
        return self.runner.run(_awaited(call(self.trakt)))

    def read(self, *parts: Part) -> dict[str, Told]:
        """Read these parts and store them, whatever has changed; what each has changed here."""
        return {part.name: self.runner.run(self._one(part)) for part in parts}

    def sync(self, parts: Iterable[Part] = PARTS) -> dict[str, Told]:
        """Read the parts whose fields have moved, as the core does it; what each has changed here."""
        self.later(3)  # so that no field is as old as the second in which it is read
        now = fields_of(self.do(lambda trakt: trakt.sync.last_activities()))
        found: dict[str, Told] = {}
        for part in parts:
            if any(now[name] != self.seen.get(name) for name in part.fields):
                found |= self.read(part)
                doubtful = found[part.name].doubtful
                self.seen |= {name: "doubtful" if doubtful else now[name] for name in part.fields}
        return found

    async def _one(self, part: Part) -> Told:
        keep = await part.read(self.trakt, self.store, self.account_id)
        return await self.store.awrite(keep)

    def later(self, seconds: float = 0.0, **more: float) -> None:
        """Let time pass."""
        by = timedelta(seconds=seconds, **more)
        control(self.server, "POST", "clock", {"advance_s": by.total_seconds()})

    def fault(self, kind: str, path: str = "*", **more: Any) -> None:
        """Break the next matching request of this user."""
        match = {"user": self.slug, **({} if path == "*" else {"path": path})}
        control(self.server, "POST", "faults", {"kind": kind, "match": match, **more})

    def mend(self) -> None:
        """Nothing is broken any more, and nobody meddles."""
        control(self.server, "DELETE", "faults")
        self.http.before = self.http.after = None

    def meddle(self, at: str, deed: Callable[[User], None], *, times: int = 1) -> None:
        """Let the user's rows change right before requests of such an address are sent, so many times."""
        left = times

        def before(url: str) -> None:
            nonlocal left
            if left and at in url:
                left -= 1
                self.change(deed)

        self.http.before = before

    def requests(self, deed: Callable[[], object]) -> list[str]:
        """What was asked while this was done: paths, in order."""
        control(self.server, "DELETE", "requests")
        deed()
        return [row["path"] for row in control(self.server, "GET", "requests")]

    # --- what stands there

    @property
    def user(self) -> User:
        """The user as the sandbox keeps them."""
        return self.server.run(lambda sandbox: sandbox.world.state.users[self.slug])

    def change(self, deed: Callable[[User], None]) -> None:
        """Change the sandbox's rows by hand."""
        self.server.run(lambda sandbox: deed(sandbox.world.state.users[self.slug]))

    def theirs(self) -> Rows:
        """What Trakt has."""
        user = self.user
        return {
            "ratings": {_item(row.item): (row.rating, _second(row.rated_at)) for row in user.ratings},
            "watchlist": _entries(user.watchlist),
            "favorites": _entries(user.favorites),
            "lists": [
                (one.id, one.slug, one.name, one.description or None, one.privacy, _entries(one)) for one in user.lists
            ],
            "collection": {
                _item(row.item): (_second(row.collected_at), _quality(row.metadata)) for row in user.collection
            },
            "positions": {
                _item(row.item): (round(row.progress, 6), _second(row.paused_at), row.id) for row in user.playback
            },
        }

    def ours(self) -> Rows:
        """What the store has."""
        return self.store.read(self._ours)

    def _ours(self, work: Work) -> Rows:
        ann, shelves = self.account_id, work.shelves
        ratings, positions = work.ratings.all(ann), work.positions.all(ann)
        kept: dict[str, list[KeptEntry]] = {shelf: shelves.all(ann, shelf) for shelf in SHELVES}
        standing = [each.title_id for some in kept.values() for each in some]
        titles = work.titles.get_all([*standing, *(r.title_id for r in ratings), *(p.title_id for p in positions)])
        names = {number: (title.kind, int(title.ids["trakt"][0])) for number, title in titles.items()}

        def entries(shelf: str, list_id: int | None = None) -> list[Any]:
            return [
                (each.rank, names[each.title_id], each.listed_at, each.notes, each.trakt_id)
                for each in kept[shelf]
                if each.list_id == list_id
            ]

        return {
            "ratings": {names[each.title_id]: (each.rating, each.rated_at) for each in ratings},
            "watchlist": entries("watchlist"),
            "favorites": entries("favorites"),
            "lists": [
                (each.trakt_id, each.slug, each.name, each.description, each.privacy, entries("list", each.id))
                for each in shelves.lists(ann)
            ],
            "collection": {names[each.title_id]: (each.listed_at, dict(each.details)) for each in kept["collection"]},
            "positions": {
                names[each.title_id]: (round(each.progress_pct, 6), each.paused_at, each.trakt_id) for each in positions
            },
        }

    def check(self) -> None:
        """Both sides have the same."""
        theirs, ours = self.theirs(), self.ours()
        for name, expected in theirs.items():
            assert ours[name] == expected, name

    # --- titles of the catalogue

    def items(self, kind: str, *names: int) -> SyncItems:
        """Titles of a kind by Trakt id, for a write."""
        return self.marked({(kind, name): {} for name in names})

    def marked(self, titles: dict[tuple[str, int], dict[str, Any]]) -> SyncItems:
        """The same, each with what is said of it."""
        arrays: dict[str, list[Entry]] = {}
        for (kind, trakt_id), marks in titles.items():
            arrays.setdefault(ARRAYS[kind], []).append(Entry(ids=Ids(trakt=trakt_id), **marks))
        bodies: dict[str, Any] = {name: tuple(each) for name, each in arrays.items()}
        return SyncItems(**bodies)

    def catalogue(self) -> dict[str, list[int]]:
        """Some titles of each kind, by Trakt id."""

        def some(sandbox: Any) -> dict[str, list[int]]:
            known = sandbox.world.catalogue
            show = max(known.shows.values(), key=lambda each: len(each.seasons))
            episodes = [each for season in show.seasons for each in season.episodes]
            return {
                "movie": sorted(known.movies),
                "show": sorted(known.shows),
                "season": [each.trakt for each in show.seasons],
                "episode": [each.trakt for each in episodes],
                "person": sorted(known.people),
            }

        return self.server.run(some)


def control(server: SandboxServer, method: str, word: str, wish: dict[str, Any] | None = None) -> Any:
    """A control call of the sandbox."""
    body = None if wish is None else json.dumps(wish).encode()
    url = f"{server.base_url}/__sandbox__/{word}"
    with urllib.request.urlopen(urllib.request.Request(url, body, method=method)) as answer:
        return json.load(answer)


def film(trakt_id: int) -> Subject:
    """A film, to be watched."""
    return Subject(movie=Entry(ids=Ids(trakt=trakt_id)))


async def _awaited(answer: Awaitable[T]) -> T:
    return await answer


def _item(item: Item) -> tuple[str, int]:
    return (item.type, item.trakt)


def _second(at: datetime) -> datetime:
    return at.replace(microsecond=0)


def _quality(known: dict[str, Any] | None) -> dict[str, Any]:
    named = {("is_3d" if name == "3d" else name): value for name, value in (known or {}).items()}
    return {name: value for name, value in named.items() if value is not None}


def _entries(one: UserList | None) -> list[Any]:
    rows = [] if one is None else one.entries
    return [(each.rank, _item(each.item), _second(each.listed_at), each.notes, each.id) for each in rows]

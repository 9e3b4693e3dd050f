"""What a synchronisation costs: requests and seconds for no, one and a hundred changes, and the first copy.

    python -m bench sync [WATCHPRINT_BENCH_PLAYS=1000,10000,100000]

Over HTTP from a local sandbox into a store on SQLite, without Trakt's rate limits. The first copy stands beside a bare
walk of the same pages in the same run, fetched and decoded by the same client; only their ratio means anything
elsewhere. In real life a first copy keeps to half of Trakt's limit, 250 requests in five minutes.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
import urllib.request
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from watchprint.identity.accounts import NewLink
from watchprint.sandbox.server import SandboxServer
from watchprint.sandbox.serving.options import ServerOptions
from watchprint.store import Store, Work
from watchprint.sync import Copy, SyncReport
from watchprint.trakt import AsyncTrakt, Entry, Ids, SyncItems
from watchprint.trakt.pacing import InProcess

T = TypeVar("T")

SIZES = tuple(int(size) for size in os.environ.get("WATCHPRINT_BENCH_PLAYS", "1000,10000,100000").split(","))
CHANGES = (0, 1, 100)
ROUNDS = 3
LONG_AGO = datetime(2016, 1, 1, 20, tzinfo=UTC)


@dataclass
class Ahead:
    """The machine's clock, so far ahead: so that a change is never as old as the second it is read in."""

    server: SandboxServer

    def now(self) -> datetime:
        return self.server.run(lambda sandbox: sandbox.clock.now())

    def sleep(self, seconds: float) -> None:
        later(self.server, seconds)

    async def asleep(self, seconds: float) -> None:
        later(self.server, seconds)


def run() -> None:
    """Print what each size and each number of changes costs."""
    with SandboxServer(ServerOptions(port=0, demo=False, rate_limits=False)) as server:
        for plays in SIZES:
            with tempfile.TemporaryDirectory(prefix="watchprint-bench-") as folder:
                asyncio.run(of_size(server, Path(folder), plays))


async def of_size(server: SandboxServer, folder: Path, plays: int) -> None:
    """The costs of an account of so many plays."""
    slug = f"bench-{plays}"
    token = control(server, "users", {"slug": slug, "plays": plays, "vip": True, "limits": {"history_plays": 10**6}})[
        "access_token"
    ]
    later(server, 60)
    uuid = server.run(lambda sandbox: sandbox.world.state.users[slug].uuid)
    clock = Ahead(server)
    pacing = InProcess(write_gap_s=0, get_limit=10**9, clock=lambda: clock.now().timestamp())
    with Store.open(home=folder, clock=clock) as store:
        account_id = store.write(lambda work: linked(work, server.base_url, uuid))
        client_id = server.greeting["client_id"]
        async with AsyncTrakt(
            client_id, tokens=token, api_url=server.base_url, pacing=pacing, clock=store.clock
        ) as trakt:
            bare_s, rows = await timed(trakt.sync.history(extended="full").all())
            assert len(rows) == plays
            first_s, report = await timed(Copy(store, trakt, account_id).sync())
            assert report.plays.added == plays, report
            print(
                f"{plays:>7,} plays   first copy {first_s:6.1f} s, {report.requests} requests   "
                f"bare walk {bare_s:6.1f} s   {first_s / bare_s:.1f}×"
            )
            for changes in CHANGES:
                await changed(server, Copy(store, trakt, account_id), trakt, changes)


async def changed(server: SandboxServer, copy: Copy, trakt: AsyncTrakt, changes: int) -> None:
    """What so many changes cost: plays of today, and for many as many in the past."""
    films = server.run(lambda sandbox: sorted(sandbox.world.catalogue.movies))
    took: list[tuple[float, SyncReport]] = []
    for number in range(ROUNDS):
        if changes:
            items = [
                Entry(ids=Ids(trakt=films[(number + n) % len(films)]), watched_at=when(server, n, number))
                for n in range(changes)
            ]
            await trakt.sync.add_to_history(SyncItems(movies=tuple(items)))
        later(server, 60)
        took.append(await timed(copy.sync()))
    seconds, report = sorted(took, key=lambda each: each[0])[len(took) // 2]
    assert report.plays.added == changes, report
    print(f"          {changes:>3} changes   {report.requests:>3} requests   {seconds * 1000:7.0f} ms")


def when(server: SandboxServer, n: int, number: int) -> datetime:
    """Every second change lies in the past."""
    if n % 2:
        return LONG_AGO + timedelta(hours=7 * n + number)
    return server.run(lambda sandbox: sandbox.clock.now())


def linked(work: Work, url: str, uuid: str) -> int:
    """A new account that is linked to the user."""
    account = work.accounts.create("ann")
    work.accounts.link(account.id, NewLink(uuid=uuid, trakt_url=url))
    return account.id


async def timed(deed: Awaitable[T]) -> tuple[float, T]:
    """How long it took, and what came of it."""
    began = time.perf_counter()
    result = await deed
    return time.perf_counter() - began, result


def later(server: SandboxServer, seconds: float) -> None:
    """Let time pass on the sandbox."""
    server.run(lambda sandbox: sandbox.clock.advance(seconds))
    server.run(lambda sandbox: sandbox.dispatch.pass_time())


def control(server: SandboxServer, word: str, wish: dict[str, Any]) -> Any:
    """A control call of the sandbox."""
    request = urllib.request.Request(f"{server.base_url}/__sandbox__/{word}", msgspec.json.encode(wish), method="POST")
    with urllib.request.urlopen(request) as answer:
        return msgspec.json.decode(answer.read())

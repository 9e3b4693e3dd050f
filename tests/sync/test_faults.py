"""What goes wrong at Trakt or on the way: nothing is wrongly removed, each account state is told, and it heals."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from tests.sync.desk import CopyDesk, client
from tests.sync.states.desk import control
from watchprint.store.running.budgets import TRAKTS, Limits
from watchprint.sync import Copy, Counts, Progress
from watchprint.sync.plays.history import ABREAST
from watchprint.trakt import AsyncTrakt, Pacing, Tokens
from watchprint.trakt.clock import Clock
from watchprint.trakt.drivers.with_httpx2 import AwaitingHttpx2
from watchprint.trakt.ports import BlockingHttp
from watchprint.trakt.wire import Bucket, NoReply, Reply

MAP = "/sync/watched/"


@dataclass
class Bending:
    """The HTTP library, with answers that are bent on their way."""

    bend: Callable[[str, Reply], Reply]
    inner: AwaitingHttpx2

    async def send(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Reply | NoReply:
        reply = await self.inner.send(method, url, headers, body)
        return self.bend(url, reply) if isinstance(reply, Reply) and reply.status == 200 else reply

    async def aclose(self) -> None:
        await self.inner.aclose()

    def blocking(self) -> BlockingHttp:
        return self.inner.blocking()


def bent(desk: CopyDesk, bend: Callable[[str, Reply], Reply]) -> None:
    """From now on the copying client's answers are bent."""
    desk.copier = client(desk.server, desk.slug, desk.store, Bending(bend, desk.http.inner))


def cut_map(url: str, reply: Reply) -> Reply:
    """Half of a map, as valid JSON."""
    if MAP not in url:
        return reply
    whole: dict[str, Any] = msgspec.json.decode(reply.body)
    return replace(reply, body=msgspec.json.encode(dict(list(whole.items())[: len(whole) // 2])))


def empty_map(url: str, reply: Reply) -> Reply:
    return replace(reply, body=b"{}") if MAP in url else reply


def wrong_count(by: int) -> Callable[[str, Reply], Reply]:
    """Every count of a history page is off."""

    def bend(url: str, reply: Reply) -> Reply:
        if "/sync/history" not in url:
            return reply
        count = max(0, int(reply.headers["x-pagination-item-count"]) + by)
        return replace(reply, headers={**reply.headers, "x-pagination-item-count": str(count)})

    return bend


class Late:
    """Maps and histories that stay what they were, while the last activities move on: a server that lags."""

    def __init__(self) -> None:
        self.kept: dict[str, Reply] = {}

    def __call__(self, url: str, reply: Reply) -> Reply:
        if MAP not in url and "/sync/history" not in url:
            return reply
        return self.kept.setdefault(url, reply)


@pytest.fixture
def copied(copying: CopyDesk) -> CopyDesk:
    """An account of some pages that is copied."""
    copying.fill(700)
    copying.later(60)
    assert copying.copy().outcome == "changed"
    return copying


@pytest.mark.parametrize("bend", [cut_map, empty_map], ids=["cut", "empty"])
def test_a_map_that_lacks_plays_removes_none(copied: CopyDesk, bend: Callable[[str, Reply], Reply]) -> None:
    copied.watch("movie", copied.catalogue()["movie"][30])
    copied.watch("episode", copied.show()[1][0])
    copied.later(60)
    bent(copied, bend)
    report = copied.copy()
    assert (report.outcome, report.whole) == ("changed", True), "a whole walk decides"
    assert report.plays.removed == 0
    copied.check_plays(ids=True)
    copied.remove(next(iter(copied.our_plays())))
    copied.later(60)
    assert copied.copy().plays.removed == 1, "and a whole walk finds what has gone"
    copied.check_plays(ids=True)


@pytest.mark.parametrize("by", [-1, 1, 250])
def test_counts_that_are_always_wrong_remove_nothing(copied: CopyDesk, by: int) -> None:
    copied.watch("movie", copied.catalogue()["movie"][30])
    copied.remove(min(copied.our_plays()))
    copied.later(60)
    before = copied.our_plays()
    bent(copied, wrong_count(by))
    report = copied.copy()
    assert report.outcome == "behind"
    assert report.reason
    assert report.plays.removed == 0
    assert before.keys() <= copied.our_plays().keys()
    assert report.next_due_at is not None
    assert report.next_due_at - copied.now < timedelta(minutes=10)
    copied.copier = None
    copied.later(600)
    assert copied.copy().outcome == "changed"
    copied.check_plays(ids=True)


def test_a_server_that_lags_is_read_again(copied: CopyDesk) -> None:
    late = Late()
    bent(copied, late)
    copied.touch("movies.watched_at", "episodes.watched_at")
    copied.later(60)
    copied.copy()
    copied.later(300)
    copied.watch("movie", copied.catalogue()["movie"][30])
    copied.copy()
    late.kept.clear()
    assert copied.copy().plays.added == 1
    copied.check_plays(ids=True)
    copied.later(60)
    assert copied.copy().requests == 1


def test_changes_within_one_second_are_all_found(copied: CopyDesk) -> None:
    control(copied.server, "POST", "clock", {"frozen": True})
    try:
        films = copied.catalogue()["movie"]
        copied.watch("movie", films[30])
        copied.http.before = once_at(copied, "/sync/watched/movies", lambda: copied.watch("movie", films[31]))
        copied.copy()
        copied.http.before = None
        copied.copy()
        copied.check_plays(ids=True)
    finally:
        copied.http.before = None
        control(copied.server, "POST", "clock", {"frozen": False})


def once_at(desk: CopyDesk, at: str, deed: Callable[[], None]) -> Callable[[str], None]:
    """Somebody does something right after the request before this address, once."""
    done = False

    def before(url: str) -> None:
        nonlocal done
        if at in url and not done:
            done = True
            user = desk.catalogue()["movie"][31]
            desk.server.run(lambda sandbox: _added(sandbox, desk.slug, user))

    return before


def _added(sandbox: Any, slug: str, trakt: int) -> None:
    from watchprint.sandbox.rules.viewing.plays import record
    from watchprint.sandbox.state import Play

    user, now = sandbox.world.state.users[slug], sandbox.world.now
    at = now.replace(second=0, microsecond=0)
    record(user, sandbox.world.catalogue, [Play(sandbox.world.state.new_id(), at, "watch", "movie", trakt)], now)


def test_rows_without_a_title_count_and_are_kept(copying: CopyDesk) -> None:
    copying.fill(300)
    copying.later(60)
    copying.fault("null_rows", path="/sync/history*", times=None, every=2)
    report = copying.copy()
    assert report.plays.added == 300
    theirs, ours = copying.their_plays(), copying.our_plays()
    assert theirs.keys() == ours.keys()
    assert {(kind, at) for kind, _, at, _ in ours.values()} == {(kind, at) for kind, _, at, _ in theirs.values()}
    copying.mend()
    copying.copy(whole=True)
    copying.check_plays(ids=True)


class Deleted:
    """A film that Trakt has deleted: its rows name nothing, and the map has them no more."""

    def __init__(self, trakt: int) -> None:
        self.trakt = trakt

    def __call__(self, url: str, reply: Reply) -> Reply:
        if "/watched/movies" in url:
            plays: dict[str, Any] = msgspec.json.decode(reply.body)
            plays.pop(str(self.trakt), None)
            return replace(reply, body=msgspec.json.encode(plays))
        if f"/history/movies/{self.trakt}?" in url:
            return replace(reply, status=404, body=b"")
        if "/history" in url:
            rows: list[dict[str, Any]] = msgspec.json.decode(reply.body)
            gone = [row for row in rows if row["type"] == "movie" and row["movie"]["ids"]["trakt"] == self.trakt]
            for row in gone:
                row["movie"] = None
            return replace(reply, body=msgspec.json.encode(rows))
        return reply


def test_plays_of_a_deleted_title_stay_and_cost_nothing_more(copied: CopyDesk) -> None:
    films = copied.catalogue()["movie"]
    bent(copied, Deleted(films[0]))
    copied.touch("movies.watched_at")
    copied.later(60)
    assert copied.copy().outcome == "changed"
    copied.check_plays(ids=True)  # what the title was is known from before
    copied.later(60)
    copied.copy()
    copied.watch("movie", films[30])
    copied.later(60)
    report = copied.copy()
    assert (report.outcome, report.whole, report.plays) == ("changed", False, Counts(added=1))
    copied.remove(min(id_ for id_, each in copied.their_plays().items() if each[1] == films[1]))
    copied.later(60)
    assert copied.copy().plays == Counts(removed=1)
    copied.check_plays(ids=True)


def test_plays_of_a_title_that_was_deleted_before_the_first_copy_are_kept(copying: CopyDesk) -> None:
    copying.fill(300)
    copying.later(60)
    films = copying.catalogue()["movie"]
    bent(copying, Deleted(films[0]))
    assert copying.copy().plays.added == 300
    assert copying.our_plays().keys() == copying.their_plays().keys()
    copying.watch("movie", films[30])
    copying.later(60)
    assert copying.copy().plays == Counts(added=1)
    assert copying.our_plays().keys() == copying.their_plays().keys()
    copying.later(60)
    assert copying.copy().requests == 1


def test_a_walk_that_is_cut_off_goes_on_where_it_was(copying: CopyDesk) -> None:
    copying.fill(3000)
    copying.later(60)
    copying.fault("500", path="/sync/history", times=None, skip=5)
    report = copying.copy()
    assert report.outcome == "unreachable"
    stored = len(copying.our_plays())
    assert stored == report.plays.added == 1250
    copying.mend()
    control(copying.server, "DELETE", "requests")
    assert copying.copy().outcome == "changed"
    pages = [
        int(row["query"]["page"])
        for row in control(copying.server, "GET", "requests")
        if row["path"] == "/sync/history"
    ]
    assert sorted(pages) == list(range(6, 14))
    copying.check_all(ids=True)


def test_a_history_that_moves_under_a_walk_is_walked_once_more(copying: CopyDesk) -> None:
    copying.fill(1500)
    copying.later(60)
    removed = sorted(copying.their_plays())[3]
    copying.meddle("page=3", lambda user: user.history.remove(next(p for p in user.history if p.id == removed)))
    report = copying.copy()
    assert report.outcome == "changed"
    copying.check_plays(ids=True)


STATES = {"423": "locked", "403": "refused", "empty_420": "limited", "503": "unreachable", "reset": "unreachable"}


@pytest.mark.parametrize("kind", STATES)
def test_how_an_account_stands_is_told_and_heals(copied: CopyDesk, kind: str) -> None:
    copied.fault(kind, times=None)
    copied.later(60)
    waits = []
    for _ in range(3):
        report = copied.copy()
        assert report.outcome == STATES[kind]
        assert report.reason
        assert report.next_due_at is not None
        waits.append(report.next_due_at - copied.now)
    link = copied.store.read(lambda work: work.accounts.get(copied.account_id)).link
    assert link is not None
    if STATES[kind] == "unreachable":
        assert link.status == "linked"
        assert waits[0] < waits[1] < waits[2] < timedelta(minutes=10)
    else:
        assert (link.status, link.status_reason) == (STATES[kind], report.reason)
        assert waits[0] >= (timedelta(days=1) if kind == "423" else timedelta(hours=1))
    assert due(copied) == []
    copied.mend()
    assert copied.copy().outcome == "nothing"
    healthy = copied.store.read(lambda work: work.accounts.get(copied.account_id))
    assert healthy.link is not None
    assert healthy.link.status == "linked"
    assert healthy.sync_due_at is not None
    copied.later(7200)
    assert due(copied) == [copied.account_id]


@pytest.mark.parametrize(("expired", "outcome"), [(False, "disconnected"), (True, "sign_in_again")])
def test_tokens_that_open_nothing(copied: CopyDesk, *, expired: bool, outcome: str) -> None:
    issued_at = copied.now - timedelta(days=9 if expired else 0)
    tokens = Tokens("withdrawn", "withdrawn-too", issued_at, 86_400 * 2)
    copied.store.write(lambda work: work.credentials.put(copied.account_id, tokens))
    copied.copier = of_the_store(copied)
    report = copied.copy()
    assert report.outcome == outcome
    link = copied.store.read(lambda work: work.accounts.get(copied.account_id)).link
    assert link is not None
    assert link.status == outcome
    assert "watchprint login" in (report.reason or "") or expired


def test_a_lost_refresh_is_asked_once_and_heals_by_signing_in(copied: CopyDesk) -> None:
    """Nobody can repair it: the spent token is not tried again and again, nothing is removed, a sign-in heals it."""
    films = copied.catalogue()["movie"]
    pair = control(copied.server, "POST", "tokens", {"user": copied.slug})
    tokens = Tokens(pair["access_token"], pair["refresh_token"], copied.now, 604_800)
    copied.store.write(lambda work: work.credentials.put(copied.account_id, tokens))
    kept, copied.copier = copied.our_plays(), of_the_store(copied)
    copied.watch("movie", films[7])
    control(copied.server, "DELETE", "requests")
    control(copied.server, "POST", "faults", {"kind": "lost_refresh", "match": {"path": "/oauth/token"}})
    copied.fault("expired_token")
    outcomes = [copied.copy().outcome for _ in range(3)]
    assert outcomes[-1] == "sign_in_again", (outcomes, copied.paths())
    assert set(outcomes) <= {"sign_in_again", "unreachable"}
    assert copied.our_plays() == kept
    assert copied.paths().count("/oauth/token") <= 2
    copied.mend()
    anew = control(copied.server, "POST", "tokens", {"user": copied.slug})
    fresh = Tokens(anew["access_token"], anew["refresh_token"], copied.now, 86_400 * 7)
    copied.store.write(lambda work: work.credentials.put(copied.account_id, fresh))
    copied.copier = of_the_store(copied)
    assert copied.copy().outcome == "changed"
    copied.check_all(ids=True)
    link = copied.store.read(lambda work: work.accounts.get(copied.account_id)).link
    assert link is not None
    assert link.status == "linked"


def of_the_store(copied: CopyDesk) -> AsyncTrakt:
    """A client that has its tokens from the store, and renews them there."""
    return AsyncTrakt(
        copied.server.greeting["client_id"], copied.server.greeting["client_secret"],
        tokens=copied.store.tokens(copied.account_id), api_url=copied.server.base_url, driver=copied.http,
        redirect_uri="http://127.0.0.1:8000/callback", clock=copied.store.clock,
        pacing=copied.store.pacing(copied.account_id, share="copy"),
    )  # fmt: skip


@dataclass
class Noted:
    """The pacing, which notes between which instants each place lies that it gives to reads."""

    inner: Pacing
    clock: Clock
    places: list[tuple[datetime, datetime]] = field(default_factory=list)
    blocks = True

    def admit(self, user: str, bucket: Bucket) -> float:
        asked_at = self.clock.now()
        wait_s = self.inner.admit(user, bucket)
        if bucket == "get" and wait_s <= TRAKTS.longest_wait_s:  # one further ahead is not taken
            wait = timedelta(seconds=wait_s)
            self.places.append((asked_at + wait, self.clock.now() + wait))
        return wait_s

    def observe(self, user: str, bucket: Bucket, status: int, headers: Mapping[str, str]) -> None:
        self.inner.observe(user, bucket, status, headers)


A_MOMENT = timedelta(seconds=1)
"""By which two readings of a clock that is followed may differ."""


def most_within(window: timedelta, instants: list[datetime]) -> int:
    """The most of them in any window."""
    return max(sum(first <= each < first + window for each in instants) for first in instants)


def most_surely_within(window: timedelta, places: list[tuple[datetime, datetime]]) -> int:
    """The most places in any window, wherever between their two instants each of them lies."""
    return max(sum(first <= begins and ends < first + window for begins, ends in places) for first, _ in places)


def test_a_first_copy_keeps_to_half_of_the_budget_and_says_how_long_it_takes(copying: CopyDesk) -> None:
    copying.fill(6000)
    copying.later(60)
    store, limits = copying.store, Limits(get_limit=16)
    pacing = Noted(store.pacing(copying.account_id, share="copy", limits=limits), store.clock)
    trakt = client(copying.server, copying.slug, store, copying.http, pacing=pacing)
    told: list[tuple[datetime, Progress]] = []

    def tell(progress: Progress) -> None:
        told.append((copying.now, progress))

    control(copying.server, "DELETE", "requests")
    copy = Copy(store, trakt, copying.account_id, on_progress=tell, limits=limits)
    report = copying.runner.run(copy.sync())
    assert report.outcome == "changed"
    copying.check_plays(ids=True)
    rows = control(copying.server, "GET", "requests")
    at = [datetime.fromisoformat(row["at"]) for row in rows if row["path"].startswith("/sync/")]
    window = timedelta(seconds=limits.get_window_s)
    assert len(pacing.places) >= len(at) > limits.copy_limit
    assert most_surely_within(window - A_MOMENT, pacing.places) == limits.copy_limit
    assert most_within(window, at) <= limits.copy_limit + ABREAST, (
        "those on their way arrive a moment after their place"
    )
    walking = [(when, each) for when, each in told if each.what == "Reading your history"]
    ended_at, last = walking[-1]
    assert (last.done, last.total, last.seconds_left) == (6000, 6000, 0)
    for when, each in walking[1:-1]:
        left_s = (ended_at - when).total_seconds()
        assert each.seconds_left is not None
        assert abs(each.seconds_left - left_s) <= 0.35 * left_s + 60, (each, left_s)


def test_others_with_the_account_are_not_starved_by_a_copy(copying: CopyDesk) -> None:
    store = copying.store
    copy, people = store.pacing(copying.account_id, share="copy"), store.pacing(copying.account_id)
    waits = [copy.admit("me", "get") for _ in range(250)]
    assert max(waits) == 0
    assert copy.admit("me", "get") > 60
    assert max(people.admit("me", "get") for _ in range(250)) == 0


def test_a_write_while_a_sync_runs_leaves_it_due(copying: CopyDesk) -> None:
    copying.http.before = due_at_once(copying)
    report = copying.copy()
    copying.http.before = None
    assert report.outcome == "changed"
    assert due(copying) == [copying.account_id]


def due(desk: CopyDesk) -> list[int]:
    """The accounts whose time to be read has come."""
    return [each.id for each in desk.store.read(lambda work: work.accounts.due())]


def due_at_once(desk: CopyDesk) -> Callable[[str], None]:
    def before(url: str) -> None:
        if "/sync/watchlist" in url:
            desk.store.write(lambda work: work.accounts.due_at(desk.account_id, work.now, only_sooner=True))

    return before


def test_a_cancelled_sync_lets_go_of_its_lease(copying: CopyDesk) -> None:
    copying.fill(3000)

    async def cancelled() -> None:
        task = asyncio.ensure_future(copying.copying().sync())
        while not copying.our_plays():
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    copying.runner.run(cancelled())
    assert copying.store.read(lambda work: work.leases.holder(f"sync {copying.account_id}")) is None
    assert copying.copy().outcome == "changed"
    copying.check_all(ids=True)

"""Copies: synced, asked in the account's own zone, held in memory by revision, and told how they stand."""

from __future__ import annotations

import asyncio
import gc
import weakref
from datetime import datetime, timedelta

import pytest

from tests.app.conftest import asked, let_pass, pair, settings
from tests.sandbox.desk import Desk, Person
from tests.store.places import Place
from watchprint import Movie
from watchprint.app import AsyncWatchprint, Watchprint
from watchprint.app.lenses import Lenses
from watchprint.identity import Account, NoSuchAccount
from watchprint.insights import Answer, UnknownInsight
from watchprint.sandbox.serving.sandbox import Sandbox
from watchprint.settings import Settings
from watchprint.sync import Progress
from watchprint.trakt.errors import NotConfigured


def plays_of(answer: Answer) -> int:
    return int(next(row.plays for row in answer.rows if row.kind == "all"))


def test_a_copy_is_synced_read_and_asked(app: Watchprint, desk: Desk, ann: Person) -> None:
    account = app.link(pair(desk, ann))
    steps: list[Progress] = []
    report = app.sync(account, on_progress=steps.append)
    assert (report.outcome, report.plays.added) == ("changed", 120)
    assert steps
    assert app.plays(account).num_rows == 120
    assert app.ratings(account).num_rows == len(desk.get("/sync/ratings", ann).json)
    stats = app.service(account).get_user_stats()
    answer = app.insight("totals", account=account)
    assert plays_of(answer) == 120 == (stats.movies.plays or 0) + (stats.episodes.plays or 0)
    assert answer.zone == "Asia/Tokyo"
    assert app.insight("punch-card", zone="UTC").zone == "UTC"
    with pytest.raises(UnknownInsight):
        app.insight("nonsense")
    status = app.status()
    assert (status.movies + status.episodes, status.ratings) == (120, app.ratings().num_rows)
    assert status.last_sync_at == app.clock.now()
    assert status.last_whole_at is not None
    assert status.syncing_until is None
    assert status.left.reads < 500
    assert status.account.sync_due_at is not None


def test_nothing_changed_is_one_request_and_one_change_is_seen(app: Watchprint, desk: Desk, ann: Person) -> None:
    account = app.link(pair(desk, ann))
    app.sync(account)
    let_pass(desk, 600, app.clock)
    app.sync(account)
    desk.obey("DELETE", "requests")
    assert (app.sync(account).outcome, asked(desk)) == ("nothing", ["/sync/last_activities"])
    before = plays_of(app.insight("totals"))
    app.service(account).add_to_history(Movie(tmdb=949))
    let_pass(desk, 60, app.clock)
    assert app.sync(account).plays.added == 1
    assert plays_of(app.insight("totals")) == before + 1


def test_two_accounts_do_not_see_each_other(app: Watchprint, desk: Desk, ann: Person) -> None:
    bob = desk.user("bob", plays=7)
    for person in (ann, bob):
        app.sync(app.link(pair(desk, person)))
    assert [app.plays(name).num_rows for name in ("ann", "bob")] == [120, 7]
    assert [plays_of(app.insight("totals", account=name)) for name in ("ann", "bob")] == [120, 7]
    app.forget("ann")
    with pytest.raises(NoSuchAccount):
        app.insight("totals", account="ann")
    assert plays_of(app.insight("totals", account="bob")) == 7


def test_two_processes_copy_without_doubles_and_renew_once(at_desk: Settings, desk: Desk, ann: Person) -> None:
    async def both() -> list[str]:
        one, other = await AsyncWatchprint.open(at_desk), await AsyncWatchprint.open(at_desk)
        async with one, other:
            account = await one.link(pair(desk, ann))
            let_pass(desk, 4 * 86_400, one.clock, other.clock)
            reports = await asyncio.gather(*(each.sync(account) for each in (one, other, one, other)))
            assert (await other.plays(account)).num_rows == 120
            return [report.outcome for report in reports]

    outcomes = asyncio.run(both())
    assert set(outcomes) <= {"changed", "elsewhere", "nothing"}
    assert "changed" in outcomes
    assert asked(desk).count("/oauth/token") == 1


def test_a_withdrawn_sign_in_is_shown_and_the_queue_kept(app: Watchprint, desk: Desk, ann: Person) -> None:
    account = app.link(pair(desk, ann))
    app.sync(account)
    desk.post("/oauth/revoke", {"token": ann.access, "client_id": desk.client_id, "client_secret": desk.client_secret})
    report = app.sync(account)
    assert report.outcome in {"disconnected", "sign_in_again"}
    status = app.status(account)
    assert status.account.link is not None
    assert status.account.link.status == report.outcome
    assert (status.movies + status.episodes) == 120
    assert status.signed_in


def test_while_somebody_looks_an_account_is_read_every_quarter_of_an_hour(
    app: Watchprint, desk: Desk, ann: Person
) -> None:
    account = app.link(pair(desk, ann))
    app.sync(account)
    desk.obey("DELETE", "requests")
    let_pass(desk, 2 * 86_400, app.clock)
    quiet = due_in_s(app, account)
    assert quiet > 3000, "nothing was played today"
    let_pass(desk, 600, app.clock)
    app.insight("totals")
    assert app.status(account).account.sync_due_at == last_sync_at(app, account) + timedelta(minutes=15)
    let_pass(desk, 300, app.clock)
    assert due_in_s(app, account) < 1000, "they have looked five minutes ago"
    let_pass(desk, 3600, app.clock)
    assert due_in_s(app, account) > 3000, "they look no more"


def due_in_s(app: Watchprint, account: Account) -> float:
    """A sync now; how long after it the next is due."""
    due_at = app.sync(account).next_due_at
    assert due_at is not None
    return (due_at - app.clock.now()).total_seconds()


def last_sync_at(app: Watchprint, account: Account) -> datetime:
    ended_at = app.status(account).last_sync_at
    assert ended_at is not None
    return ended_at


def test_an_account_without_plays(app: Watchprint, desk: Desk) -> None:
    app.sync(app.link(pair(desk, desk.user("empty"))))
    assert app.plays().num_rows == 0
    assert plays_of(app.insight("totals")) == 0
    assert app.insight("streaks").n == 0


def test_a_lens_is_kept_by_revision_and_dropped_when_idle(at_desk: Settings, desk: Desk, ann: Person) -> None:
    async def looked() -> None:
        async with await AsyncWatchprint.open(at_desk) as app:
            account = await app.link(pair(desk, ann))
            await app.sync(account)
            lenses = Lenses(app.store)
            first = await lenses.of(account.id)
            assert await lenses.of(account.id) is first
            plays = first.ask("totals").n
            last = app.store.read(lambda work: work.plays.page(account.id, limit=1))[0]
            app.store.write(lambda work: work.plays.remove(account.id, [last.id]))
            assert await lenses.of(account.id) is first, "amended"
            assert first.ask("totals").n == plays - 1
            lenses.close()
            lenses = Lenses(app.store, idle_s=0.05)
            gone = weakref.ref(await lenses.of(account.id))
            del first
            while account.id in lenses:
                await asyncio.sleep(0.01)
            gc.collect()
            assert gone() is None
            lenses.close()

    asyncio.run(looked())


def test_without_an_application_nothing_is_asked(desk: Desk, place: Place) -> None:
    local = settings(place, TRAKT_API_URL=desk.server.base_url)
    desk.obey("DELETE", "requests")
    with Watchprint.open(local) as app:
        assert app.local
        account = app.create_account("ann")
        assert app.insight("totals").n == 0
        assert app.status().queue.owed == 0
        app.unlink(account)
        for deed in (app.service, app.trakt, app.sync, app.access_token):
            with pytest.raises(NotConfigured, match="TRAKT_CLIENT_ID is not set"):
                deed(account)
        app.forget(account)
    assert asked(desk) == []


def test_a_zone_that_nobody_knows_is_said(app: Watchprint, desk: Desk, ann: Person) -> None:
    account = app.link(pair(desk, ann))
    app.sync(account)
    assert app.status(account).zone_note is None

    def moved(sandbox: Sandbox) -> None:
        sandbox.world.state.users["ann"].zone = "Pacific Time (US & Canada)"

    desk.server.run(moved)
    let_pass(desk, 60, app.clock)
    app.sync(account, whole=True)
    note = app.status(account).zone_note
    assert note is not None
    assert "Pacific Time (US & Canada)" in note
    assert app.account().zones.spans == ((None, "Asia/Tokyo"),)


def test_what_is_on_now_is_asked_and_kept(app: Watchprint, desk: Desk, ann: Person) -> None:
    account = app.link(pair(desk, ann))
    assert app.on_now(account) is None
    app.service(account).scrobble_start(Movie(tmdb=949), progress=3)
    on = app.on_now()
    assert on is not None
    assert on.action == "scrobble"
    assert app.store.read(lambda work: work.positions.now(account.id)) == on
    app.service(account).scrobble_stop(Movie(tmdb=949), progress=20)
    assert app.on_now() is None

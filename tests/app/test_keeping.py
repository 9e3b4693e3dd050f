"""What has had its time goes by itself, once a day, whatever a person does here."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.app.conftest import let_pass, pair
from tests.sandbox.desk import Desk, Person
from watchprint.app import Watchprint

MONTH_S = 31 * 86_400.0


def test_a_sync_lets_go_of_what_was_removed_a_month_ago(app: Watchprint, desk: Desk, ann: Person) -> None:
    account = app.link(pair(desk, ann))
    app.sync(account)
    ids = app.store.read(lambda work: [play.id for play in work.plays.page(account.id, limit=3)])
    app.store.write(lambda work: work.plays.remove(account.id, ids))
    let_pass(desk, 2 * 86_400, app.clock)
    app.sync(account)
    assert app.store.read(lambda work: len(work.plays.get_all(account.id, ids))) == 3, "their time is not over"
    let_pass(desk, MONTH_S, app.clock)
    app.sync(account)
    assert app.store.read(lambda work: work.plays.get_all(account.id, ids)) == {}


def test_an_import_does_so_too_once_a_day(app: Watchprint, desk: Desk, tmp_path: Path) -> None:
    account, file = app.create_account("local"), tmp_path / "history.csv"
    file.write_text(
        "type,title,year,trakt_id,watched_at\nmovie,Heat,1995,9001,2024-05-01T20:00:00Z\n", encoding="utf-8"
    )
    assert app.store.read(lambda work: work.leases.holder("purged")) is None
    app.take_in(file, account)
    first = app.store.read(lambda work: work.leases.holder("purged"))
    assert first is not None
    assert first[1] == app.clock.now() + timedelta(days=1)
    app.take_in(file, account)
    assert app.store.read(lambda work: work.leases.holder("purged")) == first
    let_pass(desk, 86_400, app.clock)
    app.take_in(file, account)
    assert app.store.read(lambda work: work.leases.holder("purged")) not in (None, first)

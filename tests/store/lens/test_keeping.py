"""Tables kept ready in the store are the account's own, of one revision, and go when they would be untrue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import update

from tests.store.keeping.living import filled
from watchprint import insights
from watchprint.store import Store
from watchprint.store.lens.loading import AccountTables
from watchprint.store.schema import kept_tables


def plain(tables: AccountTables) -> dict[str, Any]:
    rows = {name: getattr(tables, name).to_pylist() for name in ("plays", "titles", "ratings")}
    for play in rows["plays"]:
        play["play_id"] = str(play["play_id"])
    return rows | {"revision": tables.revision}


def keep(store: Store, account_id: int) -> bool:
    return store.keep_tables(account_id, store.tables(account_id))


def test_they_are_what_was_loaded(store: Store) -> None:
    ann, bob = filled(store, "ann"), filled(store, "bob")
    assert store.kept_tables(ann) is None
    assert keep(store, ann)
    found = store.kept_tables(ann)
    assert found is not None
    assert plain(found) == plain(store.tables(ann))
    assert store.kept_tables(bob) is None


def test_an_account_without_plays(store: Store) -> None:
    ann = store.write(lambda work: work.accounts.create("ann")).id
    assert keep(store, ann)
    found = store.kept_tables(ann)
    assert found is not None
    assert (len(found.plays), len(found.titles), len(found.ratings)) == (0, 0, 0)


def test_keeping_them_is_no_change_and_an_account_that_moved_on_keeps_none(store: Store) -> None:
    ann = filled(store, "ann")
    old = store.tables(ann)
    assert store.keep_tables(ann, old)
    assert store.tables(ann).revision == old.revision
    store.write(lambda work: work.plays.remove(ann, [work.plays.page(ann)[0].id]))
    assert not store.keep_tables(ann, old)
    newer = store.tables(ann)
    assert store.keep_tables(ann, newer)
    found = store.kept_tables(ann)
    assert found is not None
    assert plain(found) == plain(newer)


def test_those_of_another_program_are_not_read(store: Store) -> None:
    ann = filled(store, "ann")
    keep(store, ann)
    store._database.write(lambda connection: connection.execute(update(kept_tables).values(form="0")))
    assert store.kept_tables(ann) is None
    assert keep(store, ann)
    assert store.kept_tables(ann) is not None


def test_they_go_with_the_account_and_with_plays_that_are_purged(store: Store) -> None:
    ann, bob = filled(store, "ann"), filled(store, "bob")
    for account_id in (ann, bob):
        assert keep(store, account_id)
    store.write(lambda work: work.plays.remove(ann, [work.plays.page(ann)[0].id]))
    store.clock.sleep(29 * 86_400)
    store.write(lambda work: work.purge())
    assert store.kept_tables(ann) is not None, "that the play was removed is still known"
    store.clock.sleep(2 * 86_400)
    store.write(lambda work: work.purge())
    assert store.kept_tables(ann) is None
    assert store.kept_tables(bob) is not None
    store.forget(bob)
    assert store.kept_tables(bob) is None


def test_a_backup_brings_none_back_and_what_was_loaded_before_is_loaded_anew(store: Store, tmp_path: Path) -> None:
    ann = filled(store, "ann")
    keep(store, ann)
    store.backup(tmp_path / "backup.db")
    store.write(lambda work: work.plays.remove(ann, [work.plays.page(ann)[0].id]))
    rows = store.tables(ann)
    known = max(rows.titles["title_id"].to_pylist())
    assert store.keep_tables(ann, rows)
    store.restore(tmp_path / "backup.db")
    assert store.kept_tables(ann) is None
    assert store.changes(ann, since=rows.revision, known=known) is None, "the play that is back is no change since then"
    back = store.tables(ann)
    lens = insights.prepared(plays=back.plays, titles=back.titles, ratings=back.ratings)
    assert lens.ask("totals").n == len(rows.plays) + 1

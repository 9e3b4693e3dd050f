"""A back-up holds everything but the keys, comes back on either database, and while others work."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.store.keeping.living import PAIR, filled, seen
from tests.store.places import Place, Template
from watchprint.store import NotABackup, Store, StoreDamaged, StoreTooNew, StoreUnwritable
from watchprint.trakt.tokens import Tokens


@pytest.fixture
def elsewhere(template: Template, tmp_path: Path) -> Generator[Place]:
    """Another store of the same kind, with the same keys."""
    with template.begun(tmp_path / "elsewhere") as begun:
        yield begun


def names(store: Store) -> list[str]:
    return [account.name for account in store.read(lambda work: work.accounts.all())]


def revision(store: Store, account: int) -> int:
    return store.read(lambda work: work.accounts.revision(account))


def test_what_was_kept_comes_back(store: Store, tmp_path: Path) -> None:
    ann, bob = filled(store, "ann"), filled(store, "bob")
    kept, file = seen(store), tmp_path / "kept" / "backup.db"
    store.backup(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["backup.db"]
    highest = max(revision(store, each) for each in (ann, bob))
    store.write(lambda work: work.plays.remove(ann, [play.id for play in work.plays.page(ann)]))
    store.forget(bob)
    carl = store.write(lambda work: work.accounts.create("carl")).id
    store.restore(file)
    assert seen(store) == kept
    since = store.read(lambda work: work.cursors.get(ann, "titles"))
    assert since == revision(store, ann), "what was loaded before is loaded anew"
    assert all(revision(store, each) > highest + 1 for each in (ann, bob))
    assert store.write(lambda work: work.accounts.create("dora")).id > carl


def test_it_comes_back_in_another_store(store: Store, elsewhere: Place, tmp_path: Path) -> None:
    filled(store, "ann")
    store.backup(tmp_path / "backup.db")
    shutil.copy(store.home / "keys", elsewhere.home)
    with elsewhere.open() as other:
        filled(other, "other")
        other.restore(tmp_path / "backup.db")
        assert seen(other) == seen(store)
        assert other.write(lambda work: work.accounts.create("bob")).id > 1
        filled(other, "carl")


def test_it_holds_no_plain_token_and_no_key(store: Store, tmp_path: Path) -> None:
    filled(store, "ann")
    store.backup(tmp_path / "backup.db")
    content = (tmp_path / "backup.db").read_bytes()
    assert b"private film" in content
    key = (store.home / "keys").read_text().split()[1].encode()
    for secret in (PAIR.access_token.encode(), str(PAIR.refresh_token).encode(), key):
        assert secret not in content


def test_younger_tokens_stay(store: Store, tmp_path: Path) -> None:
    ann, bob = filled(store, "ann"), filled(store, "bob")
    store.backup(tmp_path / "backup.db")
    assert PAIR.created_at is not None
    younger = Tokens("younger", "younger-refresh", PAIR.created_at + timedelta(days=1), 86_400)
    older = Tokens("older", "older-refresh", PAIR.created_at - timedelta(days=1), 86_400)
    store.tokens(ann).renewed(PAIR, younger)
    store.tokens(bob).renewed(PAIR, older)
    store.restore(tmp_path / "backup.db")
    assert (store.tokens(ann).current(), store.tokens(bob).current()) == (younger, PAIR)


def test_others_read_and_write_meanwhile(place: Place, tmp_path: Path) -> None:
    over, torn = threading.Event(), list[list[str]]()

    def look(store: Store) -> None:
        while not over.is_set():
            if (found := names(store)) not in (["ann", "bob"], ["ann", "carl"]):
                torn.append(found)

    with place.open() as store, place.open() as other:
        filled(store, "ann")
        carl = store.write(lambda work: work.accounts.create("carl")).id
        store.backup(tmp_path / "backup.db")
        store.write(lambda work: work.accounts.rename(carl, "bob"))
        looking = threading.Thread(target=look, args=(other,))
        looking.start()
        for _ in range(3):
            store.restore(tmp_path / "backup.db")
            store.write(lambda work: work.accounts.rename(carl, "bob"))
            store.backup(tmp_path / "another.db")
        over.set()
        looking.join()
    assert torn == []


@pytest.mark.parametrize("content", [b"", b"no database" * 1000, None])
def test_what_is_no_backup_changes_nothing(store: Store, tmp_path: Path, content: bytes | None) -> None:
    filled(store, "ann")
    kept, file = seen(store, revisions=True), tmp_path / "file.db"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(NotABackup):
        store.restore(file)
    assert seen(store, revisions=True) == kept


def test_a_cut_backup_changes_nothing(store: Store, tmp_path: Path) -> None:
    filled(store, "ann")
    kept, file = seen(store, revisions=True), tmp_path / "backup.db"
    store.backup(file)
    os.truncate(file, file.stat().st_size // 2)
    with pytest.raises((NotABackup, StoreDamaged), match="damaged"):
        store.restore(file)
    assert seen(store, revisions=True) == kept


def test_a_backup_of_a_newer_program_is_refused(store: Store, tmp_path: Path) -> None:
    store.backup(tmp_path / "backup.db")
    with sqlite3.connect(tmp_path / "backup.db") as connection:
        connection.execute("INSERT INTO schema_versions VALUES ('9999', '7.3.0', 0)")
    connection.close()
    with pytest.raises(StoreTooNew, match=r"7\.3\.0"):
        store.restore(tmp_path / "backup.db")


def test_a_place_that_cannot_be_written_is_said(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnwritable, match="cannot be written"):
        store.backup(tmp_path / "file" / "backup.db")
    if store.kind == "sqlite":
        with pytest.raises(StoreUnwritable, match="the store itself"):
            store.backup(store.home / "watchprint.db")
        with pytest.raises(NotABackup, match="the store itself"):
            store.restore(store.home / "watchprint.db")


def test_forgetting_leaves_nothing(place: Place, tmp_path: Path) -> None:
    inside, outside = place.home / "backups" / "one.db", tmp_path / "outside.db"
    with place.open() as store:
        ann, bob = filled(store, "ann", "secretive"), filled(store, "bob", "public")
        store.backup(inside)
        store.backup(outside)
        kept = seen(store)[bob]
        forgotten = store.forget(ann)
        assert (forgotten.plays, forgotten.cleaned, forgotten.elsewhere) == (4, (inside,), (outside,))
        assert seen(store) == {bob: (*kept[:3], True, kept[4])}
        assert store.read(lambda work: work.titles.find("movie", "tmdb", "ann1")) is None
        assert store.read(lambda work: work.titles.find("movie", "tmdb", "shared")) is not None
        assert store.read(lambda work: work.budgets.left(ann)).next_write_at == store.clock.now()
        if place.kind == "sqlite":
            assert lies_in(place.home, "public")
            assert not lies_in(place.home, "secretive")
        assert lies_in(inside.parent, "public")
        assert not lies_in(inside.parent, "secretive")
        assert lies_in(outside, "secretive")
        store.restore(inside)
        assert names(store) == ["bob"]


def lies_in(path: Path, word: str) -> bool:
    return subprocess.run(["grep", "-rqa", word, path], check=False).returncode == 0


def test_what_has_had_its_time_goes(store: Store) -> None:
    ann = filled(store, "ann")
    store.write(lambda work: work.plays.remove(ann, [play.id for play in work.plays.page(ann)]))
    store.write(lambda work: work.ratings.put(ann, [], complete=True))
    store.write(lambda work: work.shelves.put(ann, "watchlist", [], complete=True))
    store.write(lambda work: work.shelves.put_lists(ann, [], complete=True))
    store.clock.sleep(29 * 86_400)
    nothing = store.write(lambda work: work.purge())
    assert (nothing.plays, nothing.ratings, nothing.entries) == (0, 0, 0)
    store.clock.sleep(2 * 86_400)
    revision = store.read(lambda work: work.accounts.revision(ann))
    purged = store.write(lambda work: work.purge())
    assert (purged.plays, purged.ratings, purged.entries, purged.titles) == (3, 2, 2, 1)
    [entry] = store.read(lambda work: work.shelves.all(ann, "watchlist", gone=True))
    assert (entry.notes, entry.disappeared_at) == (None, entry.appeared_at)
    assert store.read(lambda work: work.shelves.lists(ann, gone=True)) == []
    assert store.read(lambda work: work.titles.find("movie", "tmdb", "shared")) is None
    assert store.read(lambda work: work.plays.count(ann)) == 1
    assert store.read(lambda work: work.accounts.revision(ann)) == revision

"""What the seam to the database promises: whole or not at all, durable, one snapshot, no waiting for ever."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.store.places import Place
from watchprint.identity import NameTaken
from watchprint.store import Store, StoreBusy, StoreDamaged, StoreUnreachable, StoreUnwritable, Work
from watchprint.store.engine.opening import database
from watchprint.store.engine.sqlite import Sqlite


def names(work: Work) -> list[str]:
    return [account.name for account in work.accounts.all()]


def creating(name: str) -> Callable[[Work], int]:
    return lambda work: work.accounts.create(name).id


def test_work_that_fails_leaves_nothing_and_harms_no_other(store: Store) -> None:
    def half(work: Work) -> None:
        work.accounts.create("half")
        raise ZeroDivisionError

    with ThreadPoolExecutor(8) as threads:
        good = [threads.submit(store.write, creating(f"a{n:02}")) for n in range(30)]
        bad = [threads.submit(store.write, half) for _ in range(10)]
        twice = [threads.submit(store.write, creating("same")) for _ in range(4)]
        for each in bad:
            with pytest.raises(ZeroDivisionError):
                each.result()
        assert len({each.result() for each in good}) == 30
        refused = [each for each in twice if isinstance(each.exception(), NameTaken)]
    assert len(refused) == 3
    assert store.read(names) == [*(f"a{n:02}" for n in range(30)), "same"]


def test_reading_sees_one_snapshot(store: Store) -> None:
    looked, written = threading.Event(), threading.Event()

    def twice(work: Work) -> tuple[list[str], list[str]]:
        before = names(work)
        looked.set()
        assert written.wait(10)
        return before, names(work)

    with ThreadPoolExecutor(1) as threads:
        reading = threads.submit(store.read, twice)
        assert looked.wait(10)
        store.write(lambda work: work.accounts.create("ann"))
        written.set()
        assert reading.result() == ([], [])
    assert store.read(names) == ["ann"]


def test_reading_cannot_write(store: Store) -> None:
    with pytest.raises(StoreUnwritable):
        store.read(lambda work: work.accounts.create("ann"))


def test_async_callers_use_the_same_store(store: Store) -> None:
    async def both() -> list[str]:
        made = [store.awrite(creating(f"a{n}")) for n in range(20)]
        await asyncio.gather(*made)
        return await store.aread(names)

    assert asyncio.run(both()) == sorted(f"a{n}" for n in range(20))


def test_writing_goes_on_though_nobody_waits_any_more(store: Store) -> None:
    async def given_up() -> None:
        writing = asyncio.create_task(store.awrite(lambda work: work.accounts.create("ann")))
        await asyncio.sleep(0)
        writing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await writing

    asyncio.run(given_up())
    store.write(lambda work: work.accounts.create("bob"))
    assert "bob" in store.read(names)


def test_writing_inside_writing_is_refused(store: Store) -> None:
    with pytest.raises(RuntimeError, match="transaction it was given"):
        store.write(lambda work: store.write(names))


def test_processes_write_beside_each_other(place: Place) -> None:
    program = """
import sys
from pathlib import Path
from watchprint.store import Store
with Store.open(home=Path(sys.argv[1]), url=sys.argv[2] or None) as store:
    for n in range(25):
        store.write(lambda work: work.accounts.create(f"{sys.argv[3]}{n:02}"))
"""
    place.open().close()
    command = [sys.executable, "-c", program, str(place.home), place.url or ""]
    started = [subprocess.Popen([*command, letter]) for letter in "xyz"]
    assert [process.wait(60) for process in started] == [0, 0, 0]
    with place.open() as store:
        assert store.read(names) == [f"{letter}{n:02}" for letter in "xyz" for n in range(25)]


def test_a_lock_by_name_excludes_others_and_holds_up_no_writing(place: Place) -> None:
    first, second = database(place.url, place.home), database(place.url, place.home)
    order: list[str] = []

    def wait() -> None:
        with second.holding("account-1"):
            order.append("second")

    with place.open() as store, ThreadPoolExecutor(1) as threads:
        with first.holding("account-1"):
            waiting = threads.submit(wait)
            with second.holding("account-2"):
                store.write(lambda work: work.accounts.create("ann"))
            order.append("first")
        waiting.result(10)
    assert order == ["first", "second"]
    first.close()
    second.close()


def test_a_store_that_somebody_holds_is_waited_for_and_then_said(tmp_path: Path) -> None:
    holder, waiting = Sqlite(tmp_path / "s.db"), Sqlite(tmp_path / "s.db", busy_s=0.2)
    holder.write(lambda connection: connection.exec_driver_sql("CREATE TABLE t (n INTEGER)"))
    began, over = threading.Event(), threading.Event()

    def long(connection: object) -> None:
        began.set()
        assert over.wait(10)

    held = holder.submit_write(long)
    assert began.wait(10)
    with pytest.raises(StoreBusy, match="Try again"):
        waiting.write(lambda connection: connection.exec_driver_sql("INSERT INTO t VALUES (1)"))
    over.set()
    held.result()
    waiting.write(lambda connection: connection.exec_driver_sql("INSERT INTO t VALUES (2)"))
    assert waiting.read(lambda connection: connection.exec_driver_sql("SELECT n FROM t").scalar()) == 2
    holder.close()
    waiting.close()


def test_a_file_that_is_no_store_is_said(tmp_path: Path) -> None:
    (tmp_path / "watchprint.db").write_bytes(b"no database at all, but long enough to be looked at. " * 50)
    with pytest.raises(StoreDamaged, match="no store of Watchprint"):
        Store.open(home=tmp_path)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "no address"),
        ("mysql://host/name", "names mysql"),
        ("postgresql://ann:secret-word@127.0.0.1:1/none", "does not answer"),
    ],
)
def test_an_address_that_leads_nowhere_is_said_without_its_password(tmp_path: Path, url: str, said: str) -> None:
    with pytest.raises(StoreUnreachable, match=said) as refused:
        Store.open(home=tmp_path, url=url)
    assert "secret-word" not in str(refused.value)


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    Store.open(home=tmp_path / "home").close()
    assert (tmp_path / "home").stat().st_mode & 0o077 == 0
    assert (tmp_path / "home" / "watchprint.db").stat().st_mode & 0o077 == 0

"""Leases and cursors: who does what, and how far it has come."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest

from tests.store.places import Place
from watchprint.identity import NoSuchAccount
from watchprint.store import Store


def claimed(store: Store, holder: str, for_s: float = 60) -> bool:
    return store.write(lambda work: work.leases.claim("sync 1", holder, for_s))


def test_one_holds_a_lease_until_it_runs_out_or_is_let_go(store: Store) -> None:
    assert claimed(store, "a")
    assert not claimed(store, "b")
    assert claimed(store, "a")
    assert store.read(lambda work: work.leases.holder("sync 1")) == ("a", store.clock.now() + timedelta(seconds=60))
    store.clock.sleep(60)
    assert store.read(lambda work: work.leases.holder("sync 1")) is None
    assert claimed(store, "b")
    store.write(lambda work: work.leases.release("sync 1", "a"))
    assert not claimed(store, "a")
    store.write(lambda work: work.leases.release("sync 1", "b"))
    assert claimed(store, "a")


def test_a_lease_that_was_ended_is_not_gone_on_with(store: Store) -> None:
    def renewed(holder: str) -> bool:
        return store.write(lambda work: work.leases.renew("sync 1", holder, 60))

    assert not renewed("a")
    assert claimed(store, "a")
    store.clock.sleep(100)
    assert renewed("a"), "nobody else has had it"
    assert not claimed(store, "b")
    store.write(lambda work: work.leases.drop("sync 1"))
    assert not renewed("a")
    assert claimed(store, "b")
    assert not renewed("a")


def test_of_many_processes_one_gets_it(place: Place) -> None:
    program = """
import sys
from pathlib import Path
from watchprint.store import Store
with Store.open(home=Path(sys.argv[1]), url=sys.argv[2] or None) as store:
    print("ready", flush=True)
    sys.stdin.readline()
    print(sum(store.write(lambda work: work.leases.claim(f"lease {n}", sys.argv[3], 60)) for n in range(20)))
"""
    place.open().close()
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", program, str(place.home), place.url or ""]
    started = [subprocess.Popen([*command, name], stdin=pipe, stdout=pipe, text=True) for name in "abc"]
    for process in started:
        assert process.stdout is not None
        process.stdout.readline()
    assert sum(int(process.communicate("go\n", timeout=60)[0]) for process in started) == 20


def test_cursors_are_kept_with_what_they_led_to(store: Store) -> None:
    ann = store.write(lambda work: work.accounts.create("ann")).id
    store.write(lambda work: work.cursors.put(ann, "last_activities", {"all": "2026-01-01T00:00:00Z"}))
    store.write(lambda work: work.cursors.put(ann, "page", 3))
    store.write(lambda work: work.cursors.put(ann, "page", 4))
    assert store.read(lambda work: work.cursors.all(ann)) == {
        "last_activities": {"all": "2026-01-01T00:00:00Z"}, "page": 4,
    }  # fmt: skip
    store.write(lambda work: work.cursors.put(ann, "page", None))
    assert store.read(lambda work: work.cursors.get(ann, "page")) is None
    assert store.read(lambda work: work.accounts.revision(ann)) == 1
    with pytest.raises(NoSuchAccount):
        store.write(lambda work: work.cursors.put(99, "page", 1))

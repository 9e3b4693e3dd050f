"""Budgets in the store: what Trakt allows, counted for all processes together."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from tests.store.places import Hands, Place
from watchprint.store import Store
from watchprint.store.running.budgets import Limits

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def clock_of(store: Store) -> Hands:
    assert isinstance(store.clock, Hands)
    return store.clock


def test_writes_leave_one_by_one(store: Store) -> None:
    pacing = store.pacing(1)
    waits = [pacing.admit("any name", "write") for _ in range(4)]
    assert waits == pytest.approx([0.0, 1.1, 2.2, 3.3])
    assert pacing.admit("any name", "get") == 0.0
    assert store.pacing(2).admit("any name", "write") == 0.0
    clock_of(store).sleep(60)
    assert pacing.admit("another name", "write") == 0.0


def test_reads_of_any_five_minutes_stay_within_the_limit_and_a_copy_takes_half(store: Store) -> None:
    limits = Limits(get_limit=20)
    copy, person = store.pacing(1, share="copy", limits=limits), store.pacing(1, limits=limits)
    assert [copy.admit("", "get") for _ in range(10)] == [0.0] * 10
    assert copy.admit("", "get") == pytest.approx(300)
    assert [person.admit("", "get") for _ in range(10)] == [0.0] * 10
    assert person.admit("", "get") == pytest.approx(300)
    clock_of(store).sleep(299)
    assert person.admit("", "get") == pytest.approx(1)
    clock_of(store).sleep(1)
    assert [person.admit("", "get") for _ in range(19)] == [0.0] * 19
    left = store.read(lambda work: work.budgets.left(1, limits=limits))
    assert (left.reads, left.reads_for_copy, left.rests_until) == (0, 10, None)


def test_a_wait_that_nobody_bears_takes_no_place(store: Store) -> None:
    pacing = store.pacing(1)
    pacing.observe("", "write", 429, {"retry-after": "100"})
    assert pacing.admit("", "write") == pytest.approx(100)
    assert pacing.admit("", "write") == pytest.approx(100)
    clock_of(store).sleep(50)
    assert [pacing.admit("", "write") for _ in range(2)] == pytest.approx([50, 51.1])


def test_after_a_refusal_all_processes_rest(place: Place) -> None:
    with place.open() as store, place.open() as other:
        store.pacing(1).observe("", "get", 429, {})
        assert other.pacing(1).admit("", "get") == pytest.approx(1)
        other.pacing(1).observe("", "get", 200, {"retry-after": "50"})
        store.clock.sleep(1)
        assert store.pacing(1).admit("", "get") == 0.0


def test_a_clock_that_was_put_back_stops_nobody(store: Store) -> None:
    pacing = store.pacing(1)
    assert [pacing.admit("", "write"), pacing.admit("", "get")] == [0.0, 0.0]
    clock_of(store).at -= timedelta(days=2)
    assert [pacing.admit("", "write"), pacing.admit("", "get")] == [0.0, 0.0]


def test_users_that_are_not_kept_here_have_budgets_of_their_own(store: Store) -> None:
    pacing = store.pacing()
    assert [pacing.admit("one", "write"), pacing.admit("two", "write")] == [0.0, 0.0]
    assert pacing.admit("one", "write") == pytest.approx(1.1)
    assert pacing.admit("one", "auth") == 0.0
    store.write(lambda work: work.budgets.sweep(work.now + timedelta(seconds=1)))
    assert pacing.admit("one", "write") == 0.0


PROCESS = """
import sys
from pathlib import Path
from watchprint.store import Store
from watchprint.store.running.budgets import Limits
limits = Limits(write_gap_s=0.01, get_limit=20, get_window_s=0.5, longest_wait_s=0.4)
share = sys.argv[3]
with Store.open(home=Path(sys.argv[1]), url=sys.argv[2] or None) as store:
    print("ready", flush=True)
    sys.stdin.readline()
    for bucket in ["get"] * 30 + ["write"] * 10:
        place = lambda w: w.budgets.take(1, bucket, share=share, now=store.clock.now(), limits=limits)
        taken = store.write(place)
        if taken.taken:
            print(bucket, share, taken.at.timestamp())
"""


def test_processes_share_one_budget(place: Place) -> None:
    place.open().close()
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", PROCESS, str(place.home), place.url or ""]
    shares = ["people", "copy", "copy"]
    started = [subprocess.Popen([*command, share], stdin=pipe, stdout=pipe, text=True) for share in shares]
    for process in started:
        assert process.stdout is not None
        process.stdout.readline()
    said = [process.communicate("go\n", timeout=60)[0] for process in started]
    rows = [line.split() for text in said for line in text.splitlines()]
    reads = [float(at) for bucket, _, at in rows if bucket == "get"]
    copied = [float(at) for bucket, share, at in rows if bucket == "get" and share == "copy"]
    writes = sorted(float(at) for bucket, _, at in rows if bucket == "write")
    assert len(reads) > 20
    assert most_in_a_window(reads, 0.5) == 20
    assert most_in_a_window(copied, 0.5) == 10
    assert min(b - a for a, b in pairwise(writes)) >= 0.01 - 1e-6


def most_in_a_window(places: list[float], window_s: float) -> int:
    return max(sum(begins <= at < begins + window_s - 1e-6 for at in places) for begins in places)

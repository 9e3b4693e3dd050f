"""Rate limits kept whatever is asked, by whom, from how many threads; and what Trakt says about them."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trakt.ticking import SetClock
from watchprint.trakt.clock import SystemClock
from watchprint.trakt.pacing import (
    BARE_PAUSE_S,
    GET_LIMIT,
    GET_WINDOW_S,
    LONGEST_ASKED_S,
    LONGEST_WAIT_S,
    WRITE_GAP_S,
    InProcess,
    by_clock,
    of_this_process,
    retry_after_s,
)

Bucket = Literal["get", "write"]


class Ticking:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.at_s = 1000.0

    def __call__(self) -> float:
        return self.at_s


# One step: let time pass, ask for a place, or be told to slow down.
steps = st.one_of(
    st.tuples(st.just("pass"), st.sampled_from([0.0, 0.1, 1.0, 1.1, 7.0, 59.0, 61.0, 300.0])),
    st.tuples(st.sampled_from(["get", "write"]), st.integers(1, 12).map(float)),
    st.tuples(st.just("429"), st.sampled_from([0.0, 3.0, 50.0, 400.0])),
)


@settings(max_examples=200)
@given(st.lists(steps, max_size=60), st.integers(1, 9))
def test_no_window_has_more_places_than_trakt_allows(taken: list[tuple[str, float]], limit: int) -> None:
    clock = Ticking()
    pacing = InProcess(get_limit=limit, clock=clock)
    places: dict[str, list[float]] = {"get": [], "write": []}
    forbidden: dict[str, float] = {"get": 0.0, "write": 0.0}
    for name, value in taken:
        if name == "pass":
            clock.at_s += value
        elif name == "429":
            pacing.observe("user", "get", 429, {"retry-after": str(value)})
            forbidden["get"] = max(forbidden["get"], clock.at_s + value)
        else:
            bucket: Bucket = "get" if name == "get" else "write"
            for _ in range(int(value)):
                wait_s = pacing.admit("user", bucket)
                assert wait_s >= 0.0
                if wait_s <= LONGEST_WAIT_S:
                    places[bucket].append(clock.at_s + wait_s)
                    assert places[bucket][-1] >= forbidden[bucket]
    writes, gets = places["write"], places["get"]
    assert all(b - a >= WRITE_GAP_S - 1e-6 for a, b in pairwise(writes))
    assert gets == sorted(gets)
    for first, over in zip(gets, gets[limit:], strict=False):
        assert over - first >= GET_WINDOW_S - 1e-6


@given(st.integers(0, 3), st.integers(1, 80))
def test_reads_are_let_through_at_once_up_to_the_limit(limit_hundreds: int, asked: int) -> None:
    """The limit is used, not only kept: nobody waits before it is reached."""
    clock, limit = Ticking(), 100 * limit_hundreds + 1
    pacing = InProcess(get_limit=limit, clock=clock)
    waits = [pacing.admit("user", "get") for _ in range(min(asked, limit))]
    assert set(waits) == {0.0}
    assert pacing.admit("other", "get") == 0.0


def test_a_wait_of_more_than_a_minute_takes_no_place() -> None:
    clock = Ticking()
    pacing = InProcess(clock=clock)
    assert all(pacing.admit("user", "get") == 0.0 for _ in range(GET_LIMIT))
    assert {pacing.admit("user", "get") for _ in range(1000)} == {GET_WINDOW_S}
    clock.at_s += GET_WINDOW_S
    assert all(pacing.admit("user", "get") == 0.0 for _ in range(GET_LIMIT))
    queue = InProcess(clock=clock)
    waits = [queue.admit("user", "write") for _ in range(100)]
    assert waits[0] == 0.0
    assert max(w for w in waits if w <= LONGEST_WAIT_S) > LONGEST_WAIT_S - WRITE_GAP_S
    clock.at_s += max(w for w in waits if w <= LONGEST_WAIT_S) + WRITE_GAP_S
    assert queue.admit("user", "write") == pytest.approx(0.0)


@pytest.mark.parametrize("bucket", ["get", "write"])
def test_a_429_holds_all_requests_of_that_user_and_bucket(bucket: Bucket) -> None:
    clock = Ticking()
    pacing = InProcess(clock=clock)
    pacing.observe("user", bucket, 429, {"retry-after": "12"})
    assert pacing.admit("user", bucket) == 12.0
    assert pacing.admit("user", "write" if bucket == "get" else "get") == 0.0
    assert pacing.admit("other", bucket) == 0.0
    pacing.observe("user", bucket, 429, {"retry-after": "300"})
    assert pacing.admit("user", bucket) == 300.0
    clock.at_s += 300.0
    assert pacing.admit("user", bucket) == 0.0


def test_what_is_no_429_holds_nobody_and_a_bare_one_a_moment() -> None:
    pacing = InProcess(clock=Ticking())
    pacing.observe("user", "get", 503, {"retry-after": "12"})
    pacing.observe("user", "auth", 429, {"retry-after": "12"})
    assert pacing.admit("user", "get") == 0.0
    assert pacing.admit("user", "auth") == 0.0
    pacing.observe("user", "get", 429, {})
    assert pacing.admit("user", "get") == BARE_PAUSE_S


def test_threads_and_tasks_share_the_places() -> None:
    clock = Ticking()
    pacing = InProcess(get_limit=50, clock=clock)
    waits: list[float] = []

    def ask() -> None:
        for _ in range(6):
            waits.append(pacing.admit("user", "write"))

    async def ask_from_tasks() -> None:
        await asyncio.gather(*(asyncio.to_thread(ask) for _ in range(4)))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    asyncio.run(ask_from_tasks())
    for thread in threads:
        thread.join()
    assert sorted(waits) == pytest.approx([WRITE_GAP_S * n for n in range(48)])


def test_what_is_remembered_is_bounded() -> None:
    clock = Ticking()
    pacing = InProcess(clock=clock, most_users=10)
    for number in range(500):
        pacing.admit(f"user {number}", "write")
        pacing.admit("busy", "write")
    assert len(pacing._budgets) == 10
    assert pacing.admit("busy", "write") > LONGEST_WAIT_S, "who asks often is not forgotten"
    for _ in range(100):
        for _ in range(GET_LIMIT):
            pacing.admit("reader", "get")
        clock.at_s += 55.0
    assert len(pacing._budgets["reader", "get"].taken) <= 2 * GET_LIMIT


DATE = "Sun, 22 Nov 2026 10:04:00 GMT"
LATER = "Sun, 22 Nov 2026 10:05:30 GMT"


@pytest.mark.parametrize(
    ("headers", "expected_s"),
    [
        ({}, None),
        ({"retry-after": "10"}, 10.0),
        ({"retry-after": " 2.5 "}, 2.5),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after": "-5"}, None),
        ({"retry-after": ""}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "1e999"}, None),
        ({"retry-after": "999999999"}, LONGEST_ASKED_S),
        ({"retry-after": LATER, "date": DATE}, 90.0),
        ({"retry-after": DATE, "date": LATER}, 0.0),
        ({"retry-after": LATER}, None),
        ({"x-ratelimit": '{"period":300,"until":"2026-11-22T10:04:20Z"}', "date": DATE}, 20.0),
        ({"x-ratelimit": '{"period":300,"until":"2026-11-22T10:03:20Z"}', "date": DATE}, 0.0),
        ({"x-ratelimit": '{"period":300,"until":"2026-11-22T10:04:20Z"}'}, 300.0),
        ({"x-ratelimit": '{"period":1}', "date": DATE}, 1.0),
        ({"x-ratelimit": '{"until":"tomorrow"}', "date": DATE}, None),
        ({"x-ratelimit": '{"until":"2026-11-22T10:04:20"}', "date": DATE}, None),
        ({"x-ratelimit": "{}"}, None),
        ({"x-ratelimit": "[1]"}, None),
        ({"x-ratelimit": "5"}, None),
        ({"x-ratelimit": '{"period":null}'}, None),
        ({"x-ratelimit": '{"period":NaN}'}, None),
        ({"x-ratelimit": '{"period":' + "9" * 400 + "}"}, None),
        ({"x-ratelimit": "[" * 100_000}, None),
        ({"x-ratelimit": "<html>"}, None),
        ({"retry-after": "soon", "x-ratelimit": '{"period":7}'}, 7.0),
    ],
)
def test_how_long_trakt_asks_to_wait(headers: dict[str, str], expected_s: float | None) -> None:
    assert retry_after_s(headers) == expected_s


def test_clients_of_one_clock_share_one_pacing_and_its_time() -> None:
    assert by_clock(SystemClock()) is by_clock(SystemClock()) is of_this_process()
    clock = SetClock(datetime(2026, 1, 1, tzinfo=UTC))
    pacing = by_clock(clock)
    assert pacing is by_clock(clock)
    assert pacing is not by_clock(SetClock(clock.at))
    assert pacing.admit("user", "write") == 0.0
    assert pacing.admit("user", "write") == pytest.approx(WRITE_GAP_S)
    clock.sleep(3600)
    assert pacing.admit("user", "write") == 0.0

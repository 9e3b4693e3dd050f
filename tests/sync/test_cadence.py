"""When an account is due again: after viewings, by day, by night, after failures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from watchprint.sync.cadence import BUSY_S, DAY_S, JITTER, LONGEST_RETRY_S, QUIET_S, cadence, retry

NOW = datetime(2026, 3, 1, 20, tzinfo=UTC)
seeds = st.integers()


def wait_s(due_at: datetime) -> float:
    return (due_at - NOW).total_seconds()


@given(seeds)
def test_hourly_and_every_quarter_of_an_hour_while_something_goes_on(seed: int) -> None:
    quiet = wait_s(cadence(NOW, seed=seed))
    assert QUIET_S * (1 - JITTER) <= quiet <= QUIET_S * (1 + JITTER)
    for busy in (
        cadence(NOW, played_today=True, seed=seed),
        cadence(NOW, looked_at=NOW - timedelta(minutes=14), seed=seed),
    ):
        assert BUSY_S * (1 - JITTER) <= wait_s(busy) <= BUSY_S * (1 + JITTER)
    assert wait_s(cadence(NOW, looked_at=NOW - timedelta(minutes=16), seed=seed)) == quiet


@given(seeds, st.integers(0, 59))
def test_a_minute_after_a_viewing(seed: int, ago_s: int) -> None:
    due_at = cadence(NOW, finished_at=NOW - timedelta(seconds=ago_s), played_today=True, seed=seed)
    assert 57 <= wait_s(due_at) + ago_s <= 63 or due_at == NOW
    assert wait_s(due_at) >= 0


@given(seeds)
def test_an_old_viewing_hurries_nobody(seed: int) -> None:
    assert cadence(NOW, finished_at=NOW - timedelta(hours=2), seed=seed) == cadence(NOW, seed=seed)


def test_accounts_are_spread() -> None:
    assert len({cadence(NOW, seed=seed) for seed in range(100)}) == 100
    assert cadence(NOW, seed=7) == cadence(NOW, seed=7)


@given(seeds, st.integers(1, 60))
def test_failures_are_tried_again_later_and_later(seed: int, failures: int) -> None:
    waits = [wait_s(retry(NOW, n, seed=seed)) for n in range(1, failures + 1)]
    assert waits == sorted(waits)
    assert 54 <= waits[0] <= 66
    assert waits[-1] <= LONGEST_RETRY_S * (1 + JITTER)
    assert wait_s(retry(NOW, failures, least_s=DAY_S, seed=seed)) >= DAY_S

"""The movable clock by itself, with a machine's time that the test gives."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchprint.sandbox.clock import Clock, ClockRefused, instant, stamp

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Machine:
    """A machine whose time passes when told."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def pass_s(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def test_it_shows_the_machines_time_or_what_it_was_started_with() -> None:
    machine = Machine()
    begun = datetime(2019, 1, 1, tzinfo=UTC)
    plain, started = Clock(machine=machine), Clock(begun, machine=machine)
    assert (plain.now(), started.now()) == (START, begun)
    machine.pass_s(90)
    assert plain.now() == START + timedelta(seconds=90)
    assert started.now() == begun + timedelta(seconds=90)


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("advance"), st.integers(0, 10**6)),
            st.tuples(st.just("pass"), st.integers(0, 10**6)),
            st.tuples(st.just("set"), st.integers(0, 10**6)),
            st.tuples(st.sampled_from(["freeze", "release"]), st.just(0)),
        ),
        max_size=20,
    )
)
def test_it_shows_what_a_plain_count_says(steps: list[tuple[str, int]]) -> None:
    """The reference adds up seconds: moves always count, the machine's passing only while it runs."""
    machine = Machine()
    clock = Clock(machine=machine)
    shown, running, moves = START, True, 0
    for what, seconds in steps:
        match what:
            case "pass":
                machine.pass_s(seconds)
                shown += timedelta(seconds=seconds if running else 0)
                continue
            case "advance":
                clock.advance(seconds)
                shown += timedelta(seconds=seconds)
            case "set":
                shown = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
                clock.move_to(shown)
            case "freeze" | "release":
                running = what == "release"
                clock.freeze(frozen=not running)
        moves += 1
    assert (clock.now(), clock.moves, clock.frozen) == (shown, moves, not running)
    later = Clock(machine=machine)
    later.resume(clock.ahead_s, clock.now() if clock.frozen else None)
    assert later.now() == clock.now()


def test_rewinding_shows_the_start_again_and_runs() -> None:
    machine = Machine()
    begun = datetime(2019, 1, 1, tzinfo=UTC)
    clock = Clock(begun, machine=machine)
    clock.advance(500)
    clock.freeze(frozen=True)
    clock.rewind()
    assert clock.now() == begun
    machine.pass_s(1)
    assert clock.now() == begun + timedelta(seconds=1)


@pytest.mark.parametrize("seconds", [-1, -0.001, float("inf"), float("nan"), 1e12])
def test_it_does_not_advance_backwards_or_absurdly_far(seconds: float) -> None:
    clock = Clock(machine=Machine())
    with pytest.raises(ClockRefused):
        clock.advance(seconds)
    assert (clock.now(), clock.moves) == (START, 0)


@pytest.mark.parametrize("year", [1989, 2200, 9999])
def test_years_outside_1990_to_2199_are_refused(year: int) -> None:
    with pytest.raises(ClockRefused, match="1990 to 2199"):
        Clock(machine=Machine()).move_to(datetime(year, 1, 1, tzinfo=UTC))


def test_who_waits_is_woken_by_a_move_and_by_nothing_else() -> None:
    async def scene() -> list[str]:
        clock, told = Clock(machine=Machine()), []

        async def wait() -> None:
            await clock.next_move(5)
            told.append("moved")

        waiting = asyncio.create_task(wait())
        await asyncio.sleep(0.01)
        told.append("still")
        clock.advance(1)
        await waiting
        await clock.next_move(0.01)
        told.append("timed out")
        return told

    assert asyncio.run(scene()) == ["still", "moved", "timed out"]


def test_instants_are_written_with_milliseconds_in_utc() -> None:
    assert stamp(datetime(2026, 1, 31, 20, 15, 0, 7_999, tzinfo=UTC)) == "2026-01-31T20:15:00.007Z"


@pytest.mark.parametrize("text", ["2026-01-31T20:15:00Z", "2026-01-31T21:15:00+01:00", "2026-01-31T20:15:00.000Z"])
def test_instants_are_read_in_any_zone(text: str) -> None:
    assert instant(text) == datetime(2026, 1, 31, 20, 15, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2026-01-31T20:15:00", "tomorrow", "", "2026-13-01T00:00:00Z"])
def test_text_without_a_zone_or_sense_is_refused(text: str) -> None:
    with pytest.raises(ClockRefused):
        instant(text)

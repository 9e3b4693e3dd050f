"""The planted oddities, and the clock changes that they are made from."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchprint.sandbox.catalogue import Catalogue, Episode, Show, builtin
from watchprint.sandbox.life.edges import Edge, busy_days, cast, clock_changes, planted
from watchprint.sandbox.state import UNKNOWN

BERLIN = ZoneInfo("Europe/Berlin")
FIRST, LAST = date(2016, 11, 23), date(2026, 11, 22)


def edges() -> list[Edge]:
    """The edges of ten years in Berlin."""
    parts = cast(builtin(), FIRST)
    assert parts is not None
    return planted(parts, BERLIN, FIRST, LAST)


def why(text: str) -> list[datetime]:
    """Local times of the edges planted for that reason."""
    return [e.viewing.at.astimezone(BERLIN) for e in edges() if e.why.startswith(text)]


def test_both_hours_of_the_autumn_night_have_one() -> None:
    first, second = why("the hour that comes twice")
    assert (first.hour, first.minute) == (second.hour, second.minute) == (2, 30)
    assert (first.fold, second.fold) == (0, 1)
    assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)


def test_one_ends_after_the_hour_that_is_left_out() -> None:
    (after,) = why("just after")
    assert (after.hour, after.minute) == (3, 5)
    before = (after.astimezone(UTC) - timedelta(minutes=10)).astimezone(BERLIN)
    assert (before.hour, before.minute) == (1, 55)


def test_the_year_ends_and_begins_in_local_time() -> None:
    (last,), (first,) = why("last minute of the local year"), why("first minute of the local year")
    assert (last.month, last.day, last.hour, last.minute) == (12, 31, 23, 59)
    assert (first.month, first.day, first.hour, first.minute) == (1, 1, 0, 1)
    assert first.astimezone(UTC).year == first.year - 1


def test_the_day_begins_at_four() -> None:
    (before,), (sharp,) = why("last minute before"), why("04:00")
    assert (before.hour, before.minute, sharp.hour, sharp.minute) == (3, 59, 4, 0)


def test_a_leap_day_and_a_special_are_there() -> None:
    (leap,) = why("leap day")
    assert (leap.month, leap.day) == (2, 29)
    special = next(e for e in edges() if e.why == "special")
    assert isinstance(special.viewing.title, Episode)
    assert special.viewing.title.season.number == 0


def test_marks_in_bulk_share_a_minute() -> None:
    assert len(why("six marked")) == 6
    assert len(set(why("six marked"))) == 1
    day = [e.viewing.title for e in edges() if e.why.startswith("more than a day")]
    assert sum(title.runtime_min or 0 for title in day) > 24 * 60
    assert len(set(why("more than a day"))) == 1


def test_one_film_is_counted_twice_and_one_is_seen_twice_on_a_day() -> None:
    one, two = why("counted twice")
    assert two - one == timedelta(minutes=1)
    early, late = why("seen twice")
    assert early.date() == late.date()
    assert late - early > timedelta(hours=7)


def test_some_have_no_date() -> None:
    undated = [e for e in edges() if e.viewing.at == UNKNOWN]
    kinds = {type(e.viewing.title).__name__ for e in undated}
    assert kinds == {"Movie", "Episode"}
    assert all(e.viewing.action == "watch" for e in undated)


def test_the_days_around_are_left_free() -> None:
    days = busy_days(edges(), BERLIN)
    (leap,) = why("leap day")
    assert {leap.date(), leap.date() - timedelta(days=1), leap.date() + timedelta(days=1)} <= days
    assert date(1970, 1, 1) not in days
    assert len(days) < 60


def test_a_life_of_months_has_only_the_undated_ones() -> None:
    parts = cast(builtin(), date(2026, 1, 1))
    assert parts is not None
    assert {e.why for e in planted(parts, BERLIN, date(2026, 1, 1), date(2026, 9, 1))} == {"no date"}


def test_a_small_catalogue_has_no_cast() -> None:
    assert cast(Catalogue([], [Show(1, "s", "S")]), FIRST) is None


def slow_changes(zone: ZoneInfo, year: int) -> list[tuple[datetime, bool]]:
    """Every minute of the year looked at: when the offset moved, and whether forward."""
    found = []
    at = datetime(year, 1, 1, tzinfo=UTC)
    offset = at.astimezone(zone).utcoffset()
    while at.year == year:
        at += timedelta(minutes=15)
        now = at.astimezone(zone).utcoffset()
        if now != offset:
            assert now is not None
            assert offset is not None
            found.append((at, now > offset))
            offset = now
    return found


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Sydney", "UTC", "Asia/Tokyo"]),
    st.integers(2010, 2030),
)
def test_clock_changes_are_those_of_the_zone(name: str, year: int) -> None:
    zone = ZoneInfo(name)
    forward, back = clock_changes(zone, year)
    wanted = slow_changes(zone, year)
    assert [at for at, is_forward in wanted if is_forward] == ([forward] if forward else [])
    assert [at for at, is_forward in wanted if not is_forward] == ([back] if back else [])


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo"])
def test_zones_without_clock_changes_have_no_such_edges(zone: str) -> None:
    parts = cast(builtin(), FIRST)
    assert parts is not None
    reasons = {e.why for e in planted(parts, ZoneInfo(zone), FIRST, LAST)}
    assert not {r for r in reasons if "hour" in r}
    assert "leap day" in reasons

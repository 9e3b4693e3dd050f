"""Zones by date, local days, and periods as instants."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchprint.domain.period import Period, parsed
from watchprint.domain.zones import ZoneError, Zones, day_start_min, zones

MOVED_AT = datetime(2024, 1, 1, tzinfo=UTC)
MOVED = zones([(MOVED_AT, "America/New_York"), (None, "Europe/Berlin")])
NAMES = ["UTC", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "America/Havana", "America/Sao_Paulo"]


def test_one_name_or_none() -> None:
    assert str(zones(None)) == "UTC"
    assert zones("Asia/Tokyo").wall_clock(MOVED_AT) == datetime(2024, 1, 1, 9)


def test_the_zone_is_that_of_the_instant() -> None:
    assert MOVED.name_at(MOVED_AT - timedelta(seconds=1)) == "Europe/Berlin"
    assert MOVED.name_at(MOVED_AT) == "America/New_York"
    assert MOVED.wall_clock(MOVED_AT) == datetime(2023, 12, 31, 19)
    assert str(MOVED) == "Europe/Berlin, America/New_York from 2024-01-01"
    assert MOVED.bounds() == [(None, MOVED_AT, "Europe/Berlin"), (MOVED_AT, None, "America/New_York")]


def test_before_the_first_instant_the_first_zone_holds() -> None:
    began = zones([(MOVED_AT, "Asia/Tokyo")])
    assert began.name_at(MOVED_AT - timedelta(days=9000)) == "Asia/Tokyo"
    assert began.bounds() == [(None, None, "Asia/Tokyo")]


def test_a_period_as_instants() -> None:
    berlin = zones("Europe/Berlin")
    month = berlin.instants(parsed("2024-03"), 240)
    assert month == (datetime(2024, 3, 1, 3, tzinfo=UTC), datetime(2024, 4, 1, 2, tzinfo=UTC))
    assert berlin.instants(parsed("all"), 240) == (None, None)


@given(
    st.datetimes(datetime(2005, 1, 1), datetime(2025, 1, 1)),
    st.sampled_from(NAMES),
    st.one_of(st.none(), st.sampled_from(NAMES)),
    st.sampled_from([0, 120, 150, 240, 1439]),
    st.integers(1, 40),
)
def test_the_instants_of_a_period_cover_its_days(
    naive: datetime, name: str, second: str | None, start_min: int, days: int
) -> None:
    instant = naive.replace(tzinfo=UTC)
    whose = zones(name if second is None else [(None, name), (instant - timedelta(hours=3), second)])
    day = whose.day_of(instant, start_min)
    from_at, until_at = whose.instants(Period(day, day + timedelta(days=days)), start_min)
    assert from_at is not None
    assert until_at is not None
    assert from_at <= instant < until_at
    if second is None:
        assert whose.day_of(from_at - timedelta(hours=2), start_min) < day
        assert whose.day_of(until_at + timedelta(hours=2), start_min) >= day + timedelta(days=days)


@pytest.mark.parametrize(("asked", "minutes"), [("04:00", 240), ("4", 240), ("23:59", 1439), (time(1, 30), 90)])
def test_the_start_of_a_day(asked: str | time, minutes: int) -> None:
    assert day_start_min(asked) == minutes


@pytest.mark.parametrize("asked", ["", "24:00", "4:60", "noon", "-1"])
def test_what_is_no_time_of_day(asked: str) -> None:
    with pytest.raises(ZoneError, match="Write it like 04:00"):
        day_start_min(asked)


@pytest.mark.parametrize("asked", ["", "Berlin", "../../etc/passwd", "Europe", "UTC+2", "a\0b"])
def test_what_is_no_zone(asked: str) -> None:
    with pytest.raises(ZoneError, match="is not known"):
        zones(asked)


def test_what_is_no_list_of_zones() -> None:
    with pytest.raises(ZoneError, match="empty"):
        zones([])
    with pytest.raises(ZoneError, match="no offset"):
        zones([(datetime(2024, 1, 1), "UTC")])
    no_name: Any = [(None, 5)]
    with pytest.raises(ZoneError, match="not known"):
        zones(no_name)


def test_days_follow_each_other_on_ordinary_nights() -> None:
    berlin = Zones(((None, "Europe/Berlin"),))
    before, at = datetime(2024, 5, 1, 1, 59, tzinfo=UTC), datetime(2024, 5, 1, 2, tzinfo=UTC)
    assert [berlin.day_of(each, 240) for each in (before, at)] == [date(2024, 4, 30), date(2024, 5, 1)]

"""Times as files write them: each with how it was read, and never a guess."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchprint.domain.zones import zones
from watchprint.exchange.reading.times import BadTime, read_time

BERLIN = zones("Europe/Berlin")
INSTANTS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(microsecond=0))
MOVED = zones([(None, "America/New_York"), (datetime(2020, 1, 1, tzinfo=UTC), "Europe/Berlin")])


@given(INSTANTS, st.sampled_from(["Z", "+00:00", "+05:30", "-08:00"]))
def test_with_a_zone_it_is_that_instant(wall: datetime, offset: str) -> None:
    text = wall.isoformat() + offset
    wanted = datetime.fromisoformat(text).astimezone(UTC)
    if datetime(1970, 1, 1, tzinfo=UTC) <= wanted < datetime(1970, 1, 1, 0, 1, tzinfo=UTC):
        assert read_time(text, BERLIN) == (None, "undated")
    else:
        assert read_time(text, BERLIN) == (wanted, "exact")


@given(INSTANTS.filter(lambda at: at.year != 1970))
def test_without_one_it_is_the_persons_clock(wall: datetime) -> None:
    at, how = read_time(wall.isoformat(" "), BERLIN)
    assert (at, how) == (wall.replace(tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC), "no_zone")


@given(st.dates(datetime(1900, 1, 2).date(), datetime(2100, 1, 1).date()))
def test_a_day_alone_is_its_noon(day: object) -> None:
    at, how = read_time(str(day), BERLIN)
    if str(day) == "1970-01-01":
        assert (at, how) == (None, "undated")
    else:
        assert how == "day_only"
        assert at is not None
        assert str(at.astimezone(ZoneInfo("Europe/Berlin")).date()) == str(day)


@given(st.integers(86_400 * 366, 4_000_000_000))
def test_a_number_counts_from_1970(seconds: int) -> None:
    wanted = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    for said in (seconds, str(seconds), float(seconds)):
        assert read_time(said, BERLIN) == (wanted, "epoch")
    if seconds * 1000 >= 100_000_000_000:
        assert read_time(seconds * 1000, BERLIN) == (wanted, "epoch")


def test_the_zone_is_that_of_the_time() -> None:
    assert read_time("2019-07-01 20:00", MOVED)[0] == datetime(2019, 7, 2, 0, 0, tzinfo=UTC)
    assert read_time("2021-07-01 20:00", MOVED)[0] == datetime(2021, 7, 1, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize("said", ["unknown", "Unknown", "1970-01-01", "1970-01-01T00:00:00.000Z", "0", 0, "null"])
def test_what_is_unknown(said: str | int) -> None:
    assert read_time(said, BERLIN) == (None, "undated")


@pytest.mark.parametrize(
    "said",
    ["soon", "released", "12", 2024, "2024-13-01", "01/02/2024", "9" * 400, 10.0**300, "0001-01-01T00:00:00+14:00"],
)
def test_what_is_no_time(said: str | float) -> None:
    with pytest.raises(BadTime):
        read_time(said, BERLIN)

"""Periods as people write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchprint.domain.period import Period, PeriodError, after, first_of, label, needs_today, parsed

TODAY = date(2024, 3, 1)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "from_on", "until_on"),
    [
        ("all", None, None),
        ("2024", date(2024, 1, 1), date(2025, 1, 1)),
        ("2024-02", date(2024, 2, 1), date(2024, 3, 1)),
        ("2023-12", date(2023, 12, 1), date(2024, 1, 1)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 3, 1)),
        ("last 2 days", date(2024, 2, 29), date(2024, 3, 2)),
        ("Last-30-days", date(2024, 2, 1), date(2024, 3, 2)),
        ("1d", date(2024, 3, 1), date(2024, 3, 2)),
        ("2024-01-01..2024-01-31", date(2024, 1, 1), date(2024, 2, 1)),
        ("2024-01-01 .. 2024-01-01", date(2024, 1, 1), date(2024, 1, 2)),
        ("2024-01-01..", date(2024, 1, 1), None),
        ("..2024-01-01", None, date(2024, 1, 2)),
    ],
)
def test_forms(text: str, from_on: date | None, until_on: date | None) -> None:
    found = parsed(text, today=TODAY)
    assert (found.from_on, found.until_on) == (from_on, until_on)
    assert found.is_all == (text == "all")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("yesterday", "not understood"),
        ("2024-1", "not understood"),
        ("last 0 days", "not understood"),
        ("20240101", "not understood"),
        ("2024-13", "does not exist"),
        ("2023-02-29", "does not exist"),
        ("9999", "does not exist"),
        ("last 999999 days", "does not exist"),
        ("2024-02-01..2024-01-01", "ends before it begins"),
        ("0001", "before 1900"),
        ("..0900-01-01", "before 1900"),
    ],
)
def test_what_is_no_period(text: str, said: str) -> None:
    with pytest.raises(PeriodError, match=said):
        parsed(text, today=TODAY)


def test_the_last_days_need_the_present_day() -> None:
    assert needs_today("last 7 days")
    assert not needs_today("2024")
    with pytest.raises(PeriodError):
        parsed("last 7 days")


def test_the_last_day() -> None:
    assert Period(None, date(2024, 3, 1)).last_on == date(2024, 2, 29)
    assert Period(date(2024, 3, 1), None).last_on is None


@given(days, st.sampled_from(["year", "month", "week"]))
def test_every_day_lies_in_its_unit(day: date, unit: str) -> None:
    first = first_of(unit, day)
    following = after(unit, first)
    assert first <= day < following
    assert first_of(unit, first) == first
    assert first_of(unit, following) == following
    assert first_of(unit, following - timedelta(days=1)) == first
    assert label(unit, first) != label(unit, following)


@pytest.mark.parametrize(
    ("unit", "day", "text"),
    [
        ("year", date(2024, 1, 1), "2024"),
        ("month", date(2024, 2, 1), "2024-02"),
        ("week", date(2020, 12, 28), "2020-W53"),
        ("week", date(2024, 12, 30), "2025-W01"),
    ],
)
def test_labels(unit: str, day: date, text: str) -> None:
    assert label(unit, day) == text

"""Periods as people write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchprint.domain.period import Period, PeriodError, after, before, first_of, label, needs_today, parsed

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


def slow_before(first: date, end: date, today: date | None) -> tuple[date, date]:
    """The same by going back day by day."""
    days = [first + timedelta(days=n) for n in range((end - first).days)]
    whole = {(day.year, day.month) for day in days}
    earlier = first - timedelta(days=1)
    if (first.day, end.day) == (1, 1) and len(whole) == 1:
        back = [earlier - timedelta(days=n) for n in range(31) if (earlier - timedelta(days=n)).month == earlier.month]
    elif (first.month, first.day, end.month, end.day) == (1, 1, 1, 1) and end.year - first.year == 1:
        back = [earlier - timedelta(days=n) for n in range(366) if (earlier - timedelta(days=n)).year == earlier.year]
    else:
        back = [earlier - timedelta(days=n) for n in range(len(days))]
    back.sort()
    if today is not None and today in days[:-1]:
        back = back[: days.index(today) + 1]
    return back[0], back[-1] + timedelta(days=1)


@given(
    st.sampled_from(
        ["2024", "2023", "2024-02", "2024-03", "2024-12", "2024-01", "2024-02-29", "2023-12-30..2024-03-02"]
    ),
    st.none() | st.dates(date(2022, 12, 1), date(2025, 2, 1)),
)
def test_the_period_before(text: str, today: date | None) -> None:
    asked = parsed(text)
    assert asked.from_on is not None
    assert asked.until_on is not None
    earlier = before(asked, today=today)
    assert earlier is not None
    assert (earlier.from_on, earlier.until_on) == slow_before(asked.from_on, asked.until_on, today)
    again = parsed(earlier.text)
    assert (again.from_on, again.until_on) == (earlier.from_on, earlier.until_on)


@pytest.mark.parametrize("text", ["all", "2024-02-01..", "..2024-02-01"])
def test_an_open_period_has_none_before(text: str) -> None:
    assert before(parsed(text)) is None

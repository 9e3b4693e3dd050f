"""A stretch of local days, as people ask for it: all, a year, a month, the last N days, from one to another.

Pure: the present day is an argument. It never touches instants; `watchprint.domain.zones` makes those.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_YEAR = re.compile(r"^\d{4}$")
_MONTH = re.compile(r"^(\d{4})-(\d{2})$")
_LAST = re.compile(r"^(?:last[ -]?)?(\d{1,6})[ -]?d(?:ays?)?$")
_RANGE = re.compile(r"^(\d{4}-\d{2}-\d{2})?\s*\.\.\s*(\d{4}-\d{2}-\d{2})?$")

_EARLIEST = 1900
FORMS = "all, 2024, 2024-05, last 30 days, 2024-01-15, or 2024-01-01..2024-03-31 (both days included)"


class PeriodError(ValueError):
    """The period could not be understood; the message says which forms can be."""


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open range of local days; an open side is None.

    Args:
        from_on: the first local day in it.
        until_on: the first local day after it.
        text: how it was asked for.
    """

    from_on: date | None
    until_on: date | None
    text: str = "all"

    @property
    def is_all(self) -> bool:
        """True when no day bounds it, so that plays of unknown date can belong to it."""
        return self.from_on is None and self.until_on is None

    @property
    def last_on(self) -> date | None:
        """The last local day in it, None when its end is open."""
        return None if self.until_on is None else self.until_on - timedelta(days=1)


ALL = Period(None, None, "all")


def needs_today(text: str) -> bool:
    """True for a period that is counted back from the present day."""
    return _LAST.match(text.strip().lower()) is not None


def parsed(text: str, *, today: date | None = None) -> Period:
    """The period that the text names.

    Args:
        text: one of `FORMS`.
        today: the local day it is now; needed for "last N days", which end with it.

    Raises:
        PeriodError: the text is none of the forms, names a day that does not exist, or ends before it begins.
    """
    asked = text.strip().lower()
    if asked in {"", "all"}:
        return ALL
    try:
        found = _matched(asked, today)
    except (ValueError, OverflowError) as error:
        raise PeriodError(f"The period {text!r} names a day that does not exist. Say {FORMS}.") from error
    if found is None:
        raise PeriodError(f"The period {text!r} is not understood. Say {FORMS}.")
    if any(day is not None and day.year < _EARLIEST for day in (found.from_on, found.until_on)):
        raise PeriodError(f"The period {text!r} begins before {_EARLIEST}, where nothing was watched.")
    if found.from_on and found.until_on and found.from_on >= found.until_on:
        raise PeriodError(f"The period {text!r} ends before it begins. Put the earlier day first.")
    return found


def _matched(asked: str, today: date | None) -> Period | None:
    if _YEAR.match(asked):
        return Period(date(int(asked), 1, 1), date(int(asked) + 1, 1, 1), asked)
    if month := _MONTH.match(asked):
        first = date(int(month[1]), int(month[2]), 1)
        return Period(first, next_month(first), asked)
    if last := _LAST.match(asked):
        return _last_days(int(last[1]), today)
    if between := _RANGE.match(asked):
        from_on = date.fromisoformat(between[1]) if between[1] else None
        until_on = date.fromisoformat(between[2]) + timedelta(days=1) if between[2] else None
        return Period(from_on, until_on, asked.replace(" ", ""))
    if len(asked) == 10:
        day = date.fromisoformat(asked)
        return Period(day, day + timedelta(days=1), asked)
    return None


def _last_days(count: int, today: date | None) -> Period | None:
    if today is None or count == 0:
        return None
    until_on = today + timedelta(days=1)
    return Period(until_on - timedelta(days=count), until_on, f"last {count} days")


def before(period: Period, *, today: date | None = None) -> Period | None:
    """The period before this one, to compare with; None where the period is open.

    Before a year or a month stands the year or month before; before any other stretch, one of the same length. While
    the period is going on, only as much of the one before as has passed of this one.

    Args:
        today: the local day it is now; None: the period is taken as over.
    """
    first, end = period.from_on, period.until_on
    if first is None or end is None:
        return None
    earlier = _one_before(first, end)
    if today is not None and first <= today < end - timedelta(days=1):
        passed = today - first + timedelta(days=1)
        end_of_part = min(earlier + passed, first)
        return Period(earlier, end_of_part, _span(earlier, end_of_part))
    return Period(earlier, first, _span(earlier, first))


def _one_before(first: date, end: date) -> date:
    if first.day == 1 and end == next_month(first):
        return first_of("month", first - timedelta(days=1))
    if (first.month, first.day) == (1, 1) and end == date(first.year + 1, 1, 1):
        return date(first.year - 1, 1, 1)
    return first - (end - first)


def _span(first: date, end: date) -> str:
    """The shortest way to ask for these days."""
    if end == next_month(first) and first.day == 1:
        return label("month", first)
    if (first.month, first.day) == (1, 1) and end == date(first.year + 1, 1, 1):
        return label("year", first)
    last = end - timedelta(days=1)
    return first.isoformat() if last == first else f"{first.isoformat()}..{last.isoformat()}"


def next_month(day: date) -> date:
    """The first day of the month after the one of `day`."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def first_of(unit: str, day: date) -> date:
    """The first day of the year, month or ISO week (Monday) that `day` is in."""
    if unit == "year":
        return date(day.year, 1, 1)
    if unit == "month":
        return date(day.year, day.month, 1)
    return day - timedelta(days=day.weekday())


def after(unit: str, first: date) -> date:
    """The first day of the next year, month or ISO week."""
    if unit == "year":
        return date(first.year + 1, 1, 1)
    return next_month(first) if unit == "month" else first + timedelta(days=7)


def label(unit: str, first: date) -> str:
    """How a year, month or ISO week is written: 2024, 2024-05, 2024-W05."""
    if unit == "year":
        return f"{first.year:04d}"
    if unit == "month":
        return f"{first.year:04d}-{first.month:02d}"
    iso = first.isocalendar()
    return f"{iso.year:04d}-W{iso.week:02d}"

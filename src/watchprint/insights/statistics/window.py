"""The active window that averages are over: the asked period, or from the first dated play, named with its days.

Pure. It never looks at a clock: the present day is part of the question, where it was given.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from watchprint.insights.question import Question

FEWEST_DAYS = 7


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open range of local days with both ends known."""

    from_on: date
    until_on: date

    @property
    def days(self) -> int:
        """How many local days it has."""
        return (self.until_on - self.from_on).days


def window(what: Question, first_on: date, last_on: date) -> Window:
    """The window of a question whose counted plays lie between two local days.

    Args:
        what: the question; its period bounds the window where the period is bounded, except that a window ends
            with the present day where that is given and earlier, but never before the last counted play.
        first_on: the local day of the first counted play.
        last_on: the local day of the last one.
    """
    after_last = last_on + timedelta(days=1)
    until_on = what.period.until_on or after_last
    if what.today is not None:
        tomorrow = what.today + timedelta(days=1)
        until_on = max(after_last, min(what.period.until_on or tomorrow, tomorrow))
    return Window(what.period.from_on or first_on, until_on)


def averages(seen: Window, plays: int, minutes: int) -> dict[str, Any]:
    """The window with its averages by day; the averages are None below a week.

    Args:
        seen: the window.
        plays: plays counted in it.
        minutes: their known minutes [min].
    """
    enough = seen.days >= FEWEST_DAYS
    return {
        "window_from_on": seen.from_on,
        "window_to_on": seen.until_on - timedelta(days=1),
        "window_days": seen.days,
        "plays_per_day": plays / seen.days if enough else None,
        "minutes_per_day": minutes / seen.days if enough else None,
    }

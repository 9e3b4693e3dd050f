"""The cheapest readings of the history that explain every difference: per title, per show in a window, or whole. Pure.

The map says how many plays there are of what and when, so that the pages of any reading are known beforehand.
Windows reach a minute beyond what they are for: whether Trakt counts their ends in is not documented.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from watchprint.sync.activities import Kind
from watchprint.sync.plan import Point, Tally

PAGE: Final = 250
"""The most rows of one answer."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of the history.

    Attributes:
        of: What is read: of a film or an episode, of a show, or of the whole kind.
        trakt_id: Which one; None with the whole kind.
        first_min, last_min: Only from one minute to the other; None: all there is.
        pages: How many requests it should take.
    """

    of: Literal["movies", "episodes", "shows"]
    trakt_id: int | None
    first_min: int | None = None
    last_min: int | None = None
    pages: int = 1

    def covers(self, point: Point, shows: Mapping[int, int]) -> bool:
        """Everything at the point would be among its rows."""
        title, minute = point
        if self.first_min is not None and (minute is None or not self.first_min <= minute <= (self.last_min or 0)):
            return False
        if self.trakt_id is None:
            return True
        return title is not None and (shows.get(title) if self.of == "shows" else title) == self.trakt_id


def cheapest(kind: Kind, points: Iterable[Point], theirs: Tally, shows: Mapping[int, int]) -> list[Reading] | None:
    """The readings to make; None: walking the whole kind costs no more.

    Args:
        points: Where the map and our plays differ. Points without a title are read only where a window has them.
        theirs: The map.
        shows: The show of each episode, as far as it is known.
    """
    asked = sorted(points, key=lambda point: (point[0] or 0, point[1] or 0))
    by_title = titled(kind, asked, theirs, shows)
    in_windows = windows(kind, asked, theirs, shows)
    best = min(by_title, in_windows, key=_cost)
    return best if _cost(best) < pages(theirs.total()) else None


def titled(
    kind: Kind, points: Iterable[Point], theirs: Tally, shows: Mapping[int, int], *, alone: bool = False
) -> list[Reading]:
    """One reading a title, or one a show where that is cheaper.

    Args:
        alone: Never by show: what is asked for by its own id is known even where its row names nothing.
    """
    plays = Counter[int]()
    wanted: dict[int, list[int | None]] = {}
    for title, minute in points:
        if title is not None:
            wanted.setdefault(title, []).append(minute)
    for (title, _), n in theirs.items():
        if title in wanted:
            plays[title] += n
    single = {title: Reading(kind, title, pages=pages(plays[title])) for title in wanted}
    if kind == "movies" or alone:
        return list(single.values())
    together: dict[int, list[int]] = {}
    for title in wanted:
        if (show := shows.get(title)) is not None:
            together.setdefault(show, []).append(title)
    times = _times_of_shows({show for show, titles in together.items() if len(titles) > 1}, theirs, shows)
    found = [reading for title, reading in single.items() if title not in shows]
    for show, titles in together.items():
        readings = [single[title] for title in titles]
        if len(titles) > 1:
            whole = _of_show(show, [minute for title in titles for minute in wanted[title]], times[show])
            readings = min([whole], readings, key=_cost)
        found += readings
    return found


def windows(kind: Kind, points: Iterable[Point], theirs: Tally, shows: Mapping[int, int]) -> list[Reading]:
    """Windows of the whole kind around points that lie near each other; undated ones by title."""
    points = list(points)
    dated = sorted({minute for _, minute in points if minute is not None})
    found = titled(kind, [point for point in points if point[1] is None], theirs, shows)
    if not dated:
        return found
    times = sorted(minute for (_, minute), n in theirs.items() if minute is not None for _ in range(n))
    first = last = dated[0]
    for minute in dated[1:]:
        if _pages_between(times, first, minute) > _pages_between(times, first, last) + 1:
            found.append(Reading(kind, None, first, last, _pages_between(times, first, last)))
            first = minute
        last = minute
    found.append(Reading(kind, None, first, last, _pages_between(times, first, last)))
    return found


def pages(rows: int) -> int:
    """How many answers so many rows take; the first is needed to know that there are none."""
    return max(1, -(-rows // PAGE))


def _of_show(show: int, minutes: list[int | None], times: list[int | None]) -> Reading:
    """The plays of a show: all of them, or those in the window in which something differs."""
    dated = [minute for minute in minutes if minute is not None]
    if len(dated) < len(minutes):
        return Reading("shows", show, pages=pages(len(times)))
    first, last = min(dated), max(dated)
    inside = sum(minute is not None and first <= minute <= last for minute in times)
    return Reading("shows", show, first, last, pages(inside))


def _times_of_shows(wanted: set[int], theirs: Tally, shows: Mapping[int, int]) -> dict[int, list[int | None]]:
    times: dict[int, list[int | None]] = {show: [] for show in wanted}
    if wanted:
        for (title, minute), n in theirs.items():
            show = shows.get(title) if title is not None else None
            if show in times:
                times[show] += [minute] * n
    return times


def _pages_between(times: list[int], first: int, last: int) -> int:
    return pages(bisect_right(times, last + 1) - bisect_left(times, first - 1))


def _cost(readings: list[Reading]) -> int:
    return sum(reading.pages for reading in readings)

"""Slow, obvious references for the insights: loops over rows, one rule at a time, importing nothing of ours.

Everything is spelt out from the rules; nothing is shared with the SQL. Fractions are exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Seen:
    """One row of a history, with what is known of its title."""

    id: int
    at: Any  # an aware datetime, or None
    kind: str
    title: str | None
    show: str | None = None
    name: str = ""
    year: int | None = None
    own_min: int | None = None
    show_min: int | None = None
    genres: tuple[str, ...] = ()
    country: str | None = None
    language: str | None = None
    network: str | None = None

    @property
    def dated(self) -> bool:
        return self.at is not None and self.at.date() != date(1970, 1, 1)

    @property
    def length(self) -> int | None:
        return self.own_min if self.own_min is not None else self.show_min


@dataclass(frozen=True)
class Frame:
    """How days are seen: zones with the instants they began, the start of the day, the period, and the truth."""

    spans: tuple[tuple[datetime | None, str], ...]
    start_min: int
    from_on: date | None = None
    until_on: date | None = None
    as_trakt: bool = False
    today: date | None = None

    def wall(self, at: datetime) -> datetime:
        zone = self.spans[0][1]
        for began, name in self.spans:
            if began is not None and began <= at:
                zone = name
        return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)

    def day(self, at: datetime) -> date:
        return (self.wall(at) - timedelta(minutes=self.start_min)).date()

    @property
    def bounded(self) -> bool:
        return self.from_on is not None or self.until_on is not None


def duplicates(rows: list[Seen]) -> set[int]:
    """Ids of rows of which an earlier row of the same title, the nearest one, ended within the runtime."""
    found = set()
    for row in rows:
        earlier = [
            other
            for other in rows
            if other.title is not None
            and other.title == row.title
            and other.dated
            and row.dated
            and (other.at, other.id) < (row.at, row.id)
        ]
        if earlier:
            nearest = max(earlier, key=lambda other: (other.at, other.id))
            if row.at - nearest.at < timedelta(minutes=row.length or 1):
                found.add(row.id)
    return found


def bulk(rows: list[Seen], frame: Frame) -> set[int]:
    """Ids of rows that share their minute with three others, or their local day with over 24 hours of runtime."""
    found = set()
    for row in rows:
        if not row.dated:
            continue
        minute = [other for other in rows if other.dated and _minute(other.at) == _minute(row.at)]
        day = [other for other in rows if other.dated and frame.day(other.at) == frame.day(row.at)]
        if len(minute) >= 4 or sum(other.length or 0 for other in day) > 24 * 60:
            found.add(row.id)
    return found


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def counted(
    rows: list[Seen], frame: Frame, *, axis: bool, leaves: tuple[str, ...], kind: str | None = None
) -> list[Seen]:
    """The rows that count: in the period, not marked, of the kind."""
    twice, crowd = duplicates(rows), bulk(rows, frame)
    kept = []
    for row in rows:
        if kind is not None and row.kind != kind:
            continue
        if not row.dated:
            if axis or frame.bounded:
                continue
        else:
            day = frame.day(row.at)
            if frame.from_on is not None and day < frame.from_on:
                continue
            if frame.until_on is not None and day >= frame.until_on:
                continue
        if not frame.as_trakt and "duplicate" in leaves and row.id in twice:
            continue
        if not frame.as_trakt and "bulk" in leaves and row.id in crowd:
            continue
        kept.append(row)
    return kept


def minutes(rows: list[Seen]) -> int:
    return sum(row.length or 0 for row in rows)


def coverage(rows: list[Seen]) -> float | None:
    return sum(row.length is not None for row in rows) / len(rows) if rows else None


def totals(rows: list[Seen], frame: Frame) -> list[tuple[Any, ...]]:
    kept = counted(rows, frame, axis=False, leaves=("duplicate",))
    made: list[tuple[Any, ...]] = []
    for kind in ("movie", "episode"):
        own = [row for row in kept if row.kind == kind]
        titles = {row.title for row in own} - {None}
        made.append((kind, len(own), len(titles), minutes(own), coverage(own)))
    made.append(("show", None, len({row.show for row in kept} - {None}), None, None))
    made.append(("all", len(kept), made[0][2] + made[1][2], minutes(kept), coverage(kept)))
    return made


def window(kept: list[Seen], frame: Frame) -> tuple[date, date]:
    """The first day and the day after the last of the active window."""
    days = [frame.day(row.at) for row in kept]
    first = frame.from_on or min(days)
    ends = max(days) + timedelta(days=1)
    if frame.today is None:
        return first, frame.until_on or ends
    tomorrow = frame.today + timedelta(days=1)
    return first, max(ends, min(frame.until_on or tomorrow, tomorrow))


def first_of(unit: str, day: date) -> date:
    while not {"year": day.month == day.day == 1, "month": day.day == 1, "week": day.isoweekday() == 1}[unit]:
        day -= timedelta(days=1)
    return day


def by(rows: list[Seen], frame: Frame, unit: str) -> list[tuple[Any, ...]]:
    kept = counted(rows, frame, axis=True, leaves=("duplicate",))
    if not kept:
        return []
    crowd = bulk(rows, frame)
    first, until = window(kept, frame)
    made, seen = [], set()
    day = first
    while day < until:
        start = first_of(unit, day)
        if start not in seen:
            seen.add(start)
            own = [row for row in kept if first_of(unit, frame.day(row.at)) == start]
            titles = {row.title for row in own} - {None}
            crowded = sum(row.id in crowd for row in own)
            made.append((start, len(own), len(titles), minutes(own), coverage(own), crowded))
        day += timedelta(days=1)
    return made


def calendar(rows: list[Seen], frame: Frame) -> list[tuple[Any, ...]]:
    kept = counted(rows, frame, axis=True, leaves=("duplicate",))
    if not kept:
        return []
    crowd = bulk(rows, frame)
    day, until = window(kept, frame)
    made = []
    while day < until:
        own = [row for row in kept if frame.day(row.at) == day]
        made.append((day, len(own), minutes(own), sum(row.id in crowd for row in own)))
        day += timedelta(days=1)
    return made


def punch_card(rows: list[Seen], frame: Frame) -> list[tuple[int, int, int, int]]:
    kept = counted(rows, frame, axis=True, leaves=("duplicate", "bulk"))
    if not kept:
        return []
    made = []
    for weekday in range(7):
        for hour in range(24):
            own = [row for row in kept if frame.day(row.at).weekday() == weekday and frame.wall(row.at).hour == hour]
            made.append((weekday, hour, len(own), minutes(own)))
    return made


def streaks(rows: list[Seen], frame: Frame, limit: int) -> list[tuple[Any, ...]]:
    kept = counted(rows, frame, axis=True, leaves=("duplicate", "bulk"))
    if not kept:
        return []
    active = {frame.day(row.at) for row in kept}
    one = timedelta(days=1)
    today = frame.today
    if today is None:
        today = frame.day(max(row.at for row in rows if row.dated))
    over = frame.until_on is not None and frame.until_on <= today
    end = frame.until_on if frame.until_on is not None and over else today
    runs: list[tuple[str, list[date]]] = []
    day = min(active)
    while day < max(end, max(active) + one):
        kind = "streak" if day in active else "gap"
        if runs and runs[-1][0] == kind:
            runs[-1][1].append(day)
        else:
            runs.append((kind, [day]))
        day += one
    made = []
    for kind in ("streak", "gap"):
        own = [days for of, days in runs if of == kind]
        for days in sorted(own, key=lambda days: (-len(days), days[0]))[:limit]:
            inside = [row for row in kept if frame.day(row.at) in days]
            last = kind == "streak" or days is runs[-1][1]
            now = not over and days[0] <= today <= days[-1] + (one if last else timedelta())
            made.append((kind, days[0], days[-1], len(days), len(inside), minutes(inside), now))
    return made


def top(rows: list[Seen], frame: Frame, of: str, by: str, counting: str, limit: int) -> list[tuple[Any, ...]]:
    kind = {"movie": "movie", "show": "episode"}.get(of)
    kept = counted(rows, frame, axis=False, leaves=("duplicate",), kind=kind)
    groups: dict[str, list[tuple[Seen, Fraction]]] = {}
    for row in kept:
        values = set(_values(row, of))
        for value in values:
            groups.setdefault(value, []).append((row, Fraction(1, len(values))))
    made: list[tuple[Any, ...]] = []
    for value, members in groups.items():
        inside = [row for row, _ in members]
        share_plays = counting == "fractional"
        share_minutes = counting != "whole"
        plays = sum((share if share_plays else Fraction(1) for _, share in members), Fraction(0))
        spent = sum(
            ((row.length or 0) * (share if share_minutes else Fraction(1)) for row, share in members), Fraction(0)
        )
        titles = len({row.title for row in inside} - {None})
        days = [frame.day(row.at) for row in inside if row.dated]
        name = inside[0].name.split("|")[0] if of in {"movie", "show"} else value
        first, last = (min(days), max(days)) if days else (None, None)
        made.append((value, name, _near(plays), titles, _near(spent), coverage(inside), first, last))
    measure = {"time": 4, "titles": 3, "plays": 2}[by]
    made.sort(key=lambda row: (-row[measure], -row[2], -row[4], row[1], row[0]))
    return made[:limit]


def _near(value: Fraction) -> float:
    return round(float(value), 6)


def _values(row: Seen, of: str) -> list[str]:
    single: dict[str, str | None] = {
        "movie": row.title,
        "show": row.show,
        "country": row.country,
        "language": row.language,
        "network": row.network,
        "decade": None if row.year is None else str(row.year // 10 * 10),
    }
    if of == "genre":
        return list(row.genres)
    value = single[of]
    return [] if value is None else [value]


def ratings(rows: list[tuple[Any, int, str]], frame: Frame) -> list[tuple[int, ...]]:
    kept = []
    for at, rating, kind in rows:
        unknown = at is None or at.astimezone(UTC).date() == date(1970, 1, 1)
        if unknown:
            if not frame.bounded:
                kept.append((rating, kind))
            continue
        after_start = frame.from_on is None or frame.day(at) >= frame.from_on
        if after_start and (frame.until_on is None or frame.day(at) < frame.until_on):
            kept.append((rating, kind))
    if not kept:
        return []
    kinds = ("movie", "show", "season", "episode")
    return [
        (rating, sum(of == rating for of, _ in kept), *(kept.count((rating, kind)) for kind in kinds))
        for rating in range(1, 11)
    ]

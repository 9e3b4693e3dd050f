"""People that never were: years of evenings, shows watched in order, films between, ratings and places.

A person's days are played through one after the other by their habits. Knows nothing of the insights but the shape of
the rows that they read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from tests.insights.findings.habits import COUNTRIES, GENRES, Habits
from watchprint.insights import PlayRow, RatingRow, TitleRow

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PLAYS = 1_800
LANGUAGES = {
    "us": "en", "gb": "en", "ca": "en", "au": "en", "jp": "ja", "fr": "fr", "kr": "ko", "de": "de", "es": "es",
    "it": "it", "in": "hi", "se": "sv", "dk": "da", "no": "no", "br": "pt",
}  # fmt: skip
NETWORKS = {
    "us": ("Netflix", "HBO", "ABC", "NBC", "CBS", "FOX", "AMC", "FX", "Showtime", "The CW", "Hulu", "Apple TV+"),
    "gb": ("BBC One", "BBC Two", "Channel 4", "ITV"),
}


@dataclass
class Show:
    """A show that a person watches: how many episodes it has, and the next one."""

    facts: dict[str, Any]
    episodes: int
    runtime_min: int
    drops_after: int
    is_live: bool
    began_at: datetime
    next: int = 1


@dataclass
class History:
    """The rows of one person."""

    plays: list[PlayRow] = field(default_factory=list)
    titles: list[TitleRow] = field(default_factory=list)
    ratings: list[RatingRow] = field(default_factory=list)


class Person:
    """Somebody whose days are played through.

    Args:
        habits: how they watch.
        rng: what decides where the habits leave it open.
    """

    def __init__(self, habits: Habits, rng: np.random.Generator) -> None:
        self.habits, self.rng = habits, rng
        self.history = History()
        self._current: list[Show] = []
        self._seen: list[tuple[dict[str, Any], int]] = []
        self._days = 0
        self._day = 0
        self._soap: Show | None = None
        self._until = NOW - timedelta(days=10_000)
        self._country = _weights(COUNTRIES, habits.countries)
        self._genre = _weights(GENRES, habits.tastes)

    def lived(self) -> History:
        """Their history up to the present."""
        habits, rng = self.habits, self.rng
        per_day = habits.active * habits.sittings * 1.75
        self._days = int(min(2_800, max(900, PLAYS / per_day)))
        away = self._holidays()
        for day in range(self._days):
            self._day = day
            at = NOW - timedelta(days=self._days - self._day)
            if self._day in away or rng.random() >= self._chance(at):
                continue
            long_day = rng.random() < 0.02
            sittings = 1 + rng.poisson(habits.sittings - 1) + (2 if long_day else 0)
            for begins in sorted(self._begins(at) for _ in range(sittings)):
                self._sit(max(begins, self._until + timedelta(minutes=10)), is_long=long_day)
        for show in [*self._current, *([self._soap] if self._soap else [])]:
            self._keep(show)
        return self.history

    def _holidays(self) -> set[int]:
        """Days away: a week or three, once or twice a year."""
        away: set[int] = set()
        for first in range(0, self._days, 260):
            start = first + int(self.rng.integers(0, 200))
            away |= set(range(start, start + int(6 * np.exp(self.rng.normal(0.5, 0.45)))))
        return away

    def _chance(self, at: datetime) -> float:
        habits = self.habits
        weekend = habits.weekend if at.weekday() >= 5 else 1.0
        winter = habits.winter if at.month in {10, 11, 12, 1, 2, 3} else 1.0
        whole = (2 * habits.weekend + 5) / 7 * (habits.winter + 1) / 2
        grown = np.exp(habits.growth * (self._day - self._days / 2) / 365)
        return float(habits.active * weekend * winter / whole * grown)

    def _begins(self, day: datetime) -> datetime:
        habits, rng = self.habits, self.rng
        midnight = day.replace(hour=0, minute=0)
        at = rng.random()
        if at < habits.night:
            hour = rng.uniform(22.5, 24.9)
        elif at < habits.night + habits.morning:
            hour = rng.uniform(5.5, 8.5)
        elif at < habits.night + habits.morning + habits.daytime:
            hour = rng.uniform(11, 16)
        else:
            hour = rng.normal(19.0, 0.7)
        return midnight + timedelta(minutes=int(hour * 60))

    def _sit(self, at: datetime, *, is_long: bool) -> None:
        habits, rng = self.habits, self.rng
        if self._seen and rng.random() < habits.repeats:
            facts, minutes = self._seen[int(rng.integers(len(self._seen)))]
            self._play(at + timedelta(minutes=minutes), facts, minutes)
            self._seen.pop()
        elif rng.random() < habits.films:
            self._film(at)
        else:
            self._episodes(at, is_long=is_long)

    def _film(self, at: datetime) -> None:
        facts, released = self._facts("movie", at)
        minutes = int(self.rng.normal(108, 16))
        facts["released_on"] = released.date()
        self._play(at + timedelta(minutes=minutes), facts, minutes)
        self._rate("movie", facts, at, chance=0.7)

    def _episodes(self, at: datetime, *, is_long: bool) -> None:
        rng = self.rng
        show = self._chosen(at)
        while True:
            number, show.next = show.next, show.next + 1
            at += timedelta(minutes=show.runtime_min)
            where: dict[str, Any] = {
                "title": f"{show.facts['show']}e{number}", "season": 1 + (number - 1) // 10,
                "number": 1 + (number - 1) % 10,
            }  # fmt: skip
            aired = at - timedelta(hours=float(rng.uniform(1, 20))) if show.is_live else show.began_at + timedelta(
                days=7 * number
            )  # fmt: skip
            aired = min(aired, at - timedelta(hours=1))
            self._play(at, {**show.facts, **where, "first_aired_at": aired}, show.runtime_min)
            ended = show.next > show.episodes
            if ended or show.next > show.drops_after:
                self._keep(show)
                if show in self._current:
                    self._current.remove(show)
                return
            goes_on = 0.9 if is_long else 0.1 if show.is_live else self.habits.goes_on
            if rng.random() >= goes_on or at.hour in {2, 3}:
                return
            at += timedelta(minutes=int(rng.integers(1, 12)))

    def _chosen(self, at: datetime) -> Show:
        """The endless show, or one of those that are followed; a new one where there are too few."""
        if self.rng.random() < self.habits.daily_soap:
            if self._soap is None:
                self._soap = self._begun(at, episodes=5_000)
                self._soap.drops_after = 5_000
            return self._soap
        if len(self._current) < self.habits.follows:
            self._current.append(self._begun(at, episodes=int(min(150, max(6, 26 * np.exp(self.rng.normal(0, 0.6)))))))
        return self._current[int(self.rng.integers(len(self._current)))]

    def _begun(self, at: datetime, *, episodes: int) -> Show:
        habits, rng = self.habits, self.rng
        facts, released = self._facts("show", at)
        facts |= {"show": facts.pop("title"), "show_name": facts.pop("name")}
        home = NETWORKS.get(facts["country"], (f"{facts['country']} one", f"{facts['country']} two"))
        facts["network"] = home[int(rng.integers(len(home)))]
        lasts = rng.random() < habits.stays
        drops_after = int(rng.integers(1, 6)) if not lasts else 5 + (
            int(rng.geometric(habits.tires)) if habits.tires else 10_000
        )  # fmt: skip
        is_live = bool(rng.random() < habits.live)
        runtime = int(rng.choice([22, 28, 42, 45, 55], p=[0.2, 0.1, 0.35, 0.25, 0.1]))
        return Show(facts, episodes, runtime, drops_after, is_live, at if is_live else released)

    def _facts(self, kind: str, at: datetime) -> tuple[dict[str, Any], datetime]:
        """A title that was never seen before, and when it came out."""
        habits, rng = self.habits, self.rng
        number = len(self.history.titles) + len(self.history.plays)
        names = [*GENRES]
        genres = {names[each] for each in rng.choice(len(names), size=int(rng.integers(1, 5)), p=self._genre)}
        if habits.turn and self._day > self._days / 2 and rng.random() < habits.turn[1]:
            genres = {habits.turn[0]}
        lands = [*COUNTRIES]
        country = lands[int(rng.integers(len(lands)) if habits.even else rng.choice(len(lands), p=self._country))]
        years = (
            rng.uniform(40, 80) if rng.random() < habits.old else min(70.0, habits.age_years * np.exp(rng.normal(0, 1)))
        )
        released = at - timedelta(days=float(years) * 365 + 1)
        facts: dict[str, Any] = {
            "title": f"{kind}{number}", "name": f"The {kind} {number}", "genres": tuple(sorted(genres)),
            "country": country, "language": LANGUAGES[country], "year": released.year,
        }  # fmt: skip
        return facts, released

    def _play(self, at: datetime, facts: dict[str, Any], minutes: int) -> None:
        habits, rng = self.habits, self.rng
        place: dict[str, Any] = {}
        if rng.random() < habits.places:
            which = rng.random()
            kind = (
                "cinema" if which < habits.cinema else "friends" if which < habits.cinema + habits.friends else "home"
            )
            place = {"place": f"the {kind}", "place_kind": kind}
        known = {name: value for name, value in facts.items() if name not in {"place", "place_kind"}}
        self._seen.append((facts, minutes))
        row: dict[str, Any] = {**known, **place, "runtime_min": minutes}
        kind = "episode" if "show" in facts else "movie"
        self._until = at
        self.history.plays.append(
            PlayRow(id=len(self.history.plays), watched_at=at.replace(second=0), kind=kind, **row)
        )

    def _keep(self, show: Show) -> None:
        """The show as it is known: how many of its episodes have aired."""
        name: dict[str, Any] = {"kind": "show", "title": show.facts["show"], "name": show.facts["show_name"]}
        aired = show.next - 1 if show.is_live and show.next <= show.drops_after else show.episodes
        self.history.titles.append(TitleRow(**name, aired_episodes=max(aired, show.next - 1), year=show.facts["year"]))
        last = self.history.plays[-1].watched_at or NOW
        self._rate(
            "show", {**show.facts, "title": show.facts["show"], "name": show.facts["show_name"]}, last, chance=0.6
        )

    def _rate(self, kind: str, facts: dict[str, Any], at: datetime, *, chance: float) -> None:
        habits, rng = self.habits, self.rng
        if rng.random() >= chance:
            return
        community = round(float(np.clip(rng.normal(7.1, 0.8), 3, 9.5)), 2)
        own = community + habits.bias + (habits.slope - 1) * (community - 7.1) + rng.normal(0, habits.noise)
        names = ("title", "name", "year", "genres", "country", "language")
        self.history.ratings.append(
            RatingRow(
                rated_at=at, rating=int(np.clip(round(own), 1, 10)), kind=kind, community_rating=community,
                community_votes=int(rng.integers(50, 20_000)), at_rating_time=True,
                **{name: facts[name] for name in names},
            )
        )  # fmt: skip


def _weights(usual: Any, times: Any) -> Any:
    weights = np.array([each * times[name] for name, each in usual.items()])
    return weights / weights.sum()

"""What a person is like: the habits of one who is usual, drawn from how far people differ, and of one with a trait.

Knows nothing of the insights. The figures are the world's as far as it is known: how far apart people lie in a share is
said by a Beta distribution of that mean and standard deviation, in a length by a lognormal one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Habits:
    """How one person watches.

    Args:
        active: the share of days with a sitting; `sittings`: of one active day; `weekend`: how much likelier a
            Saturday or Sunday is; `winter`: how much likelier a day from October to March; `growth`: the logarithm
            of what a year holds against the year before.
        night, morning, daytime: the shares of sittings in these parts of the day; the rest is in the evening.
        films: the share of sittings with a film; `goes_on`: after how many episodes another one follows at once.
        repeats: the share of sittings with what was seen before.
        live: the share of shows that are watched as they come out; `age_years`: how old other titles are (median).
        old: the share of titles that are forty to eighty years old, whatever `age_years` says.
        stays: the share of shows that outlast the fifth episode; `tires`: the chance to drop one at each later one.
        follows: how many shows at once.
        daily_soap: the share of episodes' sittings that go to one endless show.
        tastes: how many times likelier than usual a genre is drawn; `countries`: likewise.
        turn: a genre that marks that share of titles in the second half of the history.
        even: countries are drawn at equal chance from all.
        bias, slope, noise: own rating = community + bias + (slope - 1) x (community - 7) + noise.
        cinema, friends: the shares of these among places; `places`: the share of plays of which the place is kept.
    """

    active: float
    sittings: float
    weekend: float
    winter: float
    growth: float
    night: float
    morning: float
    daytime: float
    films: float
    goes_on: float
    repeats: float
    live: float
    age_years: float
    stays: float
    tires: float
    follows: int
    bias: float
    slope: float
    noise: float
    cinema: float
    friends: float
    places: float
    tastes: Mapping[str, float]
    countries: Mapping[str, float]
    old: float = 0.0
    daily_soap: float = 0.0
    turn: tuple[str, float] | None = None
    even: bool = False


GENRES: Mapping[str, float] = {
    "drama": 0.24, "comedy": 0.20, "action": 0.10, "crime": 0.08, "adventure": 0.07, "science-fiction": 0.06,
    "thriller": 0.06, "fantasy": 0.055, "romance": 0.05, "mystery": 0.045, "horror": 0.03, "animation": 0.03,
    "family": 0.025, "documentary": 0.025, "anime": 0.02, "history": 0.02, "war": 0.015, "reality": 0.015,
    "music": 0.01, "western": 0.01,
}  # fmt: skip
COUNTRIES: Mapping[str, float] = {
    "us": 0.66, "gb": 0.10, "jp": 0.05, "fr": 0.035, "ca": 0.03, "kr": 0.03, "de": 0.025, "es": 0.02, "it": 0.015,
    "au": 0.01, "in": 0.01, "se": 0.01, "dk": 0.01, "no": 0.005, "br": 0.005,
}  # fmt: skip


def share(rng: np.random.Generator, mean: float, deviation: float) -> float:
    """A share drawn from the Beta distribution of that mean and standard deviation."""
    worth = mean * (1 - mean) / deviation**2 - 1
    return float(rng.beta(mean * worth, (1 - mean) * worth))


def length(rng: np.random.Generator, median: float, spread: float) -> float:
    """A length drawn from the lognormal distribution of that median and standard deviation of the logarithm."""
    return float(median * np.exp(rng.normal(0, spread)))


def usual(rng: np.random.Generator) -> Habits:
    """Somebody without anything unusual, who is not the mean of all people either."""
    return Habits(
        active=min(0.95, max(0.12, share(rng, 0.50, 0.19))),
        sittings=1.0 + length(rng, 0.15, 0.5),
        weekend=length(rng, 1.2, 0.33),
        winter=length(rng, 1.1, 0.18),
        growth=float(rng.normal(0, 0.24)),
        night=share(rng, 0.16, 0.11),
        morning=share(rng, 0.05, 0.05),
        daytime=share(rng, 0.20, 0.08),
        films=share(rng, 0.22, 0.13),
        goes_on=share(rng, 0.42, 0.14),
        repeats=share(rng, 0.08, 0.07),
        live=share(rng, 0.12, 0.11),
        age_years=length(rng, 2.5, 0.7),
        stays=share(rng, 0.72, 0.11),
        tires=length(rng, 0.016, 0.5),
        follows=int(rng.integers(2, 5)),
        bias=float(rng.normal(0, 0.85)),
        slope=float(rng.normal(0.97, 0.33)),
        noise=length(rng, 1.4, 0.18),
        cinema=share(rng, 0.08, 0.06),
        friends=share(rng, 0.06, 0.06),
        places=0.6 if rng.random() < 0.5 else 0.0,
        tastes={genre: length(rng, 1.0, 0.4) for genre in GENRES},
        countries={country: length(rng, 1.0, 0.5) for country in COUNTRIES},
    )


@dataclass(frozen=True)
class Trait:
    """What is planted in a person, and the words by which a sentence names it.

    Args:
        says: it, with its size, in words.
        plant: makes it of somebody usual.
        names: words of which the first sentence holds one.
    """

    says: str
    plant: Callable[[Habits], Habits]
    names: tuple[str, ...]


def _with(**changes: Any) -> Callable[[Habits], Habits]:
    return lambda one: replace(one, **changes)


def _loves(genre: str, times: float) -> Callable[[Habits], Habits]:
    return lambda one: replace(one, tastes={**one.tastes, genre: times})


def _looks_to(country: str, times: float) -> Callable[[Habits], Habits]:
    return lambda one: replace(one, countries={**one.countries, country: times})


TRAITS: Mapping[str, Trait] = {
    "night owl": Trait("five sittings of six begin after 22:30", _with(night=0.84, morning=0.01, daytime=0.05),
                       ("at night",)),
    "early bird": Trait("half of the sittings are before eleven", _with(night=0.04, morning=0.50),
                        ("in the morning",)),
    "weekend watcher": Trait("a Saturday or Sunday is twelve times likelier", _with(weekend=12.0, active=0.2),
                             ("at weekends",)),
    "rewatcher": Trait("three sittings of four hold what was seen before", _with(repeats=0.75), ("what you know",)),
    "binge-watcher": Trait("nineteen times of twenty another episode follows at once", _with(goes_on=0.95,
                           films=0.04, live=0.02, repeats=0.02, active=0.25),
                           ("You binge", "leads to the next")),
    "devoted": Trait("four of five sittings go to one endless show", _with(daily_soap=0.8, films=0.15),
                     ("devoted to",)),
    "horror lover": Trait("horror is eighty times likelier", _loves("horror", 80.0), ("horror",)),
    "western lover": Trait("westerns are a hundred and fifty times likelier", _loves("western", 150.0), ("western",)),
    "Korea": Trait("what comes from South Korea is sixty times likelier", _looks_to("kr", 60.0),
                   ("South Korea", "Korean")),
    "India": Trait("what comes from India is a hundred and fifty times likelier", _looks_to("in", 150.0),
                   ("India", "Hindi")),
    "globetrotter": Trait("every country is as likely as any other", _with(even=True), ("travel far",)),
    "digs up old things": Trait("two titles of three are forty to eighty years old", _with(old=0.67, live=0.02),
                                ("old things", "You live in the")),
    "harsh critic": Trait("rates 3.6 points below the community", _with(bias=-3.6, slope=1.0), ("harshly",)),
    "contrarian": Trait("a point more of the community's is a point less of the own", _with(slope=-1.0, noise=0.9,
                        bias=0.0), ("contrarian",)),
    "premiere chaser": Trait("nine shows of ten are watched as they come out", _with(live=0.92, films=0.08,
                             repeats=0.02), ("premieres",)),
    "drops early": Trait("one show of seven outlasts the fifth episode", _with(stays=0.14), ("drop shows early",)),
    "completes everything": Trait("no show is ever dropped", _with(stays=1.0, tires=0.0, follows=2),
                                  ("finish what you begin", "You stay")),
    "turn": Trait("anime is four titles of five from the middle on", _with(turn=("anime", 0.8)), ("taste turned",)),
    "cinema-goer": Trait("half of the plays with a place are from a cinema", _with(cinema=0.55, places=0.7),
                         ("You go out",)),
    "hibernates": Trait("a day from October to March is fifteen times likelier", _with(winter=15.0, active=0.4),
                        ("hibernate",)),
}  # fmt: skip

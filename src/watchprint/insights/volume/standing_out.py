"""What is unusual about how much somebody watches: films or series, long days, ever more, one season. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log, sqrt

from watchprint.insights.insight import Effect
from watchprint.insights.statistics.effects import FEWEST, Usual, Words, length_effect, share_effect, there
from watchprint.insights.statistics.trend import trend

TOTALS_TRAITS: Mapping[str, str] = {"films": "the share of films in the minutes"}
SCREEN_TIME_TRAITS: Mapping[str, str] = {"long-days": "the minutes of a day with a play"}
BY_TRAITS: Mapping[str, str] = {
    "trend": "by how much a year holds more or less than the year before, over all months",
    "season": "the share of October to March in the plays of the last whole years",
}
TRUST_TRAITS: Mapping[str, str] = {"marked-later": "the share of plays that are undated or marked in bulk"}

_FILMS = Usual(0.28, 0.16, "a film or two a week beside a dozen episodes, as people who log both keep it")
_LONG = Usual(110.0, 0.42, "audience research puts viewing at some two hours a day; half to double for most")
_TREND = Usual(0.0, 0.25, "single years of one account lie a quarter to either side of the year before")
_WINTER = Usual(0.53, 0.05, "audience research has an eighth more viewing in the dark half of the year")
_LATER = Usual(0.10, 0.15, "most plays are logged as they end; who begins to log brings some older ones along")
_SHOW = 25.0
_FEWEST_MONTHS = 13


def of_kinds(minutes_of_films: int, minutes: int, plays: int) -> tuple[Effect, ...]:
    """Of the known minutes of films and of all, over so many plays of known length."""
    words = Words(
        "films",
        "You are a film person: {share} of your time goes to films, where {usual} is usual.",
        "You live in series: only {share} of your time goes to films, where {usual} is usual.",
    )
    if not minutes:
        return ()
    return there(share_effect(words, minutes_of_films / minutes * plays, plays, _FILMS, clumps=4.0))


def of_active_days(minutes: int, days: int) -> tuple[Effect, ...]:
    """Of the known minutes of so many days with a play."""
    words = Words(
        "long-days",
        "Your days are long: {value} minutes on a day on which you watch, where {usual} are usual.",
        "Your days are short: {value} minutes on a day on which you watch, where {usual} are usual.",
    )
    return there(length_effect(words, minutes / days, 0.7 / sqrt(days), days, _LONG)) if days else ()


def of_months(months: Sequence[tuple[int, int]]) -> tuple[Effect, ...]:
    """Of the plays of each month (1 to 12, plays), the oldest first; the first and the last are not whole."""
    whole = months[1:-1]
    plays = sum(each for _, each in whole)
    if len(whole) < _FEWEST_MONTHS or plays < FEWEST * 5:
        return ()
    return there(_trend([each for _, each in whole], plays), _season(whole[-(len(whole) // 12) * 12 :]))


def _trend(months: Sequence[int], plays: int) -> Effect | None:
    """By the logarithm, with which a month without a play is one of half a play."""
    found = trend([(place / 12, log(max(each, 0.5))) for place, each in enumerate(months)])
    if found is None:
        return None
    error = sqrt(_TREND.spread**2 + found.error**2)
    times = exp(abs(found.slope))
    said = f"You watch {'ever more' if found.slope > 0 else 'less and less'}: each year {times:.1f} times as "
    said += "much as the year before." if found.slope > 0 else "little as the year before."
    return Effect(trait="trend", sentence=said, estimate=found.slope, expected=_TREND.mean, error=error, n=plays)


def _season(months: Sequence[tuple[int, int]]) -> Effect | None:
    """Months lie further apart than single plays would; by how much, the person's own do say."""
    counts = [each for _, each in months]
    n = sum(counts)
    if n < FEWEST:
        return None
    mean = n / len(counts)
    clumps = max(1.0, sum((each - mean) ** 2 for each in counts) / (len(counts) - 1) / mean)
    words = Words(
        "season",
        "You hibernate: {share} of your plays are from October to March, where {usual} is usual.",
        "You watch in summer: only {share} of your plays are from October to March, where {usual} is usual.",
    )
    return share_effect(words, sum(each for month, each in months if month in {10, 11, 12, 1, 2, 3}), n, _WINTER,
                        clumps=clumps)  # fmt: skip


def of_trust(odd: int, plays: int) -> tuple[Effect, ...]:
    """Of so many plays that are undated or marked in bulk."""
    words = Words(
        "marked-later",
        "Your history was written down later: {share} of its plays are undated or marked in bulk, where {usual} is "
        "usual, so that little can be said of when you watch.",
    )
    return there(share_effect(words, odd, plays, _LATER, clumps=_SHOW))

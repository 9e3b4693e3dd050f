"""What is unusual about how somebody goes through shows and when: premieres, old things, dropping, finishing. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

from watchprint.insights.insight import Effect
from watchprint.insights.statistics.effects import Usual, Words, length_effect, share_effect, there
from watchprint.insights.statistics.survival import Curve

PREMIERE_TRAITS: Mapping[str, str] = {
    "premiere-chaser": "the share of titles first watched within a day of their release",
    "archaeologist": "the years from release to first viewing, of the title in the middle",
}
DROP_OFF_TRAITS: Mapping[str, str] = {"stays": "the share of the shows begun that outlast their fifth episode"}
IN_PROGRESS_TRAITS: Mapping[str, str] = {
    "finisher": "the share of the shows begun that are watched to the last episode"
}

_AT_ONCE = Usual(0.12, 0.12, "about one title in eight watched within a day of its release, as own histories show")
_AGE = Usual(
    3.0, 0.8, "series are caught up with some years after they began; between half a year and fifteen for most"
)
_STAYS = Usual(0.70, 0.12, "seven of ten shows watched beyond their fifth episode, as own histories show")
_FINISHED = Usual(0.45, 0.17, "a bit under half of the shows begun caught up with, as own histories show")
_WORK = 25.0
_YEAR_H = 24 * 365.25
STAYS_AT = 5


def of_lags(at_once: int, median_h: int, n: int) -> tuple[Effect, ...]:
    """Of so many titles: how many within a day of their release, and the middle of the hours since."""
    soon = Words(
        "premiere-chaser",
        "You chase premieres: {share} of what you watch you see within a day of its release, where {usual} is usual.",
    )
    late = Words(
        "archaeologist",
        "You dig up old things: half of what you watch came out more than {value} years before, where {usual} years "
        "are usual.",
    )
    return there(
        share_effect(soon, at_once, n, _AT_ONCE, clumps=2.0),
        length_effect(late, median_h / _YEAR_H, 1.25 * sqrt(_WORK / n), n, _AGE),
    )


def of_survival(whole: Curve, n: int) -> tuple[Effect, ...]:
    """Of the curve of so many shows; its error comes from how many were dropped on the way (Greenwood)."""
    if whole.longest <= STAYS_AT:
        return ()
    stays = whole.beyond(STAYS_AT)
    error = whole.error(STAYS_AT)
    worth = max(1.0, stays * (1 - stays) / error**2) if error else float(n)
    words = Words(
        "stays",
        "You stay: of the shows that you begin, {share} outlast their fifth episode, where {usual} is usual.",
        "You drop shows early: only {share} of them outlast their fifth episode, where {usual} is usual.",
    )
    return there(share_effect(words, stays * n, n, _STAYS, clumps=n / worth))


def of_finished(caught_up: int, begun: int) -> tuple[Effect, ...]:
    """Of so many shows begun, how many are watched to their last episode."""
    words = Words(
        "finisher",
        "You finish what you begin: of your shows you have seen {share} to the last episode, where {usual} is usual.",
        "You begin more than you finish: of your shows you have seen only {share} to the last episode, where {usual} "
        "is usual.",
    )
    return there(share_effect(words, caught_up, begun, _FINISHED))

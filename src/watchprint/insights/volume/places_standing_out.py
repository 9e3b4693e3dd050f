"""What is unusual about where somebody watches: in cinemas, with friends, on journeys. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from watchprint.insights.insight import Effect
from watchprint.insights.statistics.effects import Usual, Words, share_effect, there

PLACES_TRAITS: Mapping[str, str] = {
    "cinema-goer": "the share of cinemas in the plays whose place is known",
    "company": "the share of friends' homes in them",
    "traveller": "the share of journeys in them",
}
_KINDS = {
    "cinema": (
        "cinema-goer",
        "You go out for it: {share} of the plays whose place is known are from a cinema, where {usual} is usual.",
        Usual(0.08, 0.06, "a visit to a cinema a month beside some three viewings a week; from none to one in four"),
    ),
    "friends": (
        "company",
        "You watch in company: {share} of the plays whose place is known are from friends' homes, where {usual} is "
        "usual.",
        Usual(0.06, 0.07, "an evening with friends a month beside some four viewings a week"),
    ),
    "travel": (
        "traveller",
        "You watch on the way: {share} of the plays whose place is known are from journeys, where {usual} is usual.",
        Usual(0.05, 0.06, "two or three weeks a year away from home"),
    ),
}
_VISIT = 2.0


def of_places(plays: Sequence[tuple[str | None, int]]) -> tuple[Effect, ...]:
    """Of plays by kind of place, whose place is known."""
    n = sum(each for _, each in plays)
    effects = [
        share_effect(Words(trait, said), sum(each for of, each in plays if of == kind), n, usual, clumps=_VISIT)
        for kind, (trait, said, usual) in _KINDS.items()
    ]
    return there(*effects)

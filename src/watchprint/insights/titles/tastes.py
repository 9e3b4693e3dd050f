"""What is unusual about what somebody watches: one genre, country, language, network or time far above the usual. Pure.

The usual shares are those of the titles that people log, by their places in the world's catalogues; see `usual_shares`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from watchprint.insights.insight import Effect
from watchprint.insights.question import Question
from watchprint.insights.statistics.effects import Usual, Words, literal, share_effect, strongest, there
from watchprint.insights.titles.usual_shares import USUAL_SHARES, UsualShares, name_of

TRAITS: Mapping[str, str] = {
    "devoted": "the share of the most watched show in the plays of episodes",
    "genre": "the genre whose share in the plays is furthest above the usual one",
    "country": "likewise of countries",
    "language": "likewise of languages",
    "network": "likewise of networks",
    "decade": "likewise of decades of release, from twenty years back on",
    "old": "the share of plays of what is forty years old or older",
}
NAMES = ("top-shows", "genres", "countries", "languages", "networks", "decades")
"""The names under which all of them are looked at."""

_WORK = 25.0
"""Plays come in shows: of one some 25 episodes."""
_DEVOTED = Usual(0.13, 0.08, "a favourite among some twenty shows with the same number of episodes each, and then half")
_OLD = Usual(0.06, 0.06, "what is forty years old or older is a tenth of the films and a fiftieth of the series seen")
_DECADES = UsualShares(
    {0: 0.30, 10: 0.38, 20: 0.16, 30: 0.08, 40: 0.04, 50: 0.02},
    0.01,
    0.15,
    "most of what is watched is less than twenty years old, and each decade before holds half as much",
)
_YOUNG = 20


@dataclass(frozen=True, slots=True)
class Watched:
    """Plays by value.

    Args:
        plays: the plays that bear each value; one of several genres counts whole to each.
        n: the plays that bear any.
    """

    plays: Mapping[str, float]
    n: int


def of_ranking(reduced: Sequence[dict[str, Any]], what: Question) -> tuple[Effect, ...]:
    """Of the reduced rows of a ranking; nothing where the question asks of a part of the history only."""
    if what.filters or what.asked.get("kind"):
        return ()
    of = what.parameters["of"]
    valued = [row for row in reduced if row["value"] is not None]
    if not valued:
        return ()
    lacking = sum(row["whole_plays"] for row in reduced if row["value"] is None)
    watched = Watched({row["value"]: row["whole_plays"] for row in valued}, valued[0]["of_all"] - lacking)
    if of == "show":
        return there(_devoted(max(valued, key=lambda row: (row["plays"], row["value"])), watched.n))
    if of == "decade":
        return _of_decades(watched, what.last_on)
    if of in USUAL_SHARES:
        return there(_far_above(of, watched, USUAL_SHARES[of]))
    return ()


def _devoted(row: dict[str, Any], n: int) -> Effect | None:
    words = Words(
        "devoted",
        f"You are devoted to {literal(row['name'] or row['value'])}: {{share}} of the episodes that you watch are "
        "its, where {usual} is usual for the most watched show.",
    )
    return share_effect(words, row["plays"], n, _DEVOTED, clumps=_WORK)


def _far_above(of: str, watched: Watched, usual: UsualShares) -> Effect | None:
    said = {
        "genre": "You love {name}: {share} of what you watch is that, where {usual} is usual.",
        "country": "You look to {name}: {share} of what you watch comes from there, where {usual} is usual.",
        "language": "You watch in {name}: {share} of what you watch is in it, where {usual} is usual.",
        "network": "You are at home at {name}: {share} of what you watch comes from there, where {usual} is usual.",
    }[of]
    effects = [
        share_effect(
            Words(of, said.replace("{name}", literal(name_of(of, value)))), plays, watched.n, usual.of(value.lower()),
            clumps=_WORK,
        )
        for value, plays in watched.plays.items()
    ]  # fmt: skip
    return strongest(there(*effects), usual.looks)


def _of_decades(watched: Watched, last_on: date | None) -> tuple[Effect, ...]:
    if last_on is None:
        return ()
    this = last_on.year - last_on.year % 10
    ages = {value: this - int(value) for value in watched.plays}
    effects = [
        share_effect(
            Words("decade", f"You live in the {value}s: {{share}} of what you watch is from then, where {{usual}} is "
                  "usual."),
            plays, watched.n, _DECADES.of(ages[value]), clumps=_WORK,
        )
        for value, plays in watched.plays.items()
        if ages[value] >= _YOUNG
    ]  # fmt: skip
    old = share_effect(
        Words("old", f"You dig up old things: {{share}} of what you watch is from before {this - 30}, where {{usual}} "
              "is usual."),
        sum(plays for value, plays in watched.plays.items() if ages[value] >= 40), watched.n, _OLD, clumps=_WORK,
    )  # fmt: skip
    return there(strongest(there(*effects), _DECADES.looks), old)

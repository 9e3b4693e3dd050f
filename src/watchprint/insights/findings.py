"""What stands out in somebody's watching: the effects of all insights, the most surprising first.

Asks every insight once, under each name that looks at something else, and ranks what they say of themselves. Decides
nothing about the figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

import msgspec

from watchprint.insights.catalogue import INSIGHTS
from watchprint.insights.insight import Effect
from watchprint.insights.question import Asked
from watchprint.insights.statistics.effects import threshold_z

if TYPE_CHECKING:
    from watchprint.insights.engine import Lens

NOTHING = "Nothing stands out: in everything that is looked at, this is a usual history."

LOOKS = len({trait for insight in INSIGHTS for trait in insight.traits})
"""How many figures are looked at in all, whether or not a history holds enough for each."""

STANDS_OUT_Z = threshold_z(LOOKS)
"""From here on something stands out: any of all figures together does in at most one usual person of twenty."""

FOLLOWS: Mapping[str, str] = dict.fromkeys(
    ("genre", "country", "language", "network", "decade", "old", "globetrotter"), "devoted"
) | {"archaeologist": "old"}
"""What can be but the consequence of what: who watches one show above all watches its genre, its country, …; where both
stand out, the cause is told first."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """An effect, and the insight that shows it.

    Args:
        insight: the name under which the insight shows it.
        effect: what it says.
    """

    insight: str
    effect: Effect


class Findings(msgspec.Struct, frozen=True, kw_only=True):
    """What stands out.

    Args:
        sentence: the first sentence: the most surprising finding, or that nothing stands out.
        standing_out: the findings beyond the threshold, the most surprising first.
        others: the rest that was looked at, likewise.
        threshold_z: from how many standard errors on something stands out.
    """

    sentence: str
    standing_out: tuple[Finding, ...]
    others: tuple[Finding, ...]
    threshold_z: float


def findings(lens: Lens, **asked: Unpack[Asked]) -> Findings:
    """What stands out in the rows of a lens.

    Args:
        lens: what `insights.load` or `insights.prepared` gives.
        asked: period, zone, day_start, now, account_id and filters; see `Asked`.
    """
    met: list[Finding] = []
    for name in _names(of_one_kind=asked.get("kind") is not None):
        met += [Finding(insight=name, effect=effect) for effect in lens.ask(name, **asked).effects]
    return ranked(met)


def _names(*, of_one_kind: bool) -> Iterator[str]:
    """Under which names the insights are asked; of rankings it is known what is usual in movies and shows together."""
    for insight in INSIGHTS:
        if insight.traits and not (of_one_kind and insight.settle is not None):
            yield from insight.looks or (insight.name,)


def ranked(met: Sequence[Finding]) -> Findings:
    """Findings in order: of two of one trait the stronger, and after the others what may but follow from them."""
    best: dict[str, Finding] = {}
    for each in sorted(met, key=lambda one: (-abs(one.effect.z), one.effect.trait)):
        best.setdefault(each.effect.trait, each)
    found = [each for each in best.values() if abs(each.effect.z) >= STANDS_OUT_Z]
    traits = {each.effect.trait for each in found}
    out = tuple(sorted(found, key=lambda one: FOLLOWS.get(one.effect.trait) in traits))
    others = tuple(each for each in best.values() if abs(each.effect.z) < STANDS_OUT_Z)
    sentence = out[0].effect.sentence if out else NOTHING
    return Findings(sentence=sentence, standing_out=out, others=others, threshold_z=STANDS_OUT_Z)


def plain(found: Findings) -> dict[str, Any]:
    """The findings as plain data that JSON can hold."""
    made: dict[str, Any] = msgspec.to_builtins(found)
    for group in ("standing_out", "others"):
        for row, each in zip(made[group], getattr(found, group), strict=True):
            row["effect"]["z"] = each.effect.z
    return made

"""What stands out: a figure of one person beside what is usual, in standard errors. Pure.

The error joins two things: how far people differ from each other in this figure, and how far chance moves it in a
history of this length. A short history therefore stands out in nothing, and a long one only where the person does.
What is usual is declared with each insight, with its source; nothing is pooled over the users of an installation.

People are not spread evenly around a share of 5 %: some have 20 %, nobody has less than none. Shares are therefore
compared as arcsines of their roots, and lengths as logarithms, in which people lie about the usual like errors do
(Anscombe 1948, "The transformation of Poisson, binomial and negative-binomial data").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from math import asin, erfc, expm1, log, log1p, sqrt
from statistics import NormalDist
from typing import NamedTuple

from watchprint.insights.insight import Effect

FEWEST = 20
"""Below this many nothing is said to stand out, however odd it looks."""

CHANCE = 0.05
"""Of so many usual people something is said to stand out, in all that is looked at together."""

_UNDERFLOW_Z = 30.0


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual among people.

    Args:
        mean: the figure of a usual person.
        spread: the standard deviation of the figure between people; of a length, of its natural logarithm.
        source: where the two come from.
    """

    mean: float
    spread: float
    source: str


class Words(NamedTuple):
    """How an effect is told.

    Args:
        trait: what stands out, a short name.
        more, less: the sentence for a figure above, and below, the usual one; None where that would say nothing.
            In them stand `{share}` or `{value}`, and `{usual}`.
    """

    trait: str
    more: str | None
    less: str | None = None


def threshold_z(looks: int) -> float:
    """From how many standard errors on something stands out, when so many figures are looked at.

    Source: Sidak 1967: each look is held to the chance at which `looks` of them together err in 5 % of people.
    """
    return NormalDist().inv_cdf(1 - (1 - (1 - CHANCE) ** (1 / looks)) / 2)


def share_effect(words: Words, hits: float, n: int, usual: Usual, *, clumps: float = 1.0) -> Effect | None:
    """A share beside the usual one; None where too little was counted, or where it would say nothing.

    Args:
        hits, n: how many of how many.
        clumps: how many of them come together on average (the episodes of an evening), which leaves less to count.
    """
    if n < FEWEST:
        return None
    error = sqrt((usual.spread * _slope(_rooted, usual.mean)) ** 2 + clumps / (4 * n))
    return _told(words, min(max(hits / n, 0.0), 1.0), usual.mean, error, n, _rooted)


def change_effect(
    trait: str, sentence: str, now: tuple[float, int], then: tuple[float, int], usual: Usual, *, clumps: float = 1.0
) -> Effect | None:
    """A share beside the same share of another time; None where too little was counted.

    Args:
        now, then: each a share, and of how many.
        usual: `spread` is how far a share near `mean` moves between two times by itself.
    """
    (share, n), (before, n_before) = now, then
    if min(n, n_before) < FEWEST:
        return None
    chance = clumps / (4 * n) + clumps / (4 * n_before)
    error = sqrt((usual.spread * _slope(_rooted, usual.mean)) ** 2 + chance)
    return _told(Words(trait, literal(sentence), literal(sentence)), share, before, error, n, _rooted)


def mean_effect(words: Words, mean: float, deviation: float, n: int, usual: Usual) -> Effect | None:
    """A mean beside the usual one; None where too little was counted, or where it would say nothing.

    Args:
        mean, deviation, n: of the person's own values: mean, standard deviation, how many.
    """
    if n < FEWEST:
        return None
    return _told(words, mean, usual.mean, sqrt(usual.spread**2 + deviation**2 / n), n, float)


def length_effect(words: Words, length: float, chance: float, n: int, usual: Usual) -> Effect | None:
    """A length or another figure above 0, as a multiple of the usual one; None where it would say nothing.

    Args:
        chance: how far chance moves it: the standard deviation of its natural logarithm.
        n: how many it rests on.
    """
    if n < FEWEST or length <= 0:
        return None
    return _told(words, length, usual.mean, sqrt(usual.spread**2 + chance**2), n, log)


def strongest(effects: Iterable[Effect], looks: int) -> Effect | None:
    """The one that stands out most of several of one kind (genres), held to how rare that is among so many."""
    found = max(effects, key=lambda each: (abs(each.z), each.sentence), default=None)
    if found is None or looks < 2 or not found.z:
        return found
    return replace(found, error=found.error * found.z / _as_rare(found.z, looks))


def _as_rare(z: float, looks: int) -> float:
    """The distance that is as rare in one look as this one is in the most extreme of so many."""
    far = abs(z)
    if far > _UNDERFLOW_Z:
        return (1 if z > 0 else -1) * sqrt(far * far - 2 * log(looks))
    rare = -expm1(looks * log1p(-erfc(far / sqrt(2))))
    return (1 if z > 0 else -1) * max(-NormalDist().inv_cdf(rare / 2), 1e-9) if rare < 1 else z * 1e-9


def there(*effects: Effect | None) -> tuple[Effect, ...]:
    """Those that say something."""
    return tuple(each for each in effects if each is not None)


def literal(text: str) -> str:
    """The text as it stands in a sentence that is yet to be filled."""
    return text.replace("{", "{{").replace("}", "}}")


def _told(
    words: Words, estimate: float, expected: float, error: float, n: int, scale: Callable[[float], float]
) -> Effect | None:
    """The effect, its error given in the figure's own unit: as wide as the scale is between the two."""
    sentence = words.more if estimate >= expected else words.less
    if sentence is None:
        return None
    apart = estimate - expected
    is_near = abs(apart) < 1e-6
    slope = _slope(scale, expected) if is_near else (scale(estimate) - scale(expected)) / apart
    said = sentence.format(
        share=f"{estimate * 100:.0f} %",
        value=f"{estimate:.1f}" if abs(estimate) < 20 else f"{estimate:,.0f}",
        usual=f"{expected * 100:.0f} %" if scale is _rooted else f"{expected:g}",
    )
    return Effect(trait=words.trait, sentence=said, estimate=estimate, expected=expected, error=error / slope, n=n)


def _rooted(share: float) -> float:
    return asin(sqrt(share))


def _slope(scale: Callable[[float], float], at: float) -> float:
    """How much the scale rises there for each unit."""
    step = 1e-6
    low, high = (at, at + step) if at < step else (at - step, at)
    return (scale(high) - scale(low)) / step

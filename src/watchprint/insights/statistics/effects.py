"""What stands out: a figure of one person beside what is usual, in standard errors. Pure.

The error joins two things: how far people differ from each other in this figure, and how far chance moves it in a
history of this length. A short history therefore stands out in nothing, and a long one only where the person does.
What is usual is declared with each insight, with its source; nothing is pooled over the users of an installation.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from watchprint.insights.insight import Effect

STANDS_OUT_Z = 3.0
"""From here on something stands out. Two dozen figures are looked at, so that chance alone gets this far for about
one person in twenty."""


FEWEST = 20
"""Below this many nothing is said to stand out, however odd it looks."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual among people.

    Args:
        mean: the figure of a usual person.
        spread: the standard deviation of the figure between people.
        source: where the two come from.
    """

    mean: float
    spread: float
    source: str


def share_effect(
    trait: str, more: str, less: str | None, hits: int, n: int, usual: Usual, *, clumps: float = 1.0
) -> Effect | None:
    """A share beside the usual one; None where too little was counted, or where only more of it would say something.

    Args:
        more, less: the sentence for a share above, and below, the usual one; `{share}` in it is the share in percent.
        hits, n: how many of how many.
        clumps: how many of them come together on average (the episodes of an evening), which leaves less to count.
    """
    if n < FEWEST:
        return None
    share = hits / n
    error = sqrt(usual.spread**2 + usual.mean * (1 - usual.mean) * clumps / n)
    return _told(trait, more, less, share, usual.mean, error, n)


def mean_effect(
    trait: str, more: str, less: str | None, mean: float, deviation: float, n: int, usual: Usual
) -> Effect | None:
    """A mean beside the usual one; None where too little was counted, or where only more of it would say something.

    Args:
        more, less: as of a share; `{value}` in it is the mean.
        mean, deviation, n: of the person's own values: mean, standard deviation, how many.
    """
    if n < FEWEST:
        return None
    return _told(trait, more, less, mean, usual.mean, sqrt(usual.spread**2 + deviation**2 / n), n)


def _told(
    trait: str, more: str, less: str | None, estimate: float, expected: float, error: float, n: int
) -> Effect | None:
    sentence = more if estimate >= expected else less
    if sentence is None:
        return None
    said = sentence.format(share=f"{estimate * 100:.0f} %", value=f"{estimate:.1f}", usual=f"{expected * 100:.0f} %")
    return Effect(trait=trait, sentence=said, estimate=estimate, expected=expected, error=error, n=n)

"""Grip: how often the end of one episode leads to the next, by part of the day."""

from __future__ import annotations

from typing import Any

import msgspec

from watchprint.insights.insight import Finished, Insight
from watchprint.insights.question import Question
from watchprint.insights.statistics.effects import Usual, Words, share_effect

BANDS = ("morning", "afternoon", "evening", "night")
FEWEST = 20
_WEIGHT = 20
FEWEST_IN_PART = 10
TOLD_P = 0.03
_USUAL = Usual(0.35, 0.15, "about one episode in three followed by another of the same show, as own histories show")


class GripRow(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the day.

    Args:
        band: morning (05 to 12), afternoon (to 18), evening (to 23), night (to 05), of the end of the episode.
        episodes: episodes that ended in it; `continued`: after how many the next began within 30 minutes.
        share: continued of episodes; None without any.
        grip: the same drawn towards the share of the whole day, as if the part had 20 more episodes of that.
        low, high: the interval in which the grip lies with 90 % probability.
    """

    band: str
    episodes: int
    continued: int
    share: float | None
    grip: float
    low: float
    high: float


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """The four parts of the day, from the morning on; nothing below 20 episodes."""
    of = {row["band"]: (row["episodes"], row["continued"]) for row in reduced}
    episodes, continued = (sum(each[place] for each in of.values()) for place in (0, 1))
    if episodes < FEWEST:
        return Finished([], {"episodes": episodes}, notes=(_too_few(episodes),))
    whole = continued / episodes
    rows = [_row(band, *of.get(band, (0, 0)), whole) for band in BANDS]
    p = _by_chance(list(of.values()))
    facts = {
        "episodes": episodes,
        "continued": continued,
        "grip": whole,
        "strongest": _strongest(rows) if p is not None and p < TOLD_P else None,
        "strongest_p": p,
    }
    words = Words(
        "gripped",
        "One episode leads to the next: after {share} of them you begin another within half an hour, where {usual} is "
        "usual.",
        "One episode is enough for you: after only {share} of them you begin another within half an hour, where "
        "{usual} is usual.",
    )
    effect = share_effect(words, continued, episodes, _USUAL, clumps=2.0)
    return Finished(rows, facts, effects=(effect,) if effect else ())


def _too_few(episodes: int) -> str:
    return f"{episodes} episodes of known date are too few to tell; {FEWEST} are needed."


def _row(band: str, episodes: int, continued: int, whole: float) -> GripRow:
    from scipy.special import betaincinv  # only where something is computed

    more, less = continued + _WEIGHT * whole, episodes - continued + _WEIGHT * (1 - whole)
    low, high = (float(betaincinv(more, less, at)) if more and less else whole for at in (0.05, 0.95))
    share = continued / episodes if episodes else None
    return GripRow(
        band=band, episodes=episodes, continued=continued, share=share, grip=more / (more + less), low=low, high=high
    )


def _by_chance(parts: list[tuple[int, int]]) -> float | None:
    """How likely chance alone makes the parts of the day differ as much; None where fewer than two hold enough."""
    table = [(continued, episodes - continued) for episodes, continued in parts if episodes >= FEWEST_IN_PART]
    if len(table) < 2 or not all(map(sum, zip(*table, strict=True))):
        return None
    from scipy.stats import chi2_contingency  # slow to load, and most answers need none

    return float(chi2_contingency(table, correction=False).pvalue)


def _strongest(rows: list[GripRow]) -> str:
    return max(rows, key=lambda row: (row.grip, -BANDS.index(row.band))).band


GRIP = Insight(
    name="grip",
    names={"binge-anatomy": {}},
    question="How often does one episode lead to the next?",
    unit="episodes",
    shape="four parts of the day: episodes that ended, after how many the next began within 30 minutes, share, grip",
    row=GripRow,
    formula=(
        "continued = the next play is another episode of the same show and begins (its end minus its runtime) at most "
        "30 minutes after this one ended; grip = (continued + 20 x the whole day's share) / (episodes + 20), with the "
        "5 % and 95 % quantiles of the Beta distribution; the part with the strongest grip is named where chance makes "
        "the parts (of 10 episodes or more) differ as much in under 3 %, by the chi-squared test"
    ),
    guard="20 episodes of known date",
    source="beta-binomial shrinkage towards the person's own mean; Pearson 1900",
    sql=("watchprint.insights.sessions", "grip.sql"),
    behind=(
        "c.show_id IS NOT NULL AND c.title_id IS NOT NULL AND $row_band = CASE "
        "WHEN EXTRACT(HOUR FROM c.local_at) < 5 OR EXTRACT(HOUR FROM c.local_at) >= 23 THEN 'night' "
        "WHEN EXTRACT(HOUR FROM c.local_at) < 12 THEN 'morning' "
        "WHEN EXTRACT(HOUR FROM c.local_at) < 18 THEN 'afternoon' ELSE 'evening' END"
    ),
    finish=finished,
    leaves_out=("duplicate", "bulk"),
    measures=("plays",),
    key=("band",),
    compares=("episodes", "continued"),
    needs=("runtime_min",),
    statistical=(
        "a night after whose episodes 60 % lead to the next, where it is 35 % at other times, is named from 500 "
        "episodes on, a quarter of them at night, in at least 90 % of histories; where the parts do not differ one is "
        "named in at most 5 %"
    ),
    traits={"gripped": "the share of episodes after which the next begins within half an hour"},
)

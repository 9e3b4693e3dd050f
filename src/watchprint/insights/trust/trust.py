"""The trust panel: every undated, bulk, double, unmatched and untimed play, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from watchprint.insights.insight import Finished, Insight, Parameter
from watchprint.insights.question import Question
from watchprint.insights.volume.standing_out import TRUST_TRAITS, of_trust

ADVICE: Mapping[str, tuple[str, str]] = {
    "undated": (
        "Trakt knows no date for them, so that they count in totals and have no place in time.",
        "Give them a date on trakt.tv (history, edit), or leave them: nothing else is wrong with them.",
    ),
    "bulk": (
        "Four or more plays in one minute, or over 24 hours of runtime on one day: marked, not watched then. They "
        "count in totals and are left out of hours, sessions, streaks and records.",
        "If the days matter to you, correct their dates on trakt.tv; a season that you caught up on can stay as it is.",
    ),
    "duplicate": (
        "The same title ended less than its own runtime before: one viewing, reported twice. Trakt counts both.",
        "Remove the second one on trakt.tv, and look whether two of your apps report to Trakt.",
    ),
    "unmatched": (
        "The rows do not say what was watched; they count as plays, not as titles.",
        "They are titles that Trakt has deleted. Mark the new title as watched and remove these.",
    ),
    "untimed": (
        "Their length is unknown, so that they add 0 minutes.",
        "Let more sources tell about titles: `watchprint titles` says which would help.",
    ),
}
"""Of each reason: what follows from it, and what to do."""
_ORDER = {reason: place for place, reason in enumerate(ADVICE)}


class TrustRow(msgspec.Struct, frozen=True, kw_only=True):
    """Plays with the same thing odd about them.

    Args:
        reason: undated, bulk, duplicate, unmatched or untimed.
        name: the movie or show; None of bulk marks and of rows that do not say.
        title_kind, key: movie or show, and what identifies it.
        on: the local day, of bulk marks and duplicates.
        plays: how many; one play can stand in several rows of different reasons.
        effect: what follows from it; `advice`: what to do.
    """

    reason: str
    name: str | None
    title_kind: str | None
    key: str | None
    on: date | None
    plays: int
    effect: str
    advice: str


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """The groups by reason, the largest first; how many plays each reason has stands in `facts`."""
    odd = sorted((row for row in reduced if row["reason"]), key=lambda row: (_ORDER[row["reason"]], row["place"]))
    rows = [
        TrustRow(
            reason=row["reason"],
            name=row["name"],
            title_kind=row["title_kind"],
            key=row["key"],
            on=row["on_day"],
            plays=row["plays"],
            effect=ADVICE[row["reason"]][0],
            advice=ADVICE[row["reason"]][1],
        )
        for row in odd
    ]
    of_all = reduced[0]["of_all"] if reduced else 0
    plays = dict.fromkeys(ADVICE, 0) | {row["reason"]: row["of_reason"] for row in odd}
    facts: dict[str, Any] = {"plays": of_all, **plays}
    facts |= {f"{reason}_share": count / of_all for reason, count in plays.items() if of_all}
    hidden = {row["reason"]: row["groups"] - what.parameters["limit"] for row in odd}
    notes = tuple(
        f"{more:,} more groups of {reason} plays are not shown; ask for a higher limit."
        for reason, more in hidden.items()
        if more > 0
    )
    return Finished(rows, facts, effects=of_trust(plays["undated"] + plays["bulk"], of_all), notes=notes)


TRUST = Insight(
    name="trust",
    names={"trust-panel": {}},
    question="What in my history can I rely on, and what should I look at?",
    unit="plays",
    shape="groups of odd plays by reason, the largest first: reason, name, day, plays, what follows, what to do",
    row=TrustRow,
    formula=(
        "undated = no known date; bulk = 4 or more plays in one minute, or over 24 hours of runtime on one local day; "
        "duplicate = the same title ended less than its own runtime before; unmatched = the row names no title; "
        "untimed = neither the title's nor the show's runtime is known"
    ),
    guard="none: no odd play is an answer",
    source="the rules by which plays are counted as watched",
    sql=("watchprint.insights.trust", "trust.sql"),
    behind=(
        "CASE $row_reason WHEN 'undated' THEN c.local_day IS NULL WHEN 'bulk' THEN c.is_bulk "
        "WHEN 'duplicate' THEN c.is_duplicate WHEN 'unmatched' THEN c.title_id IS NULL "
        "ELSE c.runtime_min IS NULL AND c.title_id IS NOT NULL END "
        "AND (CAST($row_on AS DATE) IS NULL OR c.local_day = CAST($row_on AS DATE)) "
        "AND ($row_reason IN ('bulk', 'unmatched') OR (CAST($row_key AS VARCHAR) IS NULL "
        "AND COALESCE(c.show_id, c.title_id) IS NULL) OR COALESCE(c.show_id, c.title_id) IN "
        "(SELECT t.title_id FROM titles AS t WHERE t.key = $row_key AND t.kind = $row_title_kind))"
    ),
    finish=finished,
    on_time_axis=False,
    leaves_out=(),
    measures=("plays",),
    traits=TRUST_TRAITS,
    parameters=(Parameter("limit", "the most groups of each reason", 20),),
)

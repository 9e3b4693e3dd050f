"""Eras of taste: from when to when the same was liked, what marked that time, and with which title it began."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import msgspec

from watchprint.insights.insight import Effect, Finished, Insight, Parameter
from watchprint.insights.question import Question
from watchprint.insights.statistics.changes import changes
from watchprint.insights.statistics.effects import Usual, change_effect, strongest
from watchprint.insights.statistics.logodds import weighted_log_odds

FEWEST_MONTHS = 18
FEWEST_PLAYS = 150
SHORTEST = 6
PRIOR_MIN = 600
_MONTH = "month"
_DRIFT = Usual(0.3, 0.10, "tastes drift: the share of what marks a time moves by a tenth or so without a turn")
_LOOKS = 60
"""The mark is the most unlikely of some sixty values: genres, decades, countries, networks."""
Column = tuple[str, str | None]


class EraRow(msgspec.Struct, frozen=True, kw_only=True):
    """An era.

    Args:
        era: 1 is the earliest.
        from_on, to_on: the first day of its first local month and the last day of its last one with a play.
        months: its months with a play; `plays`, `minutes`: of all that was watched in it.
        of, value: what marks it: genre, decade, country or network, and which; None where there is but one era.
        log_odds_z: by how many standard errors that was likelier than at other times.
        share, share_outside: its share of the minutes in the era, and at other times.
        opened_by, opened_by_key: the title that bears it and opened the era, a movie or a show.
    """

    era: int
    from_on: date
    to_on: date
    months: int
    plays: int
    minutes: int
    of: str | None
    value: str | None
    log_odds_z: float | None
    share: float | None
    share_outside: float | None
    opened_by: str | None
    opened_by_key: str | None


@dataclass(frozen=True, slots=True)
class _Months:
    """The months with a play, oldest first, and the minutes of each by attribute and value (None: the others)."""

    whole: list[dict[str, Any]]
    rows: list[dict[str, Any]]

    @property
    def columns(self) -> list[Column]:
        met: set[Column] = {(row["attribute"], row["value"]) for row in self.rows}
        return sorted(met, key=lambda column: (column[0], column[1] is None, column[1] or ""))

    def shares(self) -> Any:
        """One row a month: the shares of each attribute, as if a month had ten more hours of what is usual."""
        import numpy as np  # slow to load, and most answers need none

        columns = {column: place for place, column in enumerate(self.columns)}
        months = {row["month"]: place for place, row in enumerate(self.whole)}
        spent = np.zeros((len(months), len(columns)))
        for row in self.rows:
            spent[months[row["month"]], columns[row["attribute"], row["value"]]] += row["minutes"]
        attributes = sorted({attribute for attribute, _ in columns})
        parts = [spent[:, [columns[c] for c in columns if c[0] == attribute]] for attribute in attributes]
        parts = [part for part in parts if part.sum() > 0]
        usual = [part.sum(axis=0) / part.sum() for part in parts]
        return np.hstack(
            [
                (part + PRIOR_MIN * mean) / (part.sum(axis=1, keepdims=True) + PRIOR_MIN) / len(parts)
                for part, mean in zip(parts, usual, strict=True)
            ]
        )


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """The eras, the earliest first; nothing below 18 active months or 150 dated plays."""
    months = _Months(
        [row for row in reduced if row["attribute"] == _MONTH], [row for row in reduced if row["attribute"] != _MONTH]
    )
    plays = sum(row["plays"] for row in months.whole)
    lacking = sum(row["lacking"] for row in months.whole), sum(row["lacking_timed"] for row in months.whole)
    facts: dict[str, Any] = {"active_months": len(months.whole), "dated_plays": plays}
    if reason := _too_few(months, plays):
        return Finished([], facts, lacking, notes=(reason,))
    found = changes(months.shares(), fewest=SHORTEST)
    starts = (0, *found.ends[:-1])
    rows = [
        _row(months, number, start, end) for number, (start, end) in enumerate(zip(starts, found.ends, strict=True), 1)
    ]
    facts |= {"eras": len(rows), "divergence_nats": found.gain / len(months.whole)}
    effects = _effects(rows, plays, months.whole[0]["squares"])
    notes = () if len(rows) > 1 else ("Your taste has not changed in this time, so that it is one era.",)
    return Finished(rows, facts, lacking, effects, notes)


def _too_few(months: _Months, plays: int) -> str | None:
    active = len(months.whole)
    if active < FEWEST_MONTHS or plays < FEWEST_PLAYS:
        return (
            f"{active} months with a play and {plays} dated plays are too few to tell; {FEWEST_MONTHS} months and "
            f"{FEWEST_PLAYS} plays are needed."
        )
    if sum(row["minutes"] for row in months.rows) <= 0:
        return "Of no play both the runtime and what is asked for are known; facts about the titles are needed."
    return None


def _row(months: _Months, number: int, start: int, end: int) -> EraRow:
    own = months.whole[start:end]
    first, last = own[0]["month"], own[-1]["month"]
    mark = _mark(months, first, last) if len(own) < len(months.whole) else None
    opening = _opening(months, first, last, mark.column) if mark else None
    return EraRow(
        era=number,
        from_on=first,
        to_on=(last + timedelta(days=31)).replace(day=1) - timedelta(days=1),
        months=len(own),
        plays=sum(row["plays"] for row in own),
        minutes=int(sum(row["minutes"] for row in own)),
        of=mark.column[0] if mark else None,
        value=mark.column[1] if mark else None,
        log_odds_z=mark.z if mark else None,
        share=mark.share if mark else None,
        share_outside=mark.outside if mark else None,
        opened_by=opening["name"] if opening else None,
        opened_by_key=opening["key"] if opening else None,
    )


@dataclass(frozen=True, slots=True)
class _Mark:
    column: Column
    z: float
    share: float
    outside: float


def _mark(months: _Months, first: date, last: date) -> _Mark | None:
    """What is most surely likelier in the era than at other times."""
    marks = list(_marks(months, first, last))
    return max(marks, key=lambda mark: (mark.z, mark.column), default=None)


def _marks(months: _Months, first: date, last: date) -> Iterator[_Mark]:
    for attribute in sorted({row["attribute"] for row in months.rows}):
        inside: dict[str | None, float] = {}
        outside: dict[str | None, float] = {}
        for row in months.rows:
            if row["attribute"] == attribute:
                part = inside if first <= row["month"] <= last else outside
                part[row["value"]] = part.get(row["value"], 0.0) + row["minutes"] / 60
        for value, z in weighted_log_odds(inside, outside).items():
            if value is not None and z > 0:
                yield _Mark((attribute, value), z, _share(inside, value), _share(outside, value))


def _share(part: dict[str | None, float], value: str) -> float:
    total = sum(part.values())
    return part.get(value, 0.0) / total if total else 0.0


def _opening(months: _Months, first: date, last: date, column: Column) -> dict[str, Any] | None:
    """The first title of the era that bears its mark and was new then; where none was new, the first that bears it."""
    bearing = [
        row for row in months.rows if (row["attribute"], row["value"]) == column and first <= row["month"] <= last
    ]
    return next((row for row in bearing if row["is_new"]), bearing[0] if bearing else None)


def _effects(rows: Sequence[EraRow], plays: int, squares: int) -> tuple[Effect, ...]:
    """How far the mark of the present era stands above its share before; new things of a new decade are no turn.

    Plays come in shows: so many of one as the sum of their squares says (Kish 1965, the effective size of a sample).
    """
    last, before = rows[-1], sum(row.plays for row in rows[:-1])
    if not before or last.share is None or last.share_outside is None or _moves_on(last):
        return ()
    said = (
        f"Your taste turned in {last.from_on:%B %Y}: {_named(last)} is {last.share * 100:.0f} % of your time since, "
        f"where it was {last.share_outside * 100:.0f} % before."
    )
    effect = change_effect(
        "turn", said, (last.share, last.plays), (last.share_outside, before), _DRIFT, clumps=squares / plays
    )
    told = strongest([effect] if effect else [], _LOOKS)
    return (told,) if told else ()


def _moves_on(row: EraRow) -> bool:
    """Its mark is the decade in which it was watched: the time has changed, not the taste."""
    return row.of == "decade" and int(row.value or 0) + 10 > row.from_on.year


def _named(row: EraRow) -> str:
    """What marks an era, as it stands in a sentence."""
    if row.of == "decade":
        return f"what the {row.value}s brought"
    return f"the {row.of} {row.value}"


ERAS = Insight(
    name="eras",
    names={"taste-eras": {}},
    question="When did my taste change, and to what?",
    unit="min",
    shape="one row an era, the earliest first: from, to, months, plays, minutes, what marks it, what title opened it",
    row=EraRow,
    formula=(
        "shares of the minutes of each month with a play over the values asked for (the ten with the most minutes, the "
        "rest together; a title with several genres has a share in each), drawn towards the whole as if the month had "
        "ten more hours of it; cut where the Jensen-Shannon divergence of the parts gains more than 98.5 % of the same "
        "months in random order (in blocks of 3 or more) give, each era at least 6 months; an era is named by the "
        "value with the highest log-odds of its hours against all other times, in standard errors, with a prior worth "
        "20 hours; it was opened by the first title with that value that had not been watched before; plays marked in "
        "bulk are left out, because they say when they were marked"
    ),
    guard="18 months with a play and 150 dated plays",
    source="PELT: Killick, Fearnhead and Eckley 2012; Lin 1991; log-odds: Monroe, Colaresi and Quinn 2008",
    sql=("watchprint.insights.taste", "eras.sql"),
    behind="c.local_day >= CAST($row_from_on AS DATE) AND c.local_day <= CAST($row_to_on AS DATE)",
    finish=finished,
    leaves_out=("duplicate", "bulk"),
    measures=("time",),
    needs=("genres", "year", "country", "network", "runtime_min"),
    statistical=(
        "a genre that goes from 10 to 70 % of what is begun, in the middle of 40 months of 15 plays, is found to "
        "within three months and names the era in at least 90 % of histories; without a change one is told in at most "
        "5 %"
    ),
    traits={"turn": "the share of what marks the present era, against its share before"},
    parameters=(Parameter("of", "what tastes are made of", "all", ("all", "genre", "decade", "country", "network")),),
)

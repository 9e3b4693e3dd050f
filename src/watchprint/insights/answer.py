"""What an insight answers: rows, and everything that is needed to judge them. Values only."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from watchprint.insights.insight import Effect

if TYPE_CHECKING:
    import pyarrow as pa

    from watchprint.insights.insight import Insight

_Behind = Callable[[str, dict[str, Any]], list[int | str]]


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """Plays that were asked of and not counted.

    Args:
        reason: undated, duplicate or bulk.
        plays: how many.
        why: the reason, in words.
    """

    reason: str
    plays: int
    why: str


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A number beside the same of the period before.

    Args:
        of: the columns that name the row; empty for the whole.
        column: which number; `n` for the whole.
        now, before: the two; None where a row is in one of them only.
    """

    of: dict[str, Any]
    column: str
    now: float | None
    before: float | None

    @property
    def difference(self) -> float | None:
        """How much more it is now."""
        return None if self.now is None or self.before is None else self.now - self.before

    @property
    def ratio(self) -> float | None:
        """The present one as a multiple of the one before; None where that was nothing."""
        return self.now / self.before if self.now is not None and self.before else None


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """The same question of the period before.

    Args:
        period: it in words, with `from_on` and `until_on`, its half-open range of local days.
        n, coverage, facts, rows: as in the answer.
        changes: each number that can be compared, the whole first.
    """

    period: str
    from_on: date | None
    until_on: date | None
    n: int
    coverage: float | None
    facts: dict[str, Any]
    rows: tuple[Any, ...]
    changes: tuple[Change, ...]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one question.

    Args:
        name: the name that was asked.
        insight: the declaration.
        unit: what the numbers count, by the measure that was asked (plays, or minutes).
        measure: plays, time or titles.
        counts: "as Trakt counts" or "as watched".
        period: the period in words, with `from_on` and `until_on`, its half-open range of local days (None: open).
        from_at, until_at: the same as instants.
        zone: the zone or zones of the local days; `day_start`: when they begin.
        asked: kind, filters and parameters, by name.
        n: how many plays (or ratings) the rows count.
        coverage: the share of them for which what the measure needs is known, 0 to 1; None when there are none.
        known: the share of them with a known date, runtime and title.
        left_out: what was not counted and why; `marked`: how many are marked, counted or not.
        facts: statements about the whole, by name.
        notes: sentences for the reader: what lowers the coverage, and what would raise it.
        rows: one struct a row, as the insight's shape says.
        effects: what may stand out, each in its own standard errors; see `findings`.
        before: the same of the period before, where that was asked for and the period has one.
    """

    name: str
    insight: Insight
    unit: str
    measure: str
    counts: str
    period: str
    from_on: date | None
    until_on: date | None
    from_at: datetime | None
    until_at: datetime | None
    zone: str
    day_start: str
    asked: dict[str, Any]
    n: int
    coverage: float | None
    known: dict[str, float | None]
    left_out: tuple[LeftOut, ...]
    marked: dict[str, int]
    facts: dict[str, Any]
    notes: tuple[str, ...]
    rows: tuple[Any, ...]
    behind: _Behind
    effects: tuple[Effect, ...] = ()
    before: Before | None = None

    @property
    def question(self) -> str:
        """What it answers."""
        return self.insight.question

    @property
    def formula(self) -> str:
        """How the numbers come about, in words."""
        return self.insight.formula

    def plays_behind(self, row: Any) -> list[int | str]:
        """The ids of the plays that a row counts, oldest first, those of unknown date last.

        Of a row of ratings these are the keys of the rated titles.
        """
        return self.behind("row", msgspec.structs.asdict(row))

    def plays_left_out(self, reason: str) -> list[int | str]:
        """The ids of the plays left out for this reason, oldest first."""
        return self.behind("left out", {"reason": reason})

    def to_arrow(self) -> pa.Table:
        """The rows as an Arrow table with the columns of the insight's row type."""
        import pyarrow as pa

        names = self.insight.row.__struct_fields__
        return pa.table({name: [getattr(row, name) for row in self.rows] for name in names})

    def to_json_dict(self, *, plays_behind: bool = False) -> dict[str, Any]:
        """The answer as plain data that JSON can hold.

        Args:
            plays_behind: add to each row the ids of the plays it counts.
        """
        hidden = {"insight", "behind", "rows", "effects", "before"}
        plain = {name: getattr(self, name) for name in self.__struct_fields__ if name not in hidden}
        rows = [msgspec.structs.asdict(row) for row in self.rows]
        if plays_behind:
            for plain_row, row in zip(rows, self.rows, strict=True):
                plain_row["play_ids"] = self.plays_behind(row)
        plain["effects"] = [{**dataclasses.asdict(each), "z": each.z} for each in self.effects]
        plain["before"] = None if self.before is None else _plain_before(self.before)
        more = {"question": self.question, "formula": self.formula, "guard": self.insight.guard, "rows": rows}
        made: dict[str, Any] = msgspec.to_builtins({**plain, **more})
        return made


def _plain_before(before: Before) -> dict[str, Any]:
    plain = {name: getattr(before, name) for name in before.__struct_fields__ if name not in {"rows", "changes"}}
    changes = [
        {**msgspec.structs.asdict(each), "difference": each.difference, "ratio": each.ratio} for each in before.changes
    ]
    return {**plain, "changes": changes, "rows": [msgspec.structs.asdict(row) for row in before.rows]}

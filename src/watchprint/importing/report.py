"""What taking a file in has done, or would do: values that add up, and their form in the store. Pure.

Of each part: rows = added + edited + there + ambiguous + unresolved + skipped. What was removed is not of these rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, Final, Literal

import msgspec

from watchprint.exchange.reading.told import PARTS, Part

Standing = Literal["added", "edited", "there", "ambiguous", "unresolved", "skipped"]
"""What became of a row: new · changed what was there · there already · several titles could be meant · nothing can be
meant, or it cannot be read · not taken, with the reason in the notes."""
STANDINGS: Final[tuple[Standing, ...]] = ("added", "edited", "there", "ambiguous", "unresolved", "skipped")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What became of the rows of one part.

    Attributes:
        rows: How many the file has.
        removed: What the account had and the file, which says everything of this part, has not.
    """

    rows: int = 0
    added: int = 0
    edited: int = 0
    there: int = 0
    ambiguous: int = 0
    unresolved: int = 0
    skipped: int = 0
    removed: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.edited or self.removed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A title that a row may mean."""

    kind: str
    name: str
    year: int | None = None
    ids: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        ids = ", ".join(f"{scheme} {value}" for scheme, value in self.ids.items())
        return f"{self.name} ({self.year or 'year unknown'}; {self.kind}; {ids or 'no id'})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A row that was not taken.

    Attributes:
        place: Where it stands in the file.
        standing: ambiguous or unresolved.
        what: What it is about, in words.
        reason: Why it was not taken.
        candidates: What it may mean.
        fields: What it says, by the names of columns, to be corrected and handed in again.
    """

    part: Part
    place: str
    standing: Standing
    what: str
    reason: str
    candidates: tuple[Candidate, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What came of a file.

    Attributes:
        import_id: To undo it by; None: nothing was written (a dry run, or nothing was new).
        kind: trakt-zip, trakt-csv or trakt-json.
        parts: By part: what became of its rows. Parts that the file does not have are left out.
        unknown: Parts of which the file says nothing for sure, each with the reason.
        notes: Sentences about what is odd, and how times were read.
        problems: The rows that were not taken.
    """

    import_id: int | None
    account_id: int
    dry_run: bool
    kind: str
    file_name: str
    file_hash: str
    parts: Mapping[str, Difference]
    unknown: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    as_of: datetime | None = None
    whose: str | None = None
    whose_uuid: str | None = None
    complete: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(self.parts.values())

    @property
    def rows(self) -> int:
        """How many things the file says."""
        return sum(part.rows for part in self.parts.values())

    def total(self) -> Difference:
        """All parts together."""
        names = [each.name for each in fields(Difference)]
        return Difference(**{name: sum(getattr(part, name) for part in self.parts.values()) for name in names})


@dataclass(slots=True)
class Tally:
    """Counts while rows are taken."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def count(self, part: Part, standing: Standing, number: int = 1) -> None:
        """Rows of a part that became this."""
        mine = self.counts.setdefault(part, dict.fromkeys((*STANDINGS, "rows", "removed"), 0))
        mine[standing] += number
        mine["rows"] += number

    def seen(self, part: Part) -> None:
        """The file has this part, with or without rows."""
        self.count(part, "there", 0)

    def removed(self, part: Part, number: int) -> None:
        """What the account had and the file has not."""
        self.seen(part)
        self.counts[part]["removed"] += number

    def trouble(self, problem: Problem) -> None:
        """A row that is not taken."""
        self.problems.append(problem)
        self.count(problem.part, problem.standing)

    def in_order(self) -> tuple[Problem, ...]:
        """The rows that are not taken, as they stand in the file."""
        return tuple(sorted(self.problems, key=lambda each: _spelled(each.place)))

    def parts(self) -> dict[str, Difference]:
        """What became of the rows, by part."""
        return {part: Difference(**self.counts[part]) for part in PARTS if part in self.counts}


def _spelled(place: str) -> list[tuple[int, str]]:
    """Numbers in a place count as numbers."""
    return [(int(each), "") if each.isdigit() else (-1, each) for each in re.split(r"(\d{1,18})", place)]


def kept_form(report: ImportReport) -> Any:
    """The report as the store keeps it."""
    kept = msgspec.to_builtins(report)
    for name in ("import_id", "account_id", "dry_run"):
        del kept[name]
    return kept


def of_kept(kept: Any, import_id: int, account_id: int) -> ImportReport:
    """A report out of the store."""
    return msgspec.convert({**kept, "import_id": import_id, "account_id": account_id, "dry_run": False}, ImportReport)


def corrected_by(report: ImportReport, correction: ImportReport, places: frozenset[tuple[str, str]]) -> ImportReport:
    """The report of an import whose rows at these places were handed in again.

    Args:
        places: Part and place of each of its problems that was answered.
    """
    open_ = tuple(each for each in report.problems if (each.part, each.place) not in places)
    parts = dict(report.parts)
    for part, done in correction.parts.items():
        before = parts.get(part, Difference())
        parts[part] = replace(
            before,
            added=before.added + done.added,
            edited=before.edited + done.edited,
            there=before.there + done.there,
        )
    problems = (*open_, *correction.problems)
    for part, before in parts.items():
        left = {name: sum(p.part == part and p.standing == name for p in problems) for name in STANDINGS[3:5]}
        counted = replace(before, ambiguous=left["ambiguous"], unresolved=left["unresolved"])
        rows = sum(getattr(counted, name) for name in STANDINGS)
        parts[part] = replace(counted, rows=rows)
    return replace(report, parts=parts, problems=problems)

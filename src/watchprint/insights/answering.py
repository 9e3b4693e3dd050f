"""Puts an answer together: what the SQL reduced, finished, with its coverage, what was left out, and notes. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from watchprint.insights.answer import Answer, Before, Change, LeftOut
from watchprint.insights.insight import WHY
from watchprint.insights.question import Question

_UNITS = {"time": "min", "titles": "titles"}


def answer(
    what: Question,
    reduced: list[dict[str, Any]],
    summary: list[dict[str, Any]],
    behind: Callable[[str, dict[str, Any]], list[int | str]],
) -> Answer:
    """The answer to a question.

    Args:
        what: the question.
        reduced: the rows of the insight's SQL.
        summary: the rows of `views/summary.sql`, one a reason for leaving out.
        behind: names the plays behind a row.
    """
    insight = what.insight
    by_reason = {row["left_out"]: row for row in summary}
    n = by_reason.get(None, {}).get("plays", 0)
    finished = insight.finish(reduced, what)
    from_at, until_at = what.zones.instants(what.period, what.day_start_min)
    known = _known(by_reason)
    return Answer(
        name=what.name,
        insight=insight,
        unit=_UNITS.get(what.measure, insight.unit),
        measure=what.measure,
        counts="as Trakt counts" if what.as_trakt_counts else "as watched",
        period=what.period.text,
        from_on=what.period.from_on,
        until_on=what.period.until_on,
        from_at=from_at,
        until_at=until_at,
        zone=str(what.zones),
        day_start=f"{what.day_start_min // 60:02d}:{what.day_start_min % 60:02d}",
        asked={name: value for name, value in what.asked.items() if value is not None},
        n=n,
        coverage=_coverage(what, by_reason, finished.lacking),
        known=known,
        left_out=tuple(
            LeftOut(reason=reason, plays=by_reason[reason]["plays"], why=WHY[reason])
            for reason in WHY
            if reason in by_reason
        ),
        marked=_marked(summary) if insight.reads != "ratings" else {},
        facts=finished.facts,
        notes=(*_notes(what, by_reason, known), *finished.notes),
        rows=tuple(finished.rows),
        behind=behind,
        effects=finished.effects,
    )


def beside_before(now: Answer, then: Answer) -> Answer:
    """The answer with the one for the period before beside it."""
    before = Before(
        period=then.period,
        from_on=then.from_on,
        until_on=then.until_on,
        n=then.n,
        coverage=then.coverage,
        facts=then.facts,
        rows=then.rows,
        changes=tuple(_changes(now, then)),
    )
    return msgspec.structs.replace(now, before=before)


def _changes(now: Answer, then: Answer) -> Iterator[Change]:
    yield Change(of={}, column="n", now=now.n, before=then.n)
    insight = now.insight
    if not insight.key:
        return
    ours, theirs = (_by_key(each.rows, insight.key) for each in (now, then))
    for key in [*ours, *(key for key in theirs if key not in ours)]:
        for column in insight.compares:
            of = dict(zip(insight.key, key, strict=True))
            yield Change(
                of=of, column=column, now=_number(ours.get(key), column), before=_number(theirs.get(key), column)
            )


def _by_key(rows: tuple[Any, ...], key: tuple[str, ...]) -> dict[tuple[Any, ...], Any]:
    return {tuple(getattr(row, name) for name in key): row for row in rows}


def _number(row: Any, column: str) -> float | None:
    found: float | None = None if row is None else getattr(row, column)
    return found


def _base(by_reason: dict[Any, dict[str, Any]], name: str) -> int:
    """A count over what counts and what would count if its date were known."""
    return sum(row[name] for reason, row in by_reason.items() if reason in (None, "undated"))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _known(by_reason: dict[Any, dict[str, Any]]) -> dict[str, float | None]:
    whole = _base(by_reason, "plays")
    names = {"watched_at": "dated", "runtime": "timed", "title": "named"}
    return {name: _share(_base(by_reason, column), whole) for name, column in names.items()}


def _coverage(what: Question, by_reason: dict[Any, dict[str, Any]], lacking: tuple[int, int] | None) -> float | None:
    on_axis = what.insight.on_time_axis or not what.period.is_all
    by_time = "dated_and_timed" if on_axis else "timed"
    by_count = "dated" if on_axis else "named" if lacking is None else "plays"
    column = by_time if what.measure == "time" else by_count
    less = (lacking or (0, 0))[what.measure == "time"]
    return _share(_base(by_reason, column) - less, _base(by_reason, "plays"))


def _marked(summary: list[dict[str, Any]]) -> dict[str, int]:
    return {
        "undated": sum(row["plays"] - row["dated"] for row in summary),
        "duplicate": sum(row["duplicates"] for row in summary),
        "bulk": sum(row["bulk"] for row in summary),
    }


def _notes(what: Question, by_reason: dict[Any, dict[str, Any]], known: dict[str, float | None]) -> list[str]:
    whole = _base(by_reason, "plays")
    notes = []
    if what.insight.reads != "ratings" and (missing := whole - _base(by_reason, "timed")):
        notes.append(
            f"The runtime of {missing:,} of {whole:,} plays is unknown; they add 0 minutes. What would raise "
            "this: reading the history from Trakt with full titles, an export whose watched-movies and "
            "watched-shows files are full, or another source of facts about titles."
        )
    if missing := whole - _base(by_reason, "named"):
        notes.append(f"{missing:,} rows do not say what they are of; they count as rows, not as titles.")
    if whole and known["watched_at"] == 0 and what.period.is_all:
        notes.append("No date is known, so nothing can be placed in time.")
    return notes

"""The trust panel equals a slow count, and names each play behind what it says."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.insights.histories import histories, questions, trakt_rows
from tests.insights.reference import Frame, Seen, bulk, counted, duplicates
from watchprint import insights

often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
REASONS = ("undated", "bulk", "duplicate", "unmatched", "untimed")


def odd(rows: list[Seen], frame: Frame) -> dict[tuple[Any, ...], set[int]]:
    """Groups of odd plays, by reason, title and day: the ids of each."""
    twice, crowd = duplicates(rows), bulk(rows, frame)
    found: dict[tuple[Any, ...], set[int]] = {}
    for row in counted(rows, frame, axis=False, leaves=()):
        named = row.show or row.title
        day = frame.day(row.at) if row.dated else None
        if not row.dated:
            found.setdefault(("undated", named, None), set()).add(row.id)
        if row.id in crowd:
            found.setdefault(("bulk", None, day), set()).add(row.id)
        if row.id in twice:
            found.setdefault(("duplicate", named, day), set()).add(row.id)
        if row.title is None:
            found.setdefault(("unmatched", None, None), set()).add(row.id)
        elif row.length is None:
            found.setdefault(("untimed", named, None), set()).add(row.id)
    return found


@often
@given(histories(), questions())
def test_every_odd_play_is_named(rows: list[Seen], question: tuple[dict[str, Any], Frame]) -> None:
    asked, frame = question
    answer = insights.compute("trust", plays=trakt_rows(rows), **asked)
    expected = odd(rows, frame)
    ours = {
        (row.reason, row.key and row.key.removeprefix("slug:"), row.on): set(answer.plays_behind(row))
        for row in answer.rows
    }
    assert ours == expected
    assert [row.plays for row in answer.rows] == [len(answer.plays_behind(row)) for row in answer.rows]
    counts = Counter[str]()
    for (reason, *_), ids in expected.items():
        counts[reason] += len(ids)
    assert {reason: answer.facts[reason] for reason in REASONS} == {reason: counts[reason] for reason in REASONS}
    assert answer.facts["plays"] == answer.n
    order = [(REASONS.index(row.reason), -row.plays) for row in answer.rows]
    assert order == sorted(order)
    assert all(row.advice and row.effect for row in answer.rows)


@often
@given(histories(), st.integers(1, 2))
def test_what_the_limit_hides_is_said(rows: list[Seen], limit: int) -> None:
    answer = insights.compute("trust", plays=trakt_rows(rows), limit=limit)
    whole = insights.compute("trust", plays=trakt_rows(rows), limit=100)
    for reason in REASONS:
        shown, groups = (sum(row.reason == reason for row in each.rows) for each in (answer, whole))
        assert shown == min(limit, groups)
        assert any(f"more groups of {reason}" in note for note in answer.notes) == (groups > limit)
    assert {name: answer.facts[name] for name in REASONS} == {name: whole.facts[name] for name in REASONS}

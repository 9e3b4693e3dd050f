"""Places equal a slow count."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.insights.histories import histories, questions, trakt_rows
from tests.insights.reference import Frame, Seen, counted, minutes
from watchprint import insights

often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PLACES = [
    (None, None), ("home", None), ("cinema", "Roxy"), ("cinema", "Odeon"), ("travel", "Roxy"), (None, "a train"),
]  # fmt: skip


@often
@given(histories(), questions(), st.integers(0, 2**32))
def test_places(rows: list[Seen], question: tuple[dict[str, Any], Frame], seed: int) -> None:
    asked, frame = question
    at = random.Random(seed).choices(PLACES, k=len(rows))
    plays = [
        row | {"place": {"kind": kind, "name": name}} for row, (kind, name) in zip(trakt_rows(rows), at, strict=True)
    ]
    answer = insights.compute("places", plays=plays, **asked)
    where = {row.id: place for row, place in zip(rows, at, strict=True)}
    kept = counted(rows, frame, axis=False, leaves=("duplicate",))
    expected = {}
    for place in set(PLACES) - {(None, None)}:
        own = [row for row in kept if where[row.id] == place]
        if own:
            expected[place] = (len(own), len({row.title for row in own} - {None}), minutes(own))
    assert {(row.kind, row.name): (row.plays, row.titles, row.minutes) for row in answer.rows} == expected
    assert [row.rank for row in answer.rows] == list(range(1, len(expected) + 1))
    assert [row.plays for row in answer.rows] == sorted((row.plays for row in answer.rows), reverse=True)
    assert [len(answer.plays_behind(row)) for row in answer.rows] == [row.plays for row in answer.rows]
    without = sum(where[row.id] == (None, None) for row in kept)
    assert answer.facts["plays_without_place"] == without
    if kept and not frame.bounded:
        assert answer.coverage == (len(kept) - without) / len(kept)
    assert bool(answer.notes and "check-in" in answer.notes[-1]) == (not expected and bool(kept))


def test_the_cinema_is_noticed() -> None:
    def play(number: int, kind: str) -> dict[str, Any]:
        title = {"title": f"F{number}", "ids": {"trakt": number + 1}}
        at = f"2024-{1 + number // 28:02d}-{1 + number % 28:02d}T20:00:00Z"
        return {"id": number, "watched_at": at, "type": "movie", "movie": title, "place": "x", "place_kind": kind}

    often_there = insights.compute("places", plays=[play(n, "cinema" if n % 2 else "home") for n in range(200)])
    assert often_there.effects[0].z > 4
    assert "50 %" in often_there.effects[0].sentence
    rarely = insights.compute("places", plays=[play(n, "home") for n in range(200)])
    assert rarely.effects == ()

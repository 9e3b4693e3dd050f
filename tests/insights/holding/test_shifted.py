"""As Trakt counts is seen through the view that is there, and says what a view of its own with days from 00:00 says."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings

from tests.conftest import EXAMPLES
from tests.insights.histories import histories, questions, trakt_rows
from tests.insights.reference import Frame, Seen
from watchprint import insights

ASKED = ("totals", "by-month", "punch-card", "records")
some = settings(max_examples=max(8, EXAMPLES // 10), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def answers(lens: Any, asked: dict[str, Any]) -> list[Any]:
    return [lens.ask(name, **asked).to_json_dict(plays_behind=True) for name in ASKED]


@some
@given(histories(), questions())
def test_both_ways_say_the_same(rows: list[Seen], question: tuple[dict[str, Any], Frame]) -> None:
    asked, _ = question
    mine: dict[str, Any] = {**asked, "as_trakt_counts": True}
    midnight: dict[str, Any] = {**asked, "as_trakt_counts": False, "day_start": "00:00"}
    morning: dict[str, Any] = {**midnight, "day_start": "05:30"}
    through, apart = insights.load(plays=trakt_rows(rows)), insights.load(plays=trakt_rows(rows))
    apart.ask("calendar", **midnight)
    through.ask("calendar", **morning)
    assert answers(through, mine) == answers(apart, mine)


def test_sums_are_whole_beyond_what_one_byte_holds() -> None:
    films = [
        {"id": n, "watched_at": f"2024-01-0{1 + n}T20:00:00Z", "type": "movie",
         "movie": {"title": f"Film {n}", "year": 2000, "runtime": 135 + n, "ids": {"trakt": n + 1}}}
        for n in range(3)
    ]  # fmt: skip
    for counts in (True, False):
        [row, *_] = insights.compute("totals", plays=films, as_trakt_counts=counts).rows
        assert (row.kind, row.plays, row.minutes) == ("movie", 3, 408)

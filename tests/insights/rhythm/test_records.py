"""Records and milestones equal slow references."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.insights.histories import histories, questions, trakt_rows
from tests.insights.reference import Frame, Seen, counted, first_of, minutes
from watchprint import insights

often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
Question = tuple[dict[str, Any], Frame]


def slow(rows: list[Seen], frame: Frame) -> dict[str, tuple[Any, ...]]:
    kept = counted(rows, frame, axis=True, leaves=("duplicate", "bulk"))
    found: dict[str, tuple[Any, ...]] = {}

    def best(record: str, value: int, on: date, more: Any = None) -> None:
        if record not in found or value > found[record][0] or (value == found[record][0] and on < found[record][1]):
            found[record] = (value, on, more)

    for unit in ("day", "week", "month"):
        firsts = {frame.day(row.at) if unit == "day" else first_of(unit, frame.day(row.at)) for row in kept}
        for first in firsts:
            own = [r for r in kept if (frame.day(r.at) if unit == "day" else first_of(unit, frame.day(r.at))) == first]
            best(f"plays_in_{unit}", len(own), first)
            if minutes(own):
                best(f"minutes_in_{unit}", minutes(own), first)
    for day in {frame.day(row.at) for row in kept}:
        for show in {row.show for row in kept} - {None}:
            episodes = {row.title for row in kept if row.show == show and frame.day(row.at) == day} - {None}
            if episodes:
                best("episodes_of_a_show_in_a_day", len(episodes), day)
    in_order = sorted(kept, key=lambda row: (row.at, row.id))
    timed = [row for row in in_order if row.length is not None and row.title is not None]
    if timed:
        row = max(timed, key=lambda row: row.length or 0)
        found["longest_viewing"] = (row.length, frame.day(row.at), frame.wall(row.at))
    if in_order:
        row = max(in_order, key=lambda row: late(frame, row.at))
        found["latest_finish"] = (late(frame, row.at), frame.day(row.at), frame.wall(row.at))
    return found


def late(frame: Frame, at: datetime) -> int:
    """Minutes after the midnight that began the local day, on the clock on the wall."""
    return int((frame.wall(at) - datetime.combine(frame.day(at), time())) // timedelta(minutes=1))


@often
@given(histories(), questions())
def test_records(rows: list[Seen], question: Question) -> None:
    asked, frame = question
    answer = insights.compute("records", plays=trakt_rows(rows), **asked)
    expected = slow(rows, frame)
    ours = {row.record: (row.value, row.from_on, row.ended_local_at) for row in answer.rows}
    assert ours == expected
    for row in answer.rows:
        behind = answer.plays_behind(row)
        if row.record.startswith("plays_in"):
            assert len(behind) == row.value
        assert behind
        assert row.from_on <= row.to_on
        assert (row.to_on - row.from_on).days == {"week": 6}.get(row.record[-4:], (row.to_on - row.from_on).days)


@often
@given(st.integers(0, 260), st.integers(0, 3))
def test_milestones(plays: int, every: int) -> None:
    def row(number: int) -> dict[str, Any]:
        at = datetime.fromisoformat("2020-01-01T12:00:00+00:00") + timedelta(days=number)
        if every and number % (every + 1) == 0:
            return {
                "id": number,
                "watched_at": at,
                "type": "movie",
                "movie": {"title": "F", "ids": {"trakt": number + 1}},
            }
        episode = {"season": 1, "number": number, "ids": {"trakt": number + 1}, "title": "x"}
        return {"id": number, "watched_at": at, "type": "episode", "episode": episode, "show": {"ids": {"trakt": 1}}}

    rows = [row(number) for number in range(plays)]
    answer = insights.compute("milestones", plays=rows)
    expected = []
    for kind in ("all", "movie", "episode"):
        own = [each for each in rows if kind in ("all", each["type"])]
        expected += [(kind, nth, own[nth - 1]["id"]) for nth in (100, 250) if len(own) >= nth]
    assert [(each.kind, each.nth, each.play_id) for each in answer.rows] == expected
    assert any("The first milestone" in note for note in answer.notes) == (not expected)
    assert all(answer.plays_behind(each) == [each.play_id] for each in answer.rows)

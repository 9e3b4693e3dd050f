"""The rules that every insight obeys, one test each, on rows small enough to count by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from watchprint import insights
from watchprint.insights import Answer, PlayRow

BERLIN = "Europe/Berlin"


def play(number: int, at: str | None, title: str = "film", **facts: Any) -> PlayRow:
    watched_at = None if at is None else datetime.fromisoformat(at).replace(tzinfo=UTC)
    row: dict[str, Any] = {"id": number, "watched_at": watched_at, "kind": "movie", "title": title, **facts}
    return PlayRow(**row)


def ask(name: str, plays: list[PlayRow], **asked: Any) -> Answer:
    in_zone: dict[str, Any] = {"zone": BERLIN, **asked}
    return insights.compute(name, plays=plays, **in_zone)


def left_out(answer: Answer) -> dict[str, int]:
    return {each.reason: each.plays for each in answer.left_out}


def cells(answer: Answer) -> dict[tuple[int, int], int]:
    return {(row.weekday, row.hour): row.plays for row in answer.rows if row.plays}


def test_rule_1_unknown_dates_count_in_totals_and_nowhere_in_time() -> None:
    plays = [play(1, None, "a"), play(2, "1970-01-01T00:00"), play(3, "2024-05-01T18:00", "b")]
    assert ask("totals", plays).rows[0].plays == 3
    assert ask("totals", plays, as_trakt_counts=False).rows[0].plays == 3
    for name in ("by-year", "by-month", "by-week", "calendar", "punch-card", "streaks"):
        answer = ask(name, plays)
        assert answer.n == 1
        assert left_out(answer) == {"undated": 2}
        assert answer.plays_left_out("undated") == [1, 2]
    top = ask("top", plays, of="movie")
    assert [(row.first_on, row.last_on) for row in top.rows if row.key == "a"] == [(None, None)]
    assert left_out(ask("totals", plays, period="2024")) == {"undated": 2}


def test_rule_1_undated_plays_are_never_bulk() -> None:
    plays = [play(number, None, f"t{number}") for number in range(6)]
    assert ask("totals", plays).marked == {"undated": 6, "duplicate": 0, "bulk": 0}


def test_rule_2_four_plays_in_one_minute_are_bulk() -> None:
    three = [play(number, f"2024-05-01T18:00:{number:02d}", f"t{number}") for number in range(3)]
    assert ask("punch-card", three).n == 3
    four = [*three, play(4, "2024-05-01T18:00:59", "t4")]
    assert left_out(ask("punch-card", four)) == {"bulk": 4}
    assert left_out(ask("streaks", four)) == {"bulk": 4}
    assert ask("punch-card", four).rows == ()
    assert ask("totals", four).rows[0].plays == 4
    assert ask("by-year", four).rows[0].bulk == 4
    assert ask("by-year", four).rows[0].plays == 4


def test_rule_2_more_than_24_hours_of_runtime_on_one_local_day_are_bulk() -> None:
    plays = [play(number, f"2024-05-01T{8 + number:02d}:00", f"t{number}", runtime_min=720) for number in (0, 1)]
    assert ask("streaks", plays).marked["bulk"] == 0
    more = [*plays, play(9, "2024-05-02T01:59", "t9", runtime_min=1)]
    assert left_out(ask("streaks", more)) == {"bulk": 3}
    after_day_start = [*plays, play(9, "2024-05-02T02:00", "t9", runtime_min=1)]
    assert left_out(ask("streaks", after_day_start)) == {}


def test_rule_3_saturday_half_past_one_is_friday_hour_one() -> None:
    assert cells(ask("punch-card", [play(1, "2024-05-03T23:30")])) == {(4, 1): 1}
    assert cells(ask("punch-card", [play(1, "2024-05-03T23:30")], day_start="00:00")) == {(5, 1): 1}


def test_rule_3_both_half_past_twos_of_an_autumn_night_are_hour_two() -> None:
    plays = [play(1, "2021-10-31T00:30", "a"), play(2, "2021-10-31T01:30", "b")]
    assert cells(ask("punch-card", plays)) == {(5, 2): 2}


def test_rule_3_the_start_of_the_day_is_taken_from_the_wall_clock() -> None:
    in_spring = [play(1, "2022-03-27T02:10")]  # 04:10 after the gap: three hours and ten minutes after midnight
    assert [row.day for row in ask("calendar", in_spring, period="all").rows] == [date(2022, 3, 27)]


def test_rule_3_weeks_months_and_years_are_those_of_the_local_day() -> None:
    plays = [play(1, "2021-01-04T02:30")]  # Monday 03:30, which is still Sunday
    assert [row.period for row in ask("by-week", plays).rows] == ["2020-W53"]
    night = [play(1, "2021-12-31T23:01")]
    assert [row.period for row in ask("by-year", night).rows] == ["2021"]
    assert [row.period for row in ask("by-year", night, as_trakt_counts=True).rows] == ["2022"]


def test_rule_3_the_zone_is_that_of_the_date() -> None:
    moved_at = datetime(2024, 1, 1, tzinfo=UTC)
    zone = [(moved_at, "America/New_York"), (None, BERLIN)]
    plays = [play(1, "2023-12-01T20:00", "a"), play(2, "2024-01-05T20:00", "b")]
    assert cells(ask("punch-card", plays, zone=zone)) == {(4, 21): 1, (4, 15): 1}


def test_rule_3_a_period_is_a_half_open_range_of_local_days() -> None:
    plays = [play(1, "2024-05-01T01:59", "a"), play(2, "2024-05-01T02:00", "b"), play(3, "2024-05-02T02:00", "c")]
    answer = ask("totals", plays, period="2024-05-01", as_trakt_counts=False)
    assert answer.n == 1
    assert answer.plays_behind(answer.rows[0]) == [2]
    assert (answer.from_at, answer.until_at) == (plays[1].watched_at, plays[2].watched_at)


def test_rule_4_a_play_stands_at_its_end() -> None:
    ends_at_one = [play(1, "2024-05-01T23:00", runtime_min=180)]
    assert cells(ask("punch-card", ends_at_one)) == {(2, 1): 1}


@pytest.mark.parametrize(("later_min", "viewings"), [(1, 1), (99, 1), (100, 2), (600, 2)])
def test_rule_5_the_same_title_within_its_runtime_is_one_viewing(later_min: int, viewings: int) -> None:
    first = datetime(2024, 5, 1, 12, tzinfo=UTC)
    plays = [
        PlayRow(id=number, watched_at=at, kind="movie", title="film", runtime_min=100)
        for number, at in ((1, first), (2, first + timedelta(minutes=later_min)))
    ]
    answer = ask("by-year", plays)
    assert answer.rows[0].plays == viewings
    assert answer.rows[0].minutes == viewings * 100
    assert answer.plays_left_out("duplicate") == [2][viewings - 1 :]
    assert ask("totals", plays).rows[0].plays == 2


def test_rule_5_without_a_runtime_only_the_same_minute_is_one_viewing() -> None:
    plays = [play(1, "2024-05-01T12:00"), play(2, "2024-05-01T12:00"), play(3, "2024-05-01T12:01")]
    assert ask("by-year", plays).plays_left_out("duplicate") == [2]


def test_rule_6_episodes_fall_back_to_the_runtime_of_the_show() -> None:
    episode = {"kind": "episode", "show": "s"}
    plays = [
        play(1, "2024-05-01T12:00", "e1", runtime_min=50, show_runtime_min=40, **episode),
        play(2, "2024-05-02T12:00", "e2", show_runtime_min=40, **episode),
        play(3, "2024-05-03T12:00", "e3", kind="episode", show="other"),
        play(4, "2024-05-04T12:00", "m", runtime_min=0),
    ]
    answer = ask("totals", plays)
    assert [row.minutes for row in answer.rows] == [0, 90, None, 90]
    assert answer.coverage == 0.5
    assert answer.rows[1].coverage == pytest.approx(2 / 3)
    assert "2 of 4" in answer.notes[0]


def test_rule_7_many_valued_fields_count_whole_and_in_shares() -> None:
    plays = [
        play(1, "2024-05-01T12:00", "a", genres=("drama", "comedy"), runtime_min=100),
        play(2, "2024-05-02T12:00", "b", genres=("drama",), runtime_min=60),
    ]

    def by_genre(**asked: Any) -> dict[str, tuple[float, float]]:
        return {row.key: (row.plays, row.minutes) for row in ask("top", plays, of="genre", **asked).rows}

    assert by_genre() == {"drama": (2, 110), "comedy": (1, 50)}
    assert by_genre(counting="whole") == {"drama": (2, 160), "comedy": (1, 100)}
    assert by_genre(counting="fractional") == {"drama": (1.5, 110), "comedy": (0.5, 50)}


def test_rule_8_averages_are_over_the_named_window() -> None:
    plays = [play(1, "2024-05-01T12:00", "a"), play(2, "2024-05-10T12:00", "b")]
    facts = ask("by-month", plays).facts
    assert (facts["window_from_on"], facts["window_to_on"]) == (date(2024, 5, 1), date(2024, 5, 10))
    assert facts["plays_per_day"] == 0.2
    asked = ask("by-month", plays, period="2024-05-01..2024-05-20").facts
    assert (asked["window_to_on"], asked["plays_per_day"]) == (date(2024, 5, 20), 0.1)
    now = ask("by-month", plays, now=datetime(2024, 5, 16, 12, tzinfo=UTC)).facts
    assert (now["window_days"], now["plays_per_day"]) == (16, 0.125)


def test_rule_9_distinct_titles_are_not_added_up() -> None:
    plays = [play(1, "2024-04-01T12:00"), play(2, "2024-05-01T12:00"), play(3, "2023-05-01T12:00")]
    assert [row.titles for row in ask("by-month", plays, period="2024-04-01..2024-05-31").rows] == [1, 1]
    assert [row.titles for row in ask("by-year", plays).rows] == [1, 1]
    assert ask("totals", plays).rows[0].watched == 1


def test_rule_10_the_caller_chooses_the_ranking() -> None:
    day = iter(f"2024-05-{number:02d}T12:00" for number in range(1, 20))
    plays = [
        play(1, next(day), "long", runtime_min=300),
        *[play(2 + number, next(day), "often", runtime_min=5) for number in range(3)],
    ]
    assert [row.key for row in ask("top", plays, of="movie", by="time").rows] == ["long", "often"]
    assert [row.key for row in ask("top", plays, of="movie", by="plays").rows] == ["often", "long"]
    genres = [
        *[play(10 + number, next(day), "same", genres=("one",)) for number in range(3)],
        *[play(20 + number, next(day), f"t{number}", genres=("two",)) for number in range(2)],
    ]
    assert ask("top", genres, of="genre", by="titles").rows[0].key == "two"
    assert ask("top", genres, of="genre", by="plays").rows[0].key == "one"


def test_rule_10_shows_may_be_ranked_by_distinct_titles() -> None:
    plays = [
        *[play(number, f"2024-05-{number:02d}T12:00", "a1", kind="episode", show="a") for number in (1, 2, 3)],
        *[play(number, f"2024-05-{number:02d}T12:00", f"b{number}", kind="episode", show="b") for number in (4, 5)],
    ]
    assert [row.key for row in ask("top", plays, by="titles").rows] == ["b", "a"]
    assert [row.key for row in ask("top", plays, by="plays").rows] == ["a", "b"]


def test_rule_7_a_value_named_twice_counts_once() -> None:
    plays = [play(1, "2024-05-01T12:00", genres=("drama", "drama", "crime"), runtime_min=100)]
    rows = ask("top", plays, of="genre", counting="fractional").rows
    assert [(row.key, row.plays, row.minutes) for row in rows] == [("crime", 0.5, 50), ("drama", 0.5, 50)]


def test_streaks_of_days_with_unequal_plays() -> None:
    days = (1, 1, 1, 2, 3, 3, 5, 9, 9, 10)
    plays = [play(number, f"2024-05-{day:02d}T{8 + number:02d}:00", f"t{number}") for number, day in enumerate(days)]
    found = [
        (row.kind, row.from_on.day, row.to_on.day, row.plays, row.is_current) for row in ask("streaks", plays).rows
    ]
    assert found == [
        ("streak", 1, 3, 6, False),
        ("streak", 9, 10, 3, True),
        ("streak", 5, 5, 1, False),
        ("gap", 6, 8, 0, False),
        ("gap", 4, 4, 0, False),
    ]


@pytest.mark.parametrize(
    ("asked", "last"),
    [
        ({"now": datetime(2024, 5, 3, 12, tzinfo=UTC)}, ("streak", 1, 2, True)),
        ({"now": datetime(2024, 5, 4, 12, tzinfo=UTC)}, ("gap", 3, 3, True)),
        ({"now": datetime(2024, 6, 1, 12, tzinfo=UTC), "period": "..2024-05-10"}, ("gap", 3, 10, False)),
        ({"period": "2024-05"}, ("streak", 1, 2, True)),
        ({"period": "..2024-05-01"}, ("streak", 1, 1, False)),
    ],
)
def test_what_still_goes_on(asked: dict[str, Any], last: tuple[str, int, int, bool]) -> None:
    plays = [play(1, "2024-05-01T12:00", "a"), play(2, "2024-05-02T12:00", "b")]
    row = max(ask("streaks", plays, **asked).rows, key=lambda row: row.from_on)
    assert (row.kind, row.from_on.day, row.to_on.day, row.is_current) == last


def test_a_gap_is_over_when_a_play_follows() -> None:
    plays = [play(1, "2024-05-01T12:00", "a"), play(2, "2024-05-03T12:00", "b")]
    found = {(row.kind, row.from_on.day): row.is_current for row in ask("streaks", plays).rows}
    assert found == {("streak", 1): False, ("gap", 2): False, ("streak", 3): True}


def test_rule_11_nothing_is_shown_below_its_least_number() -> None:
    assert ask("punch-card", []).rows == ()
    few = [play(number, f"2024-05-{number + 1:02d}T18:00", f"t{number}") for number in range(29)]
    assert ask("punch-card", few).facts["busiest_hour"] is None
    assert ask("punch-card", [*few, play(99, "2024-06-01T18:00", "t")]).facts["busiest_hour"] == 20
    assert ask("by-year", few[:6]).facts["plays_per_day"] is None
    assert ask("by-year", few[:7]).facts["plays_per_day"] == 1


def test_rule_11_small_groups_are_drawn_towards_the_whole() -> None:
    rows = [{"rating": 6, "type": "movie"}] * 95 + [{"rating": 10, "type": "show"}] * 5
    facts = insights.compute("ratings", ratings=rows).facts
    assert facts["mean"] == 6.2
    assert facts["shows_mean_shrunk"] == pytest.approx((50 + 10 * 6.2) / 15)
    assert insights.compute("ratings", ratings=rows[:4]).facts["mean"] is None
    assert insights.compute("ratings", ratings=rows[:-1]).facts["shows_mean_shrunk"] is None


def test_two_truths_are_named() -> None:
    plays = [play(1, "2024-05-01T12:00"), play(2, "2024-05-01T12:00")]
    assert (ask("totals", plays).counts, ask("totals", plays).n) == ("as Trakt counts", 2)
    watched = ask("totals", plays, as_trakt_counts=False)
    assert (watched.counts, watched.n, watched.day_start) == ("as watched", 1, "04:00")
    assert ask("totals", plays, day_start="05:00").day_start == "00:00"

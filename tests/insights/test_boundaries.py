"""Where a rule begins to hold or ceases to, by hand: one play, minute or day to either side.

Random histories come by such places now and then; here is each of them, so that a rule that is off by one is seen every
time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from watchprint import insights
from watchprint.insights import PlayRow, RatingRow, TitleRow

AT = datetime(2022, 5, 10, 12, tzinfo=UTC)
MIN = timedelta(minutes=1)


def film(number: int, at: datetime | None, *, title: str | None = None, **facts: Any) -> PlayRow:
    own: dict[str, Any] = {"title": title or f"m{number}", "runtime_min": 90, **facts}
    return PlayRow(id=number, watched_at=at, kind="movie", **own)


def episode(number: int, at: datetime | None, **facts: Any) -> PlayRow:
    own: dict[str, Any] = {"title": f"s1e{number}", "show": "s1", "runtime_min": 45, "number": number, "season": 1}
    return PlayRow(id=number, watched_at=at, kind="episode", **{**own, **facts})


@pytest.mark.parametrize(("minutes", "day"), [(-1, "2022-05-10"), (0, "2022-05-11")])
def test_who_moves_is_in_the_new_zone_from_then_on(minutes: int, day: str) -> None:
    zone: Any = [(None, "UTC"), (AT, "Pacific/Auckland")]
    answer = insights.compute(
        "calendar", plays=[film(1, AT + minutes * MIN)], zone=zone, day_start="00:00", period="all"
    )
    assert [(row.day, row.plays) for row in answer.rows] == [(date.fromisoformat(day), 1)]
    rated = [RatingRow(rated_at=AT + minutes * MIN, rating=7, kind="movie", title="m")]
    for period in (day, "all"):
        assert insights.compute("ratings", ratings=rated, zone=zone, day_start="00:00", period=period).n == 1


@pytest.mark.parametrize(("hour", "day"), [(3, "2022-05-09"), (4, "2022-05-10")])
def test_a_day_begins_at_its_start_for_plays_and_ratings(hour: int, day: str) -> None:
    at = AT.replace(hour=hour)
    assert insights.compute("calendar", plays=[film(1, at)], period="all").rows[0].day == date.fromisoformat(day)
    rated = [RatingRow(rated_at=at, rating=7, kind="movie", title="m")]
    assert insights.compute("ratings", ratings=rated, period=day).n == 1


@pytest.mark.parametrize(("runtime_min", "apart_s", "twice"), [
    (90, 5399, 1), (90, 5400, 0), (None, 0, 1), (None, 59, 1), (None, 60, 0),
])  # fmt: skip
def test_a_title_within_its_runtime_is_one_viewing(runtime_min: int | None, apart_s: int, twice: int) -> None:
    ends = (AT, AT + timedelta(seconds=apart_s))
    plays = [film(n, at, title="m", runtime_min=runtime_min) for n, at in enumerate(ends)]
    assert insights.compute("totals", plays=plays, compare=False).marked["duplicate"] == twice


@pytest.mark.parametrize(("seconds", "bulk"), [((0, 1, 59), 0), ((0, 1, 2, 59), 4), ((0, 1, 2, 60), 0)])
def test_four_in_one_minute_are_bulk(seconds: tuple[int, ...], bulk: int) -> None:
    plays = [film(n, AT + timedelta(seconds=s)) for n, s in enumerate(seconds)]
    assert insights.compute("totals", plays=plays).marked["bulk"] == bulk


@pytest.mark.parametrize(("last_min", "bulk"), [(720, 0), (721, 2)])
def test_a_day_of_over_24_hours_is_bulk(last_min: int, bulk: int) -> None:
    plays = [film(1, AT, runtime_min=720), film(2, AT + 60 * MIN, runtime_min=last_min)]
    assert insights.compute("totals", plays=plays).marked["bulk"] == bulk


@pytest.mark.parametrize(("last_min", "bulk"), [(720, 0), (721, 2)])
def test_a_day_from_midnight_is_crowded_by_itself(last_min: int, bulk: int) -> None:
    """Two plays of one day from midnight, which are of two days from 04:00."""
    lens = insights.load(plays=[film(1, AT.replace(hour=2), runtime_min=720), film(2, AT, runtime_min=last_min)])
    assert lens.ask("totals", as_trakt_counts=False).marked["bulk"] == 0
    assert lens.ask("totals", as_trakt_counts=True).marked["bulk"] == bulk


@pytest.mark.parametrize(("own", "of_show", "minutes"), [(50, 45, 50), (None, 45, 45), (None, None, 0)])
def test_an_episode_without_a_length_has_its_shows(own: int | None, of_show: int | None, minutes: int) -> None:
    plays = [episode(1, AT, runtime_min=own, show_runtime_min=of_show)]
    assert insights.compute("screen-time", plays=plays, compare=False).rows[0].minutes == minutes


@pytest.mark.parametrize(("gap", "sittings"), [(45, 1), (46, 2)])
def test_a_sitting_goes_on_for_45_minutes(gap: int, sittings: int) -> None:
    plays = [film(1, AT), film(2, AT + (gap + 90) * MIN)]
    assert insights.compute("sessions", plays=plays).facts["sessions"] == sittings


@pytest.mark.parametrize(("episodes", "binges"), [(2, 0), (3, 1)])
def test_three_episodes_of_a_show_are_a_binge(episodes: int, binges: int) -> None:
    plays = [episode(n, AT + 50 * n * MIN) for n in range(episodes)]
    assert insights.compute("sessions", plays=plays).facts["binges"] == binges


@pytest.mark.parametrize(("gap", "continued"), [(30, 10), (31, 0)])
def test_the_next_episode_follows_within_30_minutes(gap: int, continued: int) -> None:
    plays = []
    for day in range(10):
        evening = AT + timedelta(days=day)
        plays += [episode(2 * day, evening), episode(2 * day + 1, evening + (45 + gap) * MIN)]
    rows = insights.compute("grip", plays=plays).rows
    assert sum(row.continued for row in rows) == continued


@pytest.mark.parametrize(("hour", "band"), [
    (22, "evening"), (23, "night"), (4, "night"), (5, "morning"), (11, "morning"), (12, "afternoon"),
    (17, "afternoon"), (18, "evening"),
])  # fmt: skip
def test_the_parts_of_the_day(hour: int, band: str) -> None:
    plays = [episode(n, AT.replace(hour=hour) + timedelta(days=n)) for n in range(20)]
    rows = insights.compute("grip", plays=plays, day_start="00:00").rows
    assert {row.band: row.episodes for row in rows if row.episodes} == {band: 20}


def test_the_hundredth_play_is_the_hundredth_in_time() -> None:
    plays = [film(1000 - n, AT + timedelta(days=n)) for n in range(120)]
    [row] = [row for row in insights.compute("milestones", plays=plays).rows if row.kind == "all"]
    assert (row.nth, row.play_id) == (100, 1000 - 99)


def test_the_next_episode_is_the_first_after_the_furthest() -> None:
    """Of episodes 1 to 5 the second and the fourth are watched: next is the fifth, then what was passed over."""
    aired = [TitleRow(kind="episode", title=f"s1e{n}", show="s1", season=1, number=n, runtime_min=40,
                      first_aired_at=AT - timedelta(days=9)) for n in range(1, 6)]  # fmt: skip
    plays = [episode(n, AT) for n in (2, 4)]
    [row] = insights.compute("in-progress", plays=plays, titles=aired, now=AT).rows
    assert (row.next_season, row.next_number, row.left, row.minutes_left) == (1, 5, 3, 120)
    [row] = insights.compute("in-progress", plays=[*plays, episode(5, AT)], titles=aired, now=AT).rows
    assert (row.next_number, row.left) == (1, 2)


@pytest.mark.parametrize(("late_min", "within"), [(-1, 30), (0, 0)])
def test_within_a_day_is_less_than_24_hours(late_min: int, within: int) -> None:
    at = [AT + timedelta(days=2 * n) for n in range(30)]
    plays = [episode(n, when, first_aired_at=when - (24 * 60 + late_min) * MIN) for n, when in enumerate(at)]
    rows = insights.compute("premiere", plays=plays).rows
    assert [(row.titles, row.within_a_day) for row in rows] == [(30, within)]


def test_a_quantile_is_the_value_at_its_rank() -> None:
    """Of lags of 1 to 40 days a quarter are those of up to 10."""
    plays = [episode(n, AT + timedelta(days=n), first_aired_at=AT) for n in range(1, 41)]
    [row] = insights.compute("premiere", plays=plays).rows
    assert (row.p10_h, row.p25_h, row.median_h, row.p75_h, row.p90_h) == tuple(24 * n for n in (4, 10, 20, 30, 36))


def test_what_airs_today_has_aired() -> None:
    aired = [TitleRow(kind="episode", title=f"s1e{n}", show="s1", season=1, number=n, first_aired_at=at)
             for n, at in ((2, AT + 60 * MIN), (3, AT + timedelta(days=1)))]  # fmt: skip
    rows = insights.compute("in-progress", plays=[episode(1, AT)], titles=aired, now=AT).rows
    assert [(row.aired, row.left) for row in rows] == [(2, 1)]


def test_specials_are_no_episodes_to_go() -> None:
    special = TitleRow(kind="episode", title="s1x", show="s1", season=0, number=1, first_aired_at=AT)
    titles = [special, TitleRow(kind="show", title="s1", aired_episodes=2)]
    plays = [episode(1, AT), episode(2, AT + 90 * MIN, title="s1y", season=0)]
    rows = insights.compute("in-progress", plays=plays, titles=titles, now=AT).rows
    assert [(row.watched, row.aired, row.left) for row in rows] == [(1, 2, 1)]


def test_a_title_of_two_genres_is_half_of_each() -> None:
    plays = [film(1, AT, genres=("crime", "drama")), film(2, AT + 99 * MIN, genres=("crime",))]
    found = {}
    for counting in ("whole", "fractional"):
        rows = insights.compute("genres", plays=plays, counting=counting).rows
        found[counting] = {row.key: (row.plays, row.minutes) for row in rows}
    assert found["whole"] == {"crime": (2, 180), "drama": (1, 90)}
    assert found["fractional"] == {"crime": (1.5, 135), "drama": (0.5, 45)}


@pytest.mark.parametrize(("of", "value"), [
    ("genre", "crime"), ("country", "kr"), ("language", "ko"), ("network", "tvN"), ("decade", "1990"),
])  # fmt: skip
def test_values_come_from_their_own_field(of: str, value: str) -> None:
    facts: dict[str, Any] = {"genres": ("crime",), "country": "kr", "language": "ko", "network": "tvN", "year": 1997}
    for name in ("top", "passport"):
        plays = [film(n, AT + timedelta(days=n), **facts) for n in range(25)]
        answer = insights.compute(name, plays=plays, of=of)
        if name == "top":
            assert [row.key for row in answer.rows] == [value]
        assert insights.compute(name, plays=plays, of=of).rows[0].titles == 25


def test_by_time_the_longest_watched_comes_first() -> None:
    plays = [film(1, AT, title="long", runtime_min=200)]
    plays += [film(n, AT + timedelta(days=n), title="short", runtime_min=20) for n in (2, 3, 4)]
    for by, first in (("plays", "short"), ("time", "long")):
        assert insights.compute("top", plays=plays, of="movie", by=by).rows[0].key.endswith(first)


def test_an_attributes_values_share_what_is_its_own() -> None:
    """Of as much horror as crime and drama in one, horror has a half; the country takes nothing of it."""
    plays = []
    for n in range(240):
        genres = ("horror",) if n % 2 else ("crime", "drama")
        of: dict[str, Any] = {"genres": genres if n < 120 else ("comedy",), "country": "us", "name": f"N{n}"}
        plays.append(film(n, AT + timedelta(days=3 * n), **of))
    first, second = insights.compute("eras", plays=plays).rows
    assert (first.value, first.share) == ("horror", pytest.approx(0.5, abs=0.03))
    assert (second.value, second.share) == ("comedy", pytest.approx(1.0, abs=0.03))


@pytest.mark.parametrize(("days", "plays"), [(-1, 0), (0, 1), (1, 1), (2, 0)])
def test_a_period_holds_its_first_and_its_last_day(days: int, plays: int) -> None:
    ends = AT.replace(hour=4) + timedelta(days=days)
    for name in ("totals", "screen-time"):
        assert insights.compute(name, plays=[film(1, ends)], period="2022-05-10..2022-05-11").n == plays


def test_of_votes_as_many_as_are_cast_count() -> None:
    """Of 30 ratings one is a hill by a hair: ln(3) against ln(2) times one and a half."""
    facts: dict[str, Any] = {"kind": "movie", "at_rating_time": True}
    rows = [RatingRow(rated_at=AT, rating=5, title=f"t{n}", community_rating=5.0, community_votes=9, **facts)
            for n in range(30)]  # fmt: skip
    rows.append(RatingRow(rated_at=AT, rating=8, title="two votes", community_rating=6.0, community_votes=2, **facts))
    rows.append(RatingRow(rated_at=AT, rating=7, title="three votes", community_rating=5.6, community_votes=3, **facts))
    over = [row for row in insights.compute("hills", ratings=rows).rows if row.side == "over"]
    assert [round(row.height, 4) for row in over] == [1.5381, 1.3863]

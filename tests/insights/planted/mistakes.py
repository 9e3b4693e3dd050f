"""The mistakes that are planted, each with the test that has to turn red: at least one for every file of SQL."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

_HERE = "tests.insights"
_EQUAL = f"{_HERE}.test_equal_reference"
_TOTALS = f"{_EQUAL}:test_totals"
_CARD = f"{_EQUAL}:test_punch_card"
_TOP = f"{_EQUAL}:test_top"
_RECORDS = f"{_HERE}.rhythm.test_records:test_records"
_MILESTONES = f"{_HERE}.rhythm.test_records:test_milestones"
_SESSIONS = f"{_HERE}.sessions.test_sessions:test_sessions"
_GRIP = f"{_HERE}.sessions.test_sessions:test_grip"
_PROGRESS = f"{_HERE}.shows.test_in_progress:test_in_progress"
_DROP_OFF = f"{_HERE}.shows.test_drop_off:test_chances"
_PREMIERE = f"{_HERE}.shows.test_premiere:test_lags"
_CRITIC = f"{_HERE}.taste.test_critic:test_offsets"
_HILLS = f"{_HERE}.taste.test_critic:test_hills"
_ERAS = f"{_HERE}.taste.test_eras:test_eras"
_PASSPORT = f"{_HERE}.taste.test_passport:test_years"
_ENDS = f"{_HERE}.titles.test_days_and_ends:test_first_and_last"
_ON_DAY = f"{_HERE}.titles.test_days_and_ends:test_on_this_day"
_REWATCHES = f"{_HERE}.titles.test_rewatches:test_rewatches"
_TOP_RATED = f"{_HERE}.titles.test_top_rated:test_the_best_come_first"
_TRUST = f"{_HERE}.trust.test_trust:test_every_odd_play_is_named"
_PLACES = f"{_HERE}.volume.test_places:test_places"
_SCREEN_TIME = f"{_HERE}.volume.test_screen_time:test_screen_time"
_SAID = f"{_EQUAL}:test_what_is_said_of_all"
_EDGE = f"{_HERE}.test_boundaries:test"
_STREAKS = f"{_EQUAL}:test_streaks"
_MOVED = f'{_EDGE}_who_moves_is_in_the_new_zone_from_then_on={{"minutes": 0, "day": "2022-05-11"}}'
_BEGINS = f'{_EDGE}_a_day_begins_at_its_start_for_plays_and_ratings={{"hour": 3, "day": "2022-05-09"}}'


@dataclass(frozen=True, slots=True)
class Mistake:
    """One change of a file of the package, and the test that must see it.

    Attributes:
        file: in the folder of insights.
        old: what stands there, once or more.
        new: what is planted.
        test: module, function and, as JSON, the arguments that pytest would give.
    """

    file: str
    old: str
    new: str
    test: str

    def __str__(self) -> str:
        return f"{self.file}: {' '.join(self.old.split())[-40:]} -> {' '.join(self.new.split())[-40:]}"

    @property
    def job(self) -> dict[str, Any]:
        """What the runner takes."""
        return asdict(self) | {"tests": [self.test]}


_IN: dict[str, list[tuple[str, str, str]]] = {
    "views/plays.sql": [
        ("p.watched_at < z.until_at", "p.watched_at <= z.until_at", _MOVED),
        ("p.watched_at AT TIME ZONE z.zone AS", "p.watched_at AT TIME ZONE 'UTC' AS", _CARD),
        ("local_at - day_start_min * INTERVAL '1' MINUTE", "local_at", f"{_EQUAL}:test_calendar"),
        ("COALESCE(t.runtime_min, s.runtime_min)", "t.runtime_min", _TRUST),
        ("COALESCE(t.runtime_min, s.runtime_min)", "COALESCE(s.runtime_min, t.runtime_min)", _TRUST),
        ("COUNT(*) >= 4", "COUNT(*) > 4", _TRUST),
        ("SUM(runtime_min) > 1440", "SUM(runtime_min) >= 1440", _TRUST),
        ("f.watched_s < f.before_s", "f.watched_s <= f.before_s", _TRUST),
        ("COALESCE(f.runtime_min, 1)", "COALESCE(f.runtime_min, 0)",
         f'{_EDGE}_a_title_within_its_runtime_is_one_viewing={{"runtime_min": null, "apart_s": 59, "twice": 1}}'),
        ("PARTITION BY account_id, title_id", "PARTITION BY account_id, show_id", _TRUST),
    ],
    "views/crowded_days.sql": [
        ("> 1440", ">= 1440", f'{_EDGE}_a_day_from_midnight_is_crowded_by_itself={{"last_min": 720, "bulk": 0}}'),
        ("- $day_start_min * INTERVAL '1' MINUTE", "- 240 * INTERVAL '1' MINUTE",
         f'{_EDGE}_a_day_from_midnight_is_crowded_by_itself={{"last_min": 721, "bulk": 2}}'),
    ],
    "views/shifted.sql": [
        ("AS is_bulk", "AND FALSE AS is_bulk",
         f'{_EDGE}_a_day_from_midnight_is_crowded_by_itself={{"last_min": 721, "bulk": 2}}'),
    ],
    "views/days.sql": [
        ("COALESCE(SUM(runtime_min), 0) AS minutes", "COALESCE(MAX(runtime_min), 0) AS minutes",
         f"{_EQUAL}:test_calendar"),
        ("COUNT(*) AS plays", "COUNT(title_id) AS plays", f"{_EQUAL}:test_calendar"),
    ],
    "views/ratings.sql": [
        ("r.rated_at < z.until_at", "r.rated_at <= z.until_at", _MOVED),
        ("- z.day_start_min * INTERVAL '1' MINUTE", "", _BEGINS),
        ("COALESCE(r.community_rating, t.community_rating)", "COALESCE(t.community_rating, r.community_rating)",
         f"{_HERE}.titles.test_top_rated:test_todays_figure_stands_in_for_the_one_first_seen"),
    ],
    "views/summary.sql": [
        ("CAST(SUM(plays) AS BIGINT) AS plays", "COUNT(*) AS plays", _TOTALS),
        ("SUM(CASE WHEN named THEN", "SUM(CASE WHEN timed THEN", _SAID),
        ("SUM(CASE WHEN local_day IS NOT NULL AND timed THEN", "SUM(CASE WHEN timed THEN", _SAID),
        ("SUM(CASE WHEN is_bulk THEN", "SUM(CASE WHEN is_duplicate THEN", _SAID),
    ],
    "views/summary_ratings.sql": [
        ("COUNT(*) AS plays", "COUNT(rated_at) AS plays", f"{_EQUAL}:test_ratings"),
    ],
    "volume/totals.sql": [
        ("COUNT(DISTINCT title_id)", "COUNT(title_id)", _TOTALS),
        ("COUNT(DISTINCT show_id)", "COUNT(show_id)", _TOTALS),
        ("COUNT(runtime_min) AS timed", "COUNT(*) AS timed", _TOTALS),
    ],
    "volume/by.sql": [
        ("COUNT(DISTINCT title_id)", "COUNT(title_id)", f'{_EQUAL}:test_by={{"unit": "month"}}'),
        ("date_trunc('week', local_day)", "date_trunc('month', local_day)", f'{_EQUAL}:test_by={{"unit": "week"}}'),
        ("FILTER (WHERE is_bulk)", "FILTER (WHERE NOT is_bulk)", f'{_EQUAL}:test_by={{"unit": "year"}}'),
    ],
    "volume/screen_time.sql": [
        ("COUNT(DISTINCT local_day)", "COUNT(local_day)", _SCREEN_TIME),
        ("SUM(minutes)", "MAX(minutes)", _SCREEN_TIME),
    ],
    "volume/places.sql": [
        ("place_kind IS NOT NULL OR place IS NOT NULL THEN", "place_kind IS NOT NULL THEN", _PLACES),
        ("COUNT(title_id) AS titles", "CAST(SUM(plays) AS BIGINT) AS titles", _PLACES),
    ],
    "rhythm/calendar.sql": [
        ("CASE WHEN is_bulk THEN", "CASE WHEN is_duplicate THEN", f"{_EQUAL}:test_calendar"),
        ("CAST(SUM(plays) AS", "CAST(COUNT(*) AS", f"{_EQUAL}:test_calendar"),
    ],
    "rhythm/punch_card.sql": [
        ("DATE '0001-01-01', local_day", "DATE '0001-01-01', CAST(local_at AS DATE)", _CARD),
        ("DATE '0001-01-01'", "DATE '0001-01-02'", _CARD),
    ],
    "rhythm/streaks.sql": [
        ("MAX(local_day) AS to_on", "MIN(local_day) AS to_on", _STREAKS),
        ("SUM(plays) AS plays,\n        SUM(minutes) AS minutes", "COUNT(*) AS plays,\n        SUM(minutes) AS minutes",
         _STREAKS),
    ],
    "rhythm/records.sql": [
        ("COUNT(DISTINCT title_id) AS episodes", "COUNT(title_id) AS episodes", _RECORDS),
        ("MIN(s.from_on)", "MAX(s.from_on)", _RECORDS),
        ("account_id, 'week' AS unit, CAST(date_trunc('week', local_day) AS DATE) AS",
         "account_id, 'week' AS unit, CAST(MIN(local_day) AS DATE) AS", _RECORDS),
        ("local_day, CAST(local_at AS DATE)) * 1440", "local_day, local_day) * 1440", _RECORDS),
        ("watched_at ASC", "watched_at DESC", _RECORDS),
    ],
    "rhythm/milestones.sql": [
        ("100, 250, 500", "101, 250, 500", _MILESTONES),
        ("kind AS of_kind", "'movie' AS of_kind", _MILESTONES),
        ("watched_at ASC, play_id ASC", "play_id ASC, watched_at ASC",
         f"{_EDGE}_the_hundredth_play_is_the_hundredth_in_time"),
    ],
    "titles/top.sql": [
        ("COUNT(DISTINCT title_id) AS titles", "COUNT(title_id) AS titles", _TOP),
        ("WHEN 'time' THEN g.minutes", "WHEN 'time' THEN g.plays", f"{_EDGE}_by_time_the_longest_watched_comes_first"),
        ("place <= $limit", "place < $limit", _TOP),
    ],
    "titles/top_values.sql": [
        ("CAST(1 AS DOUBLE) / COUNT(*) OVER (PARTITION BY title_id)", "CAST(1 AS DOUBLE)",
         f"{_EDGE}_a_title_of_two_genres_is_half_of_each"),
        ("CASE $counting WHEN 'whole' THEN", "CASE $counting WHEN 'fractional' THEN", _TOP),
        ("year - year % 10", "year - year % 5",
         f'{_EDGE}_values_come_from_their_own_field={{"of": "decade", "value": "1990"}}'),
        ("WHEN 'language' THEN language", "WHEN 'language' THEN country", _TOP),
        ("WHEN 'network' THEN network", "WHEN 'network' THEN language",
         f'{_EDGE}_values_come_from_their_own_field={{"of": "network", "value": "tvN"}}'),
    ],
    "titles/top_rated.sql": [
        ("r.rating DESC", "r.rating ASC", _TOP_RATED),
        ("r.rated_at DESC NULLS LAST", "r.rated_at ASC NULLS LAST", _TOP_RATED),
    ],
    "titles/ratings.sql": [
        ("kind = 'season'", "kind = 'show'", f"{_EQUAL}:test_ratings"),
    ],
    "titles/first_last.sql": [
        ("ORDER BY watched_at DESC, play_id DESC", "ORDER BY watched_at DESC, play_id ASC", _ENDS),
        ("from_first = 1", "from_first = 2", _ENDS),
    ],
    "titles/on_this_day.sql": [
        ("EXTRACT(DAY FROM local_day)", "EXTRACT(DAY FROM local_at)", _ON_DAY),
        ("SUBSTRING($on, 4, 2)", "SUBSTRING($on, 1, 2)", _ON_DAY),
    ],
    "titles/rewatches.sql": [
        ("WHERE title_id IS NOT NULL", "WHERE TRUE", _REWATCHES),
    ],
    "sessions/sessions.sql": [
        ("began_s > before_s + $gap_min * 60", "began_s >= before_s + $gap_min * 60",
         f'{_EDGE}_a_sitting_goes_on_for_45_minutes={{"gap": 45, "sittings": 1}}'),
        ("watched_s - COALESCE(runtime_min, 0) * 60 AS", "watched_s AS", _SESSIONS),
        ("MAX(n.watched_s) - MIN(n.began_s)", "MAX(n.watched_s) - MIN(n.watched_s)", _SESSIONS),
        ("COUNT(DISTINCT title_id) AS episodes", "COUNT(*) AS episodes", _SESSIONS),
        ("episodes >= 3", "episodes > 3",
         f'{_EDGE}_three_episodes_of_a_show_are_a_binge={{"episodes": 3, "binges": 1}}'),
    ],
    "sessions/grip.sql": [
        ("watched_s + 1800", "watched_s + 1860",
         f'{_EDGE}_the_next_episode_follows_within_30_minutes={{"gap": 31, "continued": 0}}'),
        ("AND next_title_id <> title_id", "", _GRIP),
        ("next_show_id = show_id AND", "", _GRIP),
        (">= 23", ">= 22", f'{_EDGE}_the_parts_of_the_day={{"hour": 22, "band": "evening"}}'),
    ],
    "shows/in_progress.sql": [
        ("WHERE c.show_id IS NOT NULL AND COALESCE(t.season, 1) > 0", "WHERE c.show_id IS NOT NULL",
         f"{_EDGE}_specials_are_no_episodes_to_go"),
        ("CAST(e.first_aired_at AS DATE) <=", "CAST(e.first_aired_at AS DATE) <", f"{_EDGE}_what_airs_today_has_aired"),
        ("l.at_place > w.reached", "l.at_place < w.reached",
         f"{_EDGE}_the_next_episode_is_the_first_after_the_furthest"),
        ("WHEN is_watched THEN 0 ELSE runtime_min", "WHEN is_watched THEN runtime_min ELSE runtime_min",
         f"{_EDGE}_the_next_episode_is_the_first_after_the_furthest"),
    ],
    "shows/drop_off.sql": [
        (">= 90", "> 90", _DROP_OFF),
        ("WHERE s.title_id IS NULL AND", "WHERE", _DROP_OFF),
    ],
    "shows/premiere.sql": [
        ("lag_h < 24", "lag_h <= 24",
         f'{_EDGE}_within_a_day_is_less_than_24_hours={{"late_min": 0, "within": 0}}'),
        ("f.kind = 'episode'", "f.kind = 'movie'", _PREMIERE),
        (" * 4 >= n", " * 4 > n", f"{_EDGE}_a_quantile_is_the_value_at_its_rank"),
        ("/ 3600", "/ 3601", _PREMIERE),
    ],
    "taste/eras.sql": [
        ("/ COUNT(*) OVER (PARTITION BY title_id, attribute)", "/ COUNT(*) OVER (PARTITION BY title_id)",
         f"{_EDGE}_an_attributes_values_share_what_is_its_own"),
        ("COALESCE(SUM(runtime_min), 0) AS minutes", "COALESCE(MAX(runtime_min), 0) AS minutes", _ERAS),
    ],
    "taste/critic.sql": [
        ("r.community_rating * 100 + 0.5", "r.community_rating * 100", _CRITIC),
        ("r.community_rating > 0 AND ", "", _CRITIC),
        ("COALESCE(r.community_votes, 1) > 0", "COALESCE(r.community_votes, 0) > 0", _CRITIC),
    ],
    "taste/hills.sql": [
        ("(rating - community_rating) * LN(community_votes)", "(rating - community_rating) * LN(community_votes + 1)",
         f"{_EDGE}_of_votes_as_many_as_are_cast_count"),
        ("m.height DESC NULLS LAST, m.rated_at DESC", "m.height DESC NULLS LAST, m.rated_at ASC",
         f"{_HERE}.taste.test_critic:test_of_equals_the_latest_stands_first"),
    ],
    "taste/passport.sql": [
        ("WHERE v.title_id IS NULL", "WHERE TRUE", _PASSPORT),
        ("b.year = MIN(b.year)", "b.year = MAX(b.year)", _PASSPORT),
        ("p.nth * 2 <= p.dated", "p.nth * 2 < p.dated", _PASSPORT),
    ],
    "trust/trust.sql": [
        ("AND title_id IS NOT NULL", "", _TRUST),
        ("WHERE is_bulk", "WHERE is_duplicate AND is_bulk", _TRUST),
        ("r.place <= $limit", "r.place < $limit", f"{_HERE}.trust.test_trust:test_what_the_limit_hides_is_said"),
    ],
    "asking.py": [
        ("v.local_day < $until_on", "v.local_day <= $until_on",
         f'{_EDGE}_a_period_holds_its_first_and_its_last_day={{"days": 2, "plays": 0}}'),
        ("v.local_day >= $from_on", "v.local_day > $from_on",
         f'{_EDGE}_a_period_holds_its_first_and_its_last_day={{"days": 0, "plays": 1}}'),
        ('"v.is_duplicate"', '"v.is_bulk"', _TOTALS),
    ],
}  # fmt: skip
"""By file: what stands there, what is planted, and the test that sees it."""
MISTAKES = [Mistake(file, *each) for file, some in _IN.items() for each in some]

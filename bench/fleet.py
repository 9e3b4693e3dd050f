"""All users' statistics in one job: a fleet on Sail, beside DuckDB out of core on the same Parquet files.

    python -m bench.fleet [--accounts 100] [--plays 2000] [--memory 2GB] [--rounds 3]

Both compute the view of plays once, then the same statements for all accounts at once. DuckDB's may use no more memory
than said, and a folder beside; the job then also finishes each account's answers in Python, which is timed apart. Each
round starts anew; the ratios of one run mean something, the seconds only here. Tables are made by DuckDB, seeded.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from watchprint.insights import asking, fleet
from watchprint.insights.fleet.job import asked_on
from watchprint.insights.fleet.views import FleetViews
from watchprint.insights.insight import sql_text

NAMES = ("totals", "by-month", "punch-card", "streaks", "genres", "top", "sessions")
NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
_VIEWS = "watchprint.insights.views"
_TITLES = 4000
_TABLES = {
    "titles": f"""SELECT
            CAST(n AS BIGINT) AS title_id,
            CASE WHEN n < 400 THEN 'show' WHEN n % 3 = 0 THEN 'movie' ELSE 'episode' END AS kind,
            'k' || n AS key, CAST(NULL AS VARCHAR) AS slug,
            CASE WHEN n >= 400 AND n % 3 > 0 THEN n % 400 END AS show_id, 1 AS season,
            CAST(n // 400 AS INTEGER) AS number, 'Title ' || n AS name, CAST(1950 + n % 75 AS INTEGER) AS year,
            CAST(20 + n % 90 AS INTEGER) AS runtime_min, CAST(NULL AS DATE) AS released_on,
            CAST(NULL AS TIMESTAMPTZ) AS first_aired_at,
            [['drama', 'crime', 'comedy', 'horror'][1 + n % 4], 'g' || n % 9] AS genres,
            ['us', 'de', 'kr'][1 + n % 3] AS country, 'en' AS language, 'net ' || n % 20 AS network,
            10 AS aired_episodes, CAST(NULL AS DOUBLE) AS community_rating, CAST(NULL AS BIGINT) AS community_votes,
            CAST(NULL AS VARCHAR) AS status
        FROM range({_TITLES}) AS r(n)""",
    "plays": """SELECT
            CAST(a AS BIGINT) AS account_id, CAST(a * 1000000 + n AS BIGINT) AS play_id,
            make_timestamptz(
                CAST(1400000000 + n * 86400 * 3000 // $plays + hash(a, n) % 40000 AS BIGINT) * 1000000
            ) AS watched_at,
            epoch(watched_at)::BIGINT AS watched_s, 'watch' AS action, t.kind, t.title_id, t.show_id,
            CAST(NULL AS VARCHAR) AS place, CAST(NULL AS VARCHAR) AS place_kind
        FROM range($accounts) AS one(a), range($plays) AS two(n)
        JOIN titles AS t ON t.title_id = 400 + hash(n, a, 7) % 3600""",
    "ratings": """SELECT
            CAST(0 AS BIGINT) AS account_id, CAST(NULL AS TIMESTAMPTZ) AS rated_at, 7 AS rating, 'movie' AS kind,
            CAST(402 AS BIGINT) AS title_id, CAST(NULL AS BIGINT) AS show_id, CAST(NULL AS DOUBLE) AS community_rating,
            CAST(NULL AS BIGINT) AS community_votes, FALSE AS at_rating_time""",
    "zones": """SELECT
            CAST(a AS BIGINT) AS account_id,
            ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'][1 + a % 4] AS zone,
            CAST(NULL AS TIMESTAMPTZ) AS from_at, 240 AS day_start_min
        FROM range($accounts) AS r(a)""",
}


def written(folder: Path, accounts: int, plays: int) -> dict[str, str]:
    """The tables of a fleet as Parquet files."""
    connection = _duckdb("2GB", folder)
    paths = {}
    for name, text in _TABLES.items():
        paths[name] = str(folder / f"{name}.parquet")
        said = text.replace("$accounts", str(accounts)).replace("$plays", str(plays))
        connection.execute(f"COPY ({said}) TO '{paths[name]}' (FORMAT parquet)")
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM '{paths[name]}'")
    return paths


def _duckdb(memory: str, folder: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(folder / f"at_{time.perf_counter_ns()}.duckdb"))
    connection.execute(f"SET memory_limit = '{memory}'; SET temp_directory = '{folder}'; SET TimeZone = 'UTC'")
    return connection


def by_duckdb(paths: dict[str, str], memory: str, folder: Path) -> dict[str, int]:
    """The statements on DuckDB, for all accounts at once; how many rows each gives."""
    connection = _duckdb(memory, folder)
    for name in ("plays", "ratings"):
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM '{paths[name]}'")
    connection.execute(f"CREATE VIEW titles AS SELECT *, epoch(first_aired_at) AS aired_s FROM '{paths['titles']}'")
    for start, of in ((0, "midnight"), (240, "own")):
        connection.execute(
            "CREATE OR REPLACE VIEW zones AS SELECT account_id, zone, TIMESTAMPTZ '0001-01-02' AS from_at, "
            f"TIMESTAMPTZ '9999-01-01' AS until_at, {start} AS day_start_min FROM '{paths['zones']}'"
        )
        connection.execute(f"CREATE TABLE plays_{of} AS {sql_text(_VIEWS, 'plays.sql')}")
        days = sql_text(_VIEWS, "days.sql").replace("v_plays", f"plays_{of}")
        connection.execute(f"CREATE VIEW days_{of} AS {days}")
    counted = {}
    for name in NAMES:
        what = asked_on(name, {"now": NOW}, date(2024, 6, 1))
        of = "midnight" if what.as_trakt_counts else "own"
        source = f"days_{of}" if what.insight.reads == "days" else f"plays_{of}"
        body = what.insight.statement(what.parameters)
        text, bound = asking.statement(what, source, body, instants=False, whose="TRUE")
        counted[name] = len(connection.execute(text, bound).fetchall())
    connection.close()
    return counted


def by_sail(paths: dict[str, Any], session: Any, folder: Path) -> dict[str, int]:
    """The same statements on Sail."""
    from watchprint.insights.fleet.statements import reduced

    views = FleetViews(session, paths, NOW, str(folder / f"kept_{time.perf_counter_ns()}"))
    counted = {}
    for name in NAMES:
        what = asked_on(name, {"now": NOW}, date(2024, 6, 1))
        text, _ = reduced(what, views.names(from_midnight=what.as_trakt_counts), "TRUE")
        counted[name] = views.sql(text).toArrow().num_rows
    return counted


def whole_job(paths: dict[str, Any], session: Any, folder: Path) -> dict[str, int]:
    """The job as a user runs it: statements, summaries and every account's answers finished."""
    kept = str(folder / f"kept_{time.perf_counter_ns()}")
    jobs = fleet.statistics(**paths, names=NAMES, session=session, now=NOW, kept_in=kept)
    return {name: job.toArrow().num_rows for name, job in jobs.items()}


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accounts", type=int, default=100)
    parser.add_argument("--plays", type=int, default=2_000, help="plays of each account")
    parser.add_argument("--memory", default="2GB", help="what DuckDB may use")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args(arguments)
    plays = asked.accounts * asked.plays
    with tempfile.TemporaryDirectory() as home, fleet.sail() as session:
        folder = Path(home)
        paths = written(folder, asked.accounts, asked.plays)
        assert by_duckdb(paths, asked.memory, folder) == by_sail(paths, session, folder)
        calls: dict[str, Callable[[], Any]] = {
            "DuckDB, statements": lambda: by_duckdb(paths, asked.memory, folder),
            "Sail, statements": lambda: by_sail(paths, session, folder),
            "Sail, the whole job": lambda: whole_job(paths, session, folder),
        }
        seen = _taken_s(calls, asked.rounds)
    print(f"{asked.accounts:,} accounts, {plays:,} plays, {asked.rounds} rounds, medians; {', '.join(NAMES)}")
    for name, taken_s in seen.items():
        print(
            f"{name:<22}{taken_s:>8.2f} s{plays / taken_s:>14,.0f} plays/s{taken_s / seen['DuckDB, statements']:>8.2f}x"
        )


def _taken_s(calls: dict[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    seen: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            began_s = time.perf_counter()
            call()
            seen[name].append(time.perf_counter() - began_s)
    return {name: statistics.median(values) for name, values in seen.items()}


def run() -> None:
    """Measure with the defaults and print, as `python -m bench` does."""
    main([])


if __name__ == "__main__":
    main()

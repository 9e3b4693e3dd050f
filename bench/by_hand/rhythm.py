"""By hand: the punch card, streaks and gaps, records, milestones."""

from __future__ import annotations

import polars as pl

from bench.by_hand.peer import Frames, Peer, Rows, of

MINUTES = "CAST(SUM(runtime_min) AS BIGINT)"
NUMBERS = (100, 250, 500, 1000, 2000, 2500, 5000, 10000, 20000, 25000, 50000, 75000, 100000)


def punch_card(f: Frames) -> Rows:
    """By Polars."""
    keys = pl.col("local_day").dt.weekday().alias("w") - 1, pl.col("local_at").dt.hour().alias("h")
    return f.u.group_by(*keys).agg(pl.len(), pl.col("runtime_min").sum()).collect().rows()


STREAKS = f"""
WITH r AS (
    SELECT MIN(d) AS a, MAX(d) AS b, CAST(SUM(n) AS BIGINT) AS n, CAST(SUM(m) AS BIGINT) AS m FROM (
        SELECT local_day AS d, COUNT(*) AS n, {MINUTES} AS m,
            local_day - CAST(ROW_NUMBER() OVER (ORDER BY local_day) AS INTEGER) AS run
        FROM u GROUP BY local_day
    ) GROUP BY run
)
(SELECT 'streak', * FROM r ORDER BY b - a DESC, a LIMIT 10)
UNION ALL
(SELECT 'gap', LAG(b) OVER (ORDER BY a) + 1 AS f, a - 1 AS t, 0, 0 FROM r
    QUALIFY f IS NOT NULL ORDER BY t - f DESC, f LIMIT 10)
"""


def streaks(f: Frames) -> Rows:
    """By Polars."""
    day = pl.col("local_day")
    days = f.u.group_by("local_day").agg(n=pl.len(), m=pl.col("runtime_min").sum()).sort("local_day")
    runs = days.group_by((day.diff().dt.total_days() != 1).cum_sum().alias("run")).agg(
        kind=pl.lit("streak"), a=day.min(), b=day.max(), n=pl.col("n").sum(), m=pl.col("m").sum()
    )
    kept = runs.drop("run").sort("a").collect()
    long = (pl.col("a") - pl.col("b"), pl.col("a"))
    gaps = kept.select(
        kind=pl.lit("gap"), a=pl.col("b").shift(1) + pl.duration(days=1), b=pl.col("a") - pl.duration(days=1),
        n=pl.lit(0), m=pl.lit(0),
    ).drop_nulls()  # fmt: skip
    return kept.sort(*long).head(10).rows() + gaps.sort(*long).head(10).rows()


def span(record: str, table: str, column: str) -> str:
    """The row of a record over days, weeks or months."""
    return f"(SELECT '{record}', {column}, d, NULL AS i FROM {table} ORDER BY {column} DESC, d LIMIT 1)"


RECORDS = f"""
WITH days AS (SELECT local_day AS d, COUNT(*) AS p, {MINUTES} AS m FROM u GROUP BY d),
weeks AS (SELECT date_trunc('week', d) AS d, SUM(p) AS p, SUM(m) AS m FROM days GROUP BY ALL),
months AS (SELECT date_trunc('month', d) AS d, SUM(p) AS p, SUM(m) AS m FROM days GROUP BY ALL),
records(r, v, d, i) AS (
    {span("plays_in_day", "days", "p")} UNION ALL {span("minutes_in_day", "days", "m")}
    UNION ALL {span("plays_in_week", "weeks", "p")} UNION ALL {span("minutes_in_week", "weeks", "m")}
    UNION ALL {span("plays_in_month", "months", "p")} UNION ALL {span("minutes_in_month", "months", "m")}
    UNION ALL (SELECT 'episodes_of_a_show_in_a_day', COUNT(DISTINCT title_id) AS n, local_day, show_id FROM u
        WHERE show_id IS NOT NULL GROUP BY ALL ORDER BY n DESC, local_day LIMIT 1)
    UNION ALL (SELECT 'longest_viewing', runtime_min, local_day, COALESCE(show_id, title_id) FROM u
        WHERE title_id IS NOT NULL ORDER BY runtime_min DESC NULLS LAST, watched_at LIMIT 1)
    UNION ALL (SELECT 'latest_finish', (epoch(local_at) - epoch(CAST(local_day AS TIMESTAMP))) // 60 AS late, local_day,
        COALESCE(show_id, title_id) FROM u ORDER BY late DESC, watched_at LIMIT 1)
)
SELECT r, CAST(v AS BIGINT), CAST(d AS DATE), t.name FROM records LEFT JOIN titles AS t ON t.title_id = i
"""


def records(f: Frames) -> Rows:
    """By Polars."""
    day, named = pl.col("local_day"), pl.coalesce("show_id", "title_id")
    days = f.u.group_by(d=day).agg(plays=pl.len(), minutes=pl.col("runtime_min").sum()).collect().lazy()
    found = [
        days.group_by(pl.col("d").dt.truncate(step))
        .agg(pl.col(column).sum().cast(pl.Int64))
        .sort(-pl.col(column).cast(pl.Int64), "d")
        .head(1)
        .select(pl.lit(f"{column}_in_{unit}").alias("r"), v=column, d="d", i=pl.lit(None, pl.Int64))
        for unit, step in (("day", "1d"), ("week", "1w"), ("month", "1mo"))
        for column in ("plays", "minutes")
    ]
    shows = f.u.filter(pl.col("show_id").is_not_null()).group_by("local_day", "show_id")
    found.append(
        shows.agg(v=pl.col("title_id").drop_nulls().n_unique().cast(pl.Int64)).sort(-pl.col("v"), "local_day").head(1)
        .select(pl.lit("episodes_of_a_show_in_a_day").alias("r"), "v", d="local_day", i="show_id")
    )  # fmt: skip
    late = (pl.col("local_at") - day.cast(pl.Datetime("us"))).dt.total_minutes()
    known = pl.col("title_id").is_not_null()
    for record, value, holds in (
        ("longest_viewing", pl.col("runtime_min"), known),
        ("latest_finish", late, pl.lit(value=True)),
    ):
        rows = f.u.filter(holds).select("watched_at", r=pl.lit(record), v=value.cast(pl.Int64), d=day, i=named)
        last = rows.sort("v", "watched_at", descending=[True, False], nulls_last=True).head(1)
        found.append(last.select("r", "v", "d", "i"))
    names = f.titles.select("title_id", "name")
    told = pl.concat(found).join(names, left_on="i", right_on="title_id", how="left")
    return told.select("r", "v", "d", "name").collect().rows()


MILESTONES = f"""
SELECT k, n, local_day, t.name, s.name, t.season, t.number FROM (
    SELECT kind AS k, *, ROW_NUMBER() OVER (PARTITION BY kind ORDER BY watched_at, play_id) AS n FROM u
    UNION ALL SELECT 'all' AS k, *, ROW_NUMBER() OVER (ORDER BY watched_at, play_id) AS n FROM u
) AS u LEFT JOIN titles AS t USING (title_id) LEFT JOIN titles AS s ON s.title_id = u.show_id
WHERE n IN {NUMBERS}
"""


def milestones(f: Frames) -> Rows:
    """By Polars."""
    rows = f.u.select("kind", "watched_at", "play_id", "local_day", "title_id", "show_id").sort("watched_at", "play_id")
    rows = rows.with_columns(pl.col("kind").cast(pl.String))
    place = pl.int_range(1, pl.len() + 1)
    both = pl.concat(
        [rows.with_columns(kind=pl.lit("all"), n=place), rows.with_columns(n=place.over("kind"))]
    ).filter(pl.col("n").is_in(NUMBERS))  # fmt: skip
    names = f.titles.select("title_id", "name", "season", "number")
    told = both.join(names, on="title_id", how="left").join(
        names.select("title_id", show="name"), left_on="show_id", right_on="title_id", how="left"
    )
    return told.select("kind", "n", "local_day", "name", "show", "season", "number").collect().rows()


PEERS = (
    Peer(
        "punch-card", of("weekday hour plays minutes", without="plays"),
        f"SELECT isodow(local_day) - 1 AS w, hour(local_at) AS h, COUNT(*), {MINUTES} FROM u GROUP BY w, h",
        punch_card,
    ),
    Peer("streaks", of("kind from_on to_on plays minutes"), STREAKS, streaks),
    Peer("records", of("record value from_on name"), RECORDS, records),
    Peer("milestones", of("kind nth on name show_name season number"), MILESTONES, milestones),
)  # fmt: skip

"""By hand: shows in progress, where shows are dropped, how soon after its release a title is watched."""

from __future__ import annotations

from typing import Any

import polars as pl

from bench.by_hand.peer import Frames, Peer, Prepared, Rows, of

IN_PROGRESS = """
WITH seen AS (
    SELECT title_id, COUNT(*) AS n, MAX(local_day) AS d FROM w WHERE show_id IS NOT NULL GROUP BY title_id
), listed AS (
    SELECT e.show_id, name, runtime_min, season, number, season * 100000 + number AS pos, n, d,
        MAX(CASE WHEN n > 0 THEN pos END) OVER (PARTITION BY e.show_id) AS reached
    FROM titles AS e LEFT JOIN seen USING (title_id)
    WHERE kind = 'episode' AND season > 0 AND (n > 0 OR CAST(first_aired_at AS DATE) <= $today)
)
SELECT t.key, COUNT(n) AS watched, GREATEST(COUNT(*), ANY_VALUE(t.aired_episodes)) AS aired, CAST(SUM(n) AS BIGINT),
    MAX(d) AS last_on, CAST(COALESCE(SUM(l.runtime_min) FILTER (WHERE n IS NULL), 0) + (aired - watched
        - COUNT(l.runtime_min) FILTER (WHERE n IS NULL)) * COALESCE(ANY_VALUE(t.runtime_min),
        AVG(l.runtime_min) FILTER (WHERE n IS NULL), 0) AS BIGINT),
    arg_min(l.name, CASE WHEN pos > reached THEN pos ELSE pos + 1e9 END) FILTER (WHERE n IS NULL)
FROM listed AS l JOIN titles AS t ON t.title_id = l.show_id
GROUP BY t.key, t.name HAVING watched > 0 AND aired > watched ORDER BY last_on DESC, t.name LIMIT 50
"""


def in_progress(f: Frames) -> Rows:
    """By Polars."""
    n, at, left = pl.col("n"), pl.col("at"), pl.col("n").is_null()
    seen = f.w.filter(pl.col("show_id").is_not_null()).group_by("title_id").agg(n=pl.len(), d=pl.col("local_day").max())
    aired = pl.col("first_aired_at").dt.date() <= f.last_on
    episodes = f.titles.filter((pl.col("kind") == "episode") & (pl.col("season") > 0))
    listed = episodes.join(seen, on="title_id", how="left").filter(n.is_not_null() | aired)
    listed = listed.with_columns(at=pl.col("season").cast(pl.Int64) * 100_000 + pl.col("number"))
    length, reached = pl.col("runtime_min").filter(left), pl.when(n.is_not_null()).then(at).max().over("show_id")
    listed = listed.with_columns(at=pl.when(at > reached).then(at).otherwise(at + 10**9))
    shows = listed.group_by("show_id").agg(
        watched=n.count().cast(pl.Int64), listed=pl.len().cast(pl.Int64), plays=n.sum(), last_on=pl.col("d").max(),
        minutes=length.sum(), known=length.count().cast(pl.Int64), mean=length.mean(),
        next=pl.col("name").filter(left).get(at.filter(left).arg_min(), null_on_oob=True),
    )  # fmt: skip
    of_show = f.titles.select("title_id", "key", "name", "aired_episodes", usual="runtime_min")
    told = shows.join(of_show, left_on="show_id", right_on="title_id").with_columns(
        aired=pl.max_horizontal("listed", "aired_episodes")
    )
    more = pl.col("aired") - pl.col("watched")
    begun = told.filter((pl.col("watched") > 0) & (more > 0)).sort("last_on", "name", descending=[True, False]).head(50)
    usual = pl.coalesce("usual", "mean", pl.lit(0))
    minutes = (pl.col("minutes") + (more - pl.col("known")) * usual).round().cast(pl.Int64)
    return begun.select("key", "watched", "aired", "plays", "last_on", minutes, "next").collect().rows()


SHOWS = """
WITH seen AS (
    SELECT title_id, MAX(local_day) AS d FROM w WHERE show_id IS NOT NULL GROUP BY title_id
)
SELECT t.key, COUNT(s.title_id) AS watched, GREATEST(ANY_VALUE(t.aired_episodes), COUNT(*)) AS aired, MAX(d) AS last_on,
    COUNT(*) - watched AS unwatched,
    COUNT(*) FILTER (WHERE s.title_id IS NULL AND $today - CAST(e.first_aired_at AS DATE) >= 90) AS waited
FROM titles AS e LEFT JOIN seen AS s USING (title_id) JOIN titles AS t ON t.title_id = e.show_id
WHERE e.season > 0 AND (s.title_id IS NOT NULL OR CAST(e.first_aired_at AS DATE) <= $today)
GROUP BY t.key HAVING last_on IS NOT NULL
"""


def going(shows: Rows, today: Any) -> Rows:
    """The chance of each show in progress, by the Kaplan-Meier curve of those that were watched as far."""
    from scipy.stats import CensoredData, ecdf

    told = []
    for key, watched, aired, last_on, unwatched, waited in shows:
        idle = (today - last_on).days >= 90 and (waited > 0 or unwatched == 0)
        told.append((key, watched, aired, last_on, aired > watched and idle))
    found = []
    for key, watched, aired, last_on, dropped in told:
        if aired > watched and not dropped:
            as_far = [show for show in told if show[1] >= watched]
            sample = CensoredData.right_censored([show[1] for show in as_far], [not show[4] for show in as_far])
            curve = ecdf(sample).sf
            band = curve.confidence_interval(confidence_level=0.9)
            low, high = (float(side.evaluate(aired - 1)) for side in (band.low, band.high))
            chance = float(curve.evaluate(aired - 1))
            found.append((key, watched, aired, last_on, chance, max(low, 0), min(high, 1), len(as_far)))
    return found


def drop_off_by_duck(prepared: Prepared) -> Rows:
    """By DuckDB and scipy."""
    return going(prepared.rows(SHOWS), prepared.last_on)


def drop_off(f: Frames) -> Rows:
    """By Polars and scipy."""
    seen = f.w.filter(pl.col("show_id").is_not_null()).group_by("title_id").agg(d=pl.col("local_day").max(), n=pl.len())
    aired, new = pl.col("first_aired_at").dt.date(), pl.col("n").is_null()
    listed = f.titles.filter(pl.col("season") > 0).join(seen, on="title_id", how="left")
    shows = listed.filter(~new | (aired <= f.last_on)).group_by("show_id").agg(
        watched=pl.col("n").count().cast(pl.Int64), listed=pl.len().cast(pl.Int64), last_on=pl.col("d").max(),
        unwatched=new.sum(), waited=(new & ((pl.lit(f.last_on) - aired).dt.total_days() >= 90)).sum(),
    )  # fmt: skip
    told = shows.join(f.titles.select("title_id", "key", "aired_episodes"), left_on="show_id", right_on="title_id")
    most = pl.max_horizontal("listed", "aired_episodes")
    kept = told.filter(pl.col("last_on").is_not_null())
    return going(kept.select("key", "watched", most, "last_on", "unwatched", "waited").collect().rows(), f.last_on)


PREMIERE = """
SELECT kind, COUNT(*), COUNT(*) FILTER (WHERE lag < 24), quantile_disc(lag, [0.1, 0.25, 0.5, 0.75, 0.9]) FROM (
    SELECT f.kind, CASE WHEN f.kind = 'episode' THEN CAST(FLOOR((s - aired_s) / 3600) AS BIGINT)
        ELSE (d - released_on) * 24 END AS lag
    FROM (SELECT title_id, ANY_VALUE(kind) AS kind, MIN(watched_s) AS s, MIN(local_day) AS d FROM u GROUP BY title_id)
    AS f JOIN titles AS t USING (title_id)
) WHERE lag IS NOT NULL GROUP BY kind
"""


def premiere_by_duck(prepared: Prepared) -> Rows:
    """By DuckDB."""
    return [(*row[:3], *row[3]) for row in prepared.rows(PREMIERE)]


def premiere(f: Frames) -> Rows:
    """By Polars."""
    first = f.u.group_by("title_id").agg(
        pl.col("kind").first(), s=pl.col("watched_s").min(), d=pl.col("local_day").min()
    )
    told = first.join(f.titles.select("title_id", "aired_s", "released_on"), on="title_id")
    days = (pl.col("d") - pl.col("released_on")).dt.total_days() * 24
    lag = pl.when(pl.col("kind") == "episode").then((pl.col("s") - pl.col("aired_s")).floordiv(3600)).otherwise(days)
    known = told.select("kind", lag=lag).filter(pl.col("lag").is_not_null()).sort("lag")
    ranks = [((pl.len() * at + 99) // 100 - 1).cast(pl.Int64) for at in (10, 25, 50, 75, 90)]
    quantiles = [pl.col("lag").get(rank).alias(f"q{place}") for place, rank in enumerate(ranks)]
    return known.group_by("kind").agg(pl.len(), (pl.col("lag") < 24).sum(), *quantiles).collect().rows()


PEERS = (
    Peer("in-progress", of("key watched aired plays last_on minutes_left next_name"), IN_PROGRESS, in_progress),
    Peer("drop-off", of("key watched aired last_on chance low high shows"), drop_off_by_duck, drop_off),
    Peer("premiere", of("value titles within_a_day p10_h p25_h median_h p75_h p90_h"), premiere_by_duck, premiere),
)

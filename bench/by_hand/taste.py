"""By hand: the critic's fingerprint, hills, the diversity passport. What follows from tables is numpy's and scipy's."""

from __future__ import annotations

import numpy as np
import polars as pl

from bench.by_hand.peer import Frames, Peer, Prepared, Rows, of

JUDGED = """
WITH judged AS (
    SELECT title_id, rating, ROUND(r.community_rating * 100) / 100 AS community, genres
    FROM vr AS r JOIN titles USING (title_id) WHERE r.community_rating > 0 AND COALESCE(r.community_votes, 1) > 0
)
"""
GROUPS = f"""{JUDGED}
SELECT g, COUNT(*), AVG(rating), AVG(community)
FROM (SELECT rating, community, UNNEST(genres) AS g FROM judged) GROUP BY g HAVING COUNT(*) >= 5
"""
WHOLE = f"{JUDGED} SELECT COUNT(*), AVG(rating - community), VAR_SAMP(rating - community) FROM judged"


def offsets(groups: Rows, n: int, mean: float, variance: float) -> Rows:
    """Offsets drawn towards 0 by empirical Bayes, and which are told."""
    from scipy.stats import t

    sizes, own, community = (np.array([row[place] for row in groups]) for place in (1, 2, 3))
    raw, chance = own - community - mean, variance / sizes * (1 - sizes / n)
    between = max(0.0, float(((raw**2 / chance).sum() - len(raw)) / (1 / chance).sum()))
    shrunk, p = raw * between / (between + chance), 2 * t.sf(np.abs(raw) / np.sqrt(chance), n - 1) * len(raw)
    columns = (sizes, own, community, raw, shrunk, np.sqrt(chance), np.minimum(p, 1) < 0.04)
    return list(zip([row[0] for row in groups], *(column.tolist() for column in columns), strict=True))


def critic_by_duck(prepared: Prepared) -> Rows:
    """By DuckDB, numpy and scipy."""
    return offsets(prepared.rows(GROUPS), *prepared.rows(WHOLE)[0])


def critic(f: Frames) -> Rows:
    """By Polars, numpy and scipy."""
    judged = f.vr.filter((pl.col("community_rating") > 0) & (pl.col("community_votes").fill_null(1) > 0))
    community = (pl.col("community_rating") * 100).round() / 100
    told = judged.select("title_id", "rating", community=community).join(
        f.titles.select("title_id", "genres"), on="title_id"
    )
    apart = pl.col("rating") - pl.col("community")
    groups = told.filter(pl.col("genres").is_not_null()).explode("genres").group_by("genres")
    found = groups.agg(pl.len(), pl.col("rating").mean(), pl.col("community").mean()).filter(pl.col("len") >= 5)
    whole = told.select(n=pl.len(), mean=apart.mean(), variance=apart.var())
    one, other = pl.collect_all([found, whole])
    return offsets(one.rows(), *other.row(0))


HILL = """
(SELECT '{side}', t.key, t.name, rating, r.community_rating, r.community_votes,
    ROUND((rating - r.community_rating) * LN(r.community_votes), 6) AS height
FROM vr AS r JOIN titles AS t USING (title_id)
WHERE r.community_rating > 0 AND r.community_votes > 0 ORDER BY height {order}, rated_at DESC LIMIT 10)
"""
HILLS = f"{HILL.format(side='over', order='DESC')} UNION ALL {HILL.format(side='under', order='ASC')}"


def hills(f: Frames) -> Rows:
    """By Polars."""
    known = f.vr.filter((pl.col("community_rating") > 0) & (pl.col("community_votes") > 0))
    height = ((pl.col("rating") - pl.col("community_rating")) * pl.col("community_votes").log()).round(6)
    rows = known.with_columns(height=height).sort("height", "rated_at", descending=[True, False])
    over, under = rows.head(10).with_columns(side=pl.lit("over")), rows.tail(10).with_columns(side=pl.lit("under"))
    told = pl.concat([over, under]).join(f.titles.select("title_id", "key", "name"), on="title_id")
    columns = ("side", "key", "name", "rating", "community_rating", "community_votes", "height")
    return told.select(columns).collect().rows()


YEARS = """
SELECT COALESCE(CAST(y AS VARCHAR), 'all'), country, COUNT(DISTINCT u), CAST(SUM(n) AS BIGINT),
    MIN(MIN(y)) OVER (PARTITION BY country)
FROM (
    SELECT COALESCE(w.show_id, title_id) AS u, year(local_day) AS y, COUNT(*) AS n FROM w GROUP BY ALL
) JOIN titles AS t ON t.title_id = u WHERE country IS NOT NULL
GROUP BY GROUPING SETS ((y, country), (country)) HAVING GROUPING(y) = 1 OR y IS NOT NULL
"""


def diversity(rows: Rows) -> Rows:
    """By period: titles, plays, values, new ones, the Hill numbers, and those at equal n."""
    from scipy.special import entr
    from scipy.stats import entropy, hypergeom

    periods: dict[str, Rows] = {}
    for row in rows:
        periods.setdefault(row[0], []).append(row[1:])
    sums = {period: sum(row[1] for row in part) for period, part in periods.items()}
    enough = {period for period, total in sums.items() if period != "all" and total >= 10}
    equal = min(sums[period] for period in enough)
    times = np.arange(1, equal + 1)
    found = []
    for period, part in periods.items():
        counts = np.array([row[1] for row in part])
        new = sum(period in ("all", str(row[3])) for row in part)
        hills = (float(np.exp(entropy(counts))), float(1 / ((counts / counts.sum()) ** 2).sum()))
        thin: tuple[float | None, float | None] = (None, None)
        if period in enough or period == "all":
            expected = hypergeom.pmf(times[None, :], counts.sum(), counts[:, None], equal).sum(axis=0)
            thin = float(np.exp(expected @ entr(times / equal))), float(1 / (expected @ (times / equal) ** 2))
        found.append((period, sums[period], sum(row[2] for row in part), len(part), new, *hills, *thin))
    return found


def passport_by_duck(prepared: Prepared) -> Rows:
    """By DuckDB, numpy and scipy."""
    return diversity(prepared.rows(YEARS))


def passport(f: Frames) -> Rows:
    """By Polars, numpy and scipy."""
    unit, year = pl.coalesce("show_id", "title_id").alias("unit"), pl.col("local_day").dt.year().alias("y")
    said = f.titles.select("title_id", "country").filter(pl.col("country").is_not_null())
    rows = f.w.group_by(unit, year).agg(n=pl.len()).join(said, left_on="unit", right_on="title_id").collect().lazy()
    sums = (pl.col("unit").n_unique().alias("titles"), pl.col("n").sum())
    first = rows.group_by("country").agg(*sums, first=pl.col("y").min())
    years = rows.filter(pl.col("y").is_not_null()).group_by(pl.col("y").cast(pl.String), "country").agg(*sums)
    years = years.join(first.select("country", "first"), on="country")
    whole = first.select(pl.lit("all").alias("y"), "country", "titles", "n", "first")
    return diversity(pl.concat([whole, years]).collect().rows())


PEERS = (
    Peer("critic", of("value ratings own community offset offset_shrunk error told"), critic_by_duck, critic),
    Peer("hills", of("side key name rating community_rating community_votes height"), HILLS, hills),
    Peer(
        "passport",
        of("period titles plays values new_values hill1 hill2 rarefied1 rarefied2"),
        passport_by_duck,
        passport,
    ),
)

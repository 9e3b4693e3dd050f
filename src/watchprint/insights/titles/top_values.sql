-- The most watched values of a field (genre, country, …). Reduced to movies and shows first (an episode bears what its
-- show bears), then to values; a title with several values has a share of each. The row with value NULL holds the plays
-- that have none; `of_all` are the plays of all.
WITH per_unit AS (
    SELECT
        account_id,
        CASE WHEN title_id IS NOT NULL THEN COALESCE(show_id, title_id) END AS unit_id,
        COUNT(*) AS plays,
        SUM(runtime_min) AS minutes,
        COUNT(runtime_min) AS timed,
        COUNT(DISTINCT title_id) AS titles,
        MIN(local_day) AS first_on,
        MAX(local_day) AS last_on
    FROM v_counted
    GROUP BY account_id, CASE WHEN title_id IS NOT NULL THEN COALESCE(show_id, title_id) END
),
units AS (
    SELECT title_id, genres, year, country, language, network
    FROM titles
    WHERE title_id IN (SELECT unit_id FROM per_unit)
),
valued AS (
    SELECT DISTINCT title_id, value
    FROM (SELECT title_id, UNNEST(genres) AS value FROM units WHERE $of = 'genre') AS genred
    UNION ALL
    SELECT title_id, value
    FROM (
        SELECT
            title_id,
            CASE $of
                WHEN 'country' THEN country
                WHEN 'language' THEN language
                WHEN 'network' THEN network
                WHEN 'decade' THEN CAST(year - year % 10 AS VARCHAR)
            END AS value
        FROM units
    ) AS single
    WHERE value IS NOT NULL
),
shared AS (
    SELECT title_id, value, CAST(1 AS DOUBLE) / COUNT(*) OVER (PARTITION BY title_id) AS share FROM valued
),
grouped AS (
    SELECT
        p.account_id,
        s.value,
        CAST(SUM(p.plays) AS BIGINT) AS whole_plays,
        ROUND(SUM(p.plays * COALESCE(s.share, 1)), 6) AS shared_plays,
        CAST(COALESCE(SUM(p.minutes), 0) AS BIGINT) AS whole_minutes,
        ROUND(COALESCE(SUM(p.minutes * COALESCE(s.share, 1)), 0), 6) AS shared_minutes,
        CAST(SUM(p.titles) AS BIGINT) AS titles,
        CAST(SUM(p.timed) AS BIGINT) AS timed,
        MIN(p.first_on) AS first_on,
        MAX(p.last_on) AS last_on
    FROM per_unit AS p
    LEFT JOIN shared AS s ON s.title_id = p.unit_id
    GROUP BY p.account_id, s.value
),
measured AS (
    SELECT
        *,
        CASE $counting WHEN 'fractional' THEN shared_plays ELSE CAST(whole_plays AS DOUBLE) END AS plays,
        CASE $counting WHEN 'whole' THEN CAST(whole_minutes AS DOUBLE) ELSE shared_minutes END AS minutes
    FROM grouped
),
ranked AS (
    SELECT
        m.*,
        CAST(ROUND(SUM(m.shared_plays) OVER (PARTITION BY m.account_id)) AS BIGINT) AS of_all,
        ROW_NUMBER() OVER (
            PARTITION BY m.account_id, m.value IS NULL
            ORDER BY
                CASE $measure
                    WHEN 'time' THEN m.minutes
                    WHEN 'titles' THEN CAST(m.titles AS DOUBLE)
                    ELSE m.plays
                END DESC,
                m.plays DESC, m.minutes DESC, m.value ASC
        ) AS place
    FROM measured AS m
)
SELECT
    account_id, value, value AS name, CAST(NULL AS INTEGER) AS year, whole_plays, plays, minutes, titles, timed, first_on,
    last_on, place, of_all
FROM ranked
WHERE place <= $limit OR value IS NULL
ORDER BY account_id, value IS NULL, place

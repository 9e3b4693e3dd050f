-- How long after its release each title was first watched: for each value of $of the quantiles of the lag in hours (the
-- value at rank ceil(q x n)) and how many were watched within 24 hours. The rows with part `month` hold the same by local
-- month, for the trend. A movie is released at the beginning of its day; one without a date of release has no lag.
WITH firsts AS (
    SELECT
        account_id, title_id, show_id, kind, watched_s, local_day,
        ROW_NUMBER() OVER (PARTITION BY account_id, title_id ORDER BY watched_s ASC, play_id ASC) AS nth
    FROM v_counted
    WHERE title_id IS NOT NULL
),
dated AS (
    SELECT
        f.account_id, f.title_id, f.kind, f.local_day, t.network, t.genres,
        CASE
            WHEN f.kind = 'episode' THEN CAST(FLOOR((f.watched_s - t.aired_s) / 3600) AS BIGINT)
            ELSE CAST(date_diff('day', t.released_on, f.local_day) AS BIGINT) * 24
        END AS lag_h
    FROM firsts AS f
    JOIN titles AS t ON t.title_id = f.title_id
    WHERE f.nth = 1
),
valued AS (
    SELECT account_id, kind AS value, lag_h FROM dated WHERE $of = 'kind'
    UNION ALL
    SELECT account_id, network AS value, lag_h FROM dated WHERE $of = 'network'
    UNION ALL
    SELECT account_id, UNNEST(genres) AS value, lag_h FROM dated WHERE $of = 'genre'
    UNION ALL
    SELECT account_id, SUBSTRING(CAST(local_day AS VARCHAR), 1, 4) AS value, lag_h FROM dated WHERE $of = 'year'
),
parts AS (
    SELECT account_id, 'value' AS part, value, lag_h FROM valued WHERE value IS NOT NULL
    UNION ALL
    SELECT account_id, 'all' AS part, 'all' AS value, lag_h FROM dated
    UNION ALL
    SELECT account_id, 'month' AS part, SUBSTRING(CAST(local_day AS VARCHAR), 1, 7) AS value, lag_h FROM dated
),
ranked AS (
    SELECT
        account_id, part, value, lag_h,
        ROW_NUMBER() OVER (PARTITION BY account_id, part, value ORDER BY lag_h ASC) AS nth,
        COUNT(*) OVER (PARTITION BY account_id, part, value) AS n
    FROM parts
    WHERE lag_h IS NOT NULL
),
grouped AS (
    SELECT
        account_id, part, value,
        COUNT(*) AS n,
        CAST(SUM(CASE WHEN lag_h < 24 THEN 1 ELSE 0 END) AS BIGINT) AS at_once,
        CAST(MAX(CASE WHEN nth * 10 >= n AND (nth - 1) * 10 < n THEN lag_h END) AS BIGINT) AS p10_h,
        CAST(MAX(CASE WHEN nth * 4 >= n AND (nth - 1) * 4 < n THEN lag_h END) AS BIGINT) AS p25_h,
        CAST(MAX(CASE WHEN nth * 2 >= n AND (nth - 1) * 2 < n THEN lag_h END) AS BIGINT) AS p50_h,
        CAST(MAX(CASE WHEN nth * 4 >= n * 3 AND (nth - 1) * 4 < n * 3 THEN lag_h END) AS BIGINT) AS p75_h,
        CAST(MAX(CASE WHEN nth * 10 >= n * 9 AND (nth - 1) * 10 < n * 9 THEN lag_h END) AS BIGINT) AS p90_h
    FROM ranked
    GROUP BY account_id, part, value
),
lacking AS (
    SELECT
        account_id, 'lacking' AS part, 'lacking' AS value, COUNT(*) AS n
    FROM dated
    WHERE lag_h IS NULL
    GROUP BY account_id
)
SELECT account_id, part, value, n, at_once, p10_h, p25_h, p50_h, p75_h, p90_h FROM grouped
UNION ALL
SELECT
    account_id, part, value, n, CAST(NULL AS BIGINT) AS at_once, CAST(NULL AS BIGINT) AS p10_h,
    CAST(NULL AS BIGINT) AS p25_h, CAST(NULL AS BIGINT) AS p50_h, CAST(NULL AS BIGINT) AS p75_h,
    CAST(NULL AS BIGINT) AS p90_h
FROM lacking
ORDER BY 1, 2, 3

-- How long after its release each title was first watched: for each value of $of the quantiles of the lag in hours (the
-- value at rank ceil(q x n)) and how many were watched within 24 hours. The rows with part `month` count the same by
-- local month, without quantiles, for the trend. Only the weeks of lag in which a quantile lies are looked at by the
-- hour. A movie is released at the beginning of its day; one without a date of release has no lag.
WITH firsts AS (
    SELECT
        account_id, title_id, kind, MIN(watched_s) AS first_s, MIN_BY(local_day, watched_s) AS local_day
    FROM v_counted
    WHERE title_id IS NOT NULL
    GROUP BY account_id, title_id, kind
),
dated AS (
    SELECT
        f.account_id, f.title_id, f.kind, f.local_day, t.network, t.genres,
        CASE
            WHEN f.kind = 'episode' THEN CAST(FLOOR((f.first_s - t.aired_s) / 3600) AS BIGINT)
            ELSE CAST(date_diff('day', t.released_on, f.local_day) AS BIGINT) * 24
        END AS lag_h
    FROM firsts AS f
    JOIN titles AS t ON t.title_id = f.title_id
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
    SELECT account_id, 'value' AS part, value, lag_h, FLOOR(lag_h / 168) AS week
    FROM valued
    WHERE value IS NOT NULL AND lag_h IS NOT NULL
    UNION ALL
    SELECT account_id, 'all' AS part, 'all' AS value, lag_h, FLOOR(lag_h / 168) AS week
    FROM dated
    WHERE lag_h IS NOT NULL
),
weekly AS (
    SELECT
        account_id, part, value, week, COUNT(*) AS here, SUM(CASE WHEN lag_h < 24 THEN 1 ELSE 0 END) AS at_once
    FROM parts
    GROUP BY account_id, part, value, week
),
added_up AS (
    SELECT
        account_id, part, value, week, here,
        SUM(here) OVER (PARTITION BY account_id, part, value ORDER BY week ASC ROWS UNBOUNDED PRECEDING) AS upto,
        SUM(here) OVER (PARTITION BY account_id, part, value) AS n,
        SUM(at_once) OVER (PARTITION BY account_id, part, value) AS at_once
    FROM weekly
),
reached AS (
    SELECT account_id, part, value, week, upto - here AS before, n, at_once
    FROM added_up
    WHERE (upto * 10 >= n AND (upto - here) * 10 < n) OR (upto * 4 >= n AND (upto - here) * 4 < n)
        OR (upto * 2 >= n AND (upto - here) * 2 < n) OR (upto * 4 >= n * 3 AND (upto - here) * 4 < n * 3)
        OR (upto * 10 >= n * 9 AND (upto - here) * 10 < n * 9)
),
hourly AS (
    SELECT r.account_id, r.part, r.value, r.week, r.before, r.n, r.at_once, p.lag_h, COUNT(*) AS here
    FROM reached AS r
    JOIN parts AS p
        ON p.account_id = r.account_id AND p.part = r.part AND p.value = r.value AND p.week = r.week
    GROUP BY r.account_id, r.part, r.value, r.week, r.before, r.n, r.at_once, p.lag_h
),
ranked AS (
    SELECT
        account_id, part, value, n, at_once, lag_h,
        before + SUM(here) OVER (
            PARTITION BY account_id, part, value, week ORDER BY lag_h ASC ROWS UNBOUNDED PRECEDING
        ) AS nth
    FROM hourly
),
grouped AS (
    SELECT
        account_id, part, value, CAST(n AS BIGINT) AS n, CAST(at_once AS BIGINT) AS at_once,
        MIN(CASE WHEN nth * 10 >= n THEN lag_h END) AS p10_h,
        MIN(CASE WHEN nth * 4 >= n THEN lag_h END) AS p25_h,
        MIN(CASE WHEN nth * 2 >= n THEN lag_h END) AS p50_h,
        MIN(CASE WHEN nth * 4 >= n * 3 THEN lag_h END) AS p75_h,
        MIN(CASE WHEN nth * 10 >= n * 9 THEN lag_h END) AS p90_h
    FROM ranked
    GROUP BY account_id, part, value, n, at_once
    UNION ALL
    SELECT
        account_id, 'month' AS part, SUBSTRING(CAST(CAST(month_on AS DATE) AS VARCHAR), 1, 7) AS value, n, at_once,
        CAST(NULL AS BIGINT) AS p10_h, CAST(NULL AS BIGINT) AS p25_h, CAST(NULL AS BIGINT) AS p50_h,
        CAST(NULL AS BIGINT) AS p75_h, CAST(NULL AS BIGINT) AS p90_h
    FROM (
        SELECT
            account_id, date_trunc('month', local_day) AS month_on, COUNT(*) AS n,
            CAST(SUM(CASE WHEN lag_h < 24 THEN 1 ELSE 0 END) AS BIGINT) AS at_once
        FROM dated
        WHERE lag_h IS NOT NULL
        GROUP BY account_id, date_trunc('month', local_day)
    ) AS by_month
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

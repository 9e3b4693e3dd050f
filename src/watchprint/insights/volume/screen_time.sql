-- How long was watched: one row a kind, and the whole. Reads the plays counted by day.
WITH days AS (
    SELECT
        account_id, kind, local_day, SUM(plays) AS plays, SUM(minutes) AS minutes,
        SUM(CASE WHEN timed THEN plays ELSE 0 END) AS timed
    FROM v_counted
    GROUP BY account_id, kind, local_day
),
kinds AS (
    SELECT account_id, kind AS of_kind, local_day, plays, minutes, timed FROM days
    UNION ALL
    SELECT account_id, 'all' AS of_kind, local_day, plays, minutes, timed FROM days
)
SELECT
    account_id,
    of_kind,
    CAST(SUM(plays) AS BIGINT) AS plays,
    CAST(SUM(timed) AS BIGINT) AS timed,
    CAST(SUM(minutes) AS BIGINT) AS minutes,
    COUNT(DISTINCT local_day) AS active_days,
    MIN(local_day) AS first_on,
    MAX(local_day) AS last_on
FROM kinds
GROUP BY account_id, of_kind
ORDER BY account_id, of_kind

-- How long was watched: one row a kind, and the whole.
WITH kinds AS (
    SELECT account_id, kind AS of_kind, title_id, local_day, runtime_min FROM v_counted
    UNION ALL
    SELECT account_id, 'all' AS of_kind, title_id, local_day, runtime_min FROM v_counted
)
SELECT
    account_id,
    of_kind,
    COUNT(*) AS plays,
    COUNT(runtime_min) AS timed,
    CAST(COALESCE(SUM(runtime_min), 0) AS BIGINT) AS minutes,
    COUNT(DISTINCT local_day) AS active_days,
    MIN(local_day) AS first_on,
    MAX(local_day) AS last_on
FROM kinds
GROUP BY account_id, of_kind
ORDER BY account_id, of_kind

-- How much was watched: one row an account and kind.
SELECT
    account_id,
    kind,
    COUNT(*) AS plays,
    COUNT(DISTINCT title_id) AS watched,
    COUNT(DISTINCT show_id) AS shows,
    CAST(COALESCE(SUM(runtime_min), 0) AS BIGINT) AS minutes,
    COUNT(runtime_min) AS timed
FROM v_counted
GROUP BY account_id, kind
ORDER BY account_id, kind

-- How much was watched on each local day: one row a day with a play, oldest first.
SELECT
    account_id,
    local_day,
    COUNT(*) AS plays,
    CAST(COALESCE(SUM(runtime_min), 0) AS BIGINT) AS minutes,
    COUNT(*) FILTER (WHERE is_bulk) AS bulk
FROM v_counted
GROUP BY account_id, local_day
ORDER BY account_id, local_day

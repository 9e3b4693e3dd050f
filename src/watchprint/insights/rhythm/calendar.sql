-- How much was watched on each local day: one row a day with a play, oldest first.
SELECT
    account_id,
    local_day,
    CAST(SUM(plays) AS BIGINT) AS plays,
    CAST(SUM(minutes) AS BIGINT) AS minutes,
    CAST(SUM(CASE WHEN is_bulk THEN plays ELSE 0 END) AS BIGINT) AS bulk
FROM v_counted
GROUP BY account_id, local_day
ORDER BY account_id, local_day

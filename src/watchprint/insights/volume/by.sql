-- How much was watched in each local year, month or ISO week: one row each with a play, oldest first. Distinct titles are
-- counted for the asked length; they cannot be added up from smaller periods.
SELECT
    account_id,
    from_on,
    COUNT(*) AS plays,
    COUNT(DISTINCT title_id) AS titles,
    CAST(COALESCE(SUM(runtime_min), 0) AS BIGINT) AS minutes,
    COUNT(runtime_min) AS timed,
    COUNT(*) FILTER (WHERE is_bulk) AS bulk,
    MIN(local_day) AS first_on,
    MAX(local_day) AS last_on
FROM (
    SELECT
        account_id, title_id, runtime_min, is_bulk, local_day,
        CASE $unit
            WHEN 'year' THEN CAST(date_trunc('year', local_day) AS DATE)
            WHEN 'month' THEN CAST(date_trunc('month', local_day) AS DATE)
            ELSE CAST(date_trunc('week', local_day) AS DATE)
        END AS from_on
    FROM v_counted
) AS placed
GROUP BY account_id, from_on
ORDER BY account_id, from_on

-- How much was watched in each hour of each weekday: one row a cell with a play. The hour is the wall clock's, the
-- weekday that of the local day, 0 = Monday (counted from a Monday, for want of one spelling in every dialect).
SELECT
    account_id,
    weekday,
    hour,
    COUNT(*) AS plays,
    CAST(COALESCE(SUM(runtime_min), 0) AS BIGINT) AS minutes
FROM (
    SELECT
        account_id,
        runtime_min,
        CAST(date_diff('day', DATE '0001-01-01', local_day) % 7 AS INTEGER) AS weekday,
        CAST(EXTRACT(HOUR FROM local_at) AS INTEGER) AS hour
    FROM v_counted
) AS placed
GROUP BY account_id, weekday, hour
ORDER BY account_id, weekday, hour

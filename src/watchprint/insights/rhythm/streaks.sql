-- Runs of local days with a play on each: one row a run, oldest first. Days that follow each other keep the same
-- distance between their number and their rank.
WITH days AS (
    SELECT
        account_id,
        local_day,
        SUM(plays) AS plays,
        SUM(minutes) AS minutes
    FROM v_counted
    GROUP BY account_id, local_day
),
ranked AS (
    SELECT
        account_id, local_day, plays, minutes,
        date_diff('day', DATE '1900-01-01', local_day)
            - ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY local_day) AS run
    FROM days
)
SELECT
    account_id,
    MIN(local_day) AS from_on,
    MAX(local_day) AS to_on,
    CAST(SUM(plays) AS BIGINT) AS plays,
    CAST(SUM(minutes) AS BIGINT) AS minutes
FROM ranked
GROUP BY account_id, run
ORDER BY account_id, from_on

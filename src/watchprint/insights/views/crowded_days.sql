-- The local days of v_plays with over 24 hours of runtime, where days begin elsewhere than in the view that is read.
SELECT account_id, local_day
FROM (
    SELECT account_id, runtime_min, CAST(local_at - $day_start_min * INTERVAL '1' MINUTE AS DATE) AS local_day
    FROM v_plays
) AS p
WHERE local_day IS NOT NULL
GROUP BY account_id, local_day
HAVING SUM(runtime_min) > 1440

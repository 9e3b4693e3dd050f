-- How strongly one episode leads to the next: for each part of the day in which an episode ended, how many ended and
-- after how many of them another episode of the same show began within 30 minutes.
WITH viewed AS (
    SELECT
        account_id, play_id, title_id, show_id, local_at, local_day, watched_at, watched_s,
        watched_s - COALESCE(runtime_min, 0) * 60 AS began_s
    FROM v_counted
),
followed AS (
    SELECT
        *,
        LEAD(show_id) OVER (PARTITION BY account_id ORDER BY watched_s, play_id) AS next_show_id,
        LEAD(title_id) OVER (PARTITION BY account_id ORDER BY watched_s, play_id) AS next_title_id,
        LEAD(began_s) OVER (PARTITION BY account_id ORDER BY watched_s, play_id) AS next_began_s
    FROM viewed
),
banded AS (
    SELECT
        account_id,
        CASE
            WHEN EXTRACT(HOUR FROM local_at) < 5 OR EXTRACT(HOUR FROM local_at) >= 23 THEN 'night'
            WHEN EXTRACT(HOUR FROM local_at) < 12 THEN 'morning'
            WHEN EXTRACT(HOUR FROM local_at) < 18 THEN 'afternoon'
            ELSE 'evening'
        END AS band,
        CASE
            WHEN next_show_id = show_id AND next_title_id <> title_id AND next_began_s <= watched_s + 1800 THEN 1
            ELSE 0
        END AS continued
    FROM followed
    WHERE show_id IS NOT NULL AND title_id IS NOT NULL
)
SELECT account_id, band, COUNT(*) AS episodes, CAST(SUM(continued) AS BIGINT) AS continued
FROM banded
GROUP BY account_id, band
ORDER BY account_id, band

-- What was watched again: one row a movie or show with more plays than distinct titles, the most repeated first. The
-- row with place 0 is the whole: all plays of known titles, and how many of them were repeats.
WITH of_title AS (
    SELECT
        account_id, title_id, COALESCE(show_id, title_id) AS named_id, COUNT(*) AS plays,
        CAST(COALESCE(SUM(runtime_min), 0) AS BIGINT) AS minutes, MIN(local_day) AS first_on, MAX(local_day) AS last_on
    FROM v_counted
    WHERE title_id IS NOT NULL
    GROUP BY account_id, title_id, COALESCE(show_id, title_id)
),
grouped AS (
    SELECT
        account_id, named_id,
        CAST(SUM(plays) AS BIGINT) AS plays,
        COUNT(*) AS titles,
        CAST(SUM(plays) AS BIGINT) - COUNT(*) AS repeats,
        CAST(SUM(CASE WHEN plays > 1 THEN 1 ELSE 0 END) AS BIGINT) AS repeated,
        MAX(plays) AS most,
        CAST(SUM(minutes) AS BIGINT) AS minutes,
        MIN(first_on) AS first_on,
        MAX(last_on) AS last_on
    FROM of_title
    GROUP BY account_id, named_id
),
ranked AS (
    SELECT
        g.*, t.kind, t.key, t.name, t.year,
        ROW_NUMBER() OVER (
            PARTITION BY g.account_id
            ORDER BY
                CASE $measure WHEN 'titles' THEN g.repeated ELSE g.repeats END DESC, g.repeats DESC, g.plays DESC,
                COALESCE(t.name, t.key) ASC, t.kind ASC, t.key ASC
        ) AS place
    FROM grouped AS g
    JOIN titles AS t ON t.title_id = g.named_id
    WHERE g.repeats > 0
)
SELECT account_id, place, kind, key, name, year, plays, titles, repeats, repeated, most, minutes, first_on, last_on
FROM ranked
WHERE place <= $limit
UNION ALL
SELECT
    account_id, 0 AS place, CAST(NULL AS VARCHAR) AS kind, CAST(NULL AS VARCHAR) AS key, CAST(NULL AS VARCHAR) AS name,
    CAST(NULL AS INTEGER) AS year, CAST(SUM(plays) AS BIGINT) AS plays, CAST(SUM(titles) AS BIGINT) AS titles,
    CAST(SUM(repeats) AS BIGINT) AS repeats, CAST(SUM(repeated) AS BIGINT) AS repeated, MAX(most) AS most,
    CAST(SUM(minutes) AS BIGINT) AS minutes, MIN(first_on) AS first_on, MAX(last_on) AS last_on
FROM grouped
GROUP BY account_id
ORDER BY 1, 2

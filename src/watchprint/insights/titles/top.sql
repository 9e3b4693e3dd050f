-- The most watched movies or shows: one row each. The row with value NULL holds the plays of unknown title. `of_all` are
-- the plays of all, whatever the limit.
WITH grouped AS (
    SELECT
        account_id,
        CASE $of WHEN 'show' THEN show_id ELSE title_id END AS named_id,
        COUNT(*) AS plays,
        COUNT(DISTINCT title_id) AS titles,
        CAST(COALESCE(SUM(runtime_min), 0) AS BIGINT) AS minutes,
        COUNT(runtime_min) AS timed,
        MIN(local_day) AS first_on,
        MAX(local_day) AS last_on
    FROM v_counted
    GROUP BY account_id, CASE $of WHEN 'show' THEN show_id ELSE title_id END
),
ranked AS (
    SELECT
        g.*, t.key AS value, t.name, t.year,
        CAST(SUM(g.plays) OVER (PARTITION BY g.account_id) AS BIGINT) AS of_all,
        ROW_NUMBER() OVER (
            PARTITION BY g.account_id, g.named_id IS NULL
            ORDER BY
                CASE $measure WHEN 'time' THEN g.minutes WHEN 'titles' THEN g.titles ELSE g.plays END DESC,
                g.plays DESC, g.minutes DESC, COALESCE(t.name, t.key) ASC, t.key ASC
        ) AS place
    FROM grouped AS g
    LEFT JOIN titles AS t ON t.title_id = g.named_id
)
SELECT
    account_id, value, name, year, plays AS whole_plays, plays, minutes, titles, timed, first_on, last_on, place, of_all
FROM ranked
WHERE place <= $limit OR value IS NULL
ORDER BY account_id, value IS NULL, place

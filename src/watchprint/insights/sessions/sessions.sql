-- Sittings: plays of which each begins at most $gap_min minutes after the one before has ended. A viewing is
-- [end minus runtime, end]; an unknown runtime has no length. Two kinds of rows: `session` are the largest ones, `size`
-- count sittings by how many plays they have.
WITH viewed AS (
    SELECT
        account_id, play_id, title_id, show_id, kind, local_day, local_at, watched_at, watched_s,
        COALESCE(runtime_min, 0) AS minutes,
        watched_s - COALESCE(runtime_min, 0) * 60 AS began_s
    FROM v_counted
),
followed AS (
    SELECT
        *,
        LAG(watched_s) OVER (PARTITION BY account_id ORDER BY watched_s, play_id) AS before_s
    FROM viewed
),
numbered AS (
    SELECT
        *,
        SUM(CASE WHEN before_s IS NULL OR began_s > before_s + $gap_min * 60 THEN 1 ELSE 0 END)
            OVER (PARTITION BY account_id ORDER BY watched_s, play_id ROWS UNBOUNDED PRECEDING) AS session
    FROM followed
),
of_show AS (
    SELECT account_id, session, show_id, COUNT(DISTINCT title_id) AS episodes
    FROM numbered
    WHERE show_id IS NOT NULL
    GROUP BY account_id, session, show_id
),
binged AS (
    SELECT
        account_id, session, show_id, episodes,
        ROW_NUMBER() OVER (PARTITION BY account_id, session ORDER BY episodes DESC, show_id ASC) AS place
    FROM of_show
),
grouped AS (
    SELECT
        n.account_id, n.session,
        COUNT(*) AS plays,
        COUNT(DISTINCT n.title_id) AS titles,
        CAST(SUM(n.minutes) AS BIGINT) AS minutes,
        CAST(FLOOR((MAX(n.watched_s) - MIN(n.began_s)) / 60) AS BIGINT) AS span_min,
        MIN(n.watched_at) AS first_at,
        MAX(n.watched_at) AS last_at,
        MIN(n.local_day) AS on_day,
        MAX(n.local_at) AS ended_local_at
    FROM numbered AS n
    GROUP BY n.account_id, n.session
),
joined AS (
    SELECT
        g.*, t.name AS show_name, t.key AS show_key, COALESCE(b.episodes, 0) AS episodes,
        ROW_NUMBER() OVER (
            PARTITION BY g.account_id
            ORDER BY CASE $measure WHEN 'time' THEN g.minutes ELSE g.plays END DESC, g.minutes DESC, g.plays DESC,
                g.first_at ASC
        ) AS place
    FROM grouped AS g
    LEFT JOIN binged AS b ON b.account_id = g.account_id AND b.session = g.session AND b.place = 1
    LEFT JOIN titles AS t ON t.title_id = b.show_id
)
SELECT
    account_id, 'session' AS what, CAST(place AS BIGINT) AS place, plays, titles, minutes, span_min, first_at, last_at,
    on_day, ended_local_at,
    show_name, show_key, episodes, CAST(1 AS BIGINT) AS sessions, CAST(0 AS BIGINT) AS binges
FROM joined
WHERE place <= $limit
UNION ALL
SELECT
    account_id, 'size' AS what, plays AS place, plays, CAST(SUM(titles) AS BIGINT) AS titles,
    CAST(SUM(minutes) AS BIGINT) AS minutes, CAST(SUM(span_min) AS BIGINT) AS span_min, MIN(first_at) AS first_at,
    MAX(last_at) AS last_at, MIN(on_day) AS on_day, MAX(ended_local_at) AS ended_local_at,
    CAST(NULL AS VARCHAR) AS show_name, CAST(NULL AS VARCHAR) AS show_key, MAX(episodes) AS episodes,
    COUNT(*) AS sessions, CAST(SUM(CASE WHEN episodes >= 3 THEN 1 ELSE 0 END) AS BIGINT) AS binges
FROM joined
GROUP BY account_id, plays
ORDER BY 1, 2, 3

-- The largest of each: day, ISO week and month by plays and by minutes, the day with the most episodes of one show, the
-- longest viewing, the latest finish of an evening. One row a record; of equals the earlier.
WITH days AS (
    SELECT account_id, local_day, COUNT(*) AS plays, CAST(COALESCE(SUM(runtime_min), 0) AS BIGINT) AS minutes
    FROM v_counted
    GROUP BY account_id, local_day
),
spans AS (
    SELECT account_id, 'day' AS unit, local_day AS from_on, plays, minutes FROM days
    UNION ALL
    SELECT
        account_id, 'week' AS unit, CAST(date_trunc('week', local_day) AS DATE) AS from_on,
        CAST(SUM(plays) AS BIGINT) AS plays, CAST(SUM(minutes) AS BIGINT) AS minutes
    FROM days
    GROUP BY account_id, CAST(date_trunc('week', local_day) AS DATE)
    UNION ALL
    SELECT
        account_id, 'month' AS unit, CAST(date_trunc('month', local_day) AS DATE) AS from_on,
        CAST(SUM(plays) AS BIGINT) AS plays, CAST(SUM(minutes) AS BIGINT) AS minutes
    FROM days
    GROUP BY account_id, CAST(date_trunc('month', local_day) AS DATE)
),
largest AS (
    SELECT account_id, unit, MAX(plays) AS plays, MAX(minutes) AS minutes FROM spans GROUP BY account_id, unit
),
by_span AS (
    SELECT
        s.account_id, 'plays_in_' || s.unit AS record, s.plays AS value, MIN(s.from_on) AS from_on,
        CAST(NULL AS BIGINT) AS named_id, CAST(NULL AS BIGINT) AS of_title, CAST(NULL AS TIMESTAMP) AS ended_local_at,
        1 AS place
    FROM spans AS s
    JOIN largest AS l ON l.account_id = s.account_id AND l.unit = s.unit AND l.plays = s.plays
    GROUP BY s.account_id, s.unit, s.plays
    UNION ALL
    SELECT
        s.account_id, 'minutes_in_' || s.unit AS record, s.minutes AS value, MIN(s.from_on) AS from_on,
        CAST(NULL AS BIGINT) AS named_id, CAST(NULL AS BIGINT) AS of_title, CAST(NULL AS TIMESTAMP) AS ended_local_at,
        1 AS place
    FROM spans AS s
    JOIN largest AS l ON l.account_id = s.account_id AND l.unit = s.unit AND l.minutes = s.minutes
    WHERE s.minutes > 0
    GROUP BY s.account_id, s.unit, s.minutes
),
show_days AS (
    SELECT account_id, local_day, show_id, COUNT(DISTINCT title_id) AS episodes
    FROM v_counted
    WHERE show_id IS NOT NULL
    GROUP BY account_id, local_day, show_id
),
most_of_show AS (
    SELECT account_id, MAX(episodes) AS most FROM show_days WHERE episodes > 0 GROUP BY account_id
),
by_show AS (
    SELECT
        s.account_id, 'episodes_of_a_show_in_a_day' AS record, s.episodes AS value, s.local_day AS from_on,
        s.show_id AS named_id, CAST(NULL AS BIGINT) AS of_title,
        CAST(NULL AS TIMESTAMP) AS ended_local_at,
        ROW_NUMBER() OVER (PARTITION BY s.account_id ORDER BY s.local_day ASC, s.show_id ASC) AS place
    FROM show_days AS s
    JOIN most_of_show AS m ON m.account_id = s.account_id AND m.most = s.episodes
),
timed AS (
    SELECT
        account_id, play_id, watched_at, local_at, local_day, title_id, COALESCE(show_id, title_id) AS named_id,
        CASE WHEN title_id IS NOT NULL THEN runtime_min END AS length_min,
        date_diff('day', local_day, CAST(local_at AS DATE)) * 1440 + EXTRACT(HOUR FROM local_at) * 60
            + EXTRACT(MINUTE FROM local_at) AS late_min
    FROM v_counted
),
outermost AS (
    SELECT account_id, MAX(length_min) AS longest_min, MAX(late_min) AS latest_min FROM timed GROUP BY account_id
),
by_length AS (
    SELECT
        t.account_id, 'longest_viewing' AS record, CAST(t.length_min AS BIGINT) AS value, t.local_day AS from_on,
        t.named_id, t.title_id AS of_title, t.local_at AS ended_local_at,
        ROW_NUMBER() OVER (PARTITION BY t.account_id ORDER BY t.watched_at ASC, t.play_id ASC) AS place
    FROM timed AS t
    JOIN outermost AS o ON o.account_id = t.account_id AND o.longest_min = t.length_min
),
by_lateness AS (
    SELECT
        t.account_id, 'latest_finish' AS record, CAST(t.late_min AS BIGINT) AS value, t.local_day AS from_on,
        t.named_id, t.title_id AS of_title, t.local_at AS ended_local_at,
        ROW_NUMBER() OVER (PARTITION BY t.account_id ORDER BY t.watched_at ASC, t.play_id ASC) AS place
    FROM timed AS t
    JOIN outermost AS o ON o.account_id = t.account_id AND o.latest_min = t.late_min
),
records AS (
    SELECT * FROM by_span WHERE place = 1
    UNION ALL
    SELECT * FROM by_show WHERE place = 1
    UNION ALL
    SELECT * FROM by_length WHERE place = 1
    UNION ALL
    SELECT * FROM by_lateness WHERE place = 1
)
SELECT
    r.account_id, r.record, r.value, r.from_on, r.ended_local_at, n.kind, n.key, n.name, n.year, e.key AS title_key,
    e.name AS title_name, e.season, e.number
FROM records AS r
LEFT JOIN titles AS n ON n.title_id = r.named_id
LEFT JOIN titles AS e ON e.title_id = r.of_title AND r.of_title <> r.named_id
ORDER BY r.account_id, r.record

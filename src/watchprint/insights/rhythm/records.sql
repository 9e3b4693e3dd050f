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
by_span AS (
    SELECT
        account_id, 'plays_in_' || unit AS record, plays AS value, from_on, from_on AS to_on,
        CAST(NULL AS BIGINT) AS named_id, CAST(NULL AS BIGINT) AS of_title, CAST(NULL AS TIMESTAMP) AS ended_local_at,
        ROW_NUMBER() OVER (PARTITION BY account_id, unit ORDER BY plays DESC, from_on ASC) AS place
    FROM spans
    UNION ALL
    SELECT
        account_id, 'minutes_in_' || unit AS record, minutes AS value, from_on, from_on AS to_on,
        CAST(NULL AS BIGINT) AS named_id, CAST(NULL AS BIGINT) AS of_title, CAST(NULL AS TIMESTAMP) AS ended_local_at,
        ROW_NUMBER() OVER (PARTITION BY account_id, unit ORDER BY minutes DESC, from_on ASC) AS place
    FROM spans
    WHERE minutes > 0
),
show_days AS (
    SELECT account_id, local_day, show_id, COUNT(DISTINCT title_id) AS episodes
    FROM v_counted
    WHERE show_id IS NOT NULL
    GROUP BY account_id, local_day, show_id
),
by_show AS (
    SELECT
        account_id, 'episodes_of_a_show_in_a_day' AS record, episodes AS value, local_day AS from_on, local_day AS to_on,
        show_id AS named_id, CAST(NULL AS BIGINT) AS of_title, CAST(NULL AS TIMESTAMP) AS ended_local_at,
        ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY episodes DESC, local_day ASC, show_id ASC) AS place
    FROM show_days
    WHERE episodes > 0
),
by_length AS (
    SELECT
        account_id, 'longest_viewing' AS record, CAST(runtime_min AS BIGINT) AS value, local_day AS from_on,
        local_day AS to_on, COALESCE(show_id, title_id) AS named_id, title_id AS of_title, local_at AS ended_local_at,
        ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY runtime_min DESC, watched_at ASC, play_id ASC) AS place
    FROM v_counted
    WHERE runtime_min IS NOT NULL AND title_id IS NOT NULL
),
timed AS (
    SELECT
        *,
        date_diff('day', local_day, CAST(local_at AS DATE)) * 1440 + EXTRACT(HOUR FROM local_at) * 60
            + EXTRACT(MINUTE FROM local_at) AS late_min
    FROM v_counted
),
by_lateness AS (
    SELECT
        account_id, 'latest_finish' AS record, CAST(late_min AS BIGINT) AS value, local_day AS from_on,
        local_day AS to_on, COALESCE(show_id, title_id) AS named_id, title_id AS of_title, local_at AS ended_local_at,
        ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY late_min DESC, watched_at ASC, play_id ASC) AS place
    FROM timed
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

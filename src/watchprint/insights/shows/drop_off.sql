-- How far each show was watched: one row a show with a dated play of a regular episode. `watched` are distinct episodes,
-- specials not among them; `waited` are unwatched ones that had aired 90 days before $today, `aired` all that have.
WITH seen AS (
    SELECT c.account_id, c.show_id, c.title_id, MIN(c.local_day) AS first_on, MAX(c.local_day) AS last_on
    FROM v_counted AS c
    JOIN titles AS t ON t.title_id = c.title_id
    WHERE c.show_id IS NOT NULL AND COALESCE(t.season, 1) > 0
    GROUP BY c.account_id, c.show_id, c.title_id
),
watched AS (
    SELECT account_id, show_id, COUNT(*) AS watched, MIN(first_on) AS first_on, MAX(last_on) AS last_on
    FROM seen
    GROUP BY account_id, show_id
),
open AS (
    SELECT
        w.account_id, w.show_id,
        COUNT(*) AS unwatched,
        CAST(SUM(CASE WHEN date_diff('day', CAST(e.first_aired_at AS DATE), CAST($today AS DATE)) >= 90 THEN 1 ELSE 0 END)
            AS BIGINT) AS waited
    FROM watched AS w
    JOIN titles AS e ON e.show_id = w.show_id AND e.kind = 'episode' AND e.season > 0
    LEFT JOIN seen AS s ON s.account_id = w.account_id AND s.title_id = e.title_id
    WHERE s.title_id IS NULL AND e.aired_s < (date_diff('day', DATE '1970-01-01', CAST($today AS DATE)) + 1) * 86400
    GROUP BY w.account_id, w.show_id
)
SELECT
    w.account_id, t.key, t.name, t.year, w.watched, w.first_on, w.last_on, t.aired_episodes,
    date_diff('day', w.last_on, CAST($today AS DATE)) AS idle_days,
    COALESCE(o.unwatched, 0) AS unwatched, COALESCE(o.waited, 0) AS waited
FROM watched AS w
JOIN titles AS t ON t.title_id = w.show_id
LEFT JOIN open AS o ON o.account_id = w.account_id AND o.show_id = w.show_id
WHERE w.last_on IS NOT NULL
ORDER BY w.account_id, w.last_on DESC, COALESCE(t.name, t.key), t.key

-- What to look at before the figures are believed: groups of plays by what is odd about them, the largest first. A play
-- can stand in several. `of_reason` and `of_all` are the plays of that kind and of all, whatever the limit.
WITH whole AS (
    SELECT account_id, COUNT(*) AS of_all FROM v_counted GROUP BY account_id
),
looked_at AS (
    SELECT account_id, title_id, show_id, local_day, runtime_min, is_bulk, is_duplicate
    FROM v_counted
    WHERE local_day IS NULL OR is_bulk OR is_duplicate OR title_id IS NULL OR runtime_min IS NULL
),
grouped AS (
    SELECT
        account_id, 'undated' AS reason, COALESCE(show_id, title_id) AS named_id, CAST(NULL AS DATE) AS on_day,
        COUNT(*) AS plays
    FROM looked_at
    WHERE local_day IS NULL
    GROUP BY account_id, COALESCE(show_id, title_id)
    UNION ALL
    SELECT account_id, 'bulk' AS reason, CAST(NULL AS BIGINT) AS named_id, local_day AS on_day, COUNT(*) AS plays
    FROM looked_at
    WHERE is_bulk
    GROUP BY account_id, local_day
    UNION ALL
    SELECT
        account_id, 'duplicate' AS reason, COALESCE(show_id, title_id) AS named_id, local_day AS on_day, COUNT(*) AS plays
    FROM looked_at
    WHERE is_duplicate
    GROUP BY account_id, COALESCE(show_id, title_id), local_day
    UNION ALL
    SELECT
        account_id, 'unmatched' AS reason, CAST(NULL AS BIGINT) AS named_id, CAST(NULL AS DATE) AS on_day,
        COUNT(*) AS plays
    FROM looked_at
    WHERE title_id IS NULL
    GROUP BY account_id
    UNION ALL
    SELECT
        account_id, 'untimed' AS reason, COALESCE(show_id, title_id) AS named_id, CAST(NULL AS DATE) AS on_day,
        COUNT(*) AS plays
    FROM looked_at
    WHERE runtime_min IS NULL AND title_id IS NOT NULL
    GROUP BY account_id, COALESCE(show_id, title_id)
),
ranked AS (
    SELECT
        g.account_id, g.reason, g.on_day, g.plays, t.kind AS title_kind, t.key, t.name,
        SUM(g.plays) OVER (PARTITION BY g.account_id, g.reason) AS of_reason,
        COUNT(*) OVER (PARTITION BY g.account_id, g.reason) AS groups,
        ROW_NUMBER() OVER (
            PARTITION BY g.account_id, g.reason
            ORDER BY g.plays DESC, g.on_day ASC NULLS LAST, COALESCE(t.name, t.key) ASC NULLS LAST, t.key ASC NULLS LAST,
                t.kind ASC NULLS LAST
        ) AS place
    FROM grouped AS g
    LEFT JOIN titles AS t ON t.title_id = g.named_id
)
SELECT
    w.account_id, r.reason, r.on_day, r.title_kind, r.key, r.name, r.plays,
    CAST(r.of_reason AS BIGINT) AS of_reason, r.groups, r.place, w.of_all
FROM whole AS w
LEFT JOIN ranked AS r ON r.account_id = w.account_id AND r.place <= $limit
ORDER BY w.account_id, r.reason, r.place

-- The first and the last dated play of movies, of episodes and of all: one row each.
WITH kinds AS (
    SELECT account_id, 'all' AS of_kind, play_id, watched_at, local_at, local_day, title_id, show_id FROM v_counted
    UNION ALL
    SELECT account_id, kind AS of_kind, play_id, watched_at, local_at, local_day, title_id, show_id FROM v_counted
),
placed AS (
    SELECT
        *,
        ROW_NUMBER() OVER (PARTITION BY account_id, of_kind ORDER BY watched_at ASC, play_id ASC) AS from_first,
        ROW_NUMBER() OVER (PARTITION BY account_id, of_kind ORDER BY watched_at DESC, play_id DESC) AS from_last
    FROM kinds
),
ends AS (
    SELECT *, 'first' AS which FROM placed WHERE from_first = 1
    UNION ALL
    SELECT *, 'last' AS which FROM placed WHERE from_last = 1
)
SELECT
    e.account_id, e.of_kind, e.which, e.play_id, e.local_at, e.local_day, t.name, s.name AS show_name, t.season, t.number,
    t.year
FROM ends AS e
LEFT JOIN titles AS t ON t.title_id = e.title_id
LEFT JOIN titles AS s ON s.title_id = e.show_id
ORDER BY e.account_id, e.of_kind, e.which

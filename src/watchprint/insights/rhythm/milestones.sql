-- Plays at round numbers, counted in the order in which they were watched: of all, of movies, of episodes. One row a
-- milestone.
WITH kinds AS (
    SELECT account_id, 'all' AS of_kind, play_id, watched_at, local_day, title_id, show_id FROM v_counted
    UNION ALL
    SELECT account_id, kind AS of_kind, play_id, watched_at, local_day, title_id, show_id FROM v_counted
),
numbered AS (
    SELECT
        *,
        ROW_NUMBER() OVER (PARTITION BY account_id, of_kind ORDER BY watched_at ASC, play_id ASC) AS nth
    FROM kinds
),
reached AS (
    SELECT *
    FROM numbered
    WHERE nth IN (
        100, 250, 500, 1000, 2000, 2500, 5000, 10000, 20000, 25000, 50000, 75000, 100000, 150000, 200000, 250000, 500000
    )
)
SELECT
    r.account_id, r.of_kind, r.nth, r.play_id, r.local_day, t.name, s.name AS show_name, t.season, t.number, t.year
FROM reached AS r
LEFT JOIN titles AS t ON t.title_id = r.title_id
LEFT JOIN titles AS s ON s.title_id = r.show_id
ORDER BY r.account_id, r.of_kind, r.nth

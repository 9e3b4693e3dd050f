-- Plays at round numbers, counted in the order in which they were watched: of all, of movies, of episodes. One row a
-- milestone.
WITH numbered AS (
    SELECT
        account_id, kind, play_id, local_day, title_id, show_id,
        CAST(ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY watched_at ASC, play_id ASC) AS BIGINT) AS nth,
        CAST(SUM(CASE WHEN kind = 'movie' THEN 1 ELSE 0 END)
            OVER (PARTITION BY account_id ORDER BY watched_at ASC, play_id ASC ROWS UNBOUNDED PRECEDING) AS BIGINT) AS movies
    FROM v_counted
),
kinds AS (
    SELECT account_id, 'all' AS of_kind, nth, play_id, local_day, title_id, show_id FROM numbered
    UNION ALL
    SELECT
        account_id, kind AS of_kind, CASE WHEN kind = 'movie' THEN movies ELSE nth - movies END AS nth,
        play_id, local_day, title_id, show_id
    FROM numbered
),
reached AS (
    SELECT *
    FROM kinds
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

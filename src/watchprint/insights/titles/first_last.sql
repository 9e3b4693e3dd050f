-- The first and the last dated play of movies, of episodes and of all: one row each, or one that is both. Only the plays
-- at either end of a kind are ranked: the first of all is the first of its kind.
WITH bounds AS (
    SELECT account_id, kind, MIN(watched_s) AS first_s, MAX(watched_s) AS last_s FROM v_counted GROUP BY account_id, kind
),
outermost AS (
    SELECT c.account_id, c.kind, c.play_id, c.watched_at, c.local_at, c.local_day, c.title_id, c.show_id
    FROM v_counted AS c
    JOIN bounds AS b ON b.account_id = c.account_id AND b.kind = c.kind
    WHERE c.watched_s = b.first_s OR c.watched_s = b.last_s
),
kinds AS (
    SELECT account_id, 'all' AS of_kind, play_id, watched_at, local_at, local_day, title_id, show_id FROM outermost
    UNION ALL
    SELECT account_id, kind AS of_kind, play_id, watched_at, local_at, local_day, title_id, show_id FROM outermost
),
placed AS (
    SELECT
        *,
        ROW_NUMBER() OVER (PARTITION BY account_id, of_kind ORDER BY watched_at ASC, play_id ASC) AS from_first,
        ROW_NUMBER() OVER (PARTITION BY account_id, of_kind ORDER BY watched_at DESC, play_id DESC) AS from_last
    FROM kinds
)
SELECT
    e.account_id, e.of_kind, e.from_first = 1 AS is_first, e.from_last = 1 AS is_last, e.play_id, e.local_at, e.local_day,
    t.name, s.name AS show_name, t.season, t.number, t.year
FROM placed AS e
LEFT JOIN titles AS t ON t.title_id = e.title_id
LEFT JOIN titles AS s ON s.title_id = e.show_id
WHERE e.from_first = 1 OR e.from_last = 1
ORDER BY e.account_id, e.of_kind, is_first DESC

-- What was watched on one day of the year, in every year: one row a title and local day, the latest first.
WITH placed AS (
    SELECT account_id, title_id, show_id, local_day, MAX(watched_at) AS last_at, COUNT(*) AS plays,
        CAST(COALESCE(SUM(runtime_min), 0) AS BIGINT) AS minutes
    FROM v_counted
    WHERE CAST(EXTRACT(MONTH FROM local_day) AS INTEGER) = CAST(SUBSTRING($on, 1, 2) AS INTEGER)
        AND CAST(EXTRACT(DAY FROM local_day) AS INTEGER) = CAST(SUBSTRING($on, 4, 2) AS INTEGER)
    GROUP BY account_id, title_id, show_id, local_day
),
ranked AS (
    SELECT
        p.account_id, p.local_day, p.plays, p.minutes, t.kind, t.key, t.name, s.name AS show_name, t.season, t.number,
        t.year,
        ROW_NUMBER() OVER (
            PARTITION BY p.account_id
            ORDER BY p.local_day DESC, p.last_at DESC, COALESCE(t.name, t.key) ASC NULLS LAST, t.key ASC NULLS LAST
        ) AS place
    FROM placed AS p
    LEFT JOIN titles AS t ON t.title_id = p.title_id
    LEFT JOIN titles AS s ON s.title_id = p.show_id
)
SELECT account_id, local_day, plays, minutes, kind, key, name, show_name, season, number, year, place
FROM ranked
WHERE place <= $limit
ORDER BY account_id, place

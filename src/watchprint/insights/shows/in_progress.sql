-- Shows that are begun and not finished: one row a show of which fewer distinct episodes are watched than have aired by
-- $today. Specials (season 0) do not count. What has aired is the larger of the show's own count, the episodes that are
-- listed with an air date up to then, and what is watched.
WITH seen AS (
    SELECT
        c.account_id, c.show_id, c.title_id, COUNT(*) AS plays, MAX(c.local_day) AS last_on,
        CAST(MAX(COALESCE(t.season, 1) * 100000 + COALESCE(t.number, 0)) AS BIGINT) AS at_place
    FROM v_counted AS c
    JOIN titles AS t ON t.title_id = c.title_id
    WHERE c.show_id IS NOT NULL AND COALESCE(t.season, 1) > 0
    GROUP BY c.account_id, c.show_id, c.title_id
),
watched AS (
    SELECT
        account_id, show_id, COUNT(*) AS watched, CAST(SUM(plays) AS BIGINT) AS plays, MAX(last_on) AS last_on,
        MAX(at_place) AS reached
    FROM seen
    GROUP BY account_id, show_id
),
listed AS (
    SELECT
        w.account_id, w.show_id, e.title_id, e.runtime_min,
        CAST(e.season * 100000 + e.number AS BIGINT) AS at_place, s.title_id IS NOT NULL AS is_watched
    FROM watched AS w
    JOIN titles AS e ON e.show_id = w.show_id AND e.kind = 'episode' AND e.season > 0 AND e.number IS NOT NULL
    LEFT JOIN seen AS s ON s.account_id = w.account_id AND s.title_id = e.title_id
    WHERE s.title_id IS NOT NULL OR CAST(e.first_aired_at AS DATE) <= CAST($today AS DATE)
),
aired AS (
    SELECT
        account_id, show_id,
        COUNT(*) AS listed,
        CAST(SUM(CASE WHEN is_watched THEN 0 ELSE 1 END) AS BIGINT) AS unwatched,
        CAST(SUM(CASE WHEN is_watched THEN 0 ELSE runtime_min END) AS BIGINT) AS unwatched_min,
        CAST(SUM(CASE WHEN is_watched OR runtime_min IS NULL THEN 0 ELSE 1 END) AS BIGINT) AS unwatched_timed
    FROM listed
    GROUP BY account_id, show_id
),
next_places AS (
    SELECT
        l.account_id, l.show_id, l.title_id,
        ROW_NUMBER() OVER (
            PARTITION BY l.account_id, l.show_id ORDER BY CASE WHEN l.at_place > w.reached THEN 0 ELSE 1 END, l.at_place
        ) AS place
    FROM listed AS l
    JOIN watched AS w ON w.account_id = l.account_id AND w.show_id = l.show_id
    WHERE NOT l.is_watched
),
beside AS (
    SELECT
        w.account_id, t.key, t.name, t.year, t.status, w.watched, w.plays, w.last_on, t.runtime_min,
        COALESCE(a.unwatched, 0) AS unwatched, COALESCE(a.unwatched_min, 0) AS unwatched_min,
        COALESCE(a.unwatched_timed, 0) AS unwatched_timed,
        CASE
            WHEN COALESCE(t.aired_episodes, 0) > COALESCE(a.listed, w.watched) THEN CAST(t.aired_episodes AS BIGINT)
            ELSE COALESCE(a.listed, w.watched)
        END AS aired,
        n.name AS next_name, n.season AS next_season, n.number AS next_number
    FROM watched AS w
    JOIN titles AS t ON t.title_id = w.show_id
    LEFT JOIN aired AS a ON a.account_id = w.account_id AND a.show_id = w.show_id
    LEFT JOIN next_places AS p ON p.account_id = w.account_id AND p.show_id = w.show_id AND p.place = 1
    LEFT JOIN titles AS n ON n.title_id = p.title_id
)
SELECT
    account_id, key, name, year, status, watched, plays, last_on, runtime_min, unwatched, unwatched_min, unwatched_timed,
    aired, next_name, next_season, next_number
FROM beside
ORDER BY account_id, last_on DESC NULLS LAST, COALESCE(name, key), key

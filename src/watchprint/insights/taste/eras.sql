-- Minutes by local month over the values of $of (all: genre, decade, country and network side by side), plays first
-- gathered by title (a show is one). Only the ten values of each attribute with the most minutes stand alone; the rest
-- is value NULL. The rows with attribute 'month' hold the month's plays and minutes, and `squares`, the sum over all
-- titles of the squares of their plays (which says how many come together). The title named on a row is the
-- first of the month that bears the value, before all those that had not been watched in an earlier month (is_new).
WITH per_unit AS (
    SELECT
        account_id,
        CAST(date_trunc('month', local_day) AS DATE) AS month,
        COALESCE(show_id, title_id) AS unit_id,
        COUNT(*) AS plays,
        COUNT(runtime_min) AS timed,
        COALESCE(SUM(runtime_min), 0) AS minutes,
        MIN(watched_s) AS first_s
    FROM v_counted
    GROUP BY account_id, CAST(date_trunc('month', local_day) AS DATE), COALESCE(show_id, title_id)
),
units AS (
    SELECT title_id, genres, year, country, network
    FROM titles
    WHERE title_id IN (SELECT unit_id FROM per_unit)
),
valued AS (
    SELECT DISTINCT title_id, attribute, value
    FROM (
        SELECT title_id, 'genre' AS attribute, UNNEST(genres) AS value FROM units WHERE $of = 'all' OR $of = 'genre'
    ) AS genred
    UNION ALL
    SELECT title_id, 'decade' AS attribute, CAST(year - year % 10 AS VARCHAR) AS value
    FROM units
    WHERE year IS NOT NULL AND ($of = 'all' OR $of = 'decade')
    UNION ALL
    SELECT title_id, 'country' AS attribute, country AS value
    FROM units
    WHERE country IS NOT NULL AND ($of = 'all' OR $of = 'country')
    UNION ALL
    SELECT title_id, 'network' AS attribute, network AS value
    FROM units
    WHERE network IS NOT NULL AND ($of = 'all' OR $of = 'network')
),
shared AS (
    SELECT title_id, attribute, value, CAST(1 AS DOUBLE) / COUNT(*) OVER (PARTITION BY title_id, attribute) AS share
    FROM valued
),
spent AS (
    SELECT
        p.account_id, p.month, p.unit_id, p.first_s, s.attribute, s.value, p.minutes * s.share AS minutes,
        CASE WHEN p.first_s > MIN(p.first_s) OVER (PARTITION BY p.account_id, p.unit_id) THEN 0 ELSE 1 END AS is_new
    FROM per_unit AS p
    JOIN shared AS s ON s.title_id = p.unit_id
),
in_all AS (
    SELECT account_id, attribute, value, ROUND(SUM(minutes), 6) AS minutes
    FROM spent
    GROUP BY account_id, attribute, value
),
ranked AS (
    SELECT
        account_id, attribute, value,
        ROW_NUMBER() OVER (PARTITION BY account_id, attribute ORDER BY minutes DESC, value ASC) AS place
    FROM in_all
),
kept AS (
    SELECT
        s.account_id, s.month, s.unit_id, s.first_s, s.attribute, s.minutes, s.is_new,
        CASE WHEN r.place <= 10 THEN s.value END AS value
    FROM spent AS s
    JOIN ranked AS r ON r.account_id = s.account_id AND r.attribute = s.attribute AND r.value = s.value
),
firsts AS (
    SELECT
        account_id, month, attribute, value,
        ROUND(SUM(minutes), 6) AS minutes,
        MAX(is_new) AS is_new,
        COALESCE(MIN(CASE WHEN is_new = 1 THEN first_s END), MIN(first_s)) AS first_s
    FROM kept
    GROUP BY account_id, month, attribute, value
),
monthly AS (
    SELECT
        f.account_id, f.month, f.attribute, f.value, f.minutes, f.is_new,
        MIN(k.unit_id) AS unit_id
    FROM firsts AS f
    JOIN kept AS k
        ON k.account_id = f.account_id AND k.month = f.month AND k.attribute = f.attribute
            AND COALESCE(k.value, '') = COALESCE(f.value, '') AND k.is_new = f.is_new AND k.first_s = f.first_s
    GROUP BY f.account_id, f.month, f.attribute, f.value, f.minutes, f.is_new
),
works AS (
    SELECT account_id, SUM(plays * plays) AS squares
    FROM (SELECT account_id, unit_id, SUM(plays) AS plays FROM per_unit GROUP BY account_id, unit_id) AS whole
    GROUP BY account_id
),
months AS (
    SELECT
        p.account_id, p.month,
        CAST(SUM(p.plays) AS BIGINT) AS plays,
        CAST(SUM(p.minutes) AS BIGINT) AS minutes,
        CAST(SUM(CASE WHEN s.title_id IS NULL THEN p.plays ELSE 0 END) AS BIGINT) AS lacking,
        CAST(SUM(CASE WHEN s.title_id IS NULL THEN p.timed ELSE 0 END) AS BIGINT) AS lacking_timed
    FROM per_unit AS p
    LEFT JOIN (SELECT DISTINCT title_id FROM valued) AS s ON s.title_id = p.unit_id
    GROUP BY p.account_id, p.month
)
SELECT
    m.account_id, m.month, m.attribute, m.value, m.minutes, CAST(NULL AS BIGINT) AS plays, CAST(NULL AS BIGINT) AS lacking,
    CAST(NULL AS BIGINT) AS lacking_timed, m.is_new, t.key, t.name, CAST(NULL AS BIGINT) AS squares
FROM monthly AS m
JOIN titles AS t ON t.title_id = m.unit_id
UNION ALL
SELECT
    h.account_id, h.month, 'month' AS attribute, CAST(NULL AS VARCHAR) AS value, CAST(h.minutes AS DOUBLE) AS minutes,
    h.plays, h.lacking, h.lacking_timed, CAST(NULL AS INTEGER) AS is_new, CAST(NULL AS VARCHAR) AS key,
    CAST(NULL AS VARCHAR) AS name, CAST(w.squares AS BIGINT) AS squares
FROM months AS h
JOIN works AS w ON w.account_id = h.account_id
ORDER BY 1, 2, 3, 4

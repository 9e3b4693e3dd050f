-- How many movies and shows (a show counts once) bear each value of $of: in all, in each local year, and in the earlier
-- half of those that bear any, by their first dated viewing. `value` NULL: how many bear any value, and their plays.
--   part 'year'   titles with a play in that year; `is_new`: the value had no play in an earlier year
--   part 'all'    titles in all, those of unknown date among them; `early`: of the earlier half of the dated ones
--   part 'lacking' titles that bear no value, and their plays
WITH by_year AS (
    SELECT
        account_id,
        COALESCE(show_id, title_id) AS unit_id,
        date_trunc('year', local_day) AS year_on,
        COUNT(*) AS plays,
        MIN(watched_s) AS first_s
    FROM v_counted
    GROUP BY account_id, COALESCE(show_id, title_id), date_trunc('year', local_day)
),
per_unit AS (
    SELECT account_id, unit_id, SUBSTRING(CAST(CAST(year_on AS DATE) AS VARCHAR), 1, 4) AS year, plays, first_s
    FROM by_year
),
units AS (
    SELECT title_id, genres, year, country, language, network
    FROM titles
    WHERE title_id IN (SELECT unit_id FROM per_unit)
),
valued AS (
    SELECT DISTINCT title_id, value
    FROM (SELECT title_id, UNNEST(genres) AS value FROM units WHERE $of = 'genre') AS genred
    UNION ALL
    SELECT title_id, value
    FROM (
        SELECT
            title_id,
            CASE $of
                WHEN 'country' THEN country
                WHEN 'language' THEN language
                WHEN 'network' THEN network
                WHEN 'decade' THEN CAST(year - year % 10 AS VARCHAR)
            END AS value
        FROM units
    ) AS single
    WHERE value IS NOT NULL
),
bearing AS (
    SELECT p.account_id, p.unit_id, p.year, p.plays, p.first_s
    FROM per_unit AS p
    JOIN (SELECT DISTINCT title_id FROM valued) AS v ON v.title_id = p.unit_id
),
first_met AS (
    SELECT account_id, unit_id, MIN(first_s) AS first_s FROM bearing GROUP BY account_id, unit_id
),
placed AS (
    SELECT
        account_id, unit_id, first_s,
        ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY first_s ASC, unit_id ASC) AS nth,
        COUNT(*) OVER (PARTITION BY account_id) AS dated
    FROM first_met
    WHERE first_s IS NOT NULL
),
yearly AS (
    SELECT
        b.account_id, b.year, v.value, COUNT(*) AS titles,
        CASE
            WHEN b.year = MIN(b.year) OVER (PARTITION BY b.account_id, v.value) THEN 1 ELSE 0
        END AS is_new
    FROM bearing AS b
    JOIN valued AS v ON v.title_id = b.unit_id
    WHERE b.year IS NOT NULL
    GROUP BY b.account_id, b.year, v.value
)
SELECT
    account_id, 'year' AS part, year AS period, value, titles, is_new, CAST(NULL AS BIGINT) AS early,
    CAST(NULL AS BIGINT) AS dated, CAST(NULL AS BIGINT) AS plays
FROM yearly
UNION ALL
SELECT
    account_id, 'year' AS part, year AS period, CAST(NULL AS VARCHAR) AS value, COUNT(*) AS titles,
    CAST(NULL AS INTEGER) AS is_new, CAST(NULL AS BIGINT) AS early, CAST(NULL AS BIGINT) AS dated,
    CAST(SUM(plays) AS BIGINT) AS plays
FROM bearing
WHERE year IS NOT NULL
GROUP BY account_id, year
UNION ALL
SELECT
    m.account_id, 'all' AS part, 'all' AS period, v.value, COUNT(*) AS titles, 1 AS is_new,
    CAST(SUM(CASE WHEN p.nth * 2 <= p.dated THEN 1 ELSE 0 END) AS BIGINT) AS early, COUNT(p.nth) AS dated,
    CAST(NULL AS BIGINT) AS plays
FROM first_met AS m
JOIN valued AS v ON v.title_id = m.unit_id
LEFT JOIN placed AS p ON p.account_id = m.account_id AND p.unit_id = m.unit_id
GROUP BY m.account_id, v.value
UNION ALL
SELECT
    account_id, 'all' AS part, 'all' AS period, CAST(NULL AS VARCHAR) AS value, COUNT(DISTINCT unit_id) AS titles,
    CAST(NULL AS INTEGER) AS is_new, CAST(NULL AS BIGINT) AS early, CAST(NULL AS BIGINT) AS dated,
    CAST(SUM(plays) AS BIGINT) AS plays
FROM bearing
GROUP BY account_id
UNION ALL
SELECT
    p.account_id, 'lacking' AS part, 'all' AS period, CAST(NULL AS VARCHAR) AS value,
    COUNT(DISTINCT p.unit_id) AS titles, CAST(NULL AS INTEGER) AS is_new, CAST(NULL AS BIGINT) AS early,
    CAST(NULL AS BIGINT) AS dated, CAST(SUM(p.plays) AS BIGINT) AS plays
FROM per_unit AS p
LEFT JOIN (SELECT DISTINCT title_id FROM valued) AS v ON v.title_id = p.unit_id
WHERE v.title_id IS NULL
GROUP BY p.account_id
ORDER BY 1, 2, 3, 4

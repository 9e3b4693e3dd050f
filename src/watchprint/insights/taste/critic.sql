-- Own ratings beside the community's, which are counted in whole hundredths (community_c), so that sums are exact.
--   part 'point'     how many ratings of a value stand on a community rating; `today`: not from rating time
--   part 'value'     the ratings of each value of $of (NULL: titles that have none), the sum of 100 x (own - community)
--   part 'unknown'   the ratings whose community rating is not known
WITH judged AS (
    SELECT
        r.account_id, r.title_id, r.rating,
        CASE WHEN r.at_rating_time THEN 0 ELSE 1 END AS today,
        CASE
            WHEN r.community_rating > 0 AND COALESCE(r.community_votes, 1) > 0
                THEN CAST(FLOOR(r.community_rating * 100 + 0.5) AS BIGINT)
        END AS community_c
    FROM v_counted AS r
),
known AS (
    SELECT account_id, title_id, rating, community_c, today FROM judged WHERE community_c IS NOT NULL
),
rated AS (
    SELECT title_id, genres, year, country, network
    FROM titles
    WHERE title_id IN (SELECT title_id FROM known)
),
valued AS (
    SELECT DISTINCT title_id, value
    FROM (SELECT title_id, UNNEST(genres) AS value FROM rated WHERE $of = 'genre') AS genred
    UNION ALL
    SELECT title_id, value
    FROM (
        SELECT
            title_id,
            CASE $of
                WHEN 'country' THEN country
                WHEN 'network' THEN network
                WHEN 'decade' THEN CAST(year - year % 10 AS VARCHAR)
            END AS value
        FROM rated
    ) AS single
    WHERE value IS NOT NULL
)
SELECT
    account_id, 'point' AS part, CAST(NULL AS VARCHAR) AS value, rating, community_c, COUNT(*) AS n,
    CAST(SUM(today) AS BIGINT) AS today, CAST(SUM(rating) AS BIGINT) AS own,
    CAST(SUM(rating * 100 - community_c) AS BIGINT) AS apart_c
FROM known
GROUP BY account_id, rating, community_c
UNION ALL
SELECT
    k.account_id, 'value' AS part, v.value, CAST(NULL AS INTEGER) AS rating, CAST(NULL AS BIGINT) AS community_c,
    COUNT(*) AS n, CAST(SUM(k.today) AS BIGINT) AS today, CAST(SUM(k.rating) AS BIGINT) AS own,
    CAST(SUM(k.rating * 100 - k.community_c) AS BIGINT) AS apart_c
FROM known AS k
LEFT JOIN valued AS v ON v.title_id = k.title_id
GROUP BY k.account_id, v.value
UNION ALL
SELECT
    account_id, 'unknown' AS part, CAST(NULL AS VARCHAR) AS value, CAST(NULL AS INTEGER) AS rating,
    CAST(NULL AS BIGINT) AS community_c, COUNT(*) AS n, CAST(NULL AS BIGINT) AS today, CAST(NULL AS BIGINT) AS own,
    CAST(NULL AS BIGINT) AS apart_c
FROM judged
WHERE community_c IS NULL
GROUP BY account_id
ORDER BY 1, 2, 3, 4, 5

-- Where was watched: one row a kind of place and place, gathered by title first. The row with neither holds the plays
-- that say nothing of it, whose titles are not told apart.
WITH of_title AS (
    SELECT
        account_id, place_kind, place,
        CASE WHEN place_kind IS NOT NULL OR place IS NOT NULL THEN title_id END AS title_id,
        COUNT(*) AS plays, COUNT(runtime_min) AS timed, SUM(runtime_min) AS minutes, MIN(local_day) AS first_on,
        MAX(local_day) AS last_on
    FROM v_counted
    GROUP BY
        account_id, place_kind, place, CASE WHEN place_kind IS NOT NULL OR place IS NOT NULL THEN title_id END
)
SELECT
    account_id,
    place_kind,
    place,
    CAST(SUM(plays) AS BIGINT) AS plays,
    COUNT(title_id) AS titles,
    CAST(COALESCE(SUM(minutes), 0) AS BIGINT) AS minutes,
    CAST(SUM(timed) AS BIGINT) AS timed,
    MIN(first_on) AS first_on,
    MAX(last_on) AS last_on
FROM of_title
GROUP BY account_id, place_kind, place
ORDER BY account_id, plays DESC, place_kind NULLS LAST, place NULLS LAST

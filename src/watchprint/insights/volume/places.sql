-- Where was watched: one row a kind of place and place. The row with neither holds the plays that say nothing of it.
SELECT
    account_id,
    place_kind,
    place,
    COUNT(*) AS plays,
    COUNT(DISTINCT title_id) AS titles,
    CAST(COALESCE(SUM(runtime_min), 0) AS BIGINT) AS minutes,
    COUNT(runtime_min) AS timed,
    MIN(local_day) AS first_on,
    MAX(local_day) AS last_on
FROM v_counted
WHERE place_kind IS NOT NULL OR place IS NOT NULL
GROUP BY account_id, place_kind, place
UNION ALL
SELECT
    account_id, place_kind, place, COUNT(*) AS plays, CAST(NULL AS BIGINT) AS titles, CAST(NULL AS BIGINT) AS minutes,
    COUNT(runtime_min) AS timed, CAST(NULL AS DATE) AS first_on, CAST(NULL AS DATE) AS last_on
FROM v_counted
WHERE place_kind IS NULL AND place IS NULL
GROUP BY account_id, place_kind, place
ORDER BY 1, 4 DESC, 2 NULLS LAST, 3 NULLS LAST

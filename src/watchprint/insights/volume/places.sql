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
GROUP BY account_id, place_kind, place
ORDER BY account_id, plays DESC, place_kind NULLS LAST, place NULLS LAST

-- v_days: the rows of v_plays counted day by day, apart by what leaves them out and what is known of them. A few thousand
-- rows, from which the coverage of a question without filters follows, and whatever only needs days.
SELECT
    account_id,
    kind,
    local_day,
    is_duplicate,
    is_bulk,
    runtime_min IS NOT NULL AS timed,
    title_id IS NOT NULL AS named,
    COUNT(*) AS plays,
    COALESCE(SUM(runtime_min), 0) AS minutes
FROM v_plays
GROUP BY account_id, kind, local_day, is_duplicate, is_bulk, runtime_min IS NOT NULL, title_id IS NOT NULL

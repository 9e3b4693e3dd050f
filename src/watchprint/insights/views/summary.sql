-- What stands behind an answer: how many plays were asked of, left out and why, marked, and known.
SELECT
    account_id,
    left_out,
    COUNT(*) AS plays,
    COUNT(watched_at) AS dated,
    COUNT(runtime_min) AS timed,
    COUNT(title_id) AS named,
    COUNT(watched_at) FILTER (WHERE runtime_min IS NOT NULL) AS dated_and_timed,
    COUNT(*) FILTER (WHERE is_duplicate) AS duplicates,
    COUNT(*) FILTER (WHERE is_bulk) AS bulk
FROM v_asked
GROUP BY account_id, left_out

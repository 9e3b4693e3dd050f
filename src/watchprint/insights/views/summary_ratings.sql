-- What stands behind an answer about ratings: how many were asked of, left out and why, and known.
SELECT
    account_id,
    left_out,
    COUNT(*) AS plays,
    COUNT(rated_at) AS dated,
    COUNT(*) AS timed,
    COUNT(title_id) AS named,
    COUNT(rated_at) AS dated_and_timed,
    0 AS duplicates,
    0 AS bulk
FROM v_asked
GROUP BY account_id, left_out

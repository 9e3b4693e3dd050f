-- What stands behind an answer: how many plays were asked of, left out and why, marked, and known. Reads v_asked over
-- days.sql, or over v_plays with the same columns and one play a row.
SELECT
    account_id,
    left_out,
    CAST(SUM(plays) AS BIGINT) AS plays,
    CAST(SUM(CASE WHEN local_day IS NOT NULL THEN plays ELSE 0 END) AS BIGINT) AS dated,
    CAST(SUM(CASE WHEN timed THEN plays ELSE 0 END) AS BIGINT) AS timed,
    CAST(SUM(CASE WHEN named THEN plays ELSE 0 END) AS BIGINT) AS named,
    CAST(SUM(CASE WHEN local_day IS NOT NULL AND timed THEN plays ELSE 0 END) AS BIGINT) AS dated_and_timed,
    CAST(SUM(CASE WHEN is_duplicate THEN plays ELSE 0 END) AS BIGINT) AS duplicates,
    CAST(SUM(CASE WHEN is_bulk THEN plays ELSE 0 END) AS BIGINT) AS bulk
FROM v_asked
GROUP BY account_id, left_out

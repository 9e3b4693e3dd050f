-- How much was watched, per kind: one row an account.
SELECT
    account_id,
    COUNT(*) FILTER (WHERE kind = 'movie') AS movie_plays,
    COUNT(*) FILTER (WHERE kind = 'episode') AS episode_plays,
    COUNT(*) AS all_plays,
    COUNT(DISTINCT title_id) FILTER (WHERE kind = 'movie') AS movie_watched,
    COUNT(DISTINCT title_id) FILTER (WHERE kind = 'episode') AS episode_watched,
    COUNT(DISTINCT show_id) AS show_watched,
    CAST(COALESCE(SUM(runtime_min) FILTER (WHERE kind = 'movie'), 0) AS BIGINT) AS movie_minutes,
    CAST(COALESCE(SUM(runtime_min) FILTER (WHERE kind = 'episode'), 0) AS BIGINT) AS episode_minutes,
    COUNT(runtime_min) FILTER (WHERE kind = 'movie') AS movie_timed,
    COUNT(runtime_min) FILTER (WHERE kind = 'episode') AS episode_timed
FROM v_counted
GROUP BY account_id

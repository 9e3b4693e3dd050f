-- How often each rating was given, per kind: one row a rating that was given, the lowest first.
SELECT
    account_id,
    rating,
    COUNT(*) AS ratings,
    COUNT(*) FILTER (WHERE kind = 'movie') AS movies,
    COUNT(*) FILTER (WHERE kind = 'show') AS shows,
    COUNT(*) FILTER (WHERE kind = 'season') AS seasons,
    COUNT(*) FILTER (WHERE kind = 'episode') AS episodes
FROM v_counted
GROUP BY account_id, rating
ORDER BY account_id, rating

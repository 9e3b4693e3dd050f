-- v_ratings: one row a rating, with the local day on which it was given (NULL where that is unknown), and what the
-- community gives the title: when the rating was first seen, or else today.
SELECT
    r.account_id, r.rated_at, r.rating, r.kind, r.title_id, r.show_id, r.at_rating_time,
    COALESCE(r.community_rating, t.community_rating) AS community_rating,
    CASE WHEN r.community_rating IS NULL THEN t.community_votes ELSE r.community_votes END AS community_votes,
    CAST((r.rated_at AT TIME ZONE z.zone) - z.day_start_min * INTERVAL '1' MINUTE AS DATE) AS local_day
FROM ratings AS r
LEFT JOIN titles AS t ON t.title_id = r.title_id
LEFT JOIN zones AS z ON z.account_id = r.account_id AND r.rated_at >= z.from_at AND r.rated_at < z.until_at

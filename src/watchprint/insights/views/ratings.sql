-- v_ratings: one row a rating, with the local day on which it was given; NULL where that is unknown.
SELECT
    r.account_id, r.rated_at, r.rating, r.kind, r.title_id, r.show_id,
    CAST((r.rated_at AT TIME ZONE z.zone) - z.day_start_min * INTERVAL '1' MINUTE AS DATE) AS local_day
FROM ratings AS r
LEFT JOIN zones AS z ON z.account_id = r.account_id AND r.rated_at >= z.from_at AND r.rated_at < z.until_at

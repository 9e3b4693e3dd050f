-- The ratings that go most against many votes: residual (own - community) x the natural log of the votes, the highest
-- of each side first. Each row, or one row with side 'count', says how many ratings of the account have a known
-- community rating and votes (known), how many of those are not held against the figure of rating time (today), and
-- how many lack it.
WITH judged AS (
    SELECT
        account_id, kind, title_id, show_id, rating, rated_at, local_day, at_rating_time,
        CASE WHEN community_rating > 0 AND community_votes > 0 THEN community_rating END AS community_rating,
        CASE WHEN community_rating > 0 AND community_votes > 0 THEN community_votes END AS community_votes
    FROM v_counted
),
measured AS (
    SELECT
        *,
        rating - community_rating AS residual,
        (rating - community_rating) * LN(community_votes) AS height
    FROM judged
),
ranked AS (
    SELECT
        m.*, t.key, t.name, t.season, t.number, t.year,
        COUNT(m.community_votes) OVER (PARTITION BY m.account_id) AS known,
        COUNT(CASE WHEN m.community_votes IS NOT NULL AND NOT COALESCE(m.at_rating_time, FALSE) THEN 1 END)
            OVER (PARTITION BY m.account_id) AS today,
        COUNT(*) OVER (PARTITION BY m.account_id) AS rated,
        ROW_NUMBER() OVER (
            PARTITION BY m.account_id
            ORDER BY m.height DESC NULLS LAST, m.rated_at DESC NULLS LAST, m.kind ASC, t.key ASC NULLS LAST
        ) AS over_place,
        ROW_NUMBER() OVER (
            PARTITION BY m.account_id
            ORDER BY m.height ASC NULLS LAST, m.rated_at DESC NULLS LAST, m.kind ASC, t.key ASC NULLS LAST
        ) AS under_place
    FROM measured AS m
    LEFT JOIN titles AS t ON t.title_id = m.title_id
),
sides AS (
    SELECT
        *,
        CASE
            WHEN height > 0 AND over_place <= $limit THEN 'over'
            WHEN height < 0 AND under_place <= $limit THEN 'under'
            ELSE 'count'
        END AS side
    FROM ranked
)
SELECT
    r.account_id, r.side, CASE r.side WHEN 'over' THEN r.over_place WHEN 'under' THEN r.under_place END AS place, r.kind,
    r.key, r.name, s.name AS show_name, r.season, r.number, r.year, r.rating, r.local_day, r.community_rating,
    r.community_votes, r.residual, ROUND(r.height, 6) AS height, r.known, r.today, r.rated - r.known AS lacking
FROM sides AS r
LEFT JOIN titles AS s ON s.title_id = r.show_id AND r.show_id <> r.title_id
WHERE r.side <> 'count' OR r.over_place = 1
ORDER BY 1, 2, 3

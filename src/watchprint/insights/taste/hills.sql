-- The ratings that go most against many votes: residual (own - community) x the natural log of the votes, the highest
-- of each side first. Each row, or one row with side 'count', says how many ratings of the account have a known community rating and
-- votes (known), how many of those are not held against the figure of rating time (today), and how many lack it.
WITH judged AS (
    SELECT
        r.account_id, r.kind, r.title_id, r.show_id, r.rating, r.rated_at, r.local_day, r.at_rating_time,
        CASE WHEN r.community_rating > 0 AND r.community_votes > 0 THEN r.community_rating END AS community_rating,
        CASE WHEN r.community_rating > 0 AND r.community_votes > 0 THEN r.community_votes END AS community_votes
    FROM v_counted AS r
),
counts AS (
    SELECT
        account_id,
        COUNT(community_votes) AS known,
        COUNT(CASE WHEN community_votes IS NOT NULL AND NOT COALESCE(at_rating_time, FALSE) THEN 1 END) AS today,
        COUNT(*) - COUNT(community_votes) AS lacking
    FROM judged
    GROUP BY account_id
),
measured AS (
    SELECT
        account_id, kind, title_id, show_id, rating, rated_at, local_day, community_rating, community_votes,
        rating - community_rating AS residual,
        (rating - community_rating) * LN(community_votes) AS height
    FROM judged
    WHERE community_votes IS NOT NULL
),
ranked AS (
    SELECT
        m.*, t.key, t.name, s.name AS show_name, t.season, t.number, t.year,
        ROW_NUMBER() OVER (
            PARTITION BY m.account_id
            ORDER BY m.height DESC, m.rated_at DESC NULLS LAST, m.kind ASC, t.key ASC NULLS LAST
        ) AS over_place,
        ROW_NUMBER() OVER (
            PARTITION BY m.account_id
            ORDER BY m.height ASC, m.rated_at DESC NULLS LAST, m.kind ASC, t.key ASC NULLS LAST
        ) AS under_place
    FROM measured AS m
    LEFT JOIN titles AS t ON t.title_id = m.title_id
    LEFT JOIN titles AS s ON s.title_id = m.show_id AND m.show_id <> m.title_id
),
sides AS (
    SELECT ranked.*, 'over' AS side, over_place AS place FROM ranked WHERE height > 0 AND over_place <= $limit
    UNION ALL
    SELECT ranked.*, 'under' AS side, under_place AS place FROM ranked WHERE height < 0 AND under_place <= $limit
)
SELECT
    c.account_id, COALESCE(s.side, 'count') AS side, s.place, s.kind, s.key, s.name, s.show_name, s.season, s.number,
    s.year, s.rating, s.local_day, s.community_rating, s.community_votes, s.residual, ROUND(s.height, 6) AS height, c.known,
    c.today, c.lacking
FROM counts AS c
LEFT JOIN sides AS s ON s.account_id = c.account_id
ORDER BY 1, 2, 3

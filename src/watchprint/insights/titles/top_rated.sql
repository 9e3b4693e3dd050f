-- What was rated best: one row a rating, the best first; of equals what the community likes more, then the latest.
WITH best AS (
    SELECT *
    FROM (
        SELECT
            *,
            RANK() OVER (
                PARTITION BY account_id
                ORDER BY rating DESC, community_rating DESC NULLS LAST, rated_at DESC NULLS LAST
            ) AS rough_place
        FROM v_counted
    ) AS roughly
    WHERE rough_place <= $limit
),
ranked AS (
    SELECT
        r.account_id, r.kind, r.rating, r.local_day, r.community_rating, r.community_votes, t.key, t.name,
        s.name AS show_name, t.season, t.number, t.year,
        ROW_NUMBER() OVER (
            PARTITION BY r.account_id
            ORDER BY
                r.rating DESC, r.community_rating DESC NULLS LAST, r.rated_at DESC NULLS LAST,
                COALESCE(t.name, t.key) ASC NULLS LAST, r.kind ASC, t.key ASC NULLS LAST
        ) AS place
    FROM best AS r
    LEFT JOIN titles AS t ON t.title_id = r.title_id
    LEFT JOIN titles AS s ON s.title_id = r.show_id AND r.show_id <> r.title_id
)
SELECT
    account_id, kind, rating, local_day, community_rating, community_votes, key, name, show_name, season, number, year, place
FROM ranked
WHERE place <= $limit
ORDER BY account_id, place

-- v_plays for another start of the day, seen through the one that is there of the same zones: days, and what is crowded
-- by day, are other than there.
SELECT
    p.account_id, p.play_id, p.watched_at, p.watched_s, p.action, p.kind, p.title_id, p.show_id, p.place,
    p.place_kind, p.local_at,
    CAST(p.local_at - $day_start_min * INTERVAL '1' MINUTE AS DATE) AS local_day,
    p.runtime_min, p.is_duplicate, p.is_crowded,
    p.is_crowded OR d.account_id IS NOT NULL AS is_bulk
FROM v_plays AS p
LEFT JOIN crowded_days AS d
    ON d.account_id = p.account_id AND d.local_day = CAST(p.local_at - $day_start_min * INTERVAL '1' MINUTE AS DATE)

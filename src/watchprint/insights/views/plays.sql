-- v_plays: one row a play, once per (zone, day start). Reads plays, titles and zones(account_id, zone, from_at,
-- until_at, day_start_min). `watched_at` is the END of the viewing and stands for it on the time axis; `watched_s` is
-- the same in seconds since 1970, because arithmetic on instants is slow.
--   local_at      what the clock on the wall showed then, in the zone asked for or the account's zone of that date
--   local_day     the date of (local_at minus the start of the day)
--   runtime_min   the title's own length, else its show's usual one; NULL is unknown
--   is_duplicate  the same title ended less than its own runtime before (an unknown runtime counts as one minute)
--   is_crowded    one of four or more plays of the account in one minute
--   is_bulk       one of four or more plays of the account in one minute, or of a day with over 24 hours of runtime
WITH placed AS (
    SELECT
        p.account_id, p.play_id, p.watched_at, p.watched_s, p.action, p.kind, p.title_id, p.show_id, p.place,
        p.place_kind, z.day_start_min,
        p.watched_at AT TIME ZONE z.zone AS local_at,
        COALESCE(t.runtime_min, s.runtime_min) AS runtime_min
    FROM plays AS p
    LEFT JOIN zones AS z
        ON z.account_id = p.account_id AND p.watched_at >= z.from_at AND p.watched_at < z.until_at
    LEFT JOIN titles AS t ON t.title_id = p.title_id
    LEFT JOIN titles AS s ON s.title_id = p.show_id
),
dayed AS (
    SELECT
        account_id, play_id, watched_at, watched_s, action, kind, title_id, show_id, place, place_kind, local_at,
        runtime_min,
        CAST(local_at - day_start_min * INTERVAL '1' MINUTE AS DATE) AS local_day
    FROM placed
),
crowded_minutes AS (
    SELECT account_id, watched_s - watched_s % 60 AS minute_s
    FROM dayed
    WHERE watched_s IS NOT NULL
    GROUP BY account_id, watched_s - watched_s % 60
    HAVING COUNT(*) >= 4
),
crowded_days AS (
    SELECT account_id, local_day
    FROM dayed
    WHERE local_day IS NOT NULL
    GROUP BY account_id, local_day
    HAVING SUM(runtime_min) > 1440
),
followed AS (
    SELECT
        *,
        LAG(watched_s) OVER (PARTITION BY account_id, title_id ORDER BY watched_s, play_id) AS before_s
    FROM dayed
)
SELECT
    f.account_id, f.play_id, f.watched_at, f.watched_s, f.action, f.kind, f.title_id, f.show_id, f.place,
    f.place_kind, f.local_at, f.local_day, f.runtime_min,
    f.title_id IS NOT NULL AND f.watched_s IS NOT NULL AND f.before_s IS NOT NULL
        AND f.watched_s < f.before_s + COALESCE(f.runtime_min, 1) * 60 AS is_duplicate,
    m.account_id IS NOT NULL AS is_crowded,
    m.account_id IS NOT NULL OR d.account_id IS NOT NULL AS is_bulk
FROM followed AS f
LEFT JOIN crowded_minutes AS m
    ON m.account_id = f.account_id AND m.minute_s = f.watched_s - f.watched_s % 60
LEFT JOIN crowded_days AS d ON d.account_id = f.account_id AND d.local_day = f.local_day

-- name: queues(lapsed, since)
-- What waits to be done, since when, and what stands still: given up, or nobody takes it up.
SELECT 'messages' AS name, COUNT(*) AS waiting, MIN(accepted_at) AS oldest,
    COALESCE(SUM(CASE WHEN claim_until <= CAST(:lapsed AS TEXT) THEN 1 ELSE 0 END), 0) AS stuck
FROM messages WHERE outcome IS NULL
UNION ALL
SELECT 'deliveries', COUNT(*), MIN(created_at),
    COALESCE(SUM(CASE WHEN state = 'failed' THEN 1 ELSE 0 END), 0)
FROM deliveries WHERE {undelivered}
UNION ALL
SELECT 'attachments', COUNT(*), MIN(sent_at),
    COALESCE(SUM(CASE WHEN look_at <= CAST(:lapsed AS TEXT) THEN 1 ELSE 0 END), 0)
FROM attachments WHERE state IN ('wanted', 'fetching')
UNION ALL
SELECT 'comment_orders', COUNT(*), MIN(proposed_at),
    COALESCE(SUM(CASE WHEN state = 'failed' THEN 1 ELSE 0 END), 0)
FROM comment_orders WHERE state IN ('approved', 'sending', 'failed')
UNION ALL
SELECT 'reminders', COUNT(*), MIN(at),
    COALESCE(SUM(CASE WHEN state IN ('failed', 'uncertain') THEN 1 ELSE 0 END), 0)
FROM reminders
WHERE state IN ('waiting', 'sending')
    OR (state IN ('failed', 'uncertain') AND at >= CAST(:since AS TEXT))
UNION ALL
SELECT 'jobs', COUNT(*), MIN(started_at),
    COALESCE(
        SUM(CASE WHEN state = 'failed' OR looked_at <= CAST(:lapsed AS TEXT) THEN 1 ELSE 0 END), 0
    )
FROM jobs
WHERE state = 'running' OR (state = 'failed' AND started_at >= CAST(:since AS TEXT))

-- name: last_messages(since)
-- When each account was written to last; events (taps, notices) count as well.
SELECT account, MAX(accepted_at) AS at FROM messages WHERE accepted_at >= :since GROUP BY account

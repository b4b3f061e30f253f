-- name: due_notices(now, account, limit)
-- Texts of a case that cannot be pushed now and that the citizen was not told of.
SELECT deliveries.key
FROM deliveries
INNER JOIN citizens
    ON deliveries.account = citizens.account AND deliveries.citizen = citizens.openid
WHERE deliveries.state IN ('waiting', 'unpushable', 'failed')
    AND deliveries.notice IN ('', 'waiting') AND deliveries.case_number <> ''
    AND deliveries.account = :account AND deliveries.notice_at <= :now
    AND (deliveries.held_until IS NULL OR deliveries.held_until <= :now)
    AND citizens.subscribed = 1 AND (deliveries.state = 'failed' OR NOT COALESCE({window_open}, FALSE))
ORDER BY deliveries.notice_at, deliveries.created_at, deliveries.key
LIMIT :limit
FOR UPDATE OF deliveries SKIP LOCKED

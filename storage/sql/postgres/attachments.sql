-- name: take_attachments(now, claim_until, limit)
UPDATE attachments SET state = 'fetching', look_at = :claim_until, attempts = attempts + 1
WHERE id IN (
    SELECT id FROM attachments
    WHERE state IN ('wanted', 'fetching') AND look_at <= :now
    ORDER BY look_at, id
    LIMIT :limit
    FOR UPDATE SKIP LOCKED
)
RETURNING *

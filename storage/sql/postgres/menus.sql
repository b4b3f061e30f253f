-- name: take_services(now, claim_until, limit)
UPDATE services SET look_at = :claim_until
WHERE id IN (
    SELECT id FROM services
    WHERE state = 'published' AND look_at <= :now
    ORDER BY look_at, id
    LIMIT :limit
    FOR UPDATE SKIP LOCKED
)
RETURNING *

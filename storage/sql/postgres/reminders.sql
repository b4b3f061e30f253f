-- name: take_reminders(now, claim_until, limit)
UPDATE reminders SET state = 'sending', claim_until = :claim_until, attempts = attempts + 1
WHERE id IN (
    SELECT id FROM reminders
    WHERE state = 'waiting' AND send_at <= :now
    ORDER BY send_at, id
    LIMIT :limit
    FOR UPDATE SKIP LOCKED
)
RETURNING *

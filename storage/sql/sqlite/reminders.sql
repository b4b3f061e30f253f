-- name: take_reminders(now, claim_until, limit, resting)
-- At rest nobody is disturbed but by what would be too late in the morning.
UPDATE reminders SET state = 'sending', claim_until = :claim_until, attempts = attempts + 1
WHERE id IN (
    SELECT id FROM reminders
    WHERE state = 'waiting' AND send_at <= :now
        AND (kind = 'window' OR CAST(:resting AS INTEGER) = 0)
    ORDER BY send_at, id
    LIMIT :limit
)
RETURNING *
